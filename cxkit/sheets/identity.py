"""The client's identity on a sheet: one colour with enough contrast, its tints, a logo that carries no script."""

import base64
import colorsys
import io
import re
from dataclasses import dataclass
from pathlib import Path

import defusedxml.ElementTree as ET
import vl_convert as vlc
from defusedxml import DefusedXmlException
from PIL import Image

MIN_CONTRAST = 7.0
"""The brand colour carries white text and small text on white: WCAG 2.2 AAA for text."""

_SVG = "http://www.w3.org/2000/svg"
_DRAWN = frozenset(
    {"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "defs", "linearGradient", "radialGradient"}
    | {"stop", "clipPath", "title", "desc"}
)
_LOOK = re.compile(r"fill(-opacity|-rule)?|stroke(-[a-z]+)?|opacity|stop-(color|opacity)|clip-(path|rule)|transform")
_SAFE_VALUE = re.compile(
    r"(?:url\(\s*#[\w-]+\s*\)|[^:/\\&<>@(){}]|(?:matrix|translate|scale|rotate|skewX|skewY|rgba?|hsla?)\([^()]*\))*", re.IGNORECASE
)
"""No address, no escape, no function but those that draw; a reference stays inside the drawing."""
LARGEST_LOGO = 2_000_000
"""Bytes of the file."""
_WIDEST_LOGO = 1200
"""Pixels; a larger picture is made smaller, which drops what else the file carries."""


@dataclass(frozen=True)
class Identity:
    """Colours (``#rrggbb``) and logo of a client; ``corrected`` tells that the given colour lacked contrast."""

    brand: str
    deep: str
    soft: str
    pale: str
    given: str
    corrected: bool
    logo: tuple[str, str] | None = None
    """Media type and base64 content."""
    refused: str = ""
    """Name of a logo file that is neither a PNG picture nor an SVG drawing."""


def identity(colour: str, logo: Path | None = None) -> Identity:
    """Make the identity of a client.

    Parameters
    ----------
    colour : ``#rrggbb``; darkened in steps until it reaches 7:1 on white.
    logo : a PNG, or an SVG that is rebuilt from drawing elements only; None and unreadable files give no logo.
    """
    brand = readable(colour)
    shown = _logo(logo) if logo is not None else None
    return Identity(
        brand=brand,
        deep=_mixed(brand, "#000000", 0.25),
        soft=_mixed(brand, "#ffffff", 0.55),
        pale=_mixed(brand, "#ffffff", 0.93),
        given=colour.lower(),
        corrected=brand != colour.lower(),
        logo=shown,
        refused=logo.name if logo is not None and shown is None else "",
    )


def logo_png(look: Identity, pixels: int = 480) -> str:
    """The logo as base64 PNG for what takes no SVG (slides, spreadsheets); empty without a logo."""
    if look.logo is None:
        return ""
    kind, content = look.logo
    if kind == "png":
        return content
    drawn = base64.b64decode(content).decode("utf-8")
    with Image.open(io.BytesIO(vlc.svg_to_png(drawn))) as small:
        scale = pixels / max(small.size)
    return base64.b64encode(vlc.svg_to_png(drawn, scale=scale)).decode("ascii")


def contrast(first: str, second: str) -> float:
    """Contrast ratio 1..21 of two colours (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str, on: str = "#ffffff", at_least: float = MIN_CONTRAST) -> str:
    """The colour, darkened as little as needed to reach a contrast on a light ground."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    shown = colour.lower()
    while contrast(shown, on) < at_least and lightness > 0:
        lightness = max(0.0, lightness - 0.01)
        shown = _hex(colorsys.hls_to_rgb(hue, lightness, saturation))
    return shown


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def _mixed(colour: str, other: str, share: float) -> str:
    first, second = _channels(colour), _channels(other)
    return _hex(tuple(a * (1 - share) + b * share for a, b in zip(first, second, strict=True)))


def _logo(path: Path) -> tuple[str, str] | None:
    try:
        if path.stat().st_size > LARGEST_LOGO:
            return None
        content = path.read_bytes()
        if path.suffix.lower() == ".svg":
            return "svg+xml", base64.b64encode(_clean_svg(content)).decode("ascii")
        return "png", base64.b64encode(_clean_png(content)).decode("ascii")
    # a file of any content: whatever the readers raise on it, it is no logo
    except (OSError, ValueError, SyntaxError, DefusedXmlException, Image.DecompressionBombError):
        return None


def _clean_png(content: bytes) -> bytes:
    """The pixels alone, drawn anew: no text, no profile, nothing behind the picture."""
    with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
        drawn = picture.convert("RGBA")
    drawn.info.clear()
    drawn.thumbnail((_WIDEST_LOGO, _WIDEST_LOGO))
    clean = io.BytesIO()
    drawn.save(clean, "PNG")
    return clean.getvalue()


def _clean_svg(content: bytes) -> bytes:
    """Keep drawing elements and harmless attributes; scripts, links, style sheets, images and foreign content go."""
    root = ET.fromstring(content, forbid_dtd=True)
    if root.tag != f"{{{_SVG}}}svg":
        raise ValueError("not an SVG drawing")
    _prune(root)
    if not len(root):
        raise ValueError("nothing is drawn")
    plain = ET.tostring(root, encoding="unicode")
    return plain.replace("ns0:", "").replace("xmlns:ns0", "xmlns").encode("utf-8")


def _prune(element) -> None:
    for part in element.attrib.pop("style", "").split(";"):
        name, _, value = part.partition(":")
        if _LOOK.fullmatch(name.strip()):
            element.set(name.strip(), value.strip())
    for name, value in list(element.attrib.items()):
        if name.startswith(("on", "{")) or name == "href" or not _SAFE_VALUE.fullmatch(value):
            del element.attrib[name]
    for child in list(element):
        if not isinstance(child.tag, str) or child.tag.removeprefix(f"{{{_SVG}}}") not in _DRAWN:
            element.remove(child)
        else:
            _prune(child)
