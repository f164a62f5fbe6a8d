"""Attribute columns to values: codes, numbers, chosen options."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from cxkit.evidence import masking
from cxkit.evidence.convert import code, convert, label_parser, number_parser
from cxkit.evidence.opened import Opened
from cxkit.evidence.respondents import BASE
from cxkit.model.attribute_books import shared_codes
from cxkit.model.record import Text
from cxkit.model.source import Attribute


def respondent_rows(opened: Opened, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the source that name a respondent, with their attributes."""
    table = rows[list(BASE)].copy()
    shared = shared_codes(opened.folder.client)
    for attribute in opened.source.attributes:
        values = values_of(opened, attribute).reindex(rows.index)
        table[attribute.id] = _as_shared(values, shared[attribute.id]) if attribute.id in shared else values
    return table[table["respondent"].notna()]


def _as_shared(values: pd.Series, first: Mapping[str, str]) -> pd.Series:
    """Codes that bear one label, in this source or another, as the first of them."""
    places, texts = pd.factorize(values)
    options = ["|".join(sorted({first.get(part, part) for part in text.split("|")})) for text in texts]
    return pd.Series(pd.array(options, dtype="str").take(places, allow_fill=True), index=values.index)


def values_of(opened: Opened, attribute: Attribute) -> pd.Series:
    """An attribute's values: codes as text, numbers as float, chosen options joined by ``|``."""
    missing = (*opened.source.missing, *attribute.missing)
    if attribute.type == "multi":
        return _multi(opened, attribute, missing)
    parse = number_parser(opened.source.dialect.decimal) if attribute.type == "number" else label_parser(attribute.labels)
    result = convert(opened.cells(attribute.column), missing, parse, "float64" if attribute.type == "number" else "str")
    opened.ledger.cells(attribute.column, result)
    if attribute.type == "number" or attribute.labels:
        return result.values
    return _masked(opened, attribute, result.values)


def _masked(opened: Opened, attribute: Attribute, values: pd.Series) -> pd.Series:
    named = (attribute.id, attribute.column or "", *_names(attribute.name))
    return masking.mask_codes(values, opened.ledger.masked, people=True, place=masking.is_place(*named))


def _names(name: Text) -> tuple[str, ...]:
    return (name,) if isinstance(name, str) else tuple(name.values())


def _multi(opened: Opened, attribute: Attribute, missing: tuple[str, ...]) -> pd.Series:
    if attribute.column:
        known = {code(label) for label in attribute.labels}

        def parse(text: str) -> str:
            options = [code(part) for part in text.split(attribute.separator or "|")]
            return "|".join(sorted({option for option in options if option and (not known or option in known)}))

        result = convert(opened.cells(attribute.column), missing, parse, "str")
        opened.ledger.cells(attribute.column, result)
        return _masked(opened, attribute, result.values)
    yes = {code(value).lower() for value in attribute.yes}
    chosen, answered = [], []
    for column in attribute.columns:
        result = convert(opened.cells(column), missing, lambda text: code(text).lower() in yes, "boolean")
        opened.ledger.cells(column, result)
        chosen.append(result.values.fillna(False).to_numpy(dtype=bool))
        answered.append(result.values.notna().to_numpy(dtype=bool))
    names = list(attribute.columns)
    joined = ["|".join(sorted(name for name, picked in zip(names, row, strict=True) if picked)) for row in np.column_stack(chosen)]
    values = pd.Series(joined, index=opened.raw.frame.index, dtype="str")
    return values.where(np.column_stack(answered).any(axis=1))
