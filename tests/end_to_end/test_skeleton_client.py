"""What a complete run of the skeleton client leaves: pages that open, in one language each, hashed and without this machine's paths."""

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
from pypdf import PdfReader
from rocrate.rocrate import ROCrate

from cxkit import method
from cxkit.words import Words

LANGUAGES = ("fr", "en")
OTHER = {"fr": "en", "en": "fr"}


class Page(HTMLParser):
    """The links, the language, the headings and the visible text of a page, with a count of open elements."""

    VOID = {"meta", "img", "br", "link", "input", "hr", "col", "path", "rect", "circle", "line", "use", "polyline", "polygon", "ellipse"}

    def __init__(self, text):
        super().__init__()
        self.links, self.headings, self.words, self.open, self.wrong, self.language, self.targets = [], [], [], [], [], None, set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "html":
            self.language = attributes.get("lang")
        if tag in {"h1", "h2", "h3"}:
            self.headings.append(tag)
        self.links += [attributes[name] for name in ("href", "src") if attributes.get(name) and tag in {"a", "img", "link", "script"}]
        if "id" in attributes:
            self.targets.add(attributes["id"])
        if tag not in self.VOID:
            self.open.append((tag, attributes.get("lang")))

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if tag in self.VOID:
            return
        if not self.open or self.open[-1][0] != tag:
            self.wrong.append(tag)
        else:
            self.open.pop()

    def handle_data(self, data):
        tags = {tag for tag, _ in self.open}
        foreign = any(lang not in (None, self.language) for _, lang in self.open)
        if not tags & {"style", "script"} and not foreign and data.strip():
            self.words.append(" ".join(data.split()))


def page(path):
    return Page(path.read_text(encoding="utf-8"))


def kit_sentences(language):
    """Words of the catalog that only this language has: what must not stand on a page of the other."""
    def leaves(node):
        for value in node.values() if isinstance(node, dict) else node:
            yield from leaves(value) if isinstance(value, dict | list) else [str(value)]

    def all_of(name):
        words = Words(name)
        sections = [*(row["id"] for row in method.data("steps")), "steps"]
        return {text for section in sections for text in leaves(words.section(section)) if "{" not in text and len(text) > 6}

    return all_of(language) - all_of(OTHER[language])


def test_every_notebook_of_both_languages_is_done(output):
    for language in LANGUAGES:
        for step in method.steps():
            notebook = nbformat.read(output / language / "notebooks" / step.notebook, as_version=4)
            assert notebook.metadata.cxkit["done"] is True
            assert notebook.metadata.cxkit["parameters"]["language"] == language
            assert not [o for cell in notebook.cells for o in cell.get("outputs", ()) if o.get("name") == "stderr"], step.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_of_the_index_exists_and_opens(output, language):
    folder = output / language
    index = page(folder / "index.html")
    links = [link for link in index.links if not link.startswith(("data:", "#"))]
    assert [link.removeprefix("#") for link in index.links if link.startswith("#") and link[1:] not in index.targets] == []
    assert len(links) > 25
    for link in links:
        path = folder / unquote(link)
        assert path.is_file(), link
        head = path.read_bytes()[:8]
        opens = {".html": head.lower().startswith(b"<!doctyp"), ".pdf": head.startswith(b"%PDF-"), ".png": head.startswith(b"\x89PNG"),
                 ".xlsx": head.startswith(b"PK"), ".ipynb": head.startswith(b"{"), ".svg": b"<" in head}
        assert opens.get(path.suffix, True), link
    titled = re.findall(r'<h3><a href="([^"]+)">([^<]+)</a></h3>', (folder / "index.html").read_text(encoding="utf-8"))
    assert [href for href, title in titled if title == Path(href).stem] == []
    published = json.loads((output / "results" / f"sheets.{language}.json").read_text())
    assert set(published) == {"study", *(step.id for step in method.steps())}
    assert {name for names in published.values() for name in names} <= {unquote(link) for link in links}


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_well_formed_self_contained_and_say_their_language(output, language):
    for path in sorted((output / language).rglob("*.html")):
        read = page(path)
        assert (path.name, read.language, read.headings.count("h1"), read.wrong) == (path.name, language, 1, [])
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", text), path.name
        assert "<script" not in text, path.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_hold_no_words_of_the_kit_in_the_other_language(output, language):
    foreign = kit_sentences(OTHER[language])
    for path in sorted((output / language).rglob("*.html")):
        assert sorted(set(page(path).words) & foreign) == [], path.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pdf_has_text_and_the_client_has_a_name_on_it(output, language):
    found = sorted((output / language).rglob("*.pdf"))
    assert len(found) >= 10
    for path in found:
        text = " ".join(part.extract_text() for part in PdfReader(path).pages)
        assert "Sample client" in " ".join(text.split()), path.name


def test_no_output_names_this_machine(output, work):
    for path in sorted(output.rglob("*")):
        if path.suffix in {".html", ".json", ".ipynb", ".svg", ".csv"}:
            assert str(work) not in path.read_text(encoding="utf-8"), path.name


def test_the_folder_is_intact_until_a_byte_changes(output, work, cxkit, tmp_path):
    copy = tmp_path / "acme"
    shutil.copytree(output, copy)
    assert cxkit("verify", str(copy), cwd=work).returncode == 0
    target = copy / "fr" / "index.html"
    target.write_bytes(target.read_bytes().replace(b"</html>", b"</html> "))
    told = cxkit("verify", str(copy), "--format", "json", cwd=work)
    assert told.returncode == 1
    assert json.loads(told.stdout)["changed"] == ["fr/index.html"]


def test_the_same_steps_again_give_the_same_bytes(output, work, cxkit, tmp_path):
    """Another time zone, locale, hash seed, client folder, output folder and number of workers; the results are computed anew."""
    shutil.copytree(work / "clients", tmp_path / "moved")
    elsewhere = tmp_path / "elsewhere"
    ran = cxkit("batch", "moved", "--out", str(elsewhere), "--language", "fr", "--steps", "01,03", "--jobs", "1", "--format", "json", cwd=tmp_path,
                TZ="Pacific/Auckland", PYTHONHASHSEED="12345", LC_ALL="C")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    again = elsewhere / "acme"
    # The index, the study report and its deck gather all steps; only two ran here.
    compared = [path.relative_to(again) for path in sorted((again / "fr").rglob("*")) if path.is_file() and path.stem not in {"index", "study"}]
    assert len(compared) > 6
    assert [name.as_posix() for name in compared if (again / name).read_bytes() != (output / name).read_bytes()] == []
    for step in ("framing", "personas"):
        assert (again / "results" / f"{step}.json").read_bytes() == (output / "results" / f"{step}.json").read_bytes()
    told = cxkit("verify", str(again), "--rerun", "--format", "json", cwd=tmp_path)
    assert told.returncode == 0, told.stdout + told.stderr
    rerun = json.loads(told.stdout)["rerun"]
    assert (rerun["reproduced"], rerun["different"], rerun["missing"], rerun["extra"], rerun["inputs"]) == (True, [], [], [], [])
    assert rerun["compared"] == len([path for path in again.rglob("*") if path.is_file()])
    with (tmp_path / "moved" / "acme" / "personas.yaml").open("a", encoding="utf-8") as file:
        file.write("\n")
    told = cxkit("verify", str(again), "--rerun", "--format", "json", cwd=tmp_path)
    assert told.returncode == 1
    assert json.loads(told.stdout)["rerun"]["inputs"] == ["personas.yaml"]


def test_the_crate_is_read_by_others(output):
    crate = ROCrate(str(output))
    assert crate.root_dataset["name"] == "acme 2026-03-31"
    files = {entity.id for entity in crate.get_entities() if "File" in entity.type}
    present = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    assert files == present - {"ro-crate-metadata.json"}
    run = crate.get("#run")
    assert run["instrument"]["name"] == "cxkit"
    assert {entity["name"] for entity in run["object"]} >= {"client.yaml", "evidence/survey.csv"}


def test_the_review_gates_a_batch(work, cxkit):
    told = cxkit("review", "clients/acme", "--out", "out", "--format", "json", cwd=work)
    findings = json.loads(told.stdout)["findings"]
    assert told.returncode == int(any(finding["severity"] == "error" for finding in findings))


def test_a_failed_notebook_leaves_the_last_version_and_is_kept(output, work, cxkit):
    """The evidence breaks after the run: the client is refused or its notebooks fail, the output folder does not change."""
    before = {path: path.read_bytes() for path in sorted(output.rglob("*")) if path.is_file()}
    survey = work / "clients" / "acme" / "evidence" / "survey.csv"
    content = survey.read_bytes()
    survey.write_bytes(content.replace(b"id,date,", b"id,when,", 1))
    try:
        told = cxkit("run", "clients/acme", "--out", "out", "--steps", "01", "--language", "fr", cwd=work)
    finally:
        survey.write_bytes(content)
    assert told.returncode == 1
    assert re.search(r"01_framing\.ipynb \(fr\) failed: CX-E\d{3}", told.stdout)
    assert (work / "out" / ".cxkit" / "failed" / "acme" / "fr" / "01_framing.ipynb").is_file()
    assert {path: path.read_bytes() for path in sorted(output.rglob("*")) if path.is_file()} == before


def test_plain_papermill_runs_a_notebook_unchanged(work, cxkit, tmp_path):
    import papermill

    from cxkit.paths import notebook

    target = tmp_path / "out.ipynb"
    papermill.execute_notebook(notebook("01_framing.ipynb"), target, {"client": str(work / "clients" / "acme"), "out": str(tmp_path / "plain"),
                               "language": "en"}, progress_bar=False, kernel_name="python3")
    assert (tmp_path / "plain" / "acme" / "en" / "reports" / "framing.pdf").read_bytes().startswith(b"%PDF-")
