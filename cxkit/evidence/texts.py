"""Text columns to one row a text: masked, with language, score and reaction."""

import pandas as pd

from cxkit.evidence import masking
from cxkit.evidence.convert import Converted, convert, label_parser, number_parser, scale_parser, truth
from cxkit.evidence.opened import Opened
from cxkit.evidence.rupture import leaves
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
    parts = []
    for column, target in columns.items():
        part = _placed(opened, rows, target)
        part["language"] = _languages(opened).reindex(rows.index)
        cells = opened.cells(column).str.strip()
        opened.ledger.texts(cells)
        cells = cells.reindex(rows.index)
        score, values = _score(opened, target)
        part["score"] = values.reindex(rows.index)
        part["reaction"] = pd.Series(pd.NA, index=rows.index, dtype="str") if score is None else reactions(part["score"], score)
        part["text"] = cells
        part = part[cells != ""]
        part["reaction"] = part["reaction"].mask(part["text"].map(leaves).astype(bool), "rupture")
        part["text"] = masking.mask_texts(part["text"], part["language"], opened.folder.client.language, opened.ledger.masked)
        parts.append(part)
    parts += coded_rows(opened, rows)
    if not parts:
        return pd.DataFrame()
    table = pd.concat(parts, ignore_index=True)
    table["kind"] = KINDS.get(source.kind, "reported")
    return table[list(COLUMNS["verbatims"])]


def coded_rows(opened: Opened, rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Open answers that the survey's institute coded: each code is the sentence that it stands for, with its reaction."""
    language, parts = opened.folder.client.language, []
    for question in opened.source.coded:
        missing = (*opened.source.missing, *question.missing)
        for column in question.columns:
            answers = convert(opened.cells(column), missing, label_parser(question.answers), "str")
            opened.ledger.cells(column, answers)
            given = answers.values.reindex(rows.index)
            for key in sorted(given.dropna().unique()):
                answer = question.answers[key]
                part = _placed(opened, rows[given == key], answer.target)
                part["language"], part["text"] = language, resolve(answer.text, language)
                part["score"], part["reaction"] = float("nan"), answer.reaction
                parts.append(part)
    return parts


def _placed(opened: Opened, rows: pd.DataFrame, target: str) -> pd.DataFrame:
    part = rows.copy()
    functions, front = opened.labels("function"), opened.converted("front_line", truth, "boolean")
    part["function"] = None if functions is None else functions.reindex(rows.index)
    part["front_line"] = pd.Series(pd.NA, index=rows.index, dtype="boolean") if front is None else front.reindex(rows.index)
    if target in (ROW, ""):
        return part
    part["touchpoint"] = part["stage"] = part["channel"] = None
    if target == OVERALL:
        return part
    if target in opened.inventory.stages and target not in opened.inventory.touchpoints:
        part["stage"] = target
    else:
        part["touchpoint"] = target
        part["stage"], part["channel"] = opened.inventory.stage.get(target), opened.inventory.channel.get(target)
    return part


def _languages(opened: Opened) -> pd.Series:
    """The declared column's two-letter codes, else the client's language."""
    cells = opened.labels("language")
    default = opened.folder.client.language
    if cells is None:
        return pd.Series(default, index=opened.raw.frame.index, dtype="str")
    return cells.str.lower().str[:2].fillna(default)


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
    """A scale for a score column that declares none: 1–5 where all values fit it, else 0–10. The account says which."""
    values = convert(opened.cells(column), opened.source.missing, number_parser(opened.source.dialect.decimal), "float64").values
    narrow = bool(values.between(*_SCALES[0]).where(values.notna(), True).all())
    low, high = _SCALES[0] if narrow else _SCALES[1]
    opened.ledger.note(f"assumed_scale_{low:g}_{high:g}/{column}", int(values.notna().sum()))
    return ScoreColumn(metric="rating", columns={column: OVERALL}, scale=(low, high))


def _values(opened: Opened, score: ScoreColumn, column: str) -> pd.Series:
    parse = scale_parser(opened.source.dialect.decimal, *score.scale)
    result: Converted = convert(opened.cells(column), (*opened.source.missing, *score.missing), parse, "float64")
    if not any(column in declared.columns for declared in opened.source.scores):
        opened.ledger.cells(column, result)
    return result.values
