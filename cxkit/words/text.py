"""A client's own text: one string, or one string per language."""

from collections.abc import Mapping

Text = str | dict[str, str]


def resolve(text: Text | None, language: str) -> str:
    """The text in ``language``; else as written, or in the first language the client gave."""
    if text is None:
        return ""
    if isinstance(text, Mapping):
        return text.get(language) or next(iter(text.values()), "")
    return text
