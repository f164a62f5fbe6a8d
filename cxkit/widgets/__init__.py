"""Editors in JupyterLab; under papermill the same cells show a static view."""

from cxkit.widgets.editor import editor
from cxkit.widgets.proposals import proposals

__all__ = ["editor", "proposals"]
