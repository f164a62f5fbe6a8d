"""The form of each step: every parameter has a field with words in both languages, and gives back what it was given."""

from types import SimpleNamespace

import pytest

from cxkit import method
from cxkit.study.steps import parameters_of
from cxkit.widgets.fields import form, values
from cxkit.words import Words

STEPS = [step.id for step in method.steps()]
CODES = {"auto", "declared", "data", "derived", "stated", "mean", "middle", "use", "words"}
"""Values of choices, which are no words for a reader."""


def study(language: str) -> SimpleNamespace:
    return SimpleNamespace(words=Words(language), folder=SimpleNamespace(improvements=()))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("step", STEPS)
def test_an_untouched_form_gives_the_defaults_back(step, language):
    defaults = parameters_of(step, {})
    fields = form(study(language), step, defaults)
    assert parameters_of(step, values(fields)) == defaults
    assert all(len(field.description) > 3 for field in fields.values())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_choices_are_worded(language):
    labels = {label for step in STEPS for field in form(study(language), step, parameters_of(step, {})).values()
              if hasattr(field, "options") for label, _ in field.options}
    assert labels
    assert not labels & (CODES | {""})


def test_several_choices_are_joined():
    fields = form(study("fr"), "journey", parameters_of("journey", {}))
    fields["lanes"].value = ("actions", "emotion")
    fields["persona_maps"].value = False
    chosen = values(fields)
    assert (chosen["lanes"], chosen["persona_maps"]) == ("actions,emotion", False)
