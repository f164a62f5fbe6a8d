"""Small pictures of deliverables: the first page of a PDF, or a picture made small."""

import base64
import io
from pathlib import Path

import typst
from PIL import Image

from cxkit.scratch import scratch

_SOURCE = "#set page(width: auto, height: auto, margin: 0pt, fill: white)\n#image(sys.inputs.file, width: 240pt)\n"
_QUALITY = 75  # of 100, lossy


def thumbnail(path: Path) -> str:
    """A PDF or PNG as a ``data:`` address of a picture 480 pixels wide."""
    with scratch() as work:
        (work / "main.typ").write_text(_SOURCE, encoding="utf-8")
        (work / path.name).write_bytes(path.read_bytes())
        compiler = typst.Compiler(str(work / "main.typ"), root=str(work), ignore_system_fonts=True)
        picture = compiler.compile(format="png", ppi=144, sys_inputs={"file": path.name})
    return "data:image/webp;base64," + base64.b64encode(_reduced(picture if isinstance(picture, bytes) else picture[0])).decode("ascii")


def _reduced(picture: bytes) -> bytes:
    with Image.open(io.BytesIO(picture)) as image:
        content = io.BytesIO()
        image.convert("RGB").save(content, format="WEBP", quality=_QUALITY, method=4)
    return content.getvalue()
