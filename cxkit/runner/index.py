"""index.html: every deliverable of a language, by step, with a small picture and a link for each format."""

import html as escapes
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cxkit import method
from cxkit.model.folder import ClientFolder
from cxkit.paths import inside
from cxkit.runner.thumbnails import thumbnail
from cxkit.sheets import html
from cxkit.sheets.frame import frame
from cxkit.sheets.identity import identity
from cxkit.study.files import write_whole
from cxkit.study.noted import WHOLE
from cxkit.words import Words

_TITLE = re.compile(rb"<title>(.*?)</title>", re.DOTALL)
_FORMATS = (".html", ".pdf", ".png", ".svg", ".pptx", ".xlsx", ".csv")


def write_index(folder: Path, client: ClientFolder, words: Words, published: Mapping[str, Sequence[str]], languages: Sequence[str]) -> None:
    """Write ``index.html`` into the folder of a language.

    Parameters
    ----------
    folder : ``<out>/<client>/<language>``.
    published : step id, or ``study`` for the whole → its deliverables, relative to ``folder``.
    languages : the languages that stand beside each other; the page links the others.
    """
    study = client.client
    logo = inside(client.root, study.identity.logo) if study.identity.logo else None
    sections = [_section(step.number, f"steps.{step.id}", published[step.id], folder, study.name, words)
                for step in method.steps() if published.get(step.id)]
    if published.get(WHOLE):
        sections.insert(0, _section("", "index.whole", published[WHOLE], folder, study.name, words))
    notebooks = [{"href": f"notebooks/{step.notebook}", "name": f"{step.number} · {words(f'steps.{step.id}.title')}"}
                 for step in method.steps() if (folder / "notebooks" / step.notebook).is_file()]
    others = [{"href": f"../{other}/index.html", "name": Words(other)("index.this_language"), "language": other}
              for other in languages if other != words.language]
    data = frame(words, identity(study.identity.colour, logo), title=words.text(study.journey), client=study.name, as_of=study.as_of,
                 eyebrow=words("index.eyebrow"), subtitle=words.text(study.offer), confidentiality=words.text(study.identity.confidentiality),
                 sections_of_index=sections, notebooks=notebooks, others=others, sections=("index",))
    write_whole(folder / "index.html", html.render("index/index.html", data).encode("utf-8"))


def _section(number: str, key: str, names: Sequence[str], folder: Path, client: str, words: Words) -> dict[str, Any]:
    stems = {name.removesuffix(".html") for name in names if name.endswith(".html")}
    groups: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda name: (_rank(name), name)):
        groups.setdefault(_stem(name, stems), []).append(name)
    cards = [_card(stem, files, folder, client, words) for stem, files in sorted(groups.items())]
    return {"number": number, "title": words(f"{key}.title"), "question": words(f"{key}.question"), "cards": cards}


def _stem(name: str, stems: set[str]) -> str:
    """What a file belongs to: the page whose name it continues (``map.a4.pdf`` to ``map.html``), else its own name without ending."""
    return max((stem for stem in stems if name.startswith(f"{stem}.")), key=len, default=name.rsplit(".", 1)[0])


def _format(name: str, stem: str, words: Words) -> str:
    """The word for a form of a deliverable: ``PDF, A4`` for ``.a4.pdf``, ``Picture 2`` for ``.2.png``."""
    ending = name.removeprefix(f"{stem}.").replace(".", "_").replace("-", "_")
    number, _, rest = ending.partition("_")
    if number.isdigit():
        return words(f"index.formats.n_{rest}", n=number)
    return words(f"index.formats.{ending}" if words.has(f"index.formats.{ending}") else f"index.formats.{name.rsplit('.', 1)[1]}")


def _card(stem: str, files: Sequence[str], folder: Path, client: str, words: Words) -> dict[str, Any]:
    pictured = next((name for ending in (".png", ".pdf") for name in files if name.endswith(ending)), None)
    formats = [{"href": name, "format": _format(name, stem, words)} for name in files]
    return {"title": _title(stem, files, folder, client, words), "formats": formats, "main": files[0],
            "picture": thumbnail(folder / pictured) if pictured else ""}


def _title(stem: str, files: Sequence[str], folder: Path, client: str, words: Words) -> str:
    """The title that the page gives itself, without the client's name; else the word for the file."""
    page = next((name for name in files if name.endswith(".html")), None)
    found = _TITLE.search((folder / page).read_bytes()) if page else None
    if found:
        return escapes.unescape(found[1].decode("utf-8")).strip().removesuffix(f" · {client}")
    key = f"index.files.{Path(stem).name}"
    return words(key) if words.has(key) else Path(stem).name


def _rank(name: str) -> int:
    ending = "." + name.rsplit(".", 1)[-1]
    return _FORMATS.index(ending) if ending in _FORMATS else len(_FORMATS)
