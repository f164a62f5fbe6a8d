"""Editors in JupyterLab; under papermill the same cells show a static view."""

from cxkit.widgets.editor import editor

__all__ = ["editor"]
