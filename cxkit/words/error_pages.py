"""The page of the error codes, in each language, made from the catalogs: code, cause, cure. ``python -m cxkit.words.error_pages`` writes it."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from cxkit import plain_yaml
from cxkit.paths import resources, template
from cxkit.words.catalog import Words, languages
from cxkit.words.typography import typeset

GROUPS = {"client": range(20), "yaml": range(100, 130), "names": range(130, 160), "logs": range(160, 170), "sources": range(170, 190),
          "texts": range(190, 200), "evidence": range(200, 240), "personas": range(240, 250), "databases": range(250, 260),
          "exchange": range(260, 270), "sheets": range(270, 280), "runs": range(280, 300), "review": range(300, 320)}
"""Part of the page → the numbers of its codes."""


def error_page(language: str) -> str:
    """The page in Markdown; a fact that a message fills in is shown between single guillemets."""
    words = Words(language)
    catalog = plain_yaml.load(template("words", f"errors.{language}.yaml").read_text(encoding="utf-8"))
    said = words.section("errors_page")
    parts = [f"# {said['title']}", said["intro"], f"```\n{said['example']}\n```"]
    for group, numbers in GROUPS.items():
        codes = sorted(code for code in catalog if int(code[4:]) in numbers)
        if codes:
            head = f"| {said['code']} | {said['what']} | {said['cure']} |\n|---|---|---|\n"
            parts += [f"## {said[group]}", head + "\n".join(_rows(codes, catalog, language))]
    return "\n\n".join(parts) + "\n"


def _rows(codes: list[str], catalog: Mapping[str, Mapping[str, str]], language: str) -> Iterator[str]:
    for code in codes:
        what, cure = (_cell(catalog[code][key], language) for key in ("what", "cure"))
        yield f'| <a id="{code.lower()}"></a>{code} | {what} | {cure} |'


def _cell(text: str, language: str) -> str:
    shown = re.sub(r"\{(\w+)\}", r"‹\1›", typeset(text, language))
    return shown.replace("|", "\\|").replace("<", "&lt;")


def export(folder: Path) -> list[Path]:
    """Write the page of every language into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for language in languages():
        path = folder / f"{language}.md"
        path.write_text(error_page(language), encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


if __name__ == "__main__":
    export(resources() / "docs" / "errors")
