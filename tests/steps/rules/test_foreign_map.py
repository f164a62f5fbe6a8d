"""A journey map that others wrote by another schema is refused with a message that helps."""

import os
from pathlib import Path

import pytest

from cxkit.errors import CxError
from cxkit.model.journey_map import JourneyMap
from cxkit.model.yaml_file import read_record
from cxkit.paths import resources

PUBLIC = Path(os.environ.get("CXKIT_PUBLIC_DATA") or resources().parent / "shared" / "data")


def test_map_of_another_schema_is_refused_key_by_key():
    path = PUBLIC / "journeys" / "ems_sample.yaml"
    if not path.is_file():
        pytest.skip("public data not found: set CXKIT_PUBLIC_DATA to the folder that holds journeys/ems_sample.yaml")
    with pytest.raises(CxError) as error:
        read_record(path, JourneyMap, "maps/ems_sample.yaml")
    told = {fault.code: fault for fault in error.value.faults}
    assert all(code.startswith("CX-E12") for code in told)
    assert any(dict(fault.facts).get("key") == "stages" for fault in error.value.faults)
    assert all(fault.where.startswith("maps/ems_sample.yaml:") for fault in error.value.faults)
    assert error.value.text("fr")
