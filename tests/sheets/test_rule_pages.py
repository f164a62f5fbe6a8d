"""The rules' documentation pages are what the catalogs and the teaching maps say."""

import pytest

from cxkit.paths import resources
from cxkit.sheets.rule_pages import rule_page
from cxkit.steps.rules.base import rule_ids
from cxkit.words import Words


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_are_up_to_date(language):
    folder = resources() / "docs" / "rules" / language
    if not folder.is_dir():
        pytest.skip("the documentation is not beside the package")
    words = Words(language)
    assert {path.stem for path in folder.glob("*.md")} == set(rule_ids())
    stale = [rule for rule in rule_ids() if (folder / f"{rule}.md").read_text(encoding="utf-8") != rule_page(rule, words)]
    assert stale == []


def test_page_shows_the_flaw_and_its_repair():
    page = rule_page("F1", Words("en"))
    assert page.index("review_by: 2026-01-15") < page.index("review_by: 2026-10-01")
    assert "`F1.months` = 12" in page
