"""The portfolio page of a batch: the clients side by side, on one page that needs no script."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cxkit.charts.voice import interval, shown
from cxkit.sheets import html
from cxkit.sheets.frame import frame
from cxkit.sheets.identity import identity
from cxkit.steps.base import Estimate
from cxkit.steps.rules.base import SEVERITIES
from cxkit.steps.rules.revisions import Measure
from cxkit.words import Words

COLOUR = "#0F3B57"
ICONS = {"trusted": "circle-check", "reservations": "triangle-alert", "distrusted": "octagon-x", "no_map": "circle-question-mark"}


@dataclass(frozen=True)
class PortfolioRow:
    """One client of a batch: what became of its run, and the figures of its last complete one.

    Attributes
    ----------
    client, name : id, and the name that the client bears on its own deliverables.
    done : False where this run failed; ``cause`` then says why, in one line.
    as_of : the day that the study speaks from; None where no run was ever complete.
    ready, questions : questions of the framing that the evidence can answer, of how many.
    rows : rows of evidence, as the review counted them; None where it has not run.
    nps, net_emotion, outcome : with intervals and bases; None where the study has none.
    verdict, findings, next_review : of the review; findings by severity, ignored ones apart.
    pages : language → index of the client, relative to the portfolio.
    """

    client: str
    name: str
    done: bool
    cause: str = ""
    as_of: dt.date | None = None
    ready: int | None = None
    questions: int = 0
    rows: int | None = None
    nps: Estimate | None = None
    net_emotion: Measure | None = None
    outcome: Estimate | None = None
    verdict: str | None = None
    findings: Mapping[str, int] = field(default_factory=dict)
    next_review: dt.date | None = None
    overdue: bool = False
    pages: Mapping[str, str] = field(default_factory=dict)


def portfolio_page(rows: Sequence[PortfolioRow], words: Words, languages: Sequence[str] = ()) -> str:
    """The page in one language.

    Parameters
    ----------
    rows : the clients, in the order to show.
    languages : the languages in which this page stands beside itself as ``portfolio.<language>.html``.
    """
    days = [row.as_of for row in rows if row.as_of is not None]
    others = [{"href": f"portfolio.{other}.html", "name": Words(other)("index.this_language"), "language": other}
              for other in languages if other != words.language]
    data = frame(
        words, identity(COLOUR), title=words("portfolio.title"), client=words("portfolio.clients", n=len(rows)), as_of=max(days, default=None),
        eyebrow=words("portfolio.eyebrow"), confidentiality=words("portfolio.confidential"), sections=("portfolio",), others=others,
        keys=_keys(rows, words), failed=[{"name": row.name, "cause": row.cause, "earlier": row.as_of is not None} for row in rows if not row.done],
        rows=[_row(row, words) for row in rows], severities=[[one, words(f"review.severities.{one}")] for one in SEVERITIES])
    return html.render("portfolio/portfolio.html", data)


def _keys(rows: Sequence[PortfolioRow], words: Words) -> list[list[str]]:
    verdicts = [row.verdict for row in rows]
    return [
        [words("portfolio.keys.done"), words("portfolio.of", n=sum(row.done for row in rows), all=words.number(len(rows))), ""],
        *([words(f"portfolio.verdicts.{kind}"), words.number(verdicts.count(kind)), ICONS[kind]] for kind in ICONS if kind in verdicts),
        [words("portfolio.keys.errors"), words.number(sum(row.findings.get("error", 0) for row in rows)), ""],
        [words("portfolio.keys.overdue"), words.number(sum(row.overdue for row in rows)), ""]]


def _row(row: PortfolioRow, words: Words) -> dict[str, Any]:
    pages = [{"href": href, "language": language, "name": Words(language)("index.this_language")} for language, href in row.pages.items()]
    first = row.pages.get(words.language) or next(iter(row.pages.values()), "")
    net = row.net_emotion
    return {
        "name": row.name, "done": row.done, "main": first, "pages": pages, "as_of": words.date(row.as_of) if row.as_of else "",
        "state": words("portfolio.state.done" if row.done else "portfolio.state.failed_before" if row.as_of else "portfolio.state.failed"),
        "ready": words("portfolio.of", n=row.ready, all=words.number(row.questions)) if row.ready is not None else "–",
        "ready_share": row.ready / row.questions if row.ready is not None and row.questions else None,
        "evidence": words.number(row.rows),
        "nps": _estimate(row.nps, words, (-100, 100)), "outcome": _estimate(row.outcome, words, (0, 100)),
        "net_emotion": _figure(None, None, "", "") if net is None else _figure(
            _bar(net.value, net.low, net.high, (-1, 1)), net.value and words.number(100 * net.value, 1, sign=True),
            "" if net.value is None else words.interval(100 * net.low, 100 * net.high, 1, sign=True), _base(net, words)),
        "verdict": {"kind": row.verdict, "icon": ICONS[row.verdict], "name": words(f"portfolio.verdicts.{row.verdict}")} if row.verdict else None,
        "findings": [words.number(row.findings.get(severity, 0)) if row.verdict else "–" for severity in SEVERITIES],
        "next_review": words("review.next_overdue") if row.overdue else words.date(row.next_review), "overdue": row.overdue}


def _estimate(found: Estimate | None, words: Words, scale: tuple[float, float]) -> dict[str, Any]:
    if found is None:
        return _figure(None, None, "", "")
    value = None
    if found.value is not None:
        value = shown(found, words) if found.metric == "nps" else words.percent(found.value / 100, 1)
    return _figure(_bar(found.value, found.low, found.high, scale), value, interval(found, words) if value else "", _base(found, words))


def _base(found: Estimate | Measure, words: Words) -> str:
    """The base, with its mark where it is a small one."""
    mark = words(f"base.{found.base}") if found.base != "full" else ""
    return " · ".join(part for part in (words("base.n", n=found.n), mark) if part)


def _figure(bar: dict[str, float] | None, value: str | None, between: str, base: str) -> dict[str, Any]:
    return {"bar": bar, "value": value or "–", "interval": between, "base": base}


def _bar(value: float | None, low: float | None, high: float | None, scale: tuple[float, float]) -> dict[str, float] | None:
    """Places of the point, of the ends of the interval and of zero on a strip 0..100."""
    if value is None or low is None or high is None:
        return None
    start, end = scale
    at, left, right, zero = (round(100 * (min(max(number, start), end) - start) / (end - start), 2) for number in (value, low, high, 0))
    return {"at": at, "left": left, "width": round(right - left, 2), "zero": zero}
