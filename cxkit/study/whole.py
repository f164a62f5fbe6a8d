"""The deliverables of the whole study: one report and one deck, from the results that are up to date."""

from collections.abc import Mapping

from cxkit.sheets.context import SheetContext
from cxkit.sheets.study_deck import publish_deck
from cxkit.sheets.study_report import Provenance, publish_study
from cxkit.study.inputs import versions
from cxkit.study.store import Stored


def publish(known: Mapping[str, Stored], context: SheetContext, inputs: Mapping[str, str]) -> list[str]:
    """Write both and return their names, relative to the folder of the language; the report says what it lacks.

    Parameters
    ----------
    known : step id → its stored result.
    inputs : hash of each file that the study reads.
    """
    chosen = {step: stored.parameters.model_dump(mode="json", exclude_defaults=True) for step, stored in known.items()}
    provenance = Provenance(versions(), dict(inputs), {step: values for step, values in chosen.items() if values})
    results = {step: stored.result for step, stored in known.items()}
    written = [*publish_study(results, context, provenance), *publish_deck(results, context)]
    return sorted(path.relative_to(context.out).as_posix() for path in written)
