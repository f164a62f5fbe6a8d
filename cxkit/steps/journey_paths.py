"""The lived paths beside the map of step 05: a labyrinth, not a line, and where it leaves the plan."""

import datetime as dt
from collections.abc import Iterator

from cxkit import method
from cxkit.evidence.events import PreparedLog
from cxkit.evidence.events.appointments import around_appointment
from cxkit.evidence.events.compare import PathDifference, path_differences
from cxkit.evidence.events.deviations import deviations, skipping_share
from cxkit.evidence.events.funnel import durations, funnel, waits
from cxkit.evidence.events.inventory import inventory
from cxkit.evidence.events.periods import side_of
from cxkit.evidence.events.transitions import LEFT, OPEN, OUTCOME, START, changed_share, changes, handovers, labyrinth, transitions
from cxkit.evidence.events.variants import count_variants, frequent_loops, loops, variants
from cxkit.statistics.multiple import benjamini_hochberg
from cxkit.steps.base import Gap, Given, base_of
from cxkit.steps.journey_paths_share import share_of
from cxkit.steps.journey_paths_view import (
    Appointment,
    Change,
    Deviation,
    Difference,
    EndShare,
    FunnelStep,
    LevelPaths,
    LivedPaths,
    Node,
    PathsResult,
    RoundTrip,
    Side,
    Transition,
    Variant,
    Wait,
)
from cxkit.steps.journey_time import over_time, turning_day
from cxkit.steps.lived import lived

ENDS = frozenset({START, OUTCOME, LEFT, OPEN})


def lived_paths(given: Given, change_day: str = "") -> PathsResult:
    """Lived paths of all customers, then of each persona with 30 episodes or more; how much groups differ; what changes over time.

    ``change_day`` (ISO) parts the paths in two periods; the date of the current map by default.
    """
    lived_ = lived(given)
    if lived_ is None:
        return PathsResult(gaps=(Gap(key="no_log"),))
    log = lived_.log
    personas = [(name, log.of_persona(name)) for name in log.personas()]
    told = [(name, own) for name, own in personas if base_of(own.counts()["episodes"]) in {"weak", "full"}]
    day, reason = turning_day(given, change_day)
    return PathsResult(
        everyone=_paths(given, log, None), personas=tuple(_paths(given, own, name) for name, own in told),
        differences=_differences(given, log, day), time=over_time(log, day, reason), gaps=tuple(_gaps(given, len(personas), len(told))))


def _differences(given: Given, log: PreparedLog, day: dt.date | None) -> tuple[Difference, ...]:
    """Pairs of personas, of groups of each segmenting attribute, and the two periods: one family of tests."""
    settings, limit = method.data("paths")["difference"], method.data("paths")["leak_q"]
    least = method.data("thresholds")["base"]["suppressed"]
    test = {"seed": settings["seed"], "draws": settings["draws"], "most": settings["most"]}
    found: list[tuple[str, PathDifference]] = [("persona", d) for d in path_differences(log, **test)]
    for name, groups in _segments(given):
        found += [(name, d) for d in path_differences(log, assigned=groups, **test)]
    if day is not None:
        found += [("period", d) for d in path_differences(log, side_of(day), **test)]
    found = [(by, d) for by, d in found if min(d.customers) >= least]
    q_values = benjamini_hochberg([d.p for _, d in found]).q
    return tuple(Difference(by=by, first=d.first, second=d.second, distance=d.distance, p=d.p, q=q, customers=d.customers,
                            significant=q is not None and q < limit and d.distance > settings["distance"])
                 for (by, d), q in zip(found, q_values, strict=True))


def _segments(given: Given) -> Iterator[tuple[str, dict[str, str]]]:
    """Attribute → customer → group, of the first attributes that part customers into few groups."""
    settings, people, taken = method.data("paths")["segments"], given.evidence["respondents"], 0
    for source in given.folder.client.sources:
        for attribute in source.attributes:
            if attribute.type not in {"category", "ordered"} or attribute.id not in people or taken == settings["attributes"]:
                continue
            told = people[people[attribute.id].notna()].drop_duplicates("respondent").set_index("respondent")[attribute.id].astype(str)
            if 2 <= told.nunique() <= settings["groups"]:
                taken += 1
                yield attribute.id, told.to_dict()


def _paths(given: Given, log: PreparedLog, persona: str | None) -> LivedPaths:
    keep, counts = method.data("paths")["keep"], log.counts()
    least = method.data("thresholds")["base"]["suppressed"]
    planned = [item.id for item in sorted((i for i in given.folder.touchpoints if i.planned), key=lambda i: (i.planned, i.id))]
    stages = given.folder.client.stage_ids() or tuple(method.data("stages"))
    looping, maze = loops(log), labyrinth(log)
    nodes = tuple(Node(touchpoint=r.touchpoint, stage=r.stage if isinstance(r.stage, str) else None, contacts=r.contacts, episodes=r.episodes,
                       reach=float(r.reach)) for r in inventory(log).itertuples() if r.episodes >= least)
    shown = {node.touchpoint for node in nodes} | ENDS
    moves = transitions(log, ends=True, episodes=True)
    moves = moves[(moves["episodes"] >= least) & moves["source"].isin(shown) & moves["target"].isin(shown)].head(keep["transitions"])
    return LivedPaths(
        persona=persona, outcome_event=log.options.outcome, episodes=counts["episodes"], customers=counts["customers"], contacts=counts["events"],
        outcome=counts["outcome"], left=counts["left"], open=counts["open"], nodes=nodes,
        transitions=tuple(Transition(source=r.source, target=r.target, n=r.n, episodes=r.episodes, share=float(r.share),
                                     reach=r.episodes / counts["episodes"]) for r in moves.itertuples()),
        variants=_variants(log, keep["variants"], least), distinct_variants=count_variants(log, merge_repeats=True),
        looping=share_of(looping.returning, looping.episodes), repeating=share_of(looping.repeating, looping.episodes),
        round_trips=tuple(RoundTrip(place=r.place, via=r.via, n=r.n, episodes=r.episodes, share=float(r.share))
                          for r in frequent_loops(log, keep["loops"]).itertuples() if r.episodes >= least),
        labyrinth_bits=maze.bits, labyrinth_ways=maze.ways, labyrinth_index=None if maze.index is None else float(maze.index),
        funnel=_funnel(log, stages), waits=_waits(log, keep["waits"]), lengths=_lengths(log, least),
        switching=share_of(*changed_share(log, "channel")), channel_changes=_changes(log, "channel", least),
        handing_over=share_of(*changed_share(log, "owner")), owner_changes=_changes(log, "owner", least),
        handovers=tuple(Change(source=r.source, target=r.target, source_group=r.source_owner, target_group=r.target_owner, n=r.n,
                               episodes=r.episodes, share=float(r.share))
                        for r in handovers(log).head(keep["handovers"]).itertuples() if r.episodes >= least),
        levels=tuple(_level(log, level, keep, least) for level in ("channel", "stage")) if persona is None else (),
        appointment=_appointment(given, log, least), planned=tuple(planned),
        deviations=_deviations(log, planned, keep["deviations"], least),
        skipping=share_of(*skipping_share(log, planned)) if planned else None)


def _variants(log: PreparedLog, most: int, least: int) -> tuple[Variant, ...]:
    """Frequent paths, repeats merged; a path of fewer episodes than may be shown is left to the rest."""
    return tuple(Variant(path=r.path, n=r.n, share=float(r.share), outcome=r.outcome, left=r.left, open=r.open)
                 for r in variants(log, merge_repeats=True, limit=most).itertuples(index=False) if r.n >= least)


def _level(log: PreparedLog, level: str, keep: dict[str, int], least: int) -> LevelPaths:
    """Moves between channels or stages, contacts that stay there merged away in the variants."""
    moves, total, looping = transitions(log, level, ends=True, episodes=True), log.counts()["episodes"], loops(log, level)
    every = variants(log, level, merge_repeats=True)
    return LevelPaths(
        level=level, ways=labyrinth(log, level).ways, looping=share_of(looping.returning, looping.episodes), distinct_variants=len(every),
        transitions=tuple(Transition(source=r.source, target=r.target, n=r.n, episodes=r.episodes, share=float(r.share), reach=r.episodes / total)
                          for r in moves[moves["episodes"] >= least].head(keep["transitions"]).itertuples()),
        variants=tuple(Variant(path=r.path, n=r.n, share=float(r.share), outcome=r.outcome, left=r.left, open=r.open)
                       for r in every.head(keep["variants"]).itertuples(index=False) if r.n >= least))


def _appointment(given: Given, log: PreparedLog, least: int) -> Appointment | None:
    declared = given.folder.client.appointment
    found = around_appointment(log, declared.events) if declared else None
    if found is None or base_of(found.episodes) not in {"weak", "full"}:
        return None
    places = tuple(Side(moment=r.moment, touchpoint=r.touchpoint, contacts=r.contacts, episodes=r.episodes, share=r.episodes / found.episodes)
                   for r in found.places.itertuples() if r.episodes >= least)
    return Appointment(episodes=found.episodes, before=share_of(found.before, found.episodes), after=share_of(found.after, found.episodes),
                       repeated=share_of(found.repeated, found.episodes), before_hours=found.before_hours, after_hours=found.after_hours,
                       places=places)


def _funnel(log: PreparedLog, stages: tuple[str, ...]) -> tuple[FunnelStep, ...]:
    """From the first stage that the log holds to the last; stages without contact are left out, since no log shows them."""
    present = {row[0] for row in log.rows("SELECT DISTINCT stage::VARCHAR FROM {log} WHERE stage IS NOT NULL")}
    table = funnel(log, [stage for stage in stages if stage in present])
    return tuple(FunnelStep(stage=r.step, episodes=r.episodes, of_previous=_number(r.of_previous), of_first=_number(r.of_first),
                            anywhere=r.anywhere, hours=_number(r.hours)) for r in table.itertuples())


def _waits(log: PreparedLog, most: int) -> tuple[Wait, ...]:
    """Longest median waits between touchpoints among the moves that carry a percentage."""
    table = waits(log)
    table = table[[base_of(n) in {"weak", "full"} for n in table["n"]]]
    table = table.sort_values(["median", "source", "target"], ascending=[False, True, True]).head(most)
    return tuple(Wait(**row) for row in table.to_dict("records"))


def _lengths(log: PreparedLog, least: int) -> tuple[EndShare, ...]:
    total = log.counts()["episodes"]
    return tuple(EndShare(state=r.state, episodes=r.episodes, share=r.episodes / total, contacts=r.contacts, hours=r.hours)
                 for r in durations(log).itertuples() if r.episodes >= least)


def _changes(log: PreparedLog, level: str, least: int) -> tuple[Change, ...]:
    return tuple(Change(source=r.source, target=r.target, n=r.n, episodes=r.episodes, share=float(r.share))
                 for r in changes(log, level).itertuples() if r.episodes >= least)


def _deviations(log: PreparedLog, planned: list[str], most: int, least: int) -> tuple[Deviation, ...]:
    if not planned:
        return ()
    table = deviations(log, planned)
    table = table[(table["episodes"] >= least) & (table["base"] >= method.data("thresholds")["base"]["counts_only"])]
    return tuple(Deviation(type=r.type, touchpoint=r.touchpoint, episodes=r.episodes, base=r.base, share=float(r.share))
                 for r in table.head(most).itertuples())


def _number(value: float | None) -> float | None:
    return None if value is None or value != value else float(value)


def _gaps(given: Given, personas: int, told: int) -> Iterator[Gap]:
    if given.folder.client.outcome is None:
        yield Gap(key="no_outcome")
    if not any(item.planned for item in given.folder.touchpoints):
        yield Gap(key="no_plan")
    if not any(item.owner for item in given.folder.touchpoints):
        yield Gap(key="no_owners")
    declared = given.folder.client.appointment
    if declared and not set(declared.events) & set(given.evidence["interactions"]["touchpoint"].dropna()):
        yield Gap(key="appointment_unseen", facts={"events": ", ".join(declared.events)})
    if personas < 2:
        yield Gap(key="no_personas")
    elif told < personas:
        yield Gap(key="small_personas", facts={"n": str(personas - told)})
