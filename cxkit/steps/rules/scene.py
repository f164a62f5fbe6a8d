"""What a rule looks at: the current maps with their positions, the client's records, the measured evidence."""

import csv
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from cxkit import method
from cxkit.model.client import Contributor
from cxkit.model.folder import ClientFolder, DatedMap
from cxkit.model.journey_map import Activity
from cxkit.model.positions import Positions
from cxkit.model.record import Text
from cxkit.steps.base import stage_text
from cxkit.steps.journey_fill import fill_stage
from cxkit.steps.journey_view import ActivityView, StageView
from cxkit.steps.reactions import Heard
from cxkit.steps.rules.base import Place, threshold
from cxkit.steps.rules.measured import Measured

DAYS_PER_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Spot:
    """An activity on a map: where it stands and what the evidence shows there."""

    dated: DatedMap
    stage_index: int
    index: int
    stage: str
    activity: Activity
    view: ActivityView

    @property
    def location(self) -> tuple[Any, ...]:
        """Its path in the map's file."""
        return ("stages", self.stage_index, "activities", self.index)


@dataclass(frozen=True)
class Scene:
    """The maps under review, global first, with everything that rules read."""

    measured: Measured
    maps: tuple[DatedMap, ...]

    @property
    def folder(self) -> ClientFolder:
        """The client's records."""
        return self.measured.given.folder

    @property
    def as_of(self) -> dt.date:
        """The day of the review."""
        return self.folder.client.as_of

    @property
    def global_map(self) -> DatedMap | None:
        """The global map, where there is one."""
        return next((dated for dated in self.maps if dated.map.persona is None), None)

    def limit(self, rule: str, name: str) -> float:
        """A threshold: the client's, else the method's."""
        return threshold(rule, name, self.folder.client.review.thresholds)

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """All activities of all maps under review, in reading order."""
        return tuple(self._spots())

    @cached_property
    def own_spots(self) -> tuple[Spot, ...]:
        """Activities of all maps, each id once: what persona maps repeat of the global map is told once."""
        first: dict[str, Spot] = {}
        for spot in self.spots:
            first.setdefault(spot.activity.id, spot)
        return tuple(first.values())

    @cached_property
    def mapped(self) -> frozenset[str]:
        """Touchpoints on the maps under review."""
        return frozenset(spot.activity.touchpoint for spot in self.spots if spot.activity.touchpoint)

    def spot_of(self, touchpoint: str) -> Spot | None:
        """The first activity at a touchpoint."""
        return next((spot for spot in self.spots if spot.activity.touchpoint == touchpoint), None)

    def at(self, spot: Spot, *keys: Any, **more: Any) -> Place:
        """The place of an activity, or of one of its keys."""
        return self.place(spot.dated.file, *spot.location, *keys, persona=spot.dated.map.persona, stage=spot.stage,
                          activity=spot.activity.id, touchpoint=spot.activity.touchpoint, **more)

    def on(self, dated: DatedMap, *location: Any, **more: Any) -> Place:
        """A place on a map."""
        return self.place(dated.file, *location, persona=dated.map.persona, **more)

    def place(self, file: str, *location: Any, **more: Any) -> Place:
        """A place in a YAML file of the client; without line where the records were not read from a file."""
        positions = self._positions(file)
        line, column = positions.at(location) if positions is not None else (None, None)
        return Place(file=file, line=line, column=column, **more)

    def row(self, file: str, id_: str, **more: Any) -> Place:
        """The line of a CSV file whose ``id`` is this one."""
        return Place(file=file, line=self._rows(file).get(id_), **more)

    def heard_at(self, spot: Spot) -> Heard:
        """Customers' reactions behind the point of an activity."""
        return self.measured.filling(spot.dated.map.persona).at(spot.stage, spot.activity.touchpoint)

    def name(self, touchpoint: str | None) -> Text:
        """The inventory's name of a touchpoint, else its id."""
        return next((item.name for item in self.folder.touchpoints if item.id == touchpoint), touchpoint or "")

    def owner_name(self, owner: str) -> Text:
        """The client's name of an owner, else its id."""
        return next((item.name for item in self.folder.client.owners if item.id == owner), owner)

    def stage_facts(self, stage: str) -> dict[str, Any]:
        """A stage as ``facts`` or ``words`` of a draft: the client's name, else the catalog's, else the id."""
        name = stage_text(self.folder, stage)
        if name == stage and stage in method.data("stages"):
            return {"words": {"stage": f"stages.{stage}"}}
        return {"facts": {"stage": name}}

    def persona_name(self, persona: str | None) -> Text:
        """Name of a persona, else its id."""
        return next((item.name for item in self.measured.personas if item.id == persona), persona or "")

    def circle(self, dated: DatedMap) -> tuple[tuple[Contributor, ...], Place]:
        """Who made a map, and where that is written: in the map, else in client.yaml."""
        if dated.map.contributors:
            return dated.map.contributors, self.on(dated, "contributors")
        return self.folder.client.contributors, self.place("client.yaml", "contributors")

    def reference(self, dated: DatedMap) -> dt.date:
        """Last day that a map speaks of: its evidence's, else its date."""
        return dated.map.evidence_until or dated.map.date

    def _spots(self) -> Iterator[Spot]:
        for dated in self.maps:
            views = self._views(dated)
            for i, stage in enumerate(dated.map.stages):
                for j, activity in enumerate(stage.activities):
                    yield Spot(dated, i, j, stage.stage, activity, views[i].activities[j])

    def _views(self, dated: DatedMap) -> tuple[StageView, ...]:
        """The map as step 05 drew it, else filled here by the same functions."""
        journey = self.measured.given.upstream.get("journey")
        for view in journey.maps if journey is not None else ():
            if view.file == dated.file and (view.persona.id if view.persona else None) == dated.map.persona:
                return view.stages
        filling, owner, views = self.measured.filling(dated.map.persona), None, []
        for stage in dated.map.stages:
            view, owner = fill_stage(filling, stage, owner)
            views.append(view)
        return tuple(views)

    @cached_property
    def _drawn(self) -> Callable[[str], Positions | None]:
        return cache(self.measured.read_positions)

    def _positions(self, file: str) -> Positions | None:
        # a map is read anew in each review, the client's other files once
        is_map = any(dated.file == file for dated in self.maps)
        return self._drawn(file) if is_map else self.measured.positions(file)

    @cached_property
    def _lines(self) -> dict[str, dict[str, int]]:
        return {}

    def _rows(self, file: str) -> dict[str, int]:
        """Id → line on which its row ends."""
        path = self.folder.root / file
        if file not in self._lines:
            self._lines[file] = {}
            if path.is_file():
                text = path.read_text(encoding="utf-8-sig", errors="replace")
                head = text.split("\n", 1)[0]
                reader = csv.DictReader(text.splitlines(), delimiter=";" if head.count(";") > head.count(",") else ",")
                self._lines[file] = {cells.get("id") or "": reader.line_num for cells in reader}
        return self._lines[file]


def months_between(start: dt.date, end: dt.date) -> float:
    """Months from one day to another, a month being a twelfth of a year."""
    return (end - start).days / DAYS_PER_MONTH
