"""What changed between two revisions of a map: a page, a print and one picture, the two maps beside each other."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from cxkit import method
from cxkit.charts import map_diff as charts
from cxkit.charts.svg import to_svg
from cxkit.sheets import html, typst
from cxkit.sheets.frame import frame
from cxkit.sheets.identity import Identity
from cxkit.steps.map_beside import Pair, Side
from cxkit.steps.map_diff import MapDiff, lines
from cxkit.words import Words

COUNTED = {"stages": ("stage_added", "stage_removed", "stage_moved"), "added": ("activity_added",), "removed": ("activity_removed",),
           "moved": ("activity_moved", "activity_reordered"), "reactions": ("reaction",), "touchpoints": ("touchpoint", "channel"),
           "owners": ("owner",), "gained": ("evidence_gained",), "lost": ("evidence_lost",)}
"""What the summary counts, by the kinds of changes."""

SHOWN = ("reaction", "touchpoint", "channel", "owner", "evidence", "moment_of_truth", "decision", "irritants")
"""Fields that a side shows where they differ; the others are named in the middle only."""

WIDE = 12
"""Activities from which a curve needs the width of the page."""


@dataclass(frozen=True)
class Comparison:
    """Two revisions compared, and whose they are."""

    found: MapDiff
    title: str
    client: str
    identity: Identity
    confidentiality: str = ""


def page(comparison: Comparison, words: Words) -> str:
    """The self-contained page: summary, both curves, both maps side by side, every change in sentences."""
    data = _data(comparison, words)
    return html.render("map_diff/map_diff.html", data | {"drawing": Markup(data["assets"].get("curves", ""))})


def pdf(comparison: Comparison, words: Words) -> bytes:
    """The same on A4 pages, PDF/A-2a and PDF/UA-1."""
    return typst.compile_pdf("map_diff/map_diff.typ", _data(comparison, words) | {"paged": True}, as_of=_day(comparison))


def png(comparison: Comparison, words: Words) -> bytes:
    """The picture: both curves and both maps on one page as tall as they need."""
    return typst.compile_png("map_diff/map_diff.typ", _data(comparison, words) | {"paged": False})[0]


def svg(comparison: Comparison, words: Words) -> str:
    """The picture as a drawing."""
    drawn = typst.compile_svg("map_diff/map_diff.typ", _data(comparison, words) | {"paged": False})[0]
    return drawn.decode("utf-8") if isinstance(drawn, bytes) else drawn


def difference(found: MapDiff, words: Words) -> dict[str, Any]:
    """The comparison as data of a sheet, without the curves: what the review report shows too."""
    old, new = charts.side_names(found, words)
    stages: dict[str, dict[str, Any]] = {}
    for number, stage, pair in charts.numbered(found):
        here = stages.setdefault(stage.stage, {"name": charts.stage_word(stage, words), "state": stage.state,
                                               "state_name": words(f"review.diff.page.states.{stage.state}"), "rows": []})
        here["rows"].append(_row(number, pair, words))
    for stage in found.stages:
        if not stage.pairs:
            stages[stage.stage] = {"name": charts.stage_word(stage, words), "state": stage.state,
                                   "state_name": words(f"review.diff.page.states.{stage.state}"), "rows": []}
    ordered = [stages[stage.stage] for stage in found.stages]
    counts = [words(f"review.diff.page.counts.{name}", n=found.count(*kinds)) for name, kinds in COUNTED.items() if found.count(*kinds)]
    return {"old": old, "new": new, "counts": counts, "stages": ordered, "sentences": lines(found, words),
            "head": [words(f"review.diff.page.head.{key}") for key in ("number", "old", "change", "new")]}


def _data(comparison: Comparison, words: Words) -> dict[str, Any]:
    found = comparison.found
    picture = charts.curves(found, words)
    told = words("review.diff.head", old=found.old_version, old_date=words.date(found.old_date), new=found.new_version,
                 new_date=words.date(found.new_date))
    data = frame(words, comparison.identity, title=words("review.diff.page.title"), client=comparison.client, as_of=_day(comparison),
                 eyebrow=words("review.diff.page.eyebrow"), subtitle=comparison.title, version=found.new_version,
                 confidentiality=comparison.confidentiality, told=told, difference=difference(found, words),
                 say=words.section("review.diff.page"),
                 curves=None if picture is None else {"title": picture.title, "description": picture.description, "header": list(picture.header),
                                                      "rows": [list(row) for row in picture.rows]})
    if picture is not None:
        data["assets"] = {**data["assets"], "curves": to_svg(picture.chart, words)}
    return data


def _day(comparison: Comparison) -> dt.date:
    return dt.date.fromisoformat(comparison.found.new_date)


def _row(number: int, pair: Pair, words: Words) -> dict[str, Any]:
    fields = [words(f"review.diff.labels.{field}") for field in pair.fields]
    return {"number": words.number(number), "state": pair.state, "state_name": words(f"review.diff.page.states.{pair.state}"),
            "fields": words.listing(fields), "old": _side(pair.old, pair, words), "new": _side(pair.new, pair, words)}


def _side(side: Side | None, pair: Pair, words: Words) -> dict[str, Any] | None:
    if side is None:
        return None
    channel = words(f"channels.{side.channel}") if side.channel in method.data("channels") else side.channel or ""
    values = {"reaction": words(f"reactions.{side.reaction}") if side.reaction else "", "touchpoint": words.text(side.touchpoint),
              "channel": channel, "owner": words.text(side.owner), "evidence": _evidence(side, words),
              "moment_of_truth": _flag(side.moment_of_truth, words), "decision": _flag(side.decision, words),
              "irritants": " · ".join(words.text(text) for text in side.irritants)}
    alone = pair.old is None or pair.new is None
    shown = [field for field in SHOWN if (values[field] if alone else field in pair.fields)]
    nothing = words("review.diff.nothing")
    return {"action": words.text(side.action), "reaction": side.reaction or "", "reaction_name": values["reaction"], "solid": side.solid,
            "facts": [[words(f"review.diff.labels.{field}"), values[field] or nothing] for field in shown if field != "reaction"],
            "reworded": "action" in pair.fields, "felt": alone or "reaction" in pair.fields}


def _evidence(side: Side, words: Words) -> str:
    kind = words(f"evidence_kinds.{side.evidence}")
    return kind if side.n is None else f"{kind}, {words('base.n', n=side.n)}"


def _flag(value: bool, words: Words) -> str:
    return words("review.yes") if value else ""
