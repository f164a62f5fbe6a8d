"""A short version of the crash campaign; `make crash` runs all of it."""

import os
import random
import shutil
import signal
import subprocess

import pytest

from cxkit.runner.warm import can_fork
from tests.crash.campaign import full_disks
from tests.crash.place import Place, gone

pytestmark = pytest.mark.skipif(not can_fork(), reason="the campaign looks for processes as Linux shows them")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A small client that has run in version A; B follows."""
    made = Place(tmp_path_factory.mktemp("crash"))
    made.steps = ("--steps", "01", "--language", "en")
    made.reference()
    return made


def test_a_killed_process_group_leaves_the_last_version_and_is_resumed(place):
    place.set("A")
    process = place.start_run()
    with pytest.raises(subprocess.TimeoutExpired):
        process.communicate(timeout=random.Random(1).uniform(0.4, 0.6) * place.seconds)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    gone(place)
    assert place.tree() == place.trees["B"]
    status, told = place.run()
    assert status == 0, told
    assert place.tree() == place.trees["A"]


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="mounting a small disk needs to be root")
def test_a_full_disk_leaves_the_last_version(place):
    place.set("A")
    assert place.run()[0] == 0
    try:
        told = full_disks(place, [16384])
    except subprocess.CalledProcessError:
        pytest.skip("no disk can be mounted here")
    assert told.startswith("1 sizes of tmpfs: 1 full")
