"""Teaching worlds: templates/teaching/rules.yaml made into records and evidence tables in memory."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from ruamel.yaml import YAML

from cxkit.evidence.tables import COLUMNS, Evidence, SourceMark
from cxkit.model.client import Client
from cxkit.model.folder import ClientFolder, DatedMap
from cxkit.model.improvement import Improvement
from cxkit.model.journey_map import JourneyMap
from cxkit.model.persona import Persona
from cxkit.model.touchpoint import Touchpoint
from cxkit.paths import template
from cxkit.sheets.rule_pages import with_changes
from cxkit.steps import review
from cxkit.steps.base import Given
from cxkit.steps.rules import engine
from cxkit.steps.rules.measured import Measured
from cxkit.steps.rules.scene import Scene
from tests.steps.conftest import CLIENT, table

TEACHING = YAML(typ="safe").load(template("teaching", "rules.yaml").read_text(encoding="utf-8"))
MAP_FILE = "maps/2025-10-01.as-is.global.yaml"


def world(changes: dict[str, Any] | None = None) -> dict[str, Any]:
    """The sound world with some values set; a list item is named by its id, stage, function or touchpoint."""
    return with_changes(TEACHING["world"], changes or {})


def given(made: dict[str, Any]) -> Given:
    """A world as records and tables."""
    client = Client.model_validate(CLIENT | made["client"])
    drawn = JourneyMap.model_validate(made["map"])
    maps = [DatedMap(MAP_FILE, drawn), *map(_dated, made.get("older_maps", ()))]
    if made["persona_map"]:
        maps.append(DatedMap("maps/persona.yaml", drawn.model_copy(update={"persona": made["persona_map"]})))
    folder = ClientFolder(
        Path("teaching"), client, tuple(_persona(one, made) for one in made["personas"]),
        tuple(Touchpoint.model_validate(one) for one in made["touchpoints"]), tuple(maps),
        tuple(Improvement.model_validate(one) for one in made["improvements"]))
    rows = {"scores": list(_scores(made)), "verbatims": list(_verbatims(made)), "interactions": _interactions(made)}
    tables = dict(_nothing()) | {name: table(name, some) for name, some in rows.items() if some}
    period = made["period"]
    mark = SourceMark(source="s", kind="survey", evidence="measured", name="s", start=period["start"], end=period["end"], n=800)
    return Given(folder, Evidence(tables, (mark,)))


def reviewed(made: dict[str, Any], select: str = "", policy: dict[str, Any] | None = None) -> review.Result:
    """The review of a world, with the client's policy where one is given."""
    what = given(made)
    if policy:
        client = Client.model_validate(CLIENT | made["client"] | {"review": policy})
        what = replace(what, folder=replace(what.folder, client=client))
    return review.compute(what, review.Parameters(select=select))


def checked(made: dict[str, Any], rule: str) -> engine.Outcome:
    """One rule alone on a world, without what a review tells besides."""
    what = given(made)
    return engine.run(Scene(Measured(what), review.current_maps(what)), (rule,))


@cache
def taught(rule: str) -> review.Result:
    """The review of a rule's teaching map."""
    return reviewed(world(TEACHING["rules"][rule]["set"]))


def fired(result: review.Result) -> set[str]:
    """Rules that found something that the client does not ignore."""
    return {one.rule for one in result.active}


@cache
def _nothing() -> tuple[tuple[str, pd.DataFrame], ...]:
    """Every evidence table, empty."""
    return tuple((name, table(name, [])) for name in COLUMNS)


def _persona(id_: str, made: dict[str, Any]) -> Persona:
    return Persona(id=id_, name=id_.title(), tagline=id_, kind=made.get("kinds", {}).get(id_, "b2c"))


def _dated(one: dict[str, Any]) -> DatedMap:
    return DatedMap(f"maps/{one['date']}.yaml", JourneyMap.model_validate(one))


def _days(n: int, start: Any, end: Any) -> list[pd.Timestamp]:
    """``n`` moments spread evenly from the first to the last day."""
    first, last = pd.Timestamp(start) + pd.Timedelta(hours=9), pd.Timestamp(end)
    return [first + (last - first) * i / max(n, 1) for i in range(n)]


def _order(n: int, seed: int | None) -> list[int]:
    """Who answers when: at random, or by a fixed stride that spreads every answer over the year and the personas."""
    if seed is not None:
        return [int(i) for i in np.random.default_rng(seed + n).permutation(n)]
    return sorted(range(n), key=lambda i: (i * 61) % max(n, 1))


def _scores(made: dict[str, Any]):
    after = pd.Timestamp(made["map"]["evidence_until"]) + pd.Timedelta(days=1)
    for which, start in (("scores", made["period"]["start"]), ("scores_after", after)):
        for touchpoint, counts in made[which].items():
            rows = [value for value, n in counts.items() for _ in range(n)]
            order = _order(len(rows), made.get("scores_order"))
            days = _days(len(rows), start, made["period"]["end"])
            for place, i in enumerate(order):
                persona = made["personas"][place % min(len(made["personas"]), 5)]
                yield {"respondent": f"{which}-{touchpoint}-{i}", "time": days[place], "metric": "rating", "touchpoint": touchpoint,
                       "value": float(rows[i]), "persona": persona, "reaction": {5: "delight", 4: "satisfaction", 3: "none", 2: "irritant",
                                                                                  1: "dissatisfaction"}[rows[i]]}


def _verbatims(made: dict[str, Any]):
    """What customers told in their own words: touchpoint → reaction → how often."""
    for touchpoint, told in made.get("told", {}).items():
        for reaction, n in told.items():
            yield from ({"respondent": f"{reaction}-{i}", "touchpoint": touchpoint, "reaction": reaction} for i in range(n))


def _interactions(made: dict[str, Any]) -> list[dict]:
    rows, period = [], made["period"]
    for number, group in enumerate([*made["paths"], *made["more_paths"]]):
        personas = group.get("personas") or made["personas"][:5]
        moments = _days(group["n"], group.get("start", period["start"]), group.get("end", period["end"]))
        # at random, customers' types no longer take turns
        drawn = _order(len(moments), made["paths_order"]) if "paths_order" in made else range(len(moments))
        for i, start in enumerate(moments):
            for step, touchpoint in enumerate(group["path"]):
                rows.append({"customer": f"{number}-{i:04d}", "time": start + pd.Timedelta(minutes=5 * step), "position": len(rows),
                             "touchpoint": touchpoint, "persona": personas[drawn[i] % len(personas)]})
    return sorted(rows, key=lambda row: (row["customer"], row["time"], row["position"]))
