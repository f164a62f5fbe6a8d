"""The journey map as a spreadsheet: a row an activity, its irritants, the further curves, and how to read them."""

from pathlib import Path
from typing import Any

from cxkit.sheets.context import SheetContext
from cxkit.sheets.journey_map import Others, content
from cxkit.sheets.map_lanes import code, stage_label
from cxkit.sheets.workbook import Column, workbook
from cxkit.steps.journey_view import ActivityView, CurvePoint, JourneyMapView
from cxkit.words import Words

POINT = (("reaction", "text", 16), ("valence", "decimal", 9), ("low", "decimal", 9), ("high", "decimal", 9), ("net", "share", 10),
         ("n", "whole", 8), ("evidence", "text", 12))  # fmt: skip
ACTIVITY = (("code", "text", 6), ("stage", "text", 20), ("action", "text", 34), ("when", "text", 10), ("touchpoint", "text", 24),
            ("channel", "text", 16), ("emotion", "text", 16), *POINT, ("reach", "share", 9), ("exits", "share", 9), ("moments", "text", 24),
            ("thought", "text", 34), ("need", "text", 30), ("expected", "text", 30), ("asked", "text", 30), ("transmitted", "text", 30),
            ("delights", "text", 30), ("opportunities", "text", 34), ("owner", "text", 20), ("back_stage", "text", 30))  # fmt: skip
IRRITANT = (("code", "text", 6), ("stage", "text", 20), ("action", "text", 34), ("touchpoint", "text", 24), ("irritant", "text", 60),
            ("severity", "whole", 10), ("evidence", "text", 12))  # fmt: skip
CURVE = (("curve", "text", 26), ("code", "text", 6), ("stage", "text", 20), ("action", "text", 34), *POINT)
MOMENTS = ("moment_of_truth", "decision", "engagement", "silo_break")


def write_map_table(view: JourneyMapView, context: SheetContext, path: Path, others: Others = ()) -> None:
    """Write a map to ``path``: what its lanes hold, uncut, with numbers as numbers. Figures of small bases stay hidden here too."""
    words = context.words
    with workbook(path, context, words.text(view.title)) as book:
        book.sheet(words("map.tabs.activities"), _columns(ACTIVITY, words), _activities(view, words), frozen=3)
        book.sheet(words("map.tabs.irritants"), _columns(IRRITANT, words), _irritants(view, words), frozen=3)
        if others:
            rows = [[name, *row] for name, other in others for row in _points(other, words)]
            book.sheet(words("map.tabs.curves"), _columns(CURVE, words), rows, frozen=1)
        said = content(view, words, context.identity, others, "")
        book.about([(words("map.tabs.title"), f"{said['title']} · {said['eyebrow']} · {said['subtitle']}"),
                    *((words("workbook.note"), fact) for fact in said["facts"]), (words("workbook.note"), words("map.hollow")),
                    (words("workbook.note"), words("map.weak"))])


def _columns(spec: tuple[tuple[str, str, int], ...], words: Words) -> list[Column]:
    return [Column(words(f"map.head.{key}"), kind, width) for key, kind, width in spec]


def _activities(view: JourneyMapView, words: Words) -> list[list[Any]]:
    return [
        [code(at, number), stage_label(words, stage), *_activity(activity, words)]
        for at, stage in enumerate(view.stages)
        for number, activity in enumerate(stage.activities)
    ]


def _activity(activity: ActivityView, words: Words) -> list[Any]:
    channel = f"channels.{activity.channel}"
    moments = [words(f"map.moments.{name}") for name in MOMENTS if getattr(activity, name)]
    listed = [[words.text(text) for text in getattr(activity, name)] for name in ("expected", "asked", "transmitted", "delights", "opportunities")]
    return [
        words.text(activity.action),
        words(f"map.when.{activity.when}").rstrip(": \u00a0\u202f") if activity.when else "",
        words.text(activity.touchpoint_name) or activity.touchpoint,
        words(channel) if words.has(channel) else activity.channel,
        words.text(activity.emotion),
        *_point(activity.point, words),
        activity.reach,
        activity.exit_share,
        "\n".join(moments),
        words.text(activity.thought),
        words.text(activity.need),
        *("\n".join(texts) for texts in listed),
        words.text(activity.owner_name) or activity.owner,
        "\n".join(words.text(text) for text in activity.back_stage),
    ]


def _point(point: CurvePoint | None, words: Words) -> list[Any]:
    if point is None:
        return [None] * len(POINT)
    hidden = point.base == "suppressed"
    return [
        words(f"reactions.{point.reaction}"),
        point.valence,
        point.low,
        point.high,
        None if hidden or point.base == "counts_only" else point.net_emotion,
        None if hidden or not point.n else point.n,
        words("map.read_kind", kind=words(f"evidence_kinds.{point.kind}")) if point.inferred else words(f"evidence_kinds.{point.kind}"),
    ]


def _irritants(view: JourneyMapView, words: Words) -> list[list[Any]]:
    return [
        [code(at, number), stage_label(words, stage), words.text(activity.action), words.text(activity.touchpoint_name) or activity.touchpoint,
         words.text(irritant.text), irritant.severity, words(f"evidence_kinds.{irritant.kind}")]
        for at, stage in enumerate(view.stages)
        for number, activity in enumerate(stage.activities)
        for irritant in activity.irritants
    ]  # fmt: skip


def _points(view: JourneyMapView, words: Words) -> list[list[Any]]:
    return [
        [code(at, number), stage_label(words, stage), words.text(activity.action), *_point(activity.point, words)]
        for at, stage in enumerate(view.stages)
        for number, activity in enumerate(stage.activities)
        if activity.point is not None
    ]
