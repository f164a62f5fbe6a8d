"""Small client folders for tests."""

from pathlib import Path
from textwrap import dedent, indent

from cxkit.evidence.read import read_evidence
from cxkit.evidence.tables import Evidence
from cxkit.model.folder import read_folder

HEAD = """\
client: acme
name: Acme
language: fr
as_of: 2025-06-30
offer: Une offre
journey: Un parcours
stages: [{id: search}, {id: purchase}, {id: use}]
"""
INVENTORY = "id,name,stage,channel\nwebsite,Site,search,web\nshop,Magasin,purchase,store\nhotline,Hotline,use,phone\n"


def write(root: Path, sources: str, files: dict[str, str | bytes], more: str = "") -> Path:
    """Write a client folder: the sources' YAML and the evidence files by name."""
    (root / "evidence").mkdir(parents=True, exist_ok=True)
    (root / "client.yaml").write_text(HEAD + more + "sources:\n" + indent(dedent(sources).strip("\n") + "\n", "  "), encoding="utf-8")
    (root / "touchpoints.csv").write_text(INVENTORY, encoding="utf-8")
    for name, content in files.items():
        raw = content if isinstance(content, bytes) else content.encode("utf-8")
        (root / "evidence" / name).write_bytes(raw)
    return root


def read(root: Path, sources: str, files: dict[str, str | bytes], more: str = "") -> Evidence:
    """Evidence of such a folder."""
    return read_evidence(read_folder(write(root, sources, files, more)))
