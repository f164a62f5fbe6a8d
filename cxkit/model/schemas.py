"""The JSON Schemas of the client folder's YAML files, for editors: ``python -m cxkit.model.schemas`` writes them."""

import json
from pathlib import Path
from typing import Any

from cxkit.model.client import Client
from cxkit.model.diagnostic import Diagnostic
from cxkit.model.journey_map import JourneyMap
from cxkit.model.persona import Personas
from cxkit.model.quality import Quality
from cxkit.model.record import Record
from cxkit.paths import template

RECORDS: dict[str, type[Record]] = {"client": Client, "personas": Personas, "map": JourneyMap, "quality": Quality, "diagnostic": Diagnostic}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of one kind of file."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **RECORDS[name].model_json_schema(by_alias=True)}


def export(folder: Path) -> tuple[Path, ...]:
    """Write ``<name>.json`` for each kind of file."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in RECORDS:
        path = folder / f"{name}.json"
        path.write_text(json.dumps(schema(name), ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        written.append(path)
    return tuple(written)


if __name__ == "__main__":
    export(template("schemas"))
