"""Every page in Chromium, without network: no request, no error, no script of a client, no fault of accessibility, nothing cut."""

import shutil
from pathlib import Path

import pytest

from cxkit.sheets import journey_map
from cxkit.sheets.identity import identity
from cxkit.words import Words

from .hostile import CORPUS, hostile_map
from .page_checks import page_faults, told
from .publish_small import publish
from .stress_maps import CASES, stress_map

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed (extra test)")
LOOK = identity("#0F3B57")
LARGEST = 1_000_000
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
def pages(tmp_path_factory) -> dict[str, Path]:
    """Pages of the small study in both languages, and maps at the edge."""
    folder = tmp_path_factory.mktemp("pages")
    written = {f"{language}/{name}": path for language in ("fr", "en") for name, path in publish(folder / language, language).items()}
    for name, case in CASES.items():
        view = stress_map(**case)
        written[f"{name}.html"] = folder / f"{name}.html"
        others = [(f"Persona {at}", stress_map(**case | {"seed": at})) for at in range(8)] if name == "nine-usual" else ()
        written[f"{name}.html"].write_text(journey_map.page(view, Words("fr"), LOOK, others=others), encoding="utf-8")
    written["hostile.html"] = folder / "hostile.html"
    written["hostile.html"].write_text(journey_map.page(hostile_map(), Words("en"), LOOK), encoding="utf-8")
    return {name: path for name, path in written.items() if name.endswith(".html")}


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


def test_pages_are_small_quiet_and_ask_for_nothing(browser, pages):
    for name, path in pages.items():
        assert path.stat().st_size < LARGEST, name
        with Shown(browser, path) as shown:
            assert (shown.asked, shown.console) == ([], []), name


def test_no_fault_of_accessibility(browser, pages):
    found = {}
    for name, path in pages.items():
        if not name.startswith(("fr/", "three", "hostile")):  # the same templates; axe takes long on the longest maps
            continue
        with Shown(browser, path) as shown:
            shown.page.evaluate("() => document.querySelectorAll('details').forEach(node => { node.open = true })")
            violations = axe.Axe().run(shown.page, options=RULES).response["violations"]
            found |= {f"{name} {one['id']}": one["nodes"][0]["html"][:160] for one in violations}
    assert found == {}


@pytest.mark.parametrize("width", [1400, 800])
def test_nothing_is_cut_and_no_text_covers_another(browser, pages, width):
    found = {}
    for name, path in pages.items():
        if "/" in name and "map" not in name:
            continue
        with Shown(browser, path, width) as shown:
            if faults := page_faults(shown.page):
                found[name] = told(faults, 3)
    assert found == {}


def test_hostile_text_runs_nowhere_and_is_read_as_it_was_written(browser, pages):
    with Shown(browser, pages["hostile.html"]) as shown:
        assert shown.page.evaluate("() => Object.keys(window).filter(name => name.startsWith('__X'))") == []
        said = " ".join(shown.page.evaluate("() => document.body.textContent").split())
        assert [text for text in CORPUS if " ".join(text.split()) not in said] == []
        assert shown.page.locator("script, button, main img, a[href^='javascript']").count() == 0
