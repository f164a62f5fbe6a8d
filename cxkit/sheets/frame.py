"""The frame of every sheet: what a page says about itself, for both printers (Typst and HTML) at once."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from cxkit.sheets.assets import text_width
from cxkit.sheets.identity import Identity
from cxkit.words import Words

EMOTIONS = {
    "delight": "#0F4C7A",
    "satisfaction": "#2E86B5",
    "none": "#66717C",
    "irritant": "#C4623B",
    "dissatisfaction": "#8A2A14",
    "rupture": "#8A2A14",
}
"""Palette of the reactions: apart under the three colour-vision deficiencies; a face and a word go with each."""

OTHER_INKS = ("#8a5a00", "#7a3e9d", "#a3295a", "#3d6b1f", "#1d6f8a", "#6b4a36", "#4a55c4", "#8f3d00")
"""Inks of further curves, 4.5:1 and more on white; a shape goes with each."""

FOOT = 7.0
"""Size in points of the foot of a printed page."""


def frame(
    words: Words,
    identity: Identity,
    *,
    title: str,
    client: str,
    as_of: dt.date | None,
    eyebrow: str = "",
    subtitle: str = "",
    sample: str = "",
    period: str = "",
    version: str = "",
    method: str = "",
    confidentiality: str = "",
    sections: Sequence[str] = (),
    **content: Any,
) -> dict[str, Any]:
    """The data of a sheet: its frame and its own content.

    Parameters
    ----------
    words : the language of the sheet.
    identity : the client's colours and logo.
    title, eyebrow, subtitle : what the head says; the title is also the file's.
    sample, period, version, method : how far the page may be trusted; what is empty is left out.
    confidentiality : the client's line; the catalog's where it is empty.
    sections : sections of the word catalog that the template reads as ``words.<section>``, besides the shared ones.
    **content : what the sheet shows.
    """
    shared = ("sheet", "evidence_kinds", "reactions", "channels", "base")
    facts = (sample, period, words("sheet.version", version=version) if version else "", method)
    said = {"confidentiality": confidentiality or words("sheet.confidential", client=client), "facts": "   ·   ".join(fact for fact in facts if fact),
            "date": f"{words.date(as_of)}   ·   {words('sheet.page')} 88 / 88", "note": look_note(words, identity)}  # fmt: skip
    page: dict[str, Any] = {
        "language": words.language,
        "title": title,
        "client": client,
        "eyebrow": eyebrow,
        "subtitle": subtitle,
        "facts": [fact for fact in facts if fact],
        "date": words.date(as_of),
        "confidentiality": said["confidentiality"],
        "words": {section: words.section(section) for section in (*shared, *sections)},
        "colours": _colours(identity),
        "note": said["note"],
        # widths in points of what the foot says, so that paper keeps it the lines that it takes
        "foot": {name: round(text_width(text, FOOT), 1) for name, text in said.items()},
        "assets": _assets(identity),
    }
    clash = set(page) & set(content)
    if clash:
        raise ValueError(f"content would hide the frame's {sorted(clash)}")
    return page | content


def look_note(words: Words, identity: Identity) -> str:
    """What the kit changed in the client's look, for the foot of the page; empty where nothing."""
    colour = words("sheet.colour_corrected", given=identity.given) if identity.corrected else ""
    logo = words("sheet.logo_refused", file=identity.refused) if identity.refused else ""
    return " ".join(part for part in (colour, logo) if part)


def _colours(identity: Identity) -> Mapping[str, Any]:
    fields = dataclasses.asdict(identity)
    return {key: fields[key] for key in ("brand", "deep", "soft", "pale")} | {"emotions": EMOTIONS, "others": list(OTHER_INKS)}


def _assets(identity: Identity) -> Mapping[str, str]:
    if identity.logo is None:
        return {}
    kind, content = identity.logo
    return {"logo": content, "logo_type": kind}
