"""The editor of a step: it computes again with the form's choices, and tells a fault without a traceback."""

import io
from contextlib import redirect_stdout

import pytest

from cxkit.errors import CxError, fault
from cxkit.steps.touchpoints import Parameters
from cxkit.widgets import editor
from cxkit.words import Words


class Study:
    """Stands for an open study: keeps what it was asked to compute."""

    def __init__(self):
        self.words, self.folder, self.asked = Words("en"), None, []

    def parameters(self, step):
        return Parameters()

    def choices(self, step):
        return "a table of the choices"

    def takes(self, name, option):
        return False

    def gaps(self, step):
        return f"gaps of {step}"

    def chart(self, name, **options):
        return f"chart {name}"

    def compute(self, step, **chosen):
        self.asked.append((step, chosen))
        if chosen["crosshair"] == "middle":
            raise CxError(fault("CX-E018", name="something"))


@pytest.fixture
def study(monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "notebook.ipynb")
    monkeypatch.delenv("CXKIT_STATIC", raising=False)
    return Study()


def test_without_a_person_the_choices_are_a_table(study, monkeypatch):
    monkeypatch.setenv("CXKIT_STATIC", "1")
    assert editor(study, "touchpoints") == "a table of the choices"


def test_the_button_computes_with_what_the_form_says(study):
    importance, crosshair, button, _view = editor(study, "touchpoints", ["touchpoints.priority"]).children
    assert [asked[1]["importance"] for asked in study.asked] == [""]
    importance.value = "stated"
    with redirect_stdout(io.StringIO()) as said:
        button.click()
    assert study.asked[-1] == ("touchpoints", {"importance": "stated", "crosshair": ""})
    assert "chart touchpoints.priority" in said.getvalue()
    crosshair.value = "middle"
    with redirect_stdout(io.StringIO()) as said:
        button.click()
    assert "CX-E018 — something" in said.getvalue()
    assert "Traceback" not in said.getvalue()

