"""What a warm parent does once so that no notebook pays for it: imports, first uses, what is learnt from the kit alone.

Nothing here starts a thread, opens a database or uses vl-convert or Typst: the process must stay forkable.
"""

import datetime as dt
import importlib
import pkgutil
from collections import Counter

_LIBRARIES = ("ipykernel.ipkernel", "ipykernel.kernelapp", "pyarrow.parquet")
_PACKAGES = ("cxkit.mining", "cxkit.model", "cxkit.evidence", "cxkit.statistics", "cxkit.steps", "cxkit.charts", "cxkit.sheets", "cxkit.study",
             "cxkit.widgets")


def import_all() -> None:
    """Import what notebooks use, and the kit itself."""
    for name in _LIBRARIES:
        importlib.import_module(name)
    for name in _PACKAGES:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            importlib.import_module(module.name)


def first_uses() -> None:
    """Read the kit's data, compile its templates, open its fonts, hash its code: whatever is kept for the life of a process."""
    import pandas as pd
    from altair.utils.schemapi import disable_debug_mode

    from cxkit import method
    from cxkit.evidence.contract import schema
    from cxkit.evidence.masking import examine
    from cxkit.evidence.tables import COLUMNS, empty
    from cxkit.paths import template
    from cxkit.sheets import assets, html
    from cxkit.study import inputs
    from cxkit.words import Words, languages

    disable_debug_mode()
    for path in template("method").glob("*.yaml"):
        method.data(path.stem)
    method.steps()
    for language in languages():
        words = Words(language)
        words.number(1.5, 1), words.percent(0.5), words.money(1, "EUR"), words.date(dt.date(2000, 1, 1)), words.month("2000-01")
    html.compile_templates()
    assets.glyphs()
    for weight in {weight for _, weight, style in assets.FONT_FACES if style == "normal"}:
        assets.text_width("x", 1, weight)
    assets.font_css()
    examine(pd.Series(["Je m'appelle Anne Martin et j'ai résilié."]), pd.Series(["fr"]), "fr", Counter())
    for table in COLUMNS:
        schema(table).validate(empty(table))
    inputs.kit_parts()
    inputs.code_digest()
    inputs.reading_digest({})


def learn() -> None:
    """The polarity of the kit's sentences and the matcher of its themes, which are kept as long as the process lives."""
    from cxkit.mining.embedding import engine
    from cxkit.mining.polarity import seed_model
    from cxkit.mining.rupture import rupture
    from cxkit.mining.themes import taxonomy

    seed_model(engine())
    taxonomy({}, {})
    rupture("x")
