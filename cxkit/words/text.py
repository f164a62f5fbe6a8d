"""A client's own text: one string, or one string per language."""

from collections.abc import Mapping

Text = str | dict[str, str]


def resolve(text: Text | None, language: str) -> str:
    """The text in ``language``; else as written, or in the first language the client gave."""
    return resolved(text, language)[0]


def resolved(text: Text | None, language: str) -> tuple[str, str]:
    """The text in ``language``, or what stands for it, and the language that it is in; a text written once passes for ``language``."""
    if not isinstance(text, Mapping):
        return text or "", language
    if text.get(language):
        return text[language], language
    other, shown = next(((other, said) for other, said in text.items() if said), (language, ""))
    return shown, other
