"""Mappings proposed for the files of ``evidence/`` that client.yaml does not name, for the analyst to correct."""

from pathlib import Path

from cxkit.errors import CxError
from cxkit.evidence.propose import propose
from cxkit.study import Study
from cxkit.study.door import Shown, show
from cxkit.widgets.editor import is_interactive


def proposals(study: Study) -> Shown:
    """Propose a source for each file that no source names, as ``cxkit map`` does.

    Parameters
    ----------
    study : the open study.

    Returns
    -------
    Shown
        One YAML text a file, to paste under ``sources``; a file that cannot be read says why. Without a person, a sentence:
        a run depends on the files that client.yaml names, and on no others.
    """
    words = study.words
    if not is_interactive():
        return _shown(study, words("study.proposals_static"), [])
    found = [(name, _proposed(study.folder.root / name, words.language)) for name in unmapped(study.folder.root, _named(study))]
    return _shown(study, words("study.proposals" if found else "study.all_mapped", n=len(found)), found)


def unmapped(root: Path, named: set[str]) -> list[str]:
    """Files under ``evidence/`` that are not named and lie in no named folder, by name; hidden files do not count."""
    files = [path.relative_to(root) for path in sorted((root / "evidence").rglob("*")) if path.is_file() and not path.name.startswith(".")]
    return [path.as_posix() for path in files if not named & {path.as_posix(), *(parent.as_posix() for parent in path.parents)}]


def _named(study: Study) -> set[str]:
    return {Path(source.file).as_posix() for source in study.folder.client.sources if source.file} | {
        Path(name).as_posix() for name in study.folder.books}


def _proposed(path: Path, language: str) -> str:
    try:
        return propose(path, language)
    except CxError as error:
        return error.text(language)


def _shown(study: Study, lead: str, found: list[tuple[str, str]]) -> Shown:
    text = "\n".join([lead, *(f"{name}\n{proposal}" for name, proposal in found)])
    return show("proposals", text, {"language": study.words.language, "lead": lead, "found": found})
