"""What the tests of the sheets share: the small study with all ten steps, computed once."""

import pytest

from . import whole_study


@pytest.fixture(scope="session")
def whole():
    """Given and results of :mod:`tests.sheets.whole_study`."""
    study = whole_study.given()
    return study, whole_study.results(study)
