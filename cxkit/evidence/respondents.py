"""One row a person: what several sources, or several moments, say of the same person; a contradiction is refused, never settled silently."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxkit.errors import Fault, fault
from cxkit.evidence.accounting import Ledger
from cxkit.evidence.readers.raw import first_lines
from cxkit.evidence.tables import COLUMNS
from cxkit.model.source import Source

BASE = tuple(COLUMNS["respondents"])
PERSONA = "persona"
_OWN = ("_place", "_when", "_who")


@dataclass(frozen=True)
class Told:
    """What one source says of people: its rows as ``attributes.respondent_rows`` made them."""

    source: Source
    ledger: Ledger
    rows: pd.DataFrame


def one_row_each(told: Sequence[Told]) -> tuple[pd.DataFrame, list[Fault]]:
    """One row a person, in the order of sources and lines, and the contradictions between them.

    An attribute (and the persona) counts as a source that declares ``prevails`` for it gives it, else as last told by the time of the row
    or the end of the source's period. Values that differ while nothing tells which is later are CX-E180, kinds that differ CX-E181. What gave
    way is noted in the account of its source: ``changed/…`` where it was older, ``overruled/…`` where another source prevails.
    """
    told = [one for one in told if len(one.rows)]
    if not told:
        return pd.DataFrame(), []
    if faults := _kinds(told):
        return pd.DataFrame(), faults
    stacked = pd.concat([one.rows.assign(_place=place, _when=_when(one)) for place, one in enumerate(told)], ignore_index=True)
    twice = stacked["respondent"].duplicated(keep=False)
    if not twice.any():
        return stacked.drop(columns=["_place", "_when"]), []
    groups = stacked[twice].assign(_who=pd.factorize(stacked.loc[twice, "respondent"])[0])
    people, faults = _one_row(groups, told), []
    for name in (PERSONA, *(column for column in stacked.columns if column not in {*BASE, *_OWN})):
        values, found = _settle(groups, name, told)
        people[name] = people["_who"].map(values).astype(stacked[name].dtype)
        faults += found
    whole = pd.concat([stacked[~twice], people], ignore_index=True).sort_values(["_place", "row"], kind="stable", ignore_index=True)
    return whole.drop(columns=list(_OWN)), faults


def _kinds(told: Sequence[Told]) -> list[Fault]:
    """Attributes that one source maps as numbers, or as several choices, and another otherwise."""
    first: dict[str, tuple[str, str]] = {}
    faults = []
    for one in told:
        for attribute in one.source.attributes:
            kind = "category" if attribute.type == "ordered" else attribute.type
            known, source = first.setdefault(attribute.id, (kind, one.source.id))
            if known != kind:
                faults.append(fault("CX-E181", "client.yaml", attribute=attribute.id, first=source, second=one.source.id,
                                    kinds=f"{known}, {kind}"))
    return faults


def _when(one: Told) -> pd.Series:
    """When each row was told: its time, else the end of the source's period."""
    end = pd.Timestamp(one.source.period.end) if one.source.period else pd.NaT
    return one.rows["time"].fillna(end) if one.source.period else one.rows["time"]


def _one_row(groups: pd.DataFrame, told: Sequence[Told]) -> pd.DataFrame:
    """A person's place: the last row of the first source that knows them; the weight of the first source that maps one."""
    ordered = groups.sort_values(["_place", "_when", "row"], na_position="first", kind="stable")
    last = ordered.drop_duplicates(["_who", "_place"], keep="last")
    people = last.drop_duplicates("_who").copy()
    weighted = last[last["_place"].isin([place for place, one in enumerate(told) if one.source.columns.weight])]
    weights = weighted.drop_duplicates("_who").set_index("_who")["weight"]
    people["weight"] = people["_who"].map(weights).fillna(people["weight"]).astype("float64")
    return people


def _settle(groups: pd.DataFrame, name: str, told: Sequence[Told]) -> tuple[pd.Series, list[Fault]]:
    """The value of each person and the fault where they contradict each other."""
    known = groups.loc[groups[name].notna(), ["_who", "row", "_place", "_when", name]]
    values = known.drop_duplicates("_who", keep="last").set_index("_who")[name]
    known = known[_differ(known, name)]
    if known.empty:
        return values, []
    prevails = np.array([name in one.source.prevails for one in told])[known["_place"].to_numpy(dtype=int)]
    best = pd.Series(prevails, index=known.index).groupby(known["_who"]).transform("max")
    ranked = known[prevails == best.to_numpy()]
    undated = ranked["_when"].isna().groupby(ranked["_who"]).transform("max")
    newest = ranked["_when"] == ranked.groupby("_who")["_when"].transform("max")
    unsettled = ranked[_differ(ranked, name) & (undated | newest)]
    clash = unsettled[_differ(unsettled, name)]
    if len(clash):
        return values, [_contradiction(clash, name, told)]
    last = ranked.sort_values("_when", na_position="first", kind="stable").drop_duplicates("_who", keep="last")
    values.update(last.set_index("_who")[name])
    gave_way = known[known[name] != known["_who"].map(values)]
    overruled = gave_way.index.difference(ranked.index)
    for reason, rows in (("overruled", gave_way.loc[overruled]), ("changed", gave_way.drop(overruled))):
        for place, lines in rows.groupby("_place")["row"]:
            told[int(place)].ledger.told(f"{reason}/{name}", lines)
    return values, []


def _differ(known: pd.DataFrame, name: str) -> pd.Series:
    """True in the rows of people who have more than one value."""
    codes = pd.Series(pd.factorize(known[name])[0], index=known.index).groupby(known["_who"])
    return codes.transform("min") != codes.transform("max")


def _contradiction(clash: pd.DataFrame, name: str, told: Sequence[Told]) -> Fault:
    """Who contradicts whom: files and lines, never a value."""
    places = [(told[int(place)].ledger.file, list(rows)) for place, rows in clash.groupby("_place")["row"]]
    return fault("CX-E180", f"{places[-1][0]}:{min(places[-1][1])}", attribute=name, count=clash["_who"].nunique(),
                 places=_spelled(places))


def _spelled(places: Iterable[tuple[str, list[int]]]) -> str:
    return "; ".join(f"{file}: {first_lines(lines)}" for file, lines in places)
