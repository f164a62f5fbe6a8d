"""Which column of a log holds what, by the names that logs usually give them."""

import unicodedata
from collections.abc import Iterable

from cxkit import method
from cxkit.errors import CxError, Fault, fault

_IGNORED = str.maketrans("", "", " _-.")


def plain(name: str) -> str:
    """A column name without case, accents, spaces, dots, dashes and underscores."""
    letters = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(_IGNORED)


def usual_column(field: str, columns: Iterable[str], where: str) -> str | None:
    """The column that holds the ``case``, the ``activity`` or the ``time``; None where no name is a usual one.

    Raises
    ------
    CxError
        CX-E258 where several might.
    """
    for group in method.data("columns")[field]:
        found = [column for column in columns if plain(column) in group]
        if len(found) > 1:
            raise CxError(fault("CX-E258", where, field=field, columns=", ".join(found)))
        if found:
            return found[0]
    return None


def missing_column(field: str, columns: Iterable[str], where: str) -> Fault:
    """No column has a usual name."""
    return fault("CX-E259", where, field=field, columns=", ".join(columns))
