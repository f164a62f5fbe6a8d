"""A full disk is told with the file and the space, whichever way the system says it."""

import errno
import re
import shutil

import pytest

from cxkit.errors import CxError
from cxkit.runner.full import told_when_full


@pytest.mark.parametrize("error", [
    OSError(errno.ENOSPC, "No space left on device", "/x/voice.json"),
    shutil.Error([("/x/voice.json", "/y/voice.json", "[Errno 28] No space left on device: '/x/voice.json'")]),
])
def test_no_space_names_the_file_and_the_space(tmp_path, error):
    with pytest.raises(CxError) as caught, told_when_full(tmp_path):
        raise error
    assert re.match(r"CX-E017 voice\.json — there is no space left for voice\.json \([\d.]+ of [\d.]+ MB free\)", caught.value.text("en"))


def test_other_errors_pass(tmp_path):
    with pytest.raises(PermissionError), told_when_full(tmp_path):
        raise PermissionError(errno.EACCES, "no")
