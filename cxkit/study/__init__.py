"""The façade of the notebooks: open a client's study, compute its steps, show and publish them."""

from cxkit.study.study import Study, open_study

__all__ = ["Study", "open_study"]
