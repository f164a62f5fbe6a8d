"""Publish the small study: ``python -m tests.sheets.publish_small FOLDER LANGUAGE [TEMPLATES]``, also with the templates of another folder."""

import sys
from pathlib import Path


def publish(folder: Path, language: str) -> dict[str, Path]:
    """Write every sheet of the small study; file name → path."""
    from cxkit.sheets import actions, journey, quality, target
    from cxkit.sheets.context import SheetContext
    from cxkit.words import Words
    from tests.sheets import small_study

    given = small_study.given()
    results, context = small_study.results(given), SheetContext(given.folder, given.evidence, Words(language), folder)
    return {path.name: path for sheet in (journey, quality, actions, target) for path in sheet.publish(results, context)}


if __name__ == "__main__":
    if len(sys.argv) > 3:
        from cxkit import paths

        paths.resources = lambda: Path(sys.argv[3])
    publish(Path(sys.argv[1]), sys.argv[2])
