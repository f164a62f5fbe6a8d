"""Every human word: catalogs by language, numbers and dates by Babel, typography by language."""

from cxkit.words.catalog import Words, languages
from cxkit.words.text import Text, resolve

__all__ = ["Text", "Words", "languages", "resolve"]
