"""The portfolio of a batch: each client's figures read from its output folder, and the page beside them."""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cxkit.runner.manifest import NAME
from cxkit.sheets.portfolio import PortfolioRow, portfolio_page
from cxkit.steps.base import Estimate
from cxkit.steps.rules.base import SEVERITIES
from cxkit.steps.rules.revisions import Measure
from cxkit.study.files import write_whole
from cxkit.words import Words, languages


def portfolio_row(out: Path, client: str, *, done: bool, cause: str = "") -> PortfolioRow:
    """What the portfolio says of a client.

    Parameters
    ----------
    out : the batch's output folder.
    client : id of the client, the name of its folder in ``out``.
    done, cause : what became of this run. A failed client keeps the figures of its last complete run.
    """
    folder = out / client
    manifest = _read(folder / NAME)
    if not manifest:
        return PortfolioRow(client, client, done, cause)
    found = {step: _read(folder / "results" / f"{step}.json").get("result", {}) for step in ("framing", "voice", "journey", "quality", "review")}
    questions, review = found["framing"].get("readiness", []), found["review"]
    return PortfolioRow(
        client, next((one["client"] for one in found["journey"].get("maps", [])), client), done, cause,
        as_of=dt.date.fromisoformat(manifest["as_of"]), ready=sum(one["status"] == "ready" for one in questions) if questions else None,
        questions=len(questions), rows=sum(mark["n"] or 0 for mark in review["sample"]) if review else None,
        nps=_estimate(found["voice"].get("overall", []), "nps"), net_emotion=_net_emotion(review), outcome=_outcome(found["quality"]),
        verdict=review.get("verdict"), findings=_findings(review), next_review=_date(review.get("next_review")),
        overdue=review.get("overdue", False),
        pages={language: f"{client}/{language}/index.html" for language in languages() if (folder / language / "index.html").is_file()})


def write_portfolio(out: Path, rows: Sequence[PortfolioRow], words: Words, others: Sequence[str] = ()) -> Path:
    """Write ``<out>/portfolio.<language>.html`` and return its path.

    Parameters
    ----------
    rows : the clients of the batch, as :func:`portfolio_row` makes them, in the order to show.
    others : languages in which the same page stands beside this one; it links them.
    """
    path = out / f"portfolio.{words.language}.html"
    write_whole(path, portfolio_page(rows, words, others).encode("utf-8"))
    return path


def _read(path: Path) -> dict[str, Any]:
    """A JSON file of the outputs; empty where there is none. Only the parts shown are checked, since a night has many clients."""
    return json.loads(path.read_bytes()) if path.is_file() else {}


def _estimate(estimates: Sequence[dict[str, Any]], metric: str) -> Estimate | None:
    return next((Estimate.model_validate(one) for one in estimates if one["metric"] == metric), None)


def _outcome(quality: dict[str, Any]) -> Estimate | None:
    everyone = next((grid for grid in quality.get("grids", []) if grid["persona"] is None), {"criteria": []})
    figures = [one["figure"] for one in everyone["criteria"] if one["id"] == "outcome" and one["figure"]]
    return Estimate.model_validate(figures[0]) if figures else None


def _net_emotion(review: dict[str, Any]) -> Measure | None:
    """The latest of the scoreboard that has a base."""
    told = [row["net_emotion"] for row in review.get("scoreboard", []) if row["net_emotion"]["n"]]
    return Measure.model_validate(told[-1]) if told else None


def _findings(review: dict[str, Any]) -> dict[str, int]:
    active = [one["severity"] for one in review.get("findings", []) if one["ignored"] is None]
    return {severity: active.count(severity) for severity in SEVERITIES}


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
