"""Where public data stand, for tests that skip where they are absent."""

import os
from pathlib import Path

import pytest

from cxkit.paths import resources


def public(*parts: str) -> Path:
    """Path of a public file under CXKIT_PUBLIC_DATA, or ../shared/data beside the repository; skips where it is absent."""
    path = Path(os.environ.get("CXKIT_PUBLIC_DATA", resources().parent / "shared" / "data")).joinpath(*parts)
    if not path.is_file():
        pytest.skip(f"the public file {'/'.join(parts)} is not here; set CXKIT_PUBLIC_DATA to the folder that holds {parts[0]}/")
    return path
