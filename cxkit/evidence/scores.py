"""Score columns to one row a score, with the reaction that the method's table gives."""

import pandas as pd

from cxkit import method
from cxkit.evidence.convert import convert, scale_parser
from cxkit.evidence.opened import Opened
from cxkit.evidence.tables import COLUMNS
from cxkit.model.source import ScoreColumn

OVERALL = "overall"
ROW = "row"


def score_rows(opened: Opened, rows: pd.DataFrame) -> pd.DataFrame:
    """All scores of a source, in the order of the declared columns.

    Parameters
    ----------
    opened : the source.
    rows : its shared columns.
    """
    parts = []
    for score in opened.source.scores:
        for column, target in score.columns.items():
            values = score_values(opened, score, column).reindex(rows.index)
            part = _placed(rows, score, target, opened)
            part["metric"], part["low"], part["high"] = score.metric, *map(float, score.scale)
            part["reverse"], part["value"] = score.reverse, values
            part["reaction"] = reactions(values, score)
            parts.append(part[values.notna()])
    if not parts:
        return pd.DataFrame()
    return pd.concat(parts, ignore_index=True)[list(COLUMNS["scores"])]


def score_values(opened: Opened, score: ScoreColumn, column: str) -> pd.Series:
    """Valid scores of a column, null elsewhere; accounted for."""
    missing = (*opened.source.missing, *score.missing)
    result = convert(opened.cells(column), missing, scale_parser(opened.source.dialect.decimal, *score.scale, score.answers), "float64")
    opened.ledger.cells(column, result)
    return result.values


def reactions(values: pd.Series, score: ScoreColumn) -> pd.Series:
    """Reactions that scores stand for; null for importance and for scales without a table."""
    if score.metric == "importance":
        return pd.Series(pd.NA, index=values.index, dtype="str")
    table = {value: method.reaction_of_score(value, score.scale, reverse=score.reverse) for value in values.dropna().unique()}
    return values.map(table).astype("str")


def _placed(rows: pd.DataFrame, score: ScoreColumn, target: str, opened: Opened) -> pd.DataFrame:
    """Shared columns with touchpoint, stage and channel of what the column rates.

    ``overall`` rates the whole; ``row`` rates the touchpoint or stage that the row itself names.
    """
    part = rows.copy()
    if target == ROW:
        part["of"] = part["touchpoint"].notna().map({True: "touchpoint", False: "stage"}).where(
            part["touchpoint"].notna() | part["stage"].notna(), OVERALL)
        return part
    part["of"] = OVERALL if target == OVERALL else score.of
    if target == OVERALL:
        part["touchpoint"] = part["stage"] = None
    elif score.of == "touchpoint":
        part["touchpoint"] = target
        part["stage"] = opened.inventory.stage.get(target)
        part["channel"] = opened.inventory.channel.get(target)
    else:
        part["touchpoint"], part["stage"] = None, target
    return part
