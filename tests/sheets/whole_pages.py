"""Every HTML page of the whole small study, of its index and of a portfolio; nothing is printed nor drawn on slides.

``python -m tests.sheets.whole_pages FOLDER LANGUAGE TEMPLATES STUDY``: with the templates of another folder, the study from a pickle.
"""

import importlib
import pickle
import sys
from pathlib import Path

import pytest

from cxkit import method
from cxkit.runner.index import write_index
from cxkit.sheets import journey, map_print, personas, study_report, typst
from cxkit.sheets.context import SheetContext
from cxkit.sheets.portfolio import PortfolioRow, portfolio_page
from cxkit.sheets.study_chapters import Provenance
from cxkit.steps.base import Given
from cxkit.words import Words


def write_pages(study: Given, results: dict, folder: Path, language: str) -> list[Path]:
    """Publish the study for the screen only: what is printed has tests of its own, and takes ten times as long."""
    words = Words(language)
    context = SheetContext(study.folder, study.evidence, words, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typst, "compile_pdf", lambda *_, **__: b"")
        patch.setattr(typst, "compile_png", lambda *_, **__: (b"",))
        patch.setattr(typst, "compile_svg", lambda *_, **__: (b"<svg xmlns='http://www.w3.org/2000/svg'/>",))
        patch.setattr(typst, "query", lambda *_: [{"fits": True}])
        patch.setattr(map_print, "print_data", lambda *_, **__: {"pages": [0, 0]})
        patch.setattr(journey, "slides", lambda *_, **__: b"")
        patch.setattr(personas, "persona_slide", lambda *_: b"")
        published = {step.id: importlib.import_module(f"cxkit.sheets.{step.id}").publish(results, context) for step in method.steps()}
        published["study"] = study_report.publish_study(results, context, Provenance())
    names = {step: [path.relative_to(folder).as_posix() for path in paths if path.suffix == ".html"] for step, paths in published.items()}
    write_index(folder, study.folder, words, names, ["en", "fr"])
    rows = [PortfolioRow("small", "Small", True, pages={language: "index.html"}), PortfolioRow("late", "Late", False, cause="time")]
    (folder / "portfolio.html").write_text(portfolio_page(rows, words, ["en", "fr"]), encoding="utf-8")
    return sorted(path for path in folder.rglob("*.html"))


if __name__ == "__main__":
    from cxkit import paths
    from cxkit.words import catalog

    paths.resources = lambda: Path(sys.argv[3])
    catalog.languages.cache_clear()
    write_pages(*pickle.loads(Path(sys.argv[4]).read_bytes()), Path(sys.argv[1]), sys.argv[2])
