"""Why steps run, in words."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cxkit.cli.speak import say, words

if TYPE_CHECKING:
    from cxkit.runner.plan import Planned


def say_plan(plan: "Sequence[Planned]") -> None:
    """What would run and why."""
    say_reasons([{"step": row.step, "language": row.language, "why": row.why} for row in plan])


def say_reasons(steps: Sequence[Mapping[str, Any]]) -> None:
    """One line a step: its reasons, or that nothing has changed."""
    for step in steps:
        label = words()("cli.run.step", language=step["language"], title=words()(f"steps.{step['step']}.title"))
        why = words().listing([reason(one) for one in step["why"]]) if step["why"] else words()("cli.explain.nothing")
        say(f"  {label}: {why}", style=None if step["why"] else "dim")


def reason(part: str) -> str:
    """One reason in words, from the name of a part (`cxkit.runner.changes.Parts`)."""
    kind, _, name = part.partition(" ")
    if kind in {"result", "upstream"}:
        name = words()(f"steps.{name}.title")
    return words()(f"cli.explain.{kind}", name=name)
