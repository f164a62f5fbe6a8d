"""The pages of the error codes are those of the catalogs; each code raised is on them, and each code on them is raised."""

import re
from pathlib import Path

import pytest

from cxkit.words import languages
from cxkit.words.error_pages import GROUPS, error_page

ROOT = Path(__file__).resolve().parents[2]
CODES = {code for path in (ROOT / "cxkit").rglob("*.py") for code in re.findall(r"CX-E\d{3}", path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("language", languages())
def test_the_page_is_the_catalog(language):
    page = (ROOT / "docs" / "errors" / f"{language}.md").read_text(encoding="utf-8")
    assert page == error_page(language), "make docs"
    assert set(re.findall(r"\| <a id=\"cx-e\d{3}\"></a>(CX-E\d{3}) \| [^|]+ \| [^|]+ \|", page.replace("\\|", ""))) == CODES


def test_each_code_stands_in_one_group():
    assert [code for code in sorted(CODES) if sum(int(code[4:]) in numbers for numbers in GROUPS.values()) != 1] == []

