"""Text to times. The form is declared or ISO; a column that mixes forms, or zoned with naive times, is refused with counts."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from zoneinfo import ZoneInfo

import pandas as pd

from cxkit.errors import Fault, fault
from cxkit.evidence.convert import Converted, Rejected, code, convert
from cxkit.model.source import Dialect, Period

FIRST_YEAR = 1950
_FORMS = (("iso", re.compile(r"\d{4}-\d{2}-\d{2}([ T]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?)?$")),
          ("iso_zoned", re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)? ?(Z|[+-]\d{2}:?\d{2})$")),
          ("day_month", re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}([ T]\d{1,2}:\d{2}(:\d{2})?( ?[AaPp]\.?[Mm]\.?)?)?$")),
          ("number", re.compile(r"\d{4,6}(\.\d+)?$")))
_EXCEL_EPOCH = dt.datetime(1899, 12, 30)


def form_of(text: str) -> str:
    """Form in which a date is written: iso, iso_zoned, day_month, number or other."""
    text = text.strip()
    return next((name for name, pattern in _FORMS if pattern.match(text)), "other")


def times(cells: pd.Series, missing: Iterable[str], dialect: Dialect, period: Period | None, zone: str, latest: dt.date,
          where: str, column: str) -> tuple[Converted, pd.Series, list[Fault], dict[str, int]]:
    """Convert a column of dates.

    Returns
    -------
    converted : wall-clock times in the client's zone, without zone.
    instants : the same in UTC, for sorting across a change of hour.
    faults : what refuses the column.
    notes : counts of times that a change of hour makes impossible (moved on an hour) or ambiguous (read as the first).
    """
    gone = {code(item) for item in missing} | {""}
    stripped = cells.str.strip()
    forms = Counter(form_of(text) for text in stripped[~stripped.map(code).isin(gone)]) if not dialect.date_format else Counter()
    faults = _refusals(forms, dialect, period, where, column)
    if faults:
        empty = convert(cells, (), lambda text: None, "datetime64[us]")
        return empty, empty.values, faults, {}
    aware = "iso_zoned" in forms or bool(dialect.date_format and "%z" in dialect.date_format)
    parse = _parser(dialect, period)

    def bounded(text: str) -> dt.datetime:
        try:
            value = parse(text.strip())
        except (ValueError, OverflowError):
            raise Rejected("date") from None
        if not value.year >= FIRST_YEAR or value.date() > latest:
            raise Rejected("date_range")
        return value.astimezone(dt.UTC).replace(tzinfo=None) if aware else value

    converted = convert(cells, missing, bounded, "datetime64[us]")
    home = ZoneInfo(zone)
    source_zone = ZoneInfo(dialect.time_zone) if dialect.time_zone else home
    local, instants, notes = _to_home(converted.values, aware, source_zone, home)
    return Converted(local, converted.states), instants, [], notes


def _refusals(forms: Counter, dialect: Dialect, period: Period | None, where: str, column: str) -> list[Fault]:
    known = {name: count for name, count in forms.items() if name != "other"}
    counted = ", ".join(f"{name}: {count}" for name, count in sorted(forms.items()))
    if {"iso", "iso_zoned"} <= set(known):
        return [fault("CX-E223", where, column=column, counts=counted)]
    if len(known) > 1:
        return [fault("CX-E221", where, column=column, counts=counted)]
    if "day_month" in known and "day_first" not in dialect.model_fields_set:
        return [fault("CX-E222", where, column=column)]
    if "number" in known:
        return [fault("CX-E234", where, column=column)]
    if _needs_period(dialect.date_format) and not _one_month(period):
        return [fault("CX-E232", where, column=column)]
    return []


def _needs_period(date_format: str | None) -> bool:
    return bool(date_format) and date_format != "excel" and "%d" in date_format and not re.search("%[mbBjYyxDcF]", date_format)


def _one_month(period: Period | None) -> bool:
    return period is not None and (period.start.year, period.start.month) == (period.end.year, period.end.month)


def _parser(dialect: Dialect, period: Period | None):
    """Text to time: ``excel`` counts days from 30 December 1899; a format with a day only takes month and year from the period."""
    if dialect.date_format == "excel":
        return lambda text: _EXCEL_EPOCH + dt.timedelta(days=float(text))
    if _needs_period(dialect.date_format):
        stem = period.start.strftime("%Y-%m ")
        return lambda text: dt.datetime.strptime(stem + text, f"%Y-%m {dialect.date_format}")
    if dialect.date_format:
        return lambda text: dt.datetime.strptime(text, dialect.date_format)
    return lambda text: _iso_or_day(text, dialect.day_first)


def _iso_or_day(text: str, day_first: bool) -> dt.datetime:
    if form_of(text) != "day_month":
        return dt.datetime.fromisoformat(re.sub(r"([ T])(\d:)", r"\g<1>0\2", text).replace(",", ".").replace(" +", "+").replace(" Z", "Z"))
    day, clock = ([*re.split("[ T]", text, maxsplit=1), "0:00"])[:2]
    first, second, year = (int(part) for part in re.split("[/.-]", day))
    half = re.search("[AaPp]", clock)
    moment = [int(part) for part in re.findall(r"\d+", clock)]
    if half:
        if not 1 <= moment[0] <= 12:
            raise ValueError(clock)
        moment[0] = moment[0] % 12 + 12 * (half.group() in "Pp")
    return dt.datetime(year, *((second, first) if day_first else (first, second)), *moment)


def _to_home(values: pd.Series, aware: bool, source: ZoneInfo, home: ZoneInfo) -> tuple[pd.Series, pd.Series, dict[str, int]]:
    notes: dict[str, int] = {}
    if aware:
        utc = values.dt.tz_localize("UTC")
    else:
        ambiguous = values.dt.tz_localize(source, ambiguous="NaT", nonexistent="shift_forward").isna() & values.notna()
        absent = values.dt.tz_localize(source, ambiguous=True, nonexistent="NaT").isna() & values.notna()
        notes = {name: int(mask.sum()) for name, mask in (("hour_twice", ambiguous), ("hour_absent", absent)) if mask.any()}
        utc = values.dt.tz_localize(source, ambiguous=True, nonexistent=pd.Timedelta(hours=1)).dt.tz_convert("UTC")
    local = utc.dt.tz_convert(home).dt.tz_localize(None).astype("datetime64[us]")
    return local, utc.dt.tz_localize(None).astype("datetime64[us]"), notes
