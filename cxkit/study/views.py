"""What a notebook says around a step: the brief, the evidence, the gaps, the links and the footer."""

from collections.abc import Sequence
from typing import Any

from cxkit import method
from cxkit.evidence.tables import Evidence
from cxkit.method import MethodStep
from cxkit.model.folder import ClientFolder
from cxkit.sheets.gaps import gap_text
from cxkit.steps.base import StepParameters, StepResult
from cxkit.study.door import Shown, show
from cxkit.study.inputs import versions
from cxkit.words import Words


def brief(step: MethodStep, words: Words) -> Shown:
    """Title and question of a step, what it needs and gives, the method in a few lines, minutes."""
    title, question = words(f"steps.{step.id}.title"), words(f"steps.{step.id}.question")
    facts = [(words(f"study.{key}"), words(f"notebook.{step.id}.{key}")) for key in ("needs", "gives", "method")]
    facts.append((words("study.time"), words("study.minutes", n=step.minutes)))
    return show("brief", _lines(f"{step.number} · {title}", question, *(f"{label}: {text}" for label, text in facts)),
                {"language": words.language, "number": step.number, "title": title, "question": question, "facts": facts})


def overview(folder: ClientFolder, evidence: Evidence, words: Words) -> Shown:
    """Who is studied, on which sources, and the notebooks in order with their question."""
    client = folder.client
    facts = [(words("study.client"), client.name), (words("study.journey"), words.text(client.journey)),
             (words("study.as_of"), words.date(client.as_of)),
             (words("study.sources"), words.listing([f"{words.text(m.name)} (n = {words.number(m.n)})" for m in evidence.sources]))]
    rows = [(step.notebook, words(f"steps.{step.id}.title"), words(f"steps.{step.id}.question"), words("study.minutes", n=step.minutes))
            for step in method.steps()]
    text = _lines(*(f"{label}: {value}" for label, value in facts), *(f"{name}: {question}" for name, _, question, _ in rows))
    return show("overview", text, {"language": words.language, "facts": facts, "rows": rows,
                                   "header": [words(f"study.{key}") for key in ("notebook", "step", "question", "time")]})


def choices(step: MethodStep, parameters: StepParameters, words: Words) -> Shown:
    """Each parameter of a step in words, with its value."""
    facts = [(words(f"notebook.{step.id}.parameters.{name}"), chosen(step.id, name, value, words))
             for name, value in parameters.model_dump().items()]
    return show("facts", _lines(*(f"{label}: {value}" for label, value in facts)), {"language": words.language, "facts": facts})


def chosen(step: str, name: str, value: object, words: Words) -> str:
    """The value of a parameter in words."""
    if words.has(key := f"notebook.{step}.options.{name}.{value or 'none'}"):
        return words(key)
    if isinstance(value, bool):
        return words("study.yes") if value else words("study.no")
    return str(value) or words("study.by_default")


def check(step: MethodStep, evidence: Evidence, words: Words) -> Shown:
    """The tables that the step can use: rows, sources and period; what became of the rows that were read."""
    rows = [_table_row(table, evidence, words) for table in step.evidence]
    reading = [words("study.read", source=_source_name(report.source, evidence, words), read=report.rows_read, kept=report.rows_kept,
                     rejected=report.rows_rejected) for report in evidence.reading]
    header = [words(f"study.{key}") for key in ("table", "rows", "sources", "period")]
    text = _lines(*(f"{row['table']}: {row['n']}" for row in rows), *reading)
    return show("check", text, {"language": words.language, "header": header, "rows": rows, "reading": reading})


def reading(step: MethodStep, words: Words) -> Shown:
    """How to read the results and the usual misreading."""
    lines = [words(f"notebook.{step.id}.reading"), words("study.misreading", text=words(f"notebook.{step.id}.misreading"))]
    return show("notes", _lines(*lines), {"language": words.language, "title": words("study.how_to_read"), "lines": lines})


def gaps(step: MethodStep, result: StepResult, words: Words) -> Shown:
    """What could not be concluded, from the words of the step; a good word where nothing is missing."""
    lines = [gap_text(step.id, gap, words) for gap in result.gaps]
    title = words("study.gaps") if lines else words("study.no_gaps")
    return show("notes", _lines(title, *lines), {"language": words.language, "title": title, "lines": lines})


def links(names: Sequence[str], words: Words) -> Shown:
    """The deliverables that were written, relative to the folder of the language."""
    title = words("study.published", n=len(names))
    return show("links", _lines(title, *names), {"language": words.language, "title": title, "names": names})


def footer(step: MethodStep, folder: ClientFolder, inputs: dict[str, str], words: Words) -> Shown:
    """Client, day of the study, versions, hashes of the inputs and the next notebook."""
    client = folder.client
    shown = ", ".join(f"{name} {version}" for name, version in versions().items())
    facts = [(words("study.client"), client.name), (words("study.as_of"), words.date(client.as_of)), (words("study.versions"), shown)]
    following = [row for row in method.steps() if row.number > step.number]
    if following:
        facts.append((words("study.next"), f"{following[0].notebook} · {words(f'steps.{following[0].id}.title')}"))
    text = _lines(*(f"{label}: {value}" for label, value in facts), *(f"{name} {digest}" for name, digest in inputs.items()))
    return show("footer", text, {"language": words.language, "facts": facts, "file": words("study.file"), "hashes": list(inputs.items())})


def no_picture(words: Words) -> Shown:
    """What stands where a chart has nothing to draw."""
    return show("notes", words("study.no_picture"), {"language": words.language, "title": "", "lines": [words("study.no_picture")]})


def _table_row(table: str, evidence: Evidence, words: Words) -> dict[str, Any]:
    rows = evidence[table]
    ids = sorted(rows["source"].dropna().unique()) if len(rows) else []
    marks = [mark for mark in evidence.sources if mark.source in ids]
    starts, ends = [m.start for m in marks if m.start], [m.end for m in marks if m.end]
    period = words("study.from_to", start=words.date(min(starts)), end=words.date(max(ends))) if starts and ends else "–"
    return {"table": words(f"study.tables.{table}"), "n": words.number(len(rows)) if len(rows) else words("study.missing"),
            "sources": words.listing([_source_name(item, evidence, words) for item in ids]) or "–", "period": period, "missing": not len(rows)}


def _source_name(source: str, evidence: Evidence, words: Words) -> str:
    return next((words.text(mark.name) for mark in evidence.sources if mark.source == source), source)


def _lines(*lines: str) -> str:
    return "\n".join(lines)
