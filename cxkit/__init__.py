"""cxkit: customer-journey mapping computed from evidence, reviewed by rules, reproduced to the byte."""

import importlib
from typing import Any

__version__ = "0.1.0"

_DOORS = {"open_study": "cxkit.study", "Study": "cxkit.study"}


def __getattr__(name: str) -> Any:
    """Offer the notebooks' façade without loading it for those who need a part only."""
    if name in _DOORS:
        return getattr(importlib.import_module(_DOORS[name]), name)
    if name == "widgets":
        return importlib.import_module("cxkit.widgets")
    raise AttributeError(f"module 'cxkit' has no attribute {name!r}")
