"""What all records share."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from cxkit.paths import is_safe_id
from cxkit.words.text import Text as _Text


class Record(BaseModel):
    """A closed, frozen record: an unknown key is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def _safe(value: str) -> str:
    if not is_safe_id(value):
        raise ValueError("not an id")
    return value


def _one_or_many(value: Any) -> Any:
    return value if isinstance(value, list | tuple) or value is None else [value]


Id = Annotated[str, AfterValidator(_safe)]
"""Lower-case letters, digits, ``-`` and ``_``; at most 41 characters."""

Text = _Text
"""A string, or one string per language: ``{fr: …, en: …}``."""

Texts = Annotated[tuple[Text, ...], BeforeValidator(_one_or_many)]
"""One text or a list of them."""
