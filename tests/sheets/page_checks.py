"""What a page must never show: text off the page or its box, text over text, text too small. On paper (poppler, pypdf) and in Chromium."""

import math
import re
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

from pypdf import PdfReader

TOLERANCE = 1.5
"""Points or pixels that two boxes may share: line boxes are taller than their glyphs."""


def pdf_faults(path: Path, smallest: float = 7.0) -> list[str]:
    """Text outside its page, over other text, or below ``smallest`` points; empty when the file is sound."""
    faults = []
    pages = ET.fromstring(pdf_boxes(path)).iter("{http://www.w3.org/1999/xhtml}page")
    for number, page in enumerate(pages, 1):
        width, height = float(page.get("width")), float(page.get("height"))
        words = [(word.text or "", *(float(word.get(key)) for key in ("xMin", "yMin", "xMax", "yMax"))) for word in page]
        faults += [f"page {number}: {word[0]!r} off the page" for word in words
                   if word[1] < -0.5 or word[2] < -0.5 or word[3] > width + 0.5 or word[4] > height + 0.5]  # fmt: skip
        shrunk = [(text, x0, y0 + 0.2 * (y1 - y0), x1, y1 - 0.2 * (y1 - y0)) for text, x0, y0, x1, y1 in words]
        faults += [f"page {number}: {first!r} over {second!r}" for first, second in overlaps(shrunk)]
    for size, texts in pdf_sizes(path).items():
        if size < smallest - 0.01:
            faults.append(f"{size:.2f} pt: {texts[:3]}")
    return faults


def pdf_boxes(path: Path) -> str:
    """Words and their boxes as poppler writes them, without control characters."""
    boxes = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, text=True, check=True).stdout
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", boxes)


def pdf_sizes(path: Path) -> dict[float, list[str]]:
    """Sizes in points that the text is printed at, with what is printed so."""
    sizes: dict[float, list[str]] = {}

    def read(text, matrix, text_matrix, _font, size):
        # height of a letter: length of the upright unit vector under both matrices, whichever way the text is turned
        scale = math.hypot(text_matrix[2] * matrix[0] + text_matrix[3] * matrix[2], text_matrix[2] * matrix[1] + text_matrix[3] * matrix[3])
        if text.strip():
            sizes.setdefault(round(size * scale, 2), []).append(text.strip()[:40])

    for page in PdfReader(path).pages:
        page.extract_text(visitor_text=read)
    return sizes


def overlaps(boxes: list[tuple[str, float, float, float, float]]) -> list[tuple[str, str]]:
    """Pairs of boxes that cover each other; a text drawn twice at one place (its halo) counts once."""
    found, active = [], []
    for box in sorted(set(boxes), key=lambda box: box[2]):
        active = [other for other in active if other[4] > box[2] + TOLERANCE]
        found += [(other[0], box[0]) for other in active
                  if min(box[3], other[3]) - max(box[1], other[1]) > TOLERANCE and min(box[4], other[4]) - box[2] > TOLERANCE
                  and not (box[0] == other[0] and abs(box[1] - other[1]) < 1)]  # fmt: skip
        active.append(box)
    return found


_CUT = """() => [...document.querySelectorAll('body *')].filter(node => {
  const style = getComputedStyle(node);
  if (node.closest('svg, .unseen, .skip') || style.display === 'inline' || style.display === 'none' || !node.clientWidth) return false;
  if (['auto', 'scroll'].includes(style.overflowX)) return false;
  return node.scrollWidth > node.clientWidth + 2 || (style.overflowY === 'hidden' && node.scrollHeight > node.clientHeight + 2);
}).map(node => node.tagName + '.' + node.className + ': ' + node.textContent.trim().slice(0, 50))"""

_TEXTS = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, host = node.parentElement;
    if (!node.textContent.trim() || host.closest('.unseen, .skip, details:not([open])')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const inset = Math.min(box.height * 0.22, 5);
      if (box.width < 1 || box.height < 1) continue;
      found.push([node.textContent.trim().slice(0, 40), box.left, box.top + inset, box.right, box.bottom - inset]);
    }
  }
  return found;
}"""


def page_faults(page) -> list[str]:
    """Text cut by its box or over other text in a page that Chromium shows; empty when the page is sound."""
    faults = [f"cut: {node}" for node in page.evaluate(_CUT)]
    texts = [tuple(box) for box in page.evaluate(_TEXTS)]
    return faults + [f"{first!r} over {second!r}" for first, second in overlaps(texts)]


def told(faults: list[str], most: int = 8) -> str:
    """The faults in few lines."""
    return "\n".join(f"{fault} ×{count}" for fault, count in Counter(faults).most_common(most))
