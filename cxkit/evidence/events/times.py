"""How the times of a log are written: one way for the whole column, or a family of ways that cannot be confused."""

import duckdb

from cxkit.errors import CxError, fault

_CLOCKS = ("%H:%M:%S.%f", "%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p")
_DAY_FIRST = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%d %b %Y", "%d-%b-%Y", "%d %B %Y")
_MONTH_FIRST = ("%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y", "%b %d, %Y", "%b %d %Y", "%B %d, %Y")
_EITHER = ("%d-%m-%Y:%H.%M", "%d-%m-%Y:%H.%M.%S", "%Y%m%dT%H%M%S", "%Y%m%d%H%M%S", "%Y%m%d %H:%M:%S", "%Y%m%d", "%Y/%m/%d %I:%M:%S %p",
           "%Y-%m-%d %H.%M.%S", "%Y-%m-%d %H:%M:%S,%f", "%a %b %d %H:%M:%S %Y")


def formats(days: tuple[str, ...]) -> tuple[str, ...]:
    """Every day with every clock, and the day alone."""
    return tuple(f"{day}{clock}" for day in days for clock in (*(f" {clock}" for clock in _CLOCKS), ""))


def time_sql(connection: duckdb.DuckDBPyConnection, source: str, column: str, kind: str, where: str) -> str:
    """SQL that reads the times of a column as TIMESTAMP; those with an offset become UTC.

    Cells may mix ISO with one family of other forms, day first or month first; a column that both read has its days first.
    A number is a Unix time, in seconds, milliseconds or microseconds by its size.

    Raises
    ------
    CxError
        CX-E161 where no way reads every filled cell.
    """
    if kind.startswith(("TIMESTAMP", "DATE")):
        return f"{column}::TIMESTAMP"
    text = f"nullif(trim({column}::VARCHAR), '')"
    iso = f"try_cast({text} AS TIMESTAMPTZ)::TIMESTAMP"
    number = f"try_cast({text} AS DOUBLE)"
    unix = (f"make_timestamp((CASE WHEN abs({number}) < 1e11 THEN {number} * 1e6 WHEN abs({number}) < 1e14 THEN {number} * 1e3 "
            f"ELSE {number} END)::BIGINT)")
    families = [f"try_strptime({text}, [{', '.join(repr(form) for form in (*formats(days), *_EITHER))}])" for days in (_DAY_FIRST, _MONTH_FIRST)]
    for way in (iso, unix if kind != "VARCHAR" else _compact(families[0], number, unix), *(f"coalesce({iso}, {family})" for family in families)):
        filled, read = connection.execute(f"SELECT count({text}), count({way}) FROM {source}").fetchall()[0]
        if filled == read:
            return way
    raise CxError(fault("CX-E161", where, name=column.strip('"')))


def _compact(family: str, number: str, unix: str) -> str:
    """A number of 8 or 14 digits that begins with a year is a date written without separators, any other one a Unix time."""
    digits = f"regexp_matches(({number})::BIGINT::VARCHAR, '^(19|20)[0-9]{{6}}([0-9]{{6}})?$')"
    return f"CASE WHEN {digits} THEN {family} ELSE {unix} END"
