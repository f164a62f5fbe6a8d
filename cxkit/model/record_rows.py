"""CSV files of the client folder as records: touchpoints, improvements. A column twice, a row too long, an id twice are refused."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from cxkit.errors import CxError, Fault, did_you_mean, fault
from cxkit.model.record import Record

R = TypeVar("R", bound=Record)


def text_of(path: Path, where: str) -> str:
    """The text of a file: UTF-8 with or without mark, else Windows-1252, each strictly.

    Raises
    ------
    CxError : CX-E210 where it is neither.
    """
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding).lstrip("\ufeff")
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
    raise CxError(fault("CX-E210", f"{where}:{line}", tried="utf-8-sig, cp1252"))


def read_rows(path: Path, record: type[R]) -> tuple[R, ...]:
    """Rows of a CSV file as records; ``name_fr`` and ``name_en`` columns become one text per language. No file, no rows.

    Raises
    ------
    CxError : every fault of the file in one go, with the line.
    """
    if not path.exists():
        return ()
    text = text_of(path, path.name)
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",", strict=True)
    header: list[str] = []
    rows, faults, begin = [], [], 1
    try:
        for cells in reader:
            begin, line = reader.line_num + 1, begin
            if not header:
                header = cells
                faults += [fault("CX-E207", f"{path.name}:1", columns=", ".join(twice))] if (twice := repeated(header)) else []
            elif len(cells) > len(header):
                faults.append(fault("CX-E208", f"{path.name}:{line}", count=1, lines=str(line), width=len(header)))
            elif any(cells):
                rows.append((line, cells))
    except csv.Error:
        raise CxError([*faults, fault("CX-E209", f"{path.name}:{begin}")]) from None
    made = []
    for line, cells in rows if not faults else ():
        try:
            made.append((line, record.model_validate(_row(dict(zip(header, cells, strict=False)), record))))
        except ValidationError as error:
            faults += _told(error, record, f"{path.name}:{line}")
    ids = [str(getattr(one, "id", line)) for line, one in made]
    faults += [fault("CX-E176", f"{path.name}:{line}", name=name) for place, ((line, _), name) in enumerate(zip(made, ids, strict=True))
               if name in ids[:place]]
    if faults:
        raise CxError(faults)
    return tuple(one for _, one in made)


def repeated(names: Iterable[str]) -> list[str]:
    """Names that stand more than once, sorted."""
    seen: set[str] = set()
    return sorted({name for name in names if name in seen or seen.add(name)})


def _told(error: ValidationError, record: type[Record], where: str) -> Iterator[Fault]:
    for item in error.errors():
        key = ".".join(str(part) for part in item["loc"])
        near = did_you_mean(key, record.model_fields) if item["type"] == "extra_forbidden" else ""
        code = "CX-E121" if near else "CX-E120" if item["type"] == "extra_forbidden" else "CX-E125"
        yield fault(code, where, key=key, near=near, problem=item["type"])


def _row(cells: dict[str, str], record: type[Record]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for key, value in cells.items():
        if not value:
            continue
        base, _, language = key.rpartition("_")
        if base in record.model_fields and key not in record.model_fields and len(language) == 2:
            row.setdefault(base, {})[language] = value
        else:
            row[key] = value
    return row
