"""The one door to HTML: a Jinja2 template and its data in, one self-contained page out.

Autoescaping is always on; style, fonts and drawings are inside the page; it makes no request.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from cxkit.paths import template as resource
from cxkit.sheets.assets import drawing, font_css


def render(template: str, data: Mapping[str, Any]) -> str:
    """Render a page.

    Parameters
    ----------
    template : path under templates/sheets, for instance ``journey_map/map.html``; it extends ``_shared/base.html``.
    data : the content, with the keys of :func:`cxkit.sheets.frame.frame` among them.
    """
    return _environment().get_template(template).render(**data)


def compile_templates() -> None:
    """Compile every template, for processes that will be forked from this one."""
    for name in _environment().list_templates(extensions=["html"]):
        _environment().get_template(name)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(resource("sheets")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(icon=_icon, mark=_mark, face=_face, inline=_inline, font_css=_font_css)
    return environment


def _svg(folder: str, name: str, css: str, label: str) -> Markup:
    # a page knows the namespace of the drawings inside it
    inner = drawing(folder, name).replace('width="24" height="24"', 'width="1em" height="1em"').replace(' xmlns="http://www.w3.org/2000/svg"', "")
    role = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    opening = Markup('<svg class="{}" {} ').format(css, role)
    return opening + Markup(_without_class(inner).removeprefix("<svg "))


def _without_class(svg: str) -> str:
    start = svg.find(' class="', 0, svg.find(">"))
    return svg if start < 0 else svg[:start] + svg[svg.find('"', start + 8) + 1 :]


def _icon(name: str, label: str = "") -> Markup:
    """A line icon; hidden from screen readers unless it has a label of its own."""
    return _svg("icons", name, "icon", label)


def _mark(kind: str, label: str = "") -> Markup:
    """The shape of a kind of evidence."""
    return _svg("marks", f"evidence-{kind}", f"mark mark-{kind}", label)


def _face(reaction: str, solid: bool = True, label: str = "") -> Markup:
    """The face of a reaction, hollow where no customer evidence supports it."""
    return _svg("marks", f"face-{reaction}{'' if solid else '-hollow'}", f"face face-{reaction}", label)


def _inline(name: str) -> Markup:
    """A file of the shared assets as it is: a style sheet."""
    return Markup(resource("sheets", "_shared", name).read_text(encoding="utf-8"))


def _font_css() -> Markup:
    return Markup(font_css())
