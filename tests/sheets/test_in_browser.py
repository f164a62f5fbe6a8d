"""Every page in Chromium, without network: no request, no error, no script of a client, no fault of accessibility, nothing cut."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from cxkit.sheets import journey_map
from cxkit.sheets.identity import identity
from cxkit.words import Words

from .hostile import CORPUS, hostile_map
from .page_checks import page_faults, told
from .stress_maps import CASES, stress_map
from .whole_pages import write_pages

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed (extra test)")
LOOK = identity("#0F3B57")
LARGEST = 1_000_000
EDGES = ("nine-usual", "twelve-words-of-60")
TWINS = ("en/maps/journey-map.as-is.ada.html", "en/maps/journey-map.as-is.bob.html", "en/maps/journey-map.to-be.global.html")
"""Maps of the same template and lanes as others that are looked at."""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        except Error as missing:
            pytest.skip(f"no Chromium to show pages with: {str(missing).splitlines()[0]}")
        yield started
        started.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory, whole) -> Callable[[str], dict[str, Path]]:
    """Pages by scope: every page of the whole small study with its index, a portfolio and two maps at the edge; ``all``: French and all edges."""
    folder = tmp_path_factory.mktemp("pages")

    @cache
    def written(scope: str) -> dict[str, Path]:
        language = {"usual": "en", "all": "fr"}[scope]
        found = {f"{language}/{path.relative_to(folder / language).as_posix()}": path for path in write_pages(*whole, folder / language, language)}
        for name in EDGES if scope == "usual" else sorted(set(CASES) - set(EDGES)):
            found[f"{name}.html"] = folder / f"{name}.html"
            others = [(f"Persona {at}", stress_map(**CASES[name] | {"seed": at})) for at in range(8)] if name == "nine-usual" else ()
            found[f"{name}.html"].write_text(journey_map.page(stress_map(**CASES[name]), Words("fr"), LOOK, others=others), encoding="utf-8")
        return found

    return written


class Shown:
    """A page in a browser without network, and what it tried."""

    def __init__(self, browser, path: Path, width: int = 1400):
        self.context = browser.new_context(viewport={"width": width, "height": 1000}, offline=True)
        self.page = self.context.new_page()
        self.requests, self.console = [], []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.console.append(message.text))
        self.page.on("pageerror", lambda error: self.console.append(str(error)))
        self.page.goto(path.resolve().as_uri())
        self.asked = [url for url in self.requests if url != path.resolve().as_uri() and not url.startswith("data:")]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()


@pytest.mark.parametrize("scope", ["usual", pytest.param("all", marks=pytest.mark.slow)])
def test_pages_are_small_quiet_whole_and_accessible(browser, pages, scope):
    found: dict[str, object] = {}
    for name, path in pages(scope).items():
        if path.stat().st_size >= LARGEST:
            found[f"{name} bytes"] = path.stat().st_size
        with Shown(browser, path) as shown:
            if "/" not in name or "/maps/" in name:
                for width in (1400, 800):
                    shown.page.set_viewport_size({"width": width, "height": 1000})
                    if faults := page_faults(shown.page):
                        found[f"{name} at {width}"] = told(faults, 3)
            if name not in TWINS and (scope == "all" or not name.startswith("twelve")):  # axe takes long on the longest maps
                shown.page.evaluate("() => document.querySelectorAll('details').forEach(node => { node.open = true })")
                violations = axe.Axe().run(shown.page, options=RULES).response["violations"]
                found |= {f"{name} {one['id']}": one["nodes"][0]["html"][:160] for one in violations}
            if shown.asked or shown.console:
                found[f"{name} asked or said"] = (shown.asked, shown.console)
    assert found == {}


def test_hostile_text_runs_nowhere_and_is_read_as_it_was_written(browser, tmp_path):
    path = tmp_path / "hostile.html"
    path.write_text(journey_map.page(hostile_map(), Words("en"), LOOK), encoding="utf-8")
    with Shown(browser, path) as shown:
        assert shown.page.evaluate("() => Object.keys(window).filter(name => name.startsWith('__X'))") == []
        said = " ".join(shown.page.evaluate("() => document.body.textContent").split())
        assert [text for text in CORPUS if " ".join(text.split()) not in said] == []
        assert shown.page.locator("script, button, main img, a[href^='javascript']").count() == 0
