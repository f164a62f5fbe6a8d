"""The RO-Crate view of an output folder: what others' tools read (https://w3id.org/ro/crate/1.1)."""

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cxkit.study.files import canonical, write_whole

CRATE = "ro-crate-metadata.json"
_PROFILE = "https://w3id.org/ro/crate/1.1"
_KIT = "#cxkit"
_TYPES = {".ipynb": "application/x-ipynb+json", ".parquet": "application/vnd.apache.parquet"}


def write_crate(folder: Path, manifest: Mapping[str, Any], name: str, digest: str) -> None:
    """Describe the folder of a manifest as a dataset: every file with type, size and hash, and the run that made them.

    Parameters
    ----------
    name, digest : file name and SHA-256 of the manifest.
    """
    files = {**manifest["outputs"], name: digest}
    inputs = [{"@id": f"#input/{path}", "@type": "CreativeWork", "name": path, "sha256": sha} for path, sha in sorted(manifest["inputs"].items())]
    made = [_file(folder, path, sha) for path, sha in sorted(files.items())]
    graph = [
        {"@id": CRATE, "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": _PROFILE}},
        {"@id": "./", "@type": "Dataset", "name": f"{manifest['client']} {manifest['as_of']}", "datePublished": manifest["as_of"],
         "description": f"Customer journey study of {manifest['client']}: deliverables, results and executed notebooks",
         "license": {"@id": "#terms"}, "mentions": {"@id": "#run"}, "hasPart": [{"@id": one["@id"]} for one in made]},
        {"@id": "#terms", "@type": "CreativeWork", "name": "As agreed with the client", "description": "No licence is granted by this file."},
        {"@id": "#run", "@type": "CreateAction", "name": "cxkit run", "instrument": {"@id": _KIT},
         "object": [{"@id": one["@id"]} for one in inputs], "result": [{"@id": one["@id"]} for one in made]},
        {"@id": _KIT, "@type": "SoftwareApplication", "name": "cxkit", "version": manifest["versions"]["cxkit"],
         "softwareRequirements": [f"{key} {value}" for key, value in sorted(manifest["versions"].items()) if key != "cxkit"]},
        *inputs, *made,
    ]
    write_whole(folder / CRATE, canonical({"@context": f"{_PROFILE}/context", "@graph": graph}))


def _file(folder: Path, name: str, digest: str) -> dict[str, Any]:
    path = Path(name)
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(name, strict=False)[0] or "application/octet-stream"
    return {"@id": name, "@type": "File", "name": path.name, "encodingFormat": kind, "contentSize": str((folder / name).stat().st_size),
            "sha256": digest}
