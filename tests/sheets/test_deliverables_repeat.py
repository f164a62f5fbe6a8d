"""The same bytes in another time zone, locale, hash seed and folder; a third language from one file of words."""

import os
import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lxml import html as lxml_html
from ruamel.yaml import YAML

from cxkit.paths import resources

from .page_checks import pdf_faults

ROOT = Path(__file__).resolve().parents[2]
ACCENTS = str.maketrans("aeiouycnAEIOUCN", "áéîôûÿçñÁÉÎÔÛÇÑ")


def publish(folder: Path, language: str, *arguments: str, module: str = "publish_small", **environment: str) -> dict[str, Path]:
    folder.mkdir(parents=True)
    made = subprocess.run([sys.executable, "-m", f"tests.sheets.{module}", str(folder / "out"), language, *arguments], cwd=folder,
                          env={**os.environ, "PYTHONPATH": str(ROOT), **environment}, capture_output=True, text=True, check=False)  # fmt: skip
    assert made.returncode == 0, made.stderr[-2000:]
    return {path.name: path for path in sorted(folder.rglob("*")) if path.is_file()}


def test_bytes_do_not_depend_on_the_machine(tmp_path):
    one = publish(tmp_path / "one", "fr", TZ="UTC", LC_ALL="C.UTF-8", LANG="C.UTF-8", PYTHONHASHSEED="1")
    other = publish(tmp_path / "elsewhere" / "two", "fr", TZ="Pacific/Kiritimati", LC_ALL="C", LANG="fr_FR.UTF-8", PYTHONHASHSEED="4242")
    assert sorted(one) == sorted(other)
    assert {path.suffix for path in one.values()} == {".html", ".pdf", ".png", ".svg", ".pptx", ".xlsx"}
    assert [name for name in one if one[name].read_bytes() != other[name].read_bytes()] == []


def pseudo(text: str) -> str:
    """Accents on every letter that has one, words 40 % longer; placeholders and markup stay."""
    def longer(match: re.Match) -> str:
        word = match[0].translate(ACCENTS)
        return word + "é" * round(len(word) * 0.4)

    return "".join(part if part.startswith(("{", "<", "`", "[", "http")) else re.sub(r"[A-Za-zÀ-ÿ]{2,}", longer, part)
                   for part in re.split(r"(\{[^}]*\}|<[^>]*>|`[^`]*`|https?://\S+)", text))  # fmt: skip


def pseudo_catalog(node: Any, path: str = "") -> Any:
    if isinstance(node, Mapping):
        return {key: pseudo_catalog(value, f"{path}.{key}") for key, value in node.items()}
    if isinstance(node, list):
        return [pseudo_catalog(value, path) for value in node]
    if path.startswith((".locale", ".typography", ".format.percent", ".format.money", ".format.first_day")) or not isinstance(node, str):
        return node
    return pseudo(node)


def leaves(node: Any):
    if isinstance(node, Mapping | list):
        for value in node.values() if isinstance(node, Mapping) else node:
            yield from leaves(value)
    elif isinstance(node, str):
        yield node


def test_a_third_language_is_one_file_of_words_and_one_of_errors(tmp_path, whole):
    kit = tmp_path / "kit"
    shutil.copytree(resources() / "templates" / "words", kit / "templates" / "words")
    for folder in (resources() / "templates").iterdir():
        if folder.name != "words":
            (kit / "templates" / folder.name).symlink_to(folder)
    yaml, english = YAML(typ="safe"), {}
    for name, target in (("en.yaml", "eo.yaml"), ("errors.en.yaml", "errors.eo.yaml")):
        english[name] = yaml.load((kit / "templates" / "words" / name).read_text(encoding="utf-8"))
        with (kit / "templates" / "words" / target).open("w", encoding="utf-8") as file:
            YAML().dump(pseudo_catalog(english[name]) | ({"locale": "eo"} if target == "eo.yaml" else {}), file)
    (tmp_path / "whole.pickle").write_bytes(pickle.dumps(whole))
    files = publish(tmp_path / "whole", "eo", str(kit), str(tmp_path / "whole.pickle"), module="whole_pages")
    files |= publish(tmp_path / "study", "eo", str(kit))
    assert {"framing.html", "voice-of-the-customer.html", "personas.html", "touchpoints.html", "moments.html", "review.html", "study.html",
            "index.html", "portfolio.html"} <= set(files)
    named = {english["en.yaml"]["index"]["this_language"]}  # a link to the pages in English says so in English
    known = {text.strip() for text in leaves(english["en.yaml"]) if len(text) > 5 and pseudo(text) != text and "{" not in text}
    left = {}
    for name, path in files.items():
        if path.suffix == ".html":
            tree = lxml_html.fromstring(path.read_text(encoding="utf-8"))
            assert tree.get("lang") == "eo"
            texts = {" ".join(text.split()) for text in tree.xpath("//body//text()[not(parent::style)]")}
            if said := (texts & known) - named:
                left[name] = sorted(said)
        if path.suffix == ".pdf" and "map" in name and path.stat().st_size and (faults := pdf_faults(path)):
            left[name] = faults[:5]
    assert left == {}
