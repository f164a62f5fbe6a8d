"""Text columns to one row a text: masked, with language, score and reaction."""

import pandas as pd

from cxkit import method
from cxkit.evidence import masking
from cxkit.evidence.convert import Converted, convert, label_parser, number_parser, scale_parser, truth
from cxkit.evidence.opened import Opened
from cxkit.evidence.scores import OVERALL, ROW, reactions
from cxkit.evidence.tables import COLUMNS
from cxkit.model.source import ScoreColumn
from cxkit.words.text import resolve

KINDS = {"employees": "internal", "observations": "observed"}
_SCALES = ((1.0, 5.0), (0.0, 10.0))


def text_rows(opened: Opened, rows: pd.DataFrame) -> pd.DataFrame:
    """All texts of a source; an empty cell is no text, but ``NA``, ``None`` and ``null`` are words."""
    source = opened.source
    columns = ({source.columns.text: ROW} if source.columns.text else {}) | source.texts
    parts, staffed = [], _staffed(opened, rows)
    for column, target in columns.items():
        part = staffed.copy() if target == ROW else _at(opened, staffed, pd.Series(target, index=rows.index))
        part["language"] = _languages(opened).reindex(rows.index)
        cells = opened.cells(column).mask(opened.cells(column).str.strip() == "", "")
        opened.ledger.texts(cells)
        cells = cells.reindex(rows.index)
        score, values = _score(opened, target)
        part["score"] = values.reindex(rows.index)
        part["reaction"] = pd.Series(pd.NA, index=rows.index, dtype="str") if score is None else reactions(part["score"], score)
        if (given := opened.converted("reaction", label_parser(method.data("reactions")["valence"]), "str")) is not None:
            part["reaction"] = given.reindex(rows.index).fillna(part["reaction"])
        part["text"] = cells
        part = part[cells != ""]
        examined = masking.examine(part["text"], part["language"], opened.folder.client.language, opened.ledger.masked)
        for category, count in sorted(examined.special.items()):
            opened.ledger.note(f"special_{category}", count)
        part["text"], part["reaction"] = examined.masked, part["reaction"].mask(examined.leaving, "rupture")
        parts.append(part)
    parts += coded_rows(opened, staffed)
    if not parts:
        return pd.DataFrame()
    table = pd.concat(parts, ignore_index=True)
    table["kind"] = KINDS.get(source.kind, "reported")
    return table[list(COLUMNS["verbatims"])]


def coded_rows(opened: Opened, staffed: pd.DataFrame) -> list[pd.DataFrame]:
    """Open answers that the survey's institute coded: each code is the sentence that it stands for, with its reaction."""
    language, parts = opened.folder.client.language, []
    for question in opened.source.coded:
        missing, known = (*opened.source.missing, *question.missing), question.answers
        for column in question.columns:
            answers = convert(opened.cells(column), missing, label_parser(known), "str")
            opened.ledger.cells(column, answers)
            given = answers.values.reindex(staffed.index)
            given = given[given.notna()]
            part = _at(opened, staffed.loc[given.index], given.map({key: item.target for key, item in known.items()}))
            part["language"], part["score"] = language, float("nan")
            part["text"] = given.map({key: resolve(item.text, language) for key, item in known.items()})
            part["reaction"] = given.map({key: item.reaction for key, item in known.items()})
            parts.append(part)
    return parts


def _staffed(opened: Opened, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with function and front line of who writes."""
    part = rows.copy()
    functions, front = opened.labels("function"), opened.converted("front_line", truth, "boolean")
    part["function"] = None if functions is None else functions.reindex(rows.index)
    part["front_line"] = pd.Series(pd.NA, index=rows.index, dtype="boolean") if front is None else front.reindex(rows.index)
    return part


def _at(opened: Opened, rows: pd.DataFrame, targets: pd.Series) -> pd.DataFrame:
    """The rows placed at what their texts speak of: a touchpoint, a stage, or the whole."""
    stages, part = opened.inventory.stages - opened.inventory.touchpoints, rows.copy()
    named = targets.where(~targets.isin(stages) & (targets != OVERALL))
    part["touchpoint"] = named
    part["stage"] = named.map(opened.inventory.stage).astype("object").where(~targets.isin(stages), targets)
    part["channel"] = named.map(opened.inventory.channel)
    return part


def _languages(opened: Opened) -> pd.Series:
    """The declared column's two-letter codes; the client's language where there is none."""
    cells = opened.labels("language")
    default = opened.folder.client.language
    if cells is None:
        return pd.Series(default, index=opened.raw.frame.index, dtype="str")
    short = cells.str.lower().str[:2]
    return short.where(short.str.fullmatch("[a-z]{2}").fillna(False).astype(bool), default)


def _score(opened: Opened, target: str) -> tuple[ScoreColumn | None, pd.Series]:
    """The score that goes with a text: the declared column's, else that of the same target in the same row."""
    source, column = opened.source, opened.source.columns.score
    empty = pd.Series(index=opened.raw.frame.index, dtype="float64")
    if column is None:
        found = [(score, name) for score in source.scores if score.metric != "importance"
                 for name, rated in score.columns.items() if rated == target or (rated == OVERALL and target == ROW)]
        if not found:
            return None, empty
        score, column = found[0]
        return score, _values(opened, score, column)
    declared = [score for score in source.scores if column in score.columns]
    score = declared[0] if declared else _assumed(opened, column)
    return score, _values(opened, score, column)


def _assumed(opened: Opened, column: str) -> ScoreColumn:
    """The scale declared for the column, else 1–5 where all values fit it and 0–10 where not, of which CX-E175 warns."""
    if opened.source.score_scale:
        return ScoreColumn(metric="rating", columns={column: OVERALL}, scale=opened.source.score_scale)
    values = convert(opened.cells(column), opened.source.missing, number_parser(opened.source.dialect.decimal), "float64").values
    narrow = bool(values.between(*_SCALES[0]).where(values.notna(), True).all())
    low, high = _SCALES[0] if narrow else _SCALES[1]
    opened.ledger.note(f"assumed_scale_{low:g}_{high:g}/{column}", int(values.notna().sum()))
    return ScoreColumn(metric="rating", columns={column: OVERALL}, scale=(low, high))


def _values(opened: Opened, score: ScoreColumn, column: str) -> pd.Series:
    parse = scale_parser(opened.source.dialect.decimal, *score.scale, score.answers)
    result: Converted = convert(opened.cells(column), (*opened.source.missing, *score.missing), parse, "float64")
    if not any(column in declared.columns for declared in opened.source.scores):
        opened.ledger.cells(column, result)
    return result.values
