"""The review: 200 maps reviewed once their statistics are computed."""

import time
from dataclasses import replace

from cxkit.evidence.read import read_evidence
from cxkit.model.folder import DatedMap, read_folder
from cxkit.paths import resources
from cxkit.steps.base import Given
from cxkit.steps.review import current_maps
from cxkit.steps.rules.base import rule_ids
from cxkit.steps.rules.engine import run
from cxkit.steps.rules.measured import Measured
from cxkit.steps.rules.scene import Scene

MAPS = 200


def main() -> None:
    """Print how long the first review of the demonstration client takes, statistics included, then 200 further maps, and all."""
    folder = read_folder(resources() / "data" / "maison-verdier")
    given = Given(folder, read_evidence(folder))
    measured = Measured(given)
    maps = current_maps(given)
    began = time.perf_counter()
    found = run(Scene(measured, maps), rule_ids())
    first = time.perf_counter() - began
    began = time.perf_counter()
    findings = sum(len(run(Scene(measured, (_revised(maps[0], at),)), rule_ids()).findings) for at in range(MAPS))
    rest = time.perf_counter() - began
    print(f"first review, statistics computed: {first:.1f} s, {len(found.findings)} findings, {len(found.tests)} tests")
    print(f"{MAPS} further maps, statistics kept: {rest:.1f} s ({1000 * rest / MAPS:.0f} ms a map), {findings} findings (bar: 20 s)")
    print(f"in all: {first + rest:.1f} s")


def _revised(dated: DatedMap, at: int) -> DatedMap:
    """Another map: one activity less, a reaction changed."""
    stages = list(dated.map.stages)
    place = at % len(stages)
    activities = stages[place].activities
    kept = activities[:-1] if len(activities) > 1 else activities
    reaction = ("irritant", "satisfaction", "none")[at % 3]
    changed = tuple(one.model_copy(update={"reaction": reaction}) if i == 0 else one for i, one in enumerate(kept))
    stages[place] = stages[place].model_copy(update={"activities": changed})
    return replace(dated, map=dated.map.model_copy(update={"stages": tuple(stages)}))


if __name__ == "__main__":
    main()
