"""Coded contacts to ordered ones: arrays only, one pass each, so that a log of ten million contacts takes seconds."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from cxkit.evidence.events.coding import NONE, Codes

STATES = ("left", "open", "outcome")
SHARE = 1_500_000  # contacts that a thread works on at once: fewer, and the threads wait for the interpreter
NEVER = np.iinfo(np.int64).min  # what NumPy and DuckDB read as no time
FOLLOWED = ("touchpoint", "channel", "stage", "owner")
Columns = dict[str, np.ndarray]


@dataclass(frozen=True)
class Closing:
    """When an episode ends: inactivity in microseconds (None: never), code of the outcome (None: none), end of the data in microseconds."""

    gap: int | None
    outcome: int | None
    end: int


def by_run(rows: Columns) -> tuple[np.ndarray, np.ndarray]:
    """Order of the rows by run and position (without positions, as they stand), and the runs in it.

    Both in one 64-bit number sort several times faster than two keys.
    """
    run, position = rows["run"], rows.get("position")
    if not len(run):
        return np.arange(0), run
    row_at, span = None, len(run)
    if position is None:
        position = np.arange(span)
    else:
        position = position - position.min()
        span = int(position.max()) + 1
        row_at = _rows_at(position, span) if span <= 2 * len(run) else None
        if row_at is None:  # positions far apart (several files, lines left out) or given by customer: their ranks do as well
            row_at, span = position.argsort(kind="stable"), len(run)
            position = row_at.argsort(kind="stable")
    bits = span.bit_length()
    if int(run.max()).bit_length() + bits > 62:
        order = np.lexsort((position, run))
        return order, run[order]
    packed = run.astype(np.int64)
    packed <<= bits
    packed |= position
    packed.sort()
    run = (packed >> bits).astype(run.dtype)
    packed &= (1 << bits) - 1
    return packed if row_at is None else row_at[packed], run


def in_order(rows: Columns, order: np.ndarray, run: np.ndarray) -> Columns:
    """Rows at ``order``, which is theirs by run and position, by run, time and position."""
    time = rows["time"][order]
    early = np.flatnonzero((time[1:] < time[:-1]) & (run[1:] == run[:-1]))
    if len(early):
        # only the runs that the file does not hold in order of time are sorted by it
        touched = np.zeros(int(run[-1] - run[0]) + 1, dtype=bool)
        touched[run[early] - run[0]] = True
        those = np.flatnonzero(touched[run - run[0]])
        order = order.copy()
        order[those] = order[those[np.lexsort((time[those], run[those]))]]
        time = rows["time"][order]
    others = [name for name in rows if name not in ("run", "time", "position")]
    return {"run": run, "time": time, **{name: rows[name][order] for name in others}}


def _rows_at(position: np.ndarray, span: int) -> np.ndarray | None:
    """Row of each position; None where two rows have the same one."""
    rows = np.arange(len(position), dtype=np.int32 if len(position) < 2**31 else np.int64)
    found = np.zeros(span, dtype=rows.dtype)
    found[position] = rows
    return found if (found[position] == rows).all() else None


def sequences(rows: Columns, codes: Codes, closing: Closing, threads: int) -> tuple[Columns, ...]:
    """What ``sequence`` gives of rows in whatever order (run from 0, time in microseconds, position, codes).

    Equal shares of the customers on threads: NumPy lets go of the interpreter.
    """
    order, run = by_run(rows)
    n, parts = len(run), threads * -(-len(run) // (threads * SHARE))
    firsts = (np.searchsorted(codes.run_person, codes.run_person[run[i * n // parts]]) for i in range(1, parts))
    # a customer's runs fall into one share
    cuts = [slice(*cut) for cut in itertools.pairwise(sorted({0, n, *(int(np.searchsorted(run, first)) for first in firsts)}))]

    def share(cut: slice) -> tuple[Columns, ...]:
        return sequence(in_order(rows, order[cut], run[cut]), codes, closing)

    contacts: Columns = {name: np.empty(len(run), dtype=values.dtype) for name, values in share(slice(0))[0].items()}

    def keep(cut: slice) -> tuple[Columns, ...]:
        found, *others = share(cut)
        for name, values in found.items():  # into place at once: kept apart, they would be copied once more
            contacts[name][cut] = values
        return tuple(others)

    with ThreadPoolExecutor(threads) as pool:
        shares = list(pool.map(keep, cuts)) or [share(slice(0))[1:]]
        before = 0
        for cut, tables in zip(cuts, shares, strict=False):
            for numbers in (contacts["episode"][cut], *(table["episode"] for table in tables)):
                numbers += before
            before += len(tables[-1]["episode"])
        places = [(i, name) for i, table in enumerate(shares[0]) for name in table]
        columns = list(pool.map(lambda place: np.concatenate([tables[place[0]].pop(place[1]) for tables in shares]), places))
    return contacts, *({name: column for (at, name), column in zip(places, columns, strict=True) if at == i} for i in range(2))


def sequence(rows: Columns, codes: Codes, closing: Closing) -> tuple[Columns, Columns, Columns]:
    """Contacts, visits and episodes of rows in order (run, time in microseconds, codes): see ``PreparedLog``; episodes are numbered from 1."""
    run, time, touchpoint = rows["run"], rows["time"], rows["touchpoint"]
    begins = np.ones(len(run), dtype=bool)
    begins[1:] = run[1:] != run[:-1]
    if closing.gap is not None:
        far = time[1:] - time[:-1] > closing.gap
        begins[1:] |= far & ~codes.run_named[run[1:]] if codes.run_named.any() else far
    ends = np.append(begins[1:], True)[:len(run)]
    starts, lasts = np.flatnonzero(begins), np.flatnonzero(ends)
    lengths = (lasts - starts + 1).astype(np.int32)
    episode = np.repeat(np.arange(1, len(starts) + 1, dtype=np.int32), lengths)
    step = np.arange(1, len(run) + 1, dtype=np.int32) - np.repeat(starts.astype(np.int32), lengths)
    contacts: Columns = {"episode": episode, "step": step, "person": codes.run_person[run], "time": time}
    for name, values in _attributes(rows, codes).items():
        contacts[name] = values
        contacts[f"next_{name}"] = _following(values, ends, NONE)
    contacts["next_time"] = _following(time, ends, NEVER)

    outcome_step = _first_steps(touchpoint == closing.outcome, episode, step, len(starts)) if closing.outcome is not None else \
        np.zeros(len(starts), dtype=np.int32)
    waiting = closing.end - time[lasts] <= (-1 if closing.gap is None else closing.gap)
    state = np.where(outcome_step > 0, 2, waiting).astype(np.int8)
    first, second = _fingerprints(touchpoint, len(codes.names["touchpoint"]), step, starts)
    episodes: Columns = {"episode": episode[starts], "person": contacts["person"][starts], "contacts": lengths, "start": time[starts],
                         "finish": time[lasts], "first": touchpoint[starts], "last": touchpoint[lasts], "outcome_step": outcome_step,
                         "state": state, "path_one": first, "path_two": second}
    if "persona" in rows:
        episodes["persona"] = _least(rows["persona"], starts)
    contacts["state"], contacts["outcome_step"] = np.repeat(state, lengths), np.repeat(outcome_step, lengths)
    contacts["at_risk"] = _at_risk(step, contacts["state"], contacts["outcome_step"])
    return contacts, _visits(contacts, episodes), episodes


def _attributes(rows: Columns, codes: Codes) -> Columns:
    """Touchpoint, channel, stage and owner of each contact: what it says itself, else what is declared; left out where there is none at all."""
    found = {"touchpoint": rows["touchpoint"]}
    for name in FOLLOWED[1:]:
        declared, own = codes.of_touchpoint[name].astype(codes.kind(name)), rows.get(name)
        if (declared == NONE).all():
            if own is not None:
                found[name] = own
            continue
        said = declared[rows["touchpoint"]]
        found[name] = said if own is None else np.where(own == NONE, said, own)
    return found


def _following(values: np.ndarray, ends: np.ndarray, none: int) -> np.ndarray:
    found = np.empty_like(values)
    found[:-1] = values[1:]
    found[ends] = none
    return found


def _first_steps(hit: np.ndarray, episode: np.ndarray, step: np.ndarray, episodes: int) -> np.ndarray:
    """Step of the first hit of each episode, 0 without one."""
    found = np.zeros(episodes, dtype=np.int32)
    places = np.flatnonzero(hit)[::-1]  # the first one is written last
    found[episode[places] - 1] = step[places]
    return found


def _least(values: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Smallest code of each episode that is one."""
    most = np.iinfo(values.dtype).max
    found = np.minimum.reduceat(np.where(values == NONE, most, values), starts) if len(starts) else values[:0]
    return np.where(found == most, NONE, found).astype(values.dtype)


def _fingerprints(touchpoint: np.ndarray, touchpoints: int, step: np.ndarray, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Two 64-bit sums an episode that tell its path from any other: touchpoint and step, well mixed."""
    if not len(starts):
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.uint64)
    if (size := (int(step.max()) + 1) * touchpoints) < len(step):  # few enough pairs to mix each once
        place = step * np.int32(touchpoints) + touchpoint
        first = _mixed(np.arange(size))
        second = _mixed(first)
        return np.add.reduceat(first[place], starts), np.add.reduceat(second[place], starts)
    first = _mixed(step.astype(np.int64) * touchpoints + touchpoint)
    return np.add.reduceat(first, starts), np.add.reduceat(_mixed(first), starts)


def _mixed(numbers: np.ndarray) -> np.ndarray:
    """Splitmix64 (Steele, Lea & Flood 2014)."""
    found = numbers.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        found ^= found >> np.uint64(shift)
        found *= np.uint64(factor)
    return found ^ (found >> np.uint64(31))


def _visits(contacts: Columns, episodes: Columns) -> Columns:
    """One row an episode and touchpoint. Sorted by touchpoint, the contacts of an episode stand together and episodes in their order."""
    touchpoint, order = _by_touchpoint(contacts["touchpoint"])
    episode = contacts["episode"][order]
    changes = np.ones(len(order), dtype=bool)
    changes[1:] = (touchpoint[1:] != touchpoint[:-1]) | (episode[1:] != episode[:-1])
    starts = np.flatnonzero(changes)
    counts = np.diff(np.append(starts, len(order)))
    # a visit goes on where the next contact is at the same touchpoint
    goes_on = np.flatnonzero((contacts["next_touchpoint"] == contacts["touchpoint"])[order])
    stays = counts - np.bincount(np.searchsorted(starts, goes_on, side="right") - 1, minlength=len(starts)) if len(goes_on) else counts
    touchpoint, episode, first_step = touchpoint[starts], episode[starts], contacts["step"][order[starts]]
    person, state, outcome_step = (episodes[name][episode - 1] for name in ("person", "state", "outcome_step"))
    newly = np.ones(len(starts), dtype=bool)
    newly[1:] = (touchpoint[1:] != touchpoint[:-1]) | (person[1:] != person[:-1])
    return {"episode": episode, "person": person, "touchpoint": touchpoint, "contacts": counts.astype(np.int32), "stays": stays.astype(np.int32),
            "first_step": first_step, "state": state, "outcome_step": outcome_step, "at_risk": _at_risk(first_step, state, outcome_step),
            "newly": newly}


def _by_touchpoint(touchpoint: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Touchpoints in order and their rows, also in order; both in one 32-bit number, where they fit, sort fastest."""
    bits = len(touchpoint).bit_length()
    if bits + int(touchpoint.max(initial=0)).bit_length() > 32:
        order = np.argsort(touchpoint, kind="stable")
        return touchpoint[order], order
    packed = touchpoint.astype(np.uint32)
    packed <<= np.uint32(bits)
    packed |= np.arange(len(packed), dtype=np.uint32)
    packed.sort()
    return (packed >> np.uint32(bits)).astype(touchpoint.dtype), (packed & np.uint32((1 << bits) - 1)).astype(np.int64)


def _at_risk(step: np.ndarray, state: np.ndarray, outcome_step: np.ndarray) -> np.ndarray:
    """Whether an episode that has ended could still end without outcome at this step."""
    return (state == 0) | ((state == 2) & (step < outcome_step))
