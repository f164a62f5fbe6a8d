"""The one door through which a notebook shows words, lists and drawings: escaped HTML with a text beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cxkit.sheets import html


@dataclass(frozen=True)
class Shown:
    """Something that a notebook displays."""

    html: str
    text: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Figure:
    """A chart as a notebook displays it: a drawing without script, and what it shows in words."""

    svg: str
    text: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        # A notebook's panel may be narrower than the drawing, and does not bring the deliverables' font.
        screen = self.svg.replace("<svg ", '<svg style="max-width:100%;height:auto" ', 1).replace('"Inter"', '"Inter, sans-serif"')
        return {"image/svg+xml": screen, "text/plain": self.text}

    def __repr__(self) -> str:
        return self.text


def show(template: str, text: str, data: Mapping[str, Any]) -> Shown:
    """Render templates/sheets/notebook/<template>.html with autoescape."""
    return Shown(html.render(f"notebook/{template}.html", data), text)
