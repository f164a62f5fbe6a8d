"""Text of a study's slides: how many lines it takes, cut where it would take more, safe in a chart's workbook."""

from cxkit.sheets.assets import text_width


def lines_of(text: str, width: float, size: float) -> int:
    """Lines that a text takes in a box, words kept whole; half a letter is left free since faces differ."""
    count, used = 1, 0.0
    for word in text.split(" "):
        wide = text_width(word + " ", size) * 1.04
        if used and used + wide > width:
            count, used = count + 1, 0.0
        count += int(wide // width) if not used else 0
        used += wide % width if wide > width else wide
    return count


def cut(text: str, width: float, size: float, most: int) -> str:
    """The text, ended by an ellipsis where it would take more than ``most`` lines."""
    if lines_of(text, width, size) <= most:
        return text
    kept = text.split(" ")
    while len(kept) > 1 and lines_of(" ".join(kept) + "…", width, size) > most:
        kept.pop()
    shortened = " ".join(kept).rstrip(" ,;:·") + "…"
    while lines_of(shortened, width, size) > most and len(shortened) > 2:
        shortened = shortened[:-2] + "…"
    return shortened


def label(text: str) -> str:
    """A text for a chart's workbook: one that a spreadsheet would take for a formula or a link is no longer one."""
    risky = text.startswith("=") or ":" in text.split(" ")[0]
    return "\u200b" + text if risky else text
