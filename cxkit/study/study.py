"""A client's study as the notebooks see it: brief, check, compute, chart, publish, footer."""

import importlib
import inspect
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from cxkit import method
from cxkit.charts.svg import to_svg
from cxkit.errors import CxError
from cxkit.evidence.read import read_evidence
from cxkit.evidence.tables import Evidence
from cxkit.model.folder import ClientFolder, read_folder
from cxkit.paths import find_folder, resources
from cxkit.sheets.context import SheetContext
from cxkit.steps.base import Given, StepParameters, StepResult
from cxkit.study import placing, views
from cxkit.study.depends import files_of, input_parts
from cxkit.study.door import Figure, Shown
from cxkit.study.files import canonical, sha256, write_whole
from cxkit.study.inputs import code_digest, input_hashes, reading_digest, versions
from cxkit.study.kept import KeptEvidence
from cxkit.study.naming import chart_arguments, chart_function
from cxkit.study.reads import watched_evidence, watched_folder
from cxkit.study.steps import known_step, parameters_of, step_module
from cxkit.study.store import ResultStore, Stored
from cxkit.words import Words

WHOLE = "study"
"""Under which the deliverables of the whole study stand beside those of the steps."""


def open_study(client: str, out: str = "out", language: str = "") -> "Study":
    """Open the study of a client.

    Parameters
    ----------
    client : the client folder, from the current folder or from the repository root.
    out : the folder that receives results and deliverables, found the same way.
    language : ``fr``, ``en``…; the client's own language when empty.

    Raises
    ------
    CxError : every fault of the client's files, with positions.
    """
    if language:
        Words(language)
    try:
        folder = read_folder(find_folder(client))
    except CxError as error:
        raise CxError(error.faults, language or error.language) from None
    return Study(folder, out_folder(out), Words(language or folder.client.language, folder.client.customer_kind))


def out_folder(out: str) -> Path:
    """The output folder; from notebooks/, where JupyterLab starts, a relative one stands beside the notebooks folder."""
    path = Path(out).expanduser()
    home = resources()
    if not path.is_absolute() and Path.cwd() == home / "notebooks":
        path = home / path
    return path.resolve()


class Study:
    """A client, a language and an output folder; results are computed once and kept in the output folder.

    Attributes
    ----------
    folder : the client's records.
    words : the words of the study's language.
    out : ``<out>/<client>``.
    """

    def __init__(self, folder: ClientFolder, out: Path, words: Words):
        self._read: set[str] = set()
        self._plain, self.folder = folder, watched_folder(folder, self._read)
        self.words, self.out = words, out / folder.client.id
        self._store = ResultStore(self.out / "results")
        self._memory: dict[str, tuple[str, StepResult]] = {}

    def __repr__(self) -> str:
        return f"{self.folder.client.name} · {self.words.text(self.folder.client.journey)}"

    @cached_property
    def evidence(self) -> Evidence:
        """The client's evidence, read and pseudonymised at first use, then kept beside the outputs until an input changes."""
        with self._telling():
            found = self._kept.get(reading_digest(self.inputs), lambda: read_evidence(self._plain))
        return watched_evidence(found, self._read)

    @cached_property
    def _kept(self) -> KeptEvidence:
        return KeptEvidence(self.out.parent, self.folder.client.id)

    @cached_property
    def tables(self) -> dict[str, str]:
        """Hash of each evidence table, and of what is known of the sources as ``sources``; empty where the evidence cannot be kept."""
        digest = reading_digest(self.inputs)
        if not (kept := self._kept.hashes(digest)):
            self._kept.get(digest, lambda: read_evidence(self._plain))
            kept = self._kept.hashes(digest)
        return kept

    @cached_property
    def inputs(self) -> dict[str, str]:
        """SHA-256 of each file that the study reads."""
        return input_hashes(self._plain)

    @property
    def accounting(self) -> list[dict[str, Any]]:
        """What became of the rows of each source, as data; empty where the evidence cannot be kept."""
        return self._kept.reading(reading_digest(self.inputs))

    def note(self, step: str, sheets: Iterable[str], read: Iterable[str]) -> None:
        """Take a step's deliverables over from another version of the output folder."""
        self._record("sheets", step, list(sheets))
        self._record("reads", step, list(read))

    def depends(self, step: str, also: Collection[str] = ()) -> dict[str, str]:
        """Name of each input of a step → its hash: its declared files and tables, the results it needs, and what else is named."""
        row = known_step(step)
        parts = input_parts(row, self._plain, self.inputs, self.tables, also)
        return {**parts, **{f"result {need}": self._store.content(need) for need in row.needs}}

    def read_by(self, step: str) -> list[str]:
        """Records and tables that the notebook of a step was last seen to read."""
        return self._records("reads").get(step, [])

    def overview(self) -> Shown:
        """The study in one page: who, which sources, and the ten notebooks in order."""
        with self._telling():
            return views.overview(self.folder, self.evidence, self.words)

    def brief(self, step: str) -> Shown:
        """The question of a step, what it needs and gives, how it works."""
        with self._telling():
            return views.brief(known_step(step), self.words)

    def check(self, step: str) -> Shown:
        """Which evidence the step can use, and what is missing."""
        with self._telling():
            return views.check(known_step(step), self.evidence, self.words)

    def reading(self, step: str) -> Shown:
        """How to read the results of a step, and the usual misreading."""
        with self._telling():
            return views.reading(known_step(step), self.words)

    def gaps(self, step: str) -> Shown:
        """What the step could not conclude, and why."""
        with self._telling():
            return views.gaps(known_step(step), self.result(step), self.words)

    def scoring(self) -> Shown:
        """How new respondents are placed into the personas: rules, classifier, errors, and the call that does it."""
        with self._telling():
            return placing.scoring_shown(self.result("personas"), self.context)

    def score(self, answers: Mapping[str, object] | pd.DataFrame) -> placing.Placement | pd.DataFrame:
        """Place one respondent by its answers, or each row of a table, into a persona; see :func:`cxkit.study.placing.placed`."""
        with self._telling():
            return placing.placed(self.result("personas"), answers, self.context)

    def compute(self, step: str, **parameters: Any) -> StepResult:
        """Compute a step with these parameters and keep its result; an up-to-date result is read back.

        Results of the steps that it needs are read from the output folder and, when absent or outdated, computed.
        """
        with self._telling():
            return self._compute(step, parameters_of(step, parameters))

    def result(self, step: str) -> StepResult:
        """The result of a step with the parameters it was last computed with; its defaults the first time."""
        with self._telling():
            return self._compute(step, self._parameters(step))

    def parameters(self, step: str) -> StepParameters:
        """The parameters that the step was last computed with; its defaults the first time."""
        with self._telling():
            return self._parameters(known_step(step).id)

    def choices(self, step: str) -> Shown:
        """The parameters of a step and their values, in words."""
        return views.choices(known_step(step), self.parameters(step), self.words)

    def results(self, step: str) -> dict[str, StepResult]:
        """The results of a step and of the steps that it needs, by id."""
        return {name: self.result(name) for name in (*known_step(step).needs, step)}

    def chart(self, name: str, **options: Any) -> Figure | Shown:
        """Draw a chart by name: ``personas.sizes`` is the function ``sizes`` of ``cxkit.charts.personas``."""
        step, draw = chart_function(name)
        with self._telling():
            picture = draw(self.result(step), self.words, **chart_arguments(draw, self.context, self.results(step), options), **options)
        return views.no_picture(self.words) if picture is None else Figure(to_svg(picture.chart, self.words), picture.description)

    def takes(self, name: str, option: str) -> bool:
        """True where the chart can be drawn with this option."""
        return option in inspect.signature(chart_function(name)[1]).parameters

    @cached_property
    def context(self) -> SheetContext:
        """What deliverables are given besides results."""
        return SheetContext(self.folder, self.evidence, self.words, self.out / self.words.language)

    def publish(self, step: str) -> Shown:
        """Write the deliverables of a step in the study's language and list them."""
        sheets = importlib.import_module(f"cxkit.sheets.{known_step(step).id}")
        with self._telling():
            written = sorted(sheets.publish(self.results(step), self.context))
        names = [path.relative_to(self.context.out).as_posix() for path in written]
        for name in set(self.published().get(step, [])) - set(names):
            (self.context.out / name).unlink(missing_ok=True)
        self._record("sheets", step, names)
        return views.links(names, self.words)

    def publish_study(self) -> Shown:
        """Write the whole study, as one report and one deck, from the results that are up to date; the report says what it lacks."""
        report, deck = (importlib.import_module(f"cxkit.sheets.study_{name}") for name in ("report", "deck"))
        with self._telling():
            known = {row.id: stored for row in method.steps() if (stored := self._current(row)) is not None}
            chosen = {step: stored.parameters.model_dump(mode="json", exclude_defaults=True) for step, stored in known.items()}
            provenance = report.Provenance(versions(), self.inputs, {step: values for step, values in chosen.items() if values})
            results = {step: stored.result for step, stored in known.items()}
            written = [*report.publish_study(results, self.context, provenance), *deck.publish_deck(results, self.context)]
        names = sorted(path.relative_to(self.context.out).as_posix() for path in written)
        self._record("sheets", WHOLE, names)
        return views.links(names, self.words)

    def published(self) -> dict[str, list[str]]:
        """Step id → its deliverables, relative to the folder of the language; ``study`` → those of the whole study."""
        return self._records("sheets")

    def footer(self, step: str) -> Shown:
        """Versions, hashes of the step's inputs and the next notebook."""
        row = known_step(step)
        self._record("reads", step, sorted(self._read))
        names = files_of(row, self._plain, self._read)
        return views.footer(row, self.folder, {name: digest for name, digest in self.inputs.items() if name in names}, self.words)

    def _compute(self, step: str, parameters: StepParameters) -> StepResult:
        row = known_step(step)
        digest = self._digest(step, parameters)
        kept = self._memory.get(step)
        if kept and kept[0] == digest:
            return kept[1]
        stored = self._store.read(step)
        if stored is not None and stored.digest == digest:
            result = stored.result
        else:
            upstream = {need: self.result(need) for need in row.needs}
            computed = step_module(step).compute(Given(self.folder, self.evidence, upstream, self._store.folder), parameters)
            result = self._store.write(step, digest, parameters, computed)
        self._memory[step] = digest, result
        return result

    def _current(self, row: method.MethodStep) -> Stored | None:
        """The stored result of a step where it and all that it needs are up to date; nothing is computed."""
        stored = self._store.read(row.id)
        if stored is None or any(self._current(method.step(need)) is None for need in row.needs):
            return None
        return stored if stored.digest == self._digest(row.id, stored.parameters) else None

    def _parameters(self, step: str) -> StepParameters:
        stored = self._store.read(step)
        return stored.parameters if stored is not None else step_module(step).Parameters()

    def _digest(self, step: str, parameters: StepParameters) -> str:
        """Of all that a result depends on; upstream results count by their content, so that one that did not change changes nothing."""
        row = known_step(step)
        for need in row.needs:
            self.result(need)
        return sha256(canonical({"code": code_digest(), "step": step, "depends": self.depends(step),
                                 "parameters": parameters.model_dump(mode="json")}))

    def _records(self, kind: str) -> dict[str, list[str]]:
        """What the notebooks of this language have noted, by step."""
        path = self._store.folder / f"{kind}.{self.words.language}.json"
        return json.loads(path.read_bytes()) if path.is_file() else {}

    def _record(self, kind: str, step: str, names: list[str]) -> None:
        """Note something of a step beside the results; another notebook may do so at the same time."""
        with self._kept.locked("records"):
            content = canonical({**self._records(kind), step: names})
            write_whole(self._store.folder / f"{kind}.{self.words.language}.json", content)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Faults speak the study's language."""
        try:
            yield
        except CxError as error:
            raise CxError(error.faults, self.words.language) from None
