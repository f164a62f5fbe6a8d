"""A journey map that others wrote by another schema is refused with a message that helps."""

import os
from pathlib import Path

import pytest

from cxkit.errors import CxError
from cxkit.model.journey_map import JourneyMap
from cxkit.model.yaml_file import read_record
from cxkit.paths import resources

PUBLIC = Path(os.environ.get("CXKIT_PUBLIC_DATA") or resources().parent / "shared" / "data")


def test_map_of_another_schema_is_refused_key_by_key(tmp_path):
    path = PUBLIC / "journeys" / "ems_sample.yaml"
    if not path.is_file():
        pytest.skip("public data not found: set CXKIT_PUBLIC_DATA to the folder that holds journeys/ems_sample.yaml")
    with pytest.raises(CxError) as error:
        read_record(path, JourneyMap, "maps/ems_sample.yaml")
    assert [fault.code for fault in error.value.faults] == ["CX-E102"]
    # its first document alone: each key that is not ours, and what is missing
    first = tmp_path / "first.yaml"
    first.write_text(path.read_text(encoding="utf-8").split("\n---\n")[0], encoding="utf-8")
    with pytest.raises(CxError) as error:
        read_record(first, JourneyMap, "maps/first.yaml")
    told = {dict(fault.facts)["key"]: fault.code for fault in error.value.faults}
    assert (told["stages"], told["phases"]) == ("CX-E122", "CX-E120")
    assert all(fault.where.startswith("maps/first.yaml:") for fault in error.value.faults)
    assert error.value.text("fr").count("\n") == len(error.value.faults) - 1
