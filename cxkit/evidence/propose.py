"""A source mapping proposed from a raw file, as commented YAML for the analyst to correct."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

from cxkit import method
from cxkit.evidence.books import slug
from cxkit.evidence.header import read_as_found
from cxkit.evidence.profile import Profile, profile
from cxkit.evidence.readers.raw import RawTable
from cxkit.model.source import Dialect
from cxkit.words.catalog import Words

_SUBTITLES = (".vtt", ".srt")
_LOG = {"respondent": "case:concept:name", "touchpoint": "concept:name", "time": "time:timestamp", "lifecycle": "lifecycle:transition"}
_ROLES = {"date": ("time",), "weight": ("weight",), "identifier": ("respondent", "episode", "conversation"), "text": ("text",),
          "category": ("touchpoint", "channel", "stage", "persona", "language", "role", "speaker", "variant", "lifecycle"),
          "other": ("touchpoint", "channel", "stage", "speaker", "respondent", "episode", "conversation"), "yes_no": ("converted", "variant")}


def propose(path: Path, language: str = "en") -> str:
    """Propose the source of a raw file.

    Parameters
    ----------
    path : CSV, TSV, XLSX, Parquet, JSON or JSON lines file.
    language : language of the comments.

    Returns
    -------
    YAML text of one item of ``sources``; it is valid, but each comment with a question mark is for a person to answer.
    """
    raw, dialect = read_as_found(path)
    decimal = _decimal(raw)
    head = raw.frame.head(method.data("mapping")["profile_rows"])
    profiles = [profile(str(name), head[name], decimal) for name in head]
    return "\n".join(_lines(path, raw, decimal, _sorted_out(profiles), Words(language), dialect)) + "\n"


def _sorted_out(profiles: list[Profile]) -> list[Profile]:
    """Columns seen beside each other.

    Columns of 1 to 7 are effort scores where they are so called or at least three, alone they are categories; a column of one question's
    battery (``question — option``) has the scale of its neighbours.
    """
    effort = [item for item in profiles if item.kind == "score" and item.metric == "ces"]
    named = re.compile(method.data("mapping")["effort"], re.IGNORECASE)
    lone = {item.name for item in effort if not named.search(item.name)} if len(effort) < 3 else set()
    alone = [replace(item, kind="category", scale=None, metric=None, missing=()) if item.name in lone else item for item in profiles]
    batteries = {_question(item.name): item for item in alone if item.kind == "score"}
    return [_joined(item, batteries.get(_question(item.name))) for item in alone]


def _question(name: str) -> str:
    stem, dash, _ = name.partition(" — ")
    return stem if dash else name


def _joined(item: Profile, neighbour: Profile | None) -> Profile:
    """A column of few numbers inside the scale of its neighbour becomes a score of it."""
    if neighbour is None or item.kind != "category" or not all(re.fullmatch(r"\d+", label) for label in item.labels):
        return item
    low, high = neighbour.scale
    inside = all(low <= int(label) <= high for label in item.labels)
    return replace(item, kind="score", role="", scale=neighbour.scale, metric=neighbour.metric, labels=()) if inside else item


def _decimal(raw: RawTable) -> str:
    head = raw.frame.head(500)
    comma = sum(int(head[name].str.fullmatch(r"-?\d+,\d+").sum()) for name in head)
    point = sum(int(head[name].str.fullmatch(r"-?\d+\.\d+").sum()) for name in head)
    return "," if comma > point else "."


def _lines(path: Path, raw: RawTable, decimal: str, profiles: list[Profile], words: Words, dialect: Dialect) -> Iterator[str]:
    subtitles = path.suffix.lower() in _SUBTITLES
    log = {role: name for role, name in _LOG.items() if name in raw.columns} if ".xes" in path.suffixes else {}
    columns = {name: name for name in ("end", "speaker", "start", "text")} if subtitles else log or _columns(profiles)
    taken = set(columns.values())
    scores = [item for item in profiles if item.kind == "score" and item.name not in taken]
    kind = "conversations" if subtitles else "interactions" if log else _kind(columns, scores, profiles)
    yield f"# {words('evidence.map.title', file=path.name, rows=raw.rows_read, columns=len(profiles))}"
    yield f"- id: {slug(path.stem)}"
    yield f"  kind: {kind}  # {words('evidence.map.kind')}"
    yield f"  file: {_q(f'evidence/{path.name}')}"
    found = [*([f"records: {_q(dialect.records)}"] if dialect.records else []), *_dialect(raw, decimal, profiles)]
    found += [f"header_row: {dialect.header_row}"] if dialect.header_row > 1 else []
    found += [f"header_rows: {dialect.header_rows}"] if dialect.header_rows > 1 else []
    yield f"  dialect: {{{', '.join(found)}}}  # {words('evidence.map.dialect')}"
    if _either(raw, profiles):
        yield f"  # {words('evidence.map.day_or_month')}"
    mixed = [item for item in profiles if item.kind == "date" and len(item.forms) > 1]
    for item in mixed:
        yield f"  # {words('evidence.map.mixed', column=item.name, forms=', '.join(f'{name} {count}' for name, count in item.forms))}"
    if columns:
        yield "  columns:"
        for role, name in columns.items():
            yield f"    {role}: {_q(name)}"
    words_missing = sorted({value for item in profiles for value in item.missing if not value.lstrip("-").isdigit()})
    yield f"  missing: [{', '.join(_q(value) for value in ('', *words_missing))}]"
    yield from _scores(scores, words)
    texts = [item for item in profiles if item.kind == "text" and item.name not in taken]
    if texts:
        yield f"  texts:  # {words('evidence.map.texts')}"
        for item in texts:
            yield f"    {_q(item.name)}: overall"
    yield from _attributes([item for item in profiles if item.name not in taken], words)
    yield from _left(profiles, taken, words)


def _columns(profiles: list[Profile]) -> dict[str, str]:
    """Role → column: the first column whose name and kind suggest it; else an only date, text or identifier."""
    found: dict[str, str] = {}
    for item in profiles:
        if item.role in _ROLES.get(item.kind, ()) and item.role not in found and _holds(item):
            found[item.role] = item.name
    parties = re.compile(method.data("mapping")["parties"], re.IGNORECASE)
    said = [item.name for item in profiles if item.kind == "category" and len(item.labels) > 1 and all(map(parties.fullmatch, item.labels))]
    if said and "role" not in found and said[0] not in found.values():
        found["role"] = said[0]
    for kind, role in (("date", "time"), ("text", "text"), ("identifier", "respondent")):
        of_kind = [item.name for item in profiles if item.kind == kind]
        if role not in found and of_kind and of_kind[0] not in found.values():
            found[role] = of_kind[0]
    return dict(sorted(found.items()))


def _holds(item: Profile) -> bool:
    """True where the values are those of the role that the name suggests."""
    if item.role == "language":
        return all(label[:2].isalpha() for label in item.labels)
    return item.role != "lifecycle" or "complete" in {label.lower() for label in item.labels}


def _kind(columns: dict[str, str], scores: list[Profile], profiles: list[Profile]) -> str:
    if "variant" in columns and "converted" in columns:
        return "experiment"
    if "text" in columns and ("conversation" in columns or "speaker" in columns or "role" in columns):
        return "conversations"
    if {"respondent", "time", "touchpoint"} <= set(columns) and not scores and "text" not in columns:
        return "interactions"
    if "text" in columns and len(scores) <= 1 and sum(item.kind in ("category", "yes_no", "number") for item in profiles) < 6:
        return "verbatims"
    return "survey" if scores or "respondent" not in columns else "customers"


def _dialect(raw: RawTable, decimal: str, profiles: list[Profile]) -> Iterator[str]:
    for note, value in raw.notes:
        if note in ("separator", "encoding", "sheet"):
            yield f"{note}: {_q(value)}"
    if decimal == ",":
        yield 'decimal: ","'
    dates = [item for item in profiles if item.kind == "date" and dict(item.forms).get("day_month")]
    if dates:
        yield f"day_first: {'true' if _day_first(raw, dates) else 'false'}"


def _either(raw: RawTable, profiles: list[Profile]) -> bool:
    """True where dates such as 03/02/2025 never show which number is the day."""
    dates = [item for item in profiles if item.kind == "date" and dict(item.forms).get("day_month")]
    first = [int(parts[0]) for item in dates for parts in raw.frame[item.name].str.extract(r"^\s*(\d+)[/.-](\d+)").dropna().to_numpy().tolist()]
    return bool(dates) and _day_first(raw, dates) and not any(value > 12 for value in first)


def _day_first(raw: RawTable, dates: list[Profile]) -> bool:
    second = [int(parts[1]) for item in dates for parts in raw.frame[item.name].str.extract(r"^\s*(\d+)[/.-](\d+)").dropna().to_numpy().tolist()]
    return not any(value > 12 for value in second)


def _scores(scores: list[Profile], words: Words) -> Iterator[str]:
    if not scores:
        return
    yield f"  scores:  # {words('evidence.map.scores')}"
    groups: dict[tuple, list[Profile]] = {}
    for item in scores:
        codes = tuple(value for value in item.missing if value.lstrip("-").isdigit())
        groups.setdefault((item.metric, item.scale, codes if item.metric == "nps" else (), bool(item.answers)), []).append(item)
    for (metric, scale, _, _), items in groups.items():
        codes = sorted({value for item in items for value in item.missing if value.lstrip("-").isdigit()}, key=int)
        yield f"    - metric: {metric}"
        yield f"      scale: [{scale[0]}, {scale[1]}]"
        if codes:
            yield f"      missing: [{', '.join(codes)}]  # {words('evidence.map.codes')}"
        if answers := dict(sorted({pair for item in items for pair in item.answers}, key=lambda pair: (pair[1], pair[0]))):
            yield f"      answers: {{{', '.join(f'{_q(word)}: {number}' for word, number in answers.items())}}}"
        yield "      columns:"
        for item in items:
            target = "overall" if metric == "nps" else slug(item.name)
            yield f"        {_q(item.name)}: {target}{_odd(item, words)}"


def _attributes(profiles: list[Profile], words: Words) -> Iterator[str]:
    kept = [item for item in profiles if item.kind in ("category", "yes_no", "number")]
    if not kept:
        return
    yield f"  attributes:  # {words('evidence.map.attributes')}"
    for item in kept:
        kind = "number" if item.kind == "number" else "category"
        more = _outcome(item)
        if item.kind == "category" and item.odd:
            more += f", missing: [{', '.join(_q(value) for value, _ in item.odd)}]"
        yield f"    - {{id: {slug(item.name)}, column: {_q(item.name)}, name: {_q(item.name)}, type: {kind}{more}}}" \
              f"  # {words('evidence.map.values', n=item.distinct)}{': ' + _one_line(item.labels[:8]) if item.labels else ''}{_odd(item, words, ' ')}"


def _outcome(item: Profile) -> str:
    """The role and the labels of a yes or no that says what happened to the customer: what happened stands first."""
    data = method.data("mapping")
    if item.kind != "yes_no" or not re.search(data["outcome"], item.name, re.IGNORECASE):
        return ""
    happened_first = sorted(item.labels, key=lambda value: value.lower() not in data["yes"])
    return f", role: outcome, labels: {{{', '.join(f'{_q(value)}: {_q(value)}' for value in happened_first)}}}"


def _left(profiles: list[Profile], taken: set[str], words: Words) -> Iterator[str]:
    for kind in ("personal", "identifier", "empty", "other", "date", "weight"):
        names = [item.name for item in profiles if item.kind == kind and item.name not in taken]
        if names:
            yield f"  # {words(f'evidence.map.left.{kind}')}: {_one_line(names)}"


def _odd(item: Profile, words: Words, lead: str = "  # ") -> str:
    if not item.odd:
        return ""
    return f"{lead}{words('evidence.map.odd')}: " + ", ".join(f"{_one_line([value])} ({count})" for value, count in item.odd)


def _one_line(values) -> str:
    return ", ".join(" ".join(str(value).split())[:40] for value in values)


def _q(text: str) -> str:
    """A text as a YAML double-quoted scalar."""
    escaped = Quoted(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return f'"{escaped}"'
