"""The façade of the notebooks: open a client's study, compute its steps, show and publish them."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cxkit.study.opening import open_study
    from cxkit.study.study import Study

__all__ = ["Study", "open_study"]


def __getattr__(name: str) -> Any:
    """Imported at first use: who needs a part of this package only does not wait for charts and sheets."""
    if name == "Study":
        from cxkit.study.study import Study

        return Study
    if name == "open_study":
        from cxkit.study.opening import open_study

        return open_study
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
