"""One source opened: its text, its mapping, its ledger, and the columns that all tables share."""

import re
from dataclasses import dataclass
from zoneinfo import available_timezones

import pandas as pd

from cxkit import method
from cxkit.errors import CxError, Fault, did_you_mean, fault
from cxkit.evidence import masking
from cxkit.evidence.accounting import Ledger
from cxkit.evidence.books import Inventory, by_book
from cxkit.evidence.convert import Converted, convert, label_parser, positive_parser
from cxkit.evidence.dates import times
from cxkit.evidence.pseudonyms import Pseudonyms
from cxkit.evidence.readers import read_source
from cxkit.evidence.readers.raw import RawTable
from cxkit.model.folder import ClientFolder
from cxkit.model.source import Source

FUTURE_DAYS = 366
_FREE = frozenset({"function", "cause", "asked", "given"})
_NEEDS = {"verbatims": ("text",), "interactions": ("respondent", "time", "touchpoint"), "customers": ("respondent",),
          "complaints": (), "employees": ("text",), "observations": ("text",), "conversations": ("text",),
          "experiment": ("variant", "converted"), "kano": ("feature", "functional", "dysfunctional")}


@dataclass
class Opened:
    """A source being read."""

    source: Source
    raw: RawTable
    ledger: Ledger
    folder: ClientFolder
    pseudonyms: Pseudonyms
    inventory: Inventory

    def cells(self, column: str) -> pd.Series:
        """A column as text."""
        return self.raw.frame[column]

    def mapped(self, role: str) -> pd.Series | None:
        """The column mapped to a role, as text; None where there is none."""
        column = getattr(self.source.columns, role)
        return None if column is None else self.raw.frame[column]

    def times(self, role: str) -> tuple[Converted, pd.Series] | None:
        """The times of a role: wall clock in the client's zone, and instants for sorting."""
        column = getattr(self.source.columns, role)
        if column is None:
            return None
        latest = self.folder.client.as_of + pd.Timedelta(days=FUTURE_DAYS)
        converted, instants, faults, notes = times(self.raw.frame[column], self.source.missing, self.source.dialect,
                                                   self.source.period, self.folder.client.market.time_zone, latest,
                                                   self.ledger.file, column)
        if faults:
            self.ledger.faults.extend(faults)
        else:
            self.ledger.cells(column, converted)
        for note, count in sorted(notes.items()):
            self.ledger.note(f"{note}/{column}", count)
        return converted, instants

    def converted(self, role: str, parse, dtype: str) -> pd.Series | None:
        """The column of a role converted and accounted for."""
        column = getattr(self.source.columns, role)
        if column is None:
            return None
        result = convert(self.raw.frame[column], self.source.missing, parse, dtype)
        self.ledger.cells(column, result)
        return result.values

    def labels(self, role: str) -> pd.Series | None:
        """The column of a role as free codes, personal data masked, declared missing null."""
        values = self.converted(role, label_parser(()), "str")
        return None if values is None else masking.mask_codes(values, self.ledger.masked, people=role in _FREE)


def open_source(source: Source, folder: ClientFolder, pseudonyms: Pseudonyms, inventory: Inventory) -> Opened:
    """Read a source's file as text and check that its mapping fits.

    Raises
    ------
    CxError : the file cannot be read, or the mapping names what is not there.
    """
    wanted = mapped_columns(source)
    raw = read_source(source, folder.root, wanted)
    if faults := [*_unmapped(source), *_absent(source, raw, wanted), *_direct(source, folder)]:
        raise CxError(faults)
    ledger = Ledger(source.id, source.place)
    ledger.rows_read = raw.rows_read
    for reason, lines in sorted(raw.rejected.items()):
        ledger.drop(reason, lines)
    for note, value in raw.notes:
        if note == "control_characters":
            ledger.note(note, int(value))
    return Opened(source, raw, ledger, folder, pseudonyms, inventory)


def mapped_columns(source: Source) -> frozenset[str]:
    """Names of the columns that the mapping uses; no other column is kept."""
    names = {value for value in source.columns.model_dump().values() if value}
    for score in source.scores:
        names.update(score.columns)
    for answers in source.coded:
        names.update(answers.columns)
    for attribute in source.attributes:
        names.update(attribute.columns)
        if attribute.column:
            names.add(attribute.column)
    return frozenset(names | set(source.texts))


def _unmapped(source: Source) -> list[Fault]:
    faults = [fault("CX-E227", "client.yaml", source=source.id, kind=source.kind, column=f"columns.{role}")
              for role in _NEEDS.get(source.kind, ())
              if getattr(source.columns, role) is None and not (role == "text" and source.texts)]
    told = {attribute.id for attribute in source.attributes} | {"persona"}
    faults += [fault("CX-E182", "client.yaml", source=source.id, name=name, near=did_you_mean(name, told) or "persona")
               for name in source.prevails if name not in told]
    zone = source.dialect.time_zone
    if zone and zone not in available_timezones():
        faults.append(fault("CX-E231", "client.yaml", zone=zone, near=did_you_mean(zone, available_timezones())))
    return faults


def _absent(source: Source, raw: RawTable, wanted: frozenset[str]) -> list[Fault]:
    return [fault("CX-E220", source.place, source=source.id, column=name, near=did_you_mean(name, masking.nameable(raw.columns)) or "?")
            for name in sorted(wanted - set(raw.columns))]


def _direct(source: Source, folder: ClientFolder) -> list[Fault]:
    """Attributes made of columns that name people, unless the client allows them."""
    named = re.compile(method.data("personal")["direct_columns"], re.IGNORECASE)
    return [fault("CX-E233", "client.yaml", source=source.id, column=attribute.column) for attribute in source.attributes
            if attribute.column and named.fullmatch(attribute.column.strip())
            and f"{source.id}.{attribute.column}" not in folder.client.privacy.allow]


def shared(opened: Opened) -> pd.DataFrame:
    """The columns that all tables share, one row a row of the file; the index is the line number.

    ``instant`` (UTC, for sorting) comes besides those of the tables.
    """
    source, frame = opened.source, opened.raw.frame
    rows = pd.DataFrame(index=frame.index)
    rows["source"] = pd.Series(source.id, index=frame.index, dtype="str")
    rows["row"] = pd.Series(frame.index, index=frame.index, dtype="Int64")
    rows["respondent"] = _respondents(opened)
    moment = opened.times("time")
    rows["time"] = moment[0].values if moment else pd.Series(pd.NaT, index=frame.index, dtype="datetime64[us]")
    rows["instant"] = moment[1] if moment else rows["time"]
    known = {"touchpoint": opened.inventory.touchpoints, "stage": opened.inventory.stages,
             "persona": frozenset(persona.id for persona in opened.folder.personas)}
    for role, book in (("touchpoint", source.touchpoints), ("stage", source.stages), ("channel", source.channels),
                       ("persona", source.personas)):
        codes = opened.labels(role)
        rows[role] = pd.Series(pd.NA, index=frame.index, dtype="str") if codes is None else by_book(
            codes.fillna(""), book, known.get(role, frozenset()))
    rows = opened.inventory.complete(rows)
    weights = opened.converted("weight", positive_parser(source.dialect.decimal), "float64")
    rows["weight"] = 1.0 if weights is None else weights
    if weights is not None:
        opened.ledger.drop("weight", rows.index[weights.isna()])
        rows = rows[weights.notna()]
    return rows


def _respondents(opened: Opened) -> pd.Series:
    """Pseudonyms of the declared column, else of the row, which then stands for a person of its own."""
    cells = opened.mapped("respondent")
    if cells is None:
        return pd.Series([opened.pseudonyms.of(f"{opened.source.id}:{line}", "n") for line in opened.raw.frame.index],
                         index=opened.raw.frame.index, dtype="str")
    known = convert(cells, opened.source.missing, label_parser(()), "str")
    opened.ledger.cells(opened.source.columns.respondent, known)
    named = known.values if not opened.source.own_ids else f"{opened.source.id}:" + known.values
    return opened.pseudonyms.column(named)
