"""A small study in memory for the sheets: a map, a plan, a log, a test; hostile texts where a client may write."""

from pathlib import Path

import pandas as pd

from cxkit.evidence.tables import COLUMNS, Evidence, SourceMark, empty
from cxkit.model.client import Client
from cxkit.model.diagnostic import Diagnostic
from cxkit.model.folder import ClientFolder, DatedMap
from cxkit.model.improvement import Improvement
from cxkit.model.journey_map import JourneyMap
from cxkit.model.quality import Quality
from cxkit.steps import actions, journey, quality, target
from cxkit.steps.base import Given

HOSTILE = "=cmd|' /C calc'!A1"
SCRIPT = "</script><script>window.__X5=1</script>"
TYPST = '#read("/etc/passwd") $1/0$ @ref'
CLIENT = {"client": "small", "name": "Small", "as_of": "2026-01-31", "offer": "an offer", "journey": TYPST, "stages": [{"id": "need"}],
          "outcome": {"event": "buy", "name": "Purchase"}, "competitors": [{"id": "rival", "name": SCRIPT}],
          "sources": [{"id": "t", "kind": "experiment", "file": "evidence/t.csv", "planned_size": 900}]}
AS_IS = {"title": "t", "date": "2025-06-01", "stages": [{"stage": "need", "activities": [
    {"id": "look", "action": "Look", "touchpoint": "web", "reaction": "satisfaction"},
    {"id": "ask", "action": SCRIPT, "touchpoint": "desk", "reaction": "rupture"},
    {"id": "wait", "action": "Wait", "touchpoint": "line", "irritants": [{"text": "long", "severity": 2}]}]}]}
PLAN = [{"id": "fix", "name": HOSTILE, "effort": 2, "repairs": "ask", "exit_reduction": 0.5, "cost": 1000,
         "value_per_outcome": 10, "assumption": TYPST},
        {"id": "joy", "name": SCRIPT, "effort": 1, "repairs": "look", "reach": 500}]
QUALITY = {"grades": [{"criterion": "engagement", "grade": 2}], "actors": [{"actor": "client", "benefits": [SCRIPT]}],
           "canvas": [{"id": "price", "name": "Price", "levels": {"client": 2, "rival": 4}, "target": 3, "intent": "raise"},
                      {"id": "care", "name": SCRIPT, "levels": {"client": 1, "rival": 4}, "target": 3, "intent": "raise"}]}
WAVES = [{"date": date, "respondents": 5, "answers": {"listening_sources": value, "people_heard": 2}} for date, value in
         (("2024-06-01", 1), ("2025-06-01", 4))]


def given() -> Given:
    """Everything that the three steps are given."""
    folder = ClientFolder(Path("small"), Client.model_validate(CLIENT), maps=(DatedMap("maps/m.yaml", JourneyMap.model_validate(AS_IS)),),
                          improvements=tuple(Improvement.model_validate(row) for row in PLAN), quality=Quality.model_validate(QUALITY),
                          diagnostic=Diagnostic.model_validate({"waves": WAVES}))
    log = [*_episodes(["web", "desk", "buy"], 30, 0), *_episodes(["web", "desk"], 30, 30), *_episodes(["web"], 40, 60)]
    log.append({"customer": "late", "time": "2026-01-01T10:00", "position": 0, "touchpoint": "web"})
    trial = [{"respondent": f"{name}{i}", "variant": name, "converted": i < done, "time": "2025-01-01"}
             for name, done in (("control", 300), (SCRIPT, 400)) for i in range(1000)]
    tables = {name: empty(name) for name in COLUMNS} | {"interactions": _table("interactions", log), "experiment": _table("experiment", trial)}
    marks = (SourceMark(source="log", kind="interactions", evidence="measured", name="Log", start="2025-01-01", end="2026-01-01", n=101),)
    return Given(folder, Evidence(tables, marks))


def results(study: Given) -> dict:
    """Results of the steps 05 and 07 to 09."""
    found = {"journey": journey.compute(study, journey.Parameters())}
    full = Given(study.folder, study.evidence, found)
    return found | {"quality": quality.compute(full, quality.Parameters()), "actions": actions.compute(full, actions.Parameters()),
                    "target": target.compute(full, target.Parameters())}


def _episodes(touchpoints, n, start):
    return [{"customer": f"c{start + i}", "time": f"2025-01-{1 + i % 28:02d}T{10 + k}:00", "position": k, "touchpoint": touchpoint}
            for i in range(n) for k, touchpoint in enumerate(touchpoints)]


def _table(name: str, rows: list[dict]) -> pd.DataFrame:
    return pd.DataFrame([{column: row.get(column) for column in COLUMNS[name]} | {"row": i} for i, row in enumerate(rows, 2)]).astype(COLUMNS[name])
