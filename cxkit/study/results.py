"""The results of a study: each computed once, and again when something that it depends on has changed."""

from collections.abc import Callable, Mapping

from cxkit import method
from cxkit.steps.base import Given, StepParameters, StepResult
from cxkit.study.files import canonical, sha256
from cxkit.study.inputs import code_digest
from cxkit.study.steps import step_module
from cxkit.study.store import ResultStore, Stored


class Results:
    """The results of one client.

    Parameters
    ----------
    store : where they are kept.
    depends : step id → name of each input of the step, stored upstream results among them, and its hash.
    given : the results that a step needs, and a set → all that it computes from; what it reads of the client is added to the set.
    """

    def __init__(self, store: ResultStore, depends: Callable[[str], Mapping[str, str]], given: Callable[[dict[str, StepResult], set[str]], Given]):
        self._store, self._depends, self._given = store, depends, given
        self._memory: dict[str, tuple[str, StepResult]] = {}

    def compute(self, step: str, parameters: StepParameters | None = None) -> StepResult:
        """A result that is up to date, as is all that it needs: that is brought up to date first, each step once.

        Parameters
        ----------
        parameters : those of the last time where None.
        """
        for need in method.upstream(step):
            self._bring(need, self.parameters(need))
        return self._bring(step, self.parameters(step) if parameters is None else parameters)

    def parameters(self, step: str) -> StepParameters:
        """The parameters that a step was last computed with; its defaults the first time."""
        stored = self._store.read(step)
        return stored.parameters if stored is not None else step_module(step).Parameters()

    def up_to_date(self) -> dict[str, Stored]:
        """The stored results that are up to date with all that they need, in the order of the steps; nothing is computed."""
        known: dict[str, Stored] = {}
        for step in method.in_order():
            stored = self._store.read(step)
            if stored is not None and set(method.step(step).needs) <= set(known) and stored.digest == self._digest(step, stored.parameters):
                known[step] = stored
        return {row.id: known[row.id] for row in method.steps() if row.id in known}

    def _bring(self, step: str, parameters: StepParameters) -> StepResult:
        """A result that is up to date, where those that it needs are."""
        digest = self._digest(step, parameters)
        kept = self._memory.get(step)
        if kept and kept[0] == digest:
            return kept[1]
        stored = self._store.read(step)
        if stored is not None and stored.digest == digest:
            result = stored.result
        else:
            read: set[str] = set()
            given = self._given({need: self._memory[need][1] for need in method.step(step).needs}, read)
            result = self._store.write(step, digest, parameters, step_module(step).compute(given, parameters), read)
        self._memory[step] = digest, result
        return result

    def _digest(self, step: str, parameters: StepParameters) -> str:
        """Of all that a result depends on; upstream results count by their content, so that one that did not change changes nothing."""
        return sha256(canonical({"code": code_digest(), "step": step, "depends": self._depends(step),
                                 "parameters": parameters.model_dump(mode="json")}))
