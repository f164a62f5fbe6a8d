"""The action plan as a spreadsheet."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cxkit.sheets.context import SheetContext
from cxkit.sheets.workbook import Column, workbook
from cxkit.steps.actions import CRITERIA, Action, Result
from cxkit.words import Words


@dataclass(frozen=True)
class Field:
    """A column of the plan: its word, the kind of its cells, its width and where its value comes from."""

    key: str
    kind: str
    width: int
    value: Callable[[Action], Any]


def write_plan(result: Result, context: SheetContext, path: Path) -> None:
    """Write the plan to ``path``: one sheet of improvements, one of what stays uncovered, one that says how to read them."""
    words, fields = context.words, _fields(context)
    with workbook(path, context, words("actions.title")) as book:
        book.sheet(words("actions.tabs.plan"), [Column(words(f"actions.head.{field.key}"), field.kind, field.width) for field in fields],
                   [[field.value(action) for field in fields] for action in result.actions], frozen=2)
        book.sheet(words("actions.tabs.uncovered"),
                   [Column(words(f"actions.uncovered_head.{key}"), width=34) for key in ("stage", "activity", "severity")],
                   [[context.stage_name(u.stage), words.text(u.name), words(f"actions.kinds.{u.kind}", severity=u.severity)]
                    for u in result.uncovered])
        book.about(_reading(result, context))


def weights_text(result: Result, words: Words) -> str:
    """The weights of the ranking, in the method's order."""
    return ", ".join(f"{words(f'actions.criteria.{name}')} {words.percent(result.weights[name])}" for name in CRITERIA)


def _fields(context: SheetContext) -> tuple[Field, ...]:
    words = context.words
    return (
        Field("rank", "whole", 7, lambda a: a.rank),
        Field("name", "text", 42, lambda a: words.text(a.name)),
        Field("goal", "text", 18, lambda a: words(f"actions.goals.{a.goal}")),
        Field("type", "text", 18, lambda a: words(f"actions.types.{a.type}")),
        Field("stage", "text", 20, lambda a: context.stage_name(a.stage) if a.stage else ""),
        Field("repairs", "text", 34, lambda a: words.text(a.activity_name)),
        Field("touchpoint", "text", 24, lambda a: context.touchpoint_name(a.touchpoint)),
        Field("owner", "text", 20, lambda a: context.owner_name(a.owner)),
        Field("quadrant", "text", 18, lambda a: words(f"actions.quadrants.{a.quadrant}")),
        Field("severity", "whole", 10, lambda a: a.severity),
        Field("effort", "decimal", 10, lambda a: a.effort),
        Field("reach", "whole", 13, lambda a: a.reach),
        Field("reach_kind", "text", 14, lambda a: words(f"evidence_kinds.{a.reach_kind}") if a.reach is not None else ""),
        Field("impact", "decimal", 9, lambda a: a.impact),
        Field("confidence", "share", 11, lambda a: a.confidence),
        Field("rice", "decimal", 11, lambda a: a.rice),
        Field("score", "decimal", 10, lambda a: a.score),
        Field("top_share", "share", 12, lambda a: a.top_share),
        Field("rank_low", "whole", 9, lambda a: a.rank_low),
        Field("rank_high", "whole", 9, lambda a: a.rank_high),
        Field("gain", "decimal", 13, lambda a: 100 * a.effect.gain if a.effect else None),
        Field("gain_low", "decimal", 11, lambda a: 100 * a.effect.low if a.effect and a.effect.low is not None else None),
        Field("gain_high", "decimal", 11, lambda a: 100 * a.effect.high if a.effect and a.effect.high is not None else None),
        Field("outcomes", "whole", 13, lambda a: a.effect.yearly if a.effect else None),
        Field("investment", "money", 14, lambda a: a.money.investment),
        Field("value", "money", 14, lambda a: a.money.yearly_value),
        Field("payback", "decimal", 12, lambda a: a.money.payback_months),
        Field("assumption", "text", 44, lambda a: words.text(a.money.assumption)),
        *(Field(f"benefit_{actor}", "whole", 12, lambda a, actor=actor: a.benefits[actor]) for actor in ("customer", "client", "front_line")),
    )


def _reading(result: Result, context: SheetContext) -> list[tuple[str, str]]:
    words = context.words
    lines = [("rank", words("actions.weights", weights=weights_text(result, words))),
             ("top_share", words("actions.robustness_lead", k=result.top, draws=result.draws)),
             ("rice", words("actions.rice_reading")), ("reach", words("actions.reach_reading")), ("gain", words("actions.money_reading"))]
    return [(words(f"actions.head.{key}"), text) for key, text in lines]
