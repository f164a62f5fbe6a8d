"""A full disk: told with the file and the space; what was shown before stays."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cxkit.errors import CxError, Fault, fault

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""Numbers of the system's errors for a disk or a quota that is full."""


def no_space(folder: Path, name: str) -> Fault:
    """The fault of a full disk: the file that found no place, what is free and what there is."""
    space = shutil.disk_usage(folder)
    return fault("CX-E017", name, name=name, free=f"{space.free / 1e6:.1f}", total=f"{space.total / 1e6:.1f}")


@contextmanager
def told_when_full(out: Path) -> Iterator[None]:
    """Turn the system's error into a fault.

    Raises
    ------
    CxError : CX-E017.
    """
    try:
        yield
    except shutil.Error as error:  # several files of a copied folder: (source, target, message) each
        source, _, message = error.args[0][0]
        if "No space left on device" not in message:
            raise
        raise CxError(no_space(out, Path(source).name)) from None
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise CxError(no_space(out, Path(error.filename).name if error.filename else out.name)) from None
