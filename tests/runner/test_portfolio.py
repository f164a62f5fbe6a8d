"""The portfolio: figures read from the clients' outputs, failures with their cause, links that lead somewhere."""

import datetime as dt
import json

from cxkit.runner.portfolio import portfolio_row, write_portfolio
from cxkit.steps.base import Estimate
from cxkit.steps.rules.revisions import Measure
from cxkit.words import Words

HOSTILE = "<script>window.__X=1</script>"
NPS = Estimate(metric="nps", value=30.0, low=14.051, high=44.201, n=100, base="full", counts={"promoters": 50})
NET = Measure(value=0.25, low=0.2, high=0.3, n=400, base="full")
OUTCOME = Estimate(metric="outcome", value=None, n=8, base="suppressed")


def stored(out, client="acme", name="Acme") -> None:
    """The outputs of a complete run, as far as the portfolio reads them."""
    folder = out / client
    (folder / "results").mkdir(parents=True)
    for language in ("en", "fr"):
        (folder / language).mkdir()
        (folder / language / "index.html").write_text("x", encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps({"as_of": "2026-05-04"}), encoding="utf-8")
    scoreboard = [{"net_emotion": NET.model_dump()}, {"net_emotion": Measure().model_dump()}]
    finding = {"severity": "error", "ignored": None}
    results = {
        "framing": {"readiness": [{"status": "ready"}, {"status": "partial"}, {"status": "missing"}]},
        "voice": {"overall": [NPS.model_dump()]}, "journey": {"maps": [{"client": name}]},
        "quality": {"grids": [{"persona": None, "criteria": [{"id": "outcome", "figure": OUTCOME.model_dump()}]}]},
        "review": {"sample": [{"n": 800}, {"n": None}], "scoreboard": scoreboard, "verdict": "distrusted", "next_review": "2026-05-04",
                   "overdue": True, "findings": [finding, finding, finding | {"severity": "note"}, finding | {"ignored": "known"}]}}
    for step, result in results.items():
        (folder / "results" / f"{step}.json").write_text(json.dumps({"result": result}), encoding="utf-8")


def test_row_holds_what_the_last_complete_run_found(tmp_path):
    stored(tmp_path)
    row = portfolio_row(tmp_path, "acme", done=True)
    assert (row.name, row.as_of, row.ready, row.questions, row.rows) == ("Acme", dt.date(2026, 5, 4), 1, 3, 800)
    assert (row.nps, row.net_emotion, row.outcome) == (NPS, NET, OUTCOME)
    assert (row.verdict, dict(row.findings), row.overdue) == ("distrusted", {"error": 2, "warning": 0, "note": 1}, True)
    assert dict(row.pages) == {"en": "acme/en/index.html", "fr": "acme/fr/index.html"}


def test_client_without_output_has_its_cause_only(tmp_path):
    row = portfolio_row(tmp_path, "bad", done=False, cause="CX-E002 bad")
    assert (row.name, row.as_of, row.nps, row.verdict, dict(row.pages)) == ("bad", None, None, None, {})


def test_page_compares_clients_and_says_what_failed(tmp_path):
    stored(tmp_path)
    stored(tmp_path, "other", HOSTILE)
    rows = [portfolio_row(tmp_path, "acme", done=True), portfolio_row(tmp_path, "other", done=False, cause=f"CX-E122 {HOSTILE}"),
            portfolio_row(tmp_path, "bad", done=False, cause="CX-E002 bad")]
    path = write_portfolio(tmp_path, rows, Words("en"), ("en", "fr"))
    page = path.read_text(encoding="utf-8")
    assert path.name == "portfolio.en.html"
    say = Words("en")
    for said in ("+30.0", "[+14.1, +44.2]", say("base.n", n=100), "+25.0", say("base.suppressed"), "1 of 3", "Not to be trusted",
                 'href="acme/en/index.html"', 'href="portfolio.fr.html"', "CX-E002 bad", "failed; figures of the last complete run"):
        assert said in page, said
    assert "<script" not in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert page == write_portfolio(tmp_path, rows, Words("en"), ("en", "fr")).read_text(encoding="utf-8")


def test_page_speaks_french(tmp_path):
    stored(tmp_path)
    page = write_portfolio(tmp_path, [portfolio_row(tmp_path, "acme", done=True)], Words("fr")).read_text(encoding="utf-8")
    assert '<html lang="fr">' in page
    assert "+30,0" in page
    assert "Non fiable" in page
