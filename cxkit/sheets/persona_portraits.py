"""Drawn portraits: a deterministic, inclusive set composed of flat parts, or the client's own picture."""

import base64
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import vl_convert
from markupsafe import Markup
from PIL import Image, ImageOps, UnidentifiedImageError

from cxkit import method
from cxkit.model.persona import Portrait
from cxkit.paths import inside
from cxkit.sheets.context import SheetContext
from cxkit.steps.persona_view import PersonaProfile

PICTURE_PIXELS = 480


@dataclass(frozen=True)
class Drawn:
    """A portrait as each renderer takes it: a drawing or a picture; neither is a monogram."""

    svg: str = ""
    picture: bytes = b""

    @property
    def printed(self) -> dict[str, Any]:
        """The keys of a Typst sheet's assets."""
        if self.svg:
            return {"portrait": self.svg, "portrait_type": "svg"}
        return {"portrait": list(self.picture), "portrait_type": "png"} if self.picture else {}

    @property
    def screen(self) -> dict[str, Any]:
        """The keys of an HTML page."""
        return {"svg": Markup(self.svg), "uri": data_uri(self.picture) if self.picture else ""}

    @property
    def png(self) -> bytes:
        """A picture for slides, empty for a monogram."""
        return portrait_png(self.svg) if self.svg else self.picture


def portrait(profile: PersonaProfile, context: SheetContext) -> Drawn:
    """The client's picture, else a drawn portrait, else nothing where a monogram is wanted."""
    if picture := own_picture(context.folder.root, profile.picture):
        return Drawn(picture=picture)
    if profile.portrait.style == "monogram":
        return Drawn()
    return Drawn(portrait_svg(f"{context.folder.client.id}/{profile.id}", profile.portrait, backdrop(profile)))


def backdrop(profile: PersonaProfile) -> str:
    """The persona's colour."""
    colours = method.data("personas")["colours"]
    return colours[profile.colour % len(colours)]


def portrait_svg(seed: str, look: Portrait, backdrop: str) -> str:
    """A portrait of 120 × 120 in a round frame.

    Parameters
    ----------
    seed : client and persona; the same seed draws the same person.
    look : what is known or wanted; the rest is drawn from the seed.
    backdrop : colour behind the person, ``#rrggbb``.
    """
    parts = method.data("portraits")
    draw = _Draw(seed)
    gender, age = look.gender or "any", look.generation or "middle"
    shares = parts["shares"]
    senior = "_senior" if age == "senior" else ""
    shade = (look.skin - 1) if look.skin else draw.below("skin", len(parts["skin"]))
    skin, tones = parts["skin"][shade], parts["by_age"][age]
    if shade >= parts["dark_from"]:
        tones = [tone for tone in tones if tone in {*parts["dark_hair"], "grey", "white"}]
    tone = look.hair_colour or draw.one("tone", tones)
    scarf = draw.chance("headscarf", shares["headscarf"] if gender == "feminine" else 0, look.headscarf)
    cut = look.hair if look.hair in {*parts["front"], *parts["back"]} else draw.one("cut", parts["cuts"][gender])
    beard = draw.chance("beard", shares["beard"] if gender == "masculine" else 0, look.beard)
    cloth = draw.one("cloth", parts["cloths"])
    hair = parts["hair_colours"][tone]
    colours = {"skin": skin, "shade": _mixed(skin, "#3a1d12", 0.16), "hair": hair, "cloth": cloth, "lips": _mixed(skin, "#8c1f26", 0.55),
               "brow": hair if tone not in {"white", "blond"} else _mixed(hair, "#4b3327", 0.45),
               "trim": draw.one("scarf", parts["scarves"])}
    layers = [
        parts["wheelchair"] if draw.chance("wheelchair", shares["wheelchair"], look.wheelchair) else "",
        parts["headscarf_back"] if scarf else parts["back"].get(cut, ""),
        parts["body"], parts["neck"], "" if scarf else parts["collars"][draw.below("collar", len(parts["collars"]))], parts["head"],
        parts["beard"] if beard else "", parts["face"], parts["lines"] if senior else "",
        parts["headscarf_front"] if scarf else parts["front"].get(cut + senior, parts["front"].get(cut, "")),
        parts["glasses"] if draw.chance("glasses", shares["glasses" + senior], look.glasses) else "",
        parts["hearing_aid"] if not scarf and draw.chance("hearing", shares["hearing_aid" + senior], look.hearing_aid) else ""]
    inner = "".join(layers)
    for name, colour in colours.items():
        inner = inner.replace("{" + name + "}", colour)
    clip = "c" + hashlib.sha256(seed.encode()).hexdigest()[:10]
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120" width="120" height="120"><defs><clipPath id="{clip}">'
            f'<circle cx="60" cy="60" r="60"/></clipPath></defs><g clip-path="url(#{clip})"><rect width="120" height="120" fill="{backdrop}"/>'
            f"{inner}</g></svg>")


def portrait_png(svg: str, pixels: int = PICTURE_PIXELS) -> bytes:
    """A drawn portrait as a picture, for slides."""
    return vl_convert.svg_to_png(svg, scale=pixels / 120)


def own_picture(root: Path, name: str | None) -> bytes | None:
    """The client's own picture as a small square PNG without its metadata; None where there is no PNG or JPEG of that name."""
    path = inside(root, name) if name else None
    if path is None or not path.is_file():
        return None
    try:
        with Image.open(path) as picture:
            if picture.format not in {"PNG", "JPEG"}:
                return None
            square = ImageOps.fit(ImageOps.exif_transpose(picture).convert("RGB"), (PICTURE_PIXELS, PICTURE_PIXELS), centering=(0.5, 0.35))
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
    content = io.BytesIO()
    square.save(content, "PNG", optimize=True)
    return content.getvalue()


def data_uri(picture: bytes) -> str:
    """A PNG inside a page."""
    return "data:image/png;base64," + base64.b64encode(picture).decode("ascii")


class _Draw:
    """Choices that follow from a seed, each by its own name, so that a new choice leaves the others as they were."""

    def __init__(self, seed: str):
        self._seed = seed

    def below(self, name: str, limit: int) -> int:
        return int.from_bytes(hashlib.sha256(f"{self._seed}/{name}".encode()).digest()[:6], "big") % limit

    def one(self, name: str, options: list[str]) -> str:
        return options[self.below(name, len(options))]

    def chance(self, name: str, percent: int, wanted: bool | None) -> bool:
        return wanted if wanted is not None else self.below(name, 100) < percent


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = [(int(colour[at: at + 2], 16), int(other[at: at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a * (1 - share) + b * share):02x}" for a, b in pairs)
