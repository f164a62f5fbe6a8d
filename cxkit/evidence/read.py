"""The door: a client folder in, its evidence out."""

from collections.abc import Iterator

import pandas as pd

from cxkit.errors import CxError, Fault, did_you_mean, fault
from cxkit.evidence.accounting import Ledger
from cxkit.evidence.attributes import respondent_rows
from cxkit.evidence.books import Inventory
from cxkit.evidence.complaints import complaint_rows
from cxkit.evidence.conversations import conversation_rows
from cxkit.evidence.documents import read_document
from cxkit.evidence.duplicates import without_repeats
from cxkit.evidence.interactions import experiment_rows, in_order, interaction_rows
from cxkit.evidence.kano import kano_rows
from cxkit.evidence.marks import mark_of
from cxkit.evidence.opened import Opened, open_source, shared
from cxkit.evidence.pseudonyms import client_pseudonyms
from cxkit.evidence.respondents import Told, one_row_each
from cxkit.evidence.scores import score_rows
from cxkit.evidence.tables import COLUMNS, Evidence, SourceMark, empty
from cxkit.evidence.texts import text_rows
from cxkit.model.folder import ClientFolder
from cxkit.model.source import Source

_TEXTS = frozenset({"survey", "verbatims", "complaints", "employees", "observations", "customers"})
_PEOPLE = frozenset({"survey", "customers"})


def read_evidence(folder: ClientFolder) -> Evidence:
    """Read, check and pseudonymise all sources of a client.

    Raises
    ------
    CxError : every fault of every source in one go.
    """
    pseudonyms, own_key = client_pseudonyms(folder)
    inventory = Inventory(folder)
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in COLUMNS}
    ledgers: list[Ledger] = []
    told: list[Told] = []
    marks: list[SourceMark] = []
    faults: list[Fault] = []
    counts: dict[str, int] = {}
    for source in folder.client.sources:
        try:
            if source.kind == "documents":
                marks.append(read_document(source, folder))
                continue
            opened = open_source(source, folder, pseudonyms, inventory)
        except CxError as error:
            faults.extend(error.faults)
            continue
        tables, rows = _tables(opened)
        faults.extend(opened.ledger.faults)
        ledgers.append(opened.ledger)
        told.append(Told(source, opened.ledger, tables.pop("respondents", pd.DataFrame())))
        for name, table in tables.items():
            if len(table):
                parts[name].append(table)
        marks.append(mark_of(source, tables, rows))
        counts[source.id] = int(rows["respondent"].nunique())
    people, contradictions = one_row_each(told)
    if faults := [*faults, *contradictions]:
        raise CxError(faults)
    tables = _finished(parts | {"respondents": [people] if len(people) else []})
    # pandera takes half a second to import; only who reads files needs it
    from cxkit.evidence.contract import check_tables

    check_tables(tables)
    if unknown := list(_unknown_touchpoints(folder, tables)):
        raise CxError(unknown)
    notes = () if own_key else ("default_key",)
    return Evidence(tables, tuple(marks), tuple(ledger.report() for ledger in ledgers), dict(sorted(counts.items())), notes)


def _unknown_touchpoints(folder: ClientFolder, tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """Touchpoints that a map of today names where an inventory is declared, and that neither it nor any evidence knows."""
    if not folder.touchpoints:
        return
    known = {row.id for row in folder.touchpoints}.union(*(set(table["touchpoint"].dropna()) for table in tables.values() if "touchpoint" in table))
    for dated in folder.maps:
        named = {activity.touchpoint for stage in dated.map.stages for activity in stage.activities if activity.touchpoint}
        for name in sorted(named - known) if dated.map.kind == "as-is" else ():
            yield fault("CX-E130", dated.file, what="touchpoint", name=name, near=did_you_mean(name, known), known=", ".join(sorted(known)))


def tables_of(source: Source) -> frozenset[str]:
    """Names of the tables that a source can feed, by its kind and what it maps; none for documents."""
    texts = source.kind in _TEXTS and bool(source.texts or source.coded or source.columns.text)
    fed = {
        "interactions": source.kind == "interactions", "scores": bool(source.scores), "verbatims": texts,
        "complaints": source.kind == "complaints", "conversations": source.kind == "conversations",
        "experiment": source.kind == "experiment", "kano": source.kind == "kano", "respondents": source.kind in _PEOPLE or bool(source.attributes),
    }
    return frozenset(name for name, feeds in fed.items() if feeds and source.kind != "documents")


def _tables(opened: Opened) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The tables that a source fills, and its rows."""
    fed = tables_of(opened.source)
    rows = without_repeats(opened, shared(opened))
    tables: dict[str, pd.DataFrame] = {}
    if "interactions" in fed:
        tables["interactions"] = rows = interaction_rows(opened, rows)
        rows = rows.rename(columns={"customer": "respondent"})
    if "scores" in fed:
        tables["scores"] = score_rows(opened, rows)
    if "verbatims" in fed:
        tables["verbatims"] = text_rows(opened, rows)
    if "complaints" in fed:
        tables["complaints"] = complaint_rows(opened, rows)
    if "conversations" in fed:
        tables["conversations"] = conversation_rows(opened, rows)
    if "experiment" in fed:
        tables["experiment"] = experiment_rows(opened, rows)
    if "kano" in fed:
        tables["kano"] = kano_rows(opened, rows)
    if "respondents" in fed:
        tables["respondents"] = respondent_rows(opened, rows)
    return tables, rows


def _finished(parts: dict[str, list[pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    """One table a name with the declared columns, dtypes and order."""
    made = {}
    for name, kinds in COLUMNS.items():
        if not parts[name]:
            made[name] = empty(name)
            continue
        if name == "interactions":
            table = in_order(pd.concat(parts[name], ignore_index=True))
        else:
            table = pd.concat(parts[name], ignore_index=True)
        made[name] = table.astype({column: kind for column, kind in kinds.items() if column in table})
    return made
