"""Small clients for the tests of the steps: records and tables in memory, no files."""

from pathlib import Path

import pandas as pd
import pytest

from cxkit.evidence.tables import COLUMNS, Evidence, SourceMark, empty
from cxkit.model.client import Client
from cxkit.model.folder import ClientFolder
from cxkit.model.persona import Persona
from cxkit.model.touchpoint import Touchpoint
from cxkit.steps.base import Given

CLIENT = {"client": "small", "name": "Small", "as_of": "2026-01-31", "offer": "an offer", "journey": "a journey",
          "stages": [{"id": "need"}, {"id": "use"}], "sources": [{"id": "s", "kind": "survey", "file": "evidence/s.csv"}]}


def table(name: str, rows: list[dict]) -> pd.DataFrame:
    """Rows as one of the evidence tables; what a row leaves out is null, weights are 1."""
    if not rows:
        return empty(name)
    defaults = {"source": "s", "weight": 1.0, "reverse": False, "low": 1.0, "high": 5.0, "kind": "reported", "of": "touchpoint"}
    full = [{column: row.get(column, defaults.get(column)) for column in COLUMNS[name]} | {"row": i} for i, row in enumerate(rows, 2)]
    return pd.DataFrame(full).astype(COLUMNS[name])


@pytest.fixture
def make_given():
    """Make a Given from client overrides and rows per table."""

    def make(client: dict | None = None, upstream: dict | None = None, folder: dict | None = None, **rows: list[dict]) -> Given:
        record = Client.model_validate(CLIENT | (client or {}))
        tables = {name: table(name, rows.get(name, [])) for name in COLUMNS}
        mark = SourceMark(source="s", kind="survey", evidence="measured", name="s", start="2025-01-01", end="2025-12-31", n=100)
        return Given(ClientFolder(Path("small"), record, **(folder or {})), Evidence(tables, (mark,)), upstream or {})

    return make


@pytest.fixture
def persona_study(make_given):
    """Make a Given from attributes, people, declared personas, a previous wave and rows of other tables."""

    def make(attributes=(), people=(), declared=(), inventory=(), previous=None, **rows):
        source = {"id": "s", "kind": "survey", "file": "evidence/s.csv", "attributes": attributes}
        folder = {"personas": tuple(Persona.model_validate(one) for one in declared), "previous_wave": previous,
                  "touchpoints": tuple(Touchpoint.model_validate(one) for one in inventory)}
        given = make_given({"sources": [source]}, None, folder, respondents=list(people), **rows)
        table = given.evidence.tables["respondents"]
        for name in sorted({key for row in people for key in row} - set(COLUMNS["respondents"])):
            values = [row.get(name) for row in people]
            table[name] = pd.Series(values, dtype="float64" if any(isinstance(value, float) for value in values) else "str")
        return given

    return make
