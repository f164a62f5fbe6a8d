"""One attribute that several sources map: codes that bear the same label are one code, and the labels of all sources are known."""

from collections.abc import Mapping

from cxkit.model.client import Client
from cxkit.model.record import Text
from cxkit.model.source import Attribute


def attributes_of(client: Client) -> dict[str, tuple[Attribute, str]]:
    """Attribute id → its definition by the first source that maps it, with the labels of all, and that source's id."""
    found: dict[str, tuple[Attribute, str]] = {}
    for source in client.sources:
        for attribute in source.attributes:
            if attribute.id not in found:
                found[attribute.id] = attribute, source.id
                continue
            first, of = found[attribute.id]
            more = {code: label for code, label in _book(attribute).items() if code not in _book(first)}
            field = "columns" if first.columns else "labels"
            if more and (first.columns or first.labels):
                found[attribute.id] = first.model_copy(update={field: {**_book(first), **more}}), of
    return found


def shared_codes(client: Client) -> dict[str, dict[str, str]]:
    """Attribute id → code → the first code, over the sources in order, with one of the same label's texts; only codes that change."""
    changed: dict[str, dict[str, str]] = {}
    first: dict[str, dict[str, str]] = {}
    for source in client.sources:
        for attribute in source.attributes:
            known = first.setdefault(attribute.id, {})
            for code, label in _book(attribute).items():
                texts = _texts(label)
                shared = next((known[text] for text in texts if text in known), code)
                known.update({text: shared for text in texts if text not in known})
                if shared != code:
                    changed.setdefault(attribute.id, {})[code] = shared
    return changed


def _book(attribute: Attribute) -> Mapping[str, Text]:
    return attribute.columns or attribute.labels


def _texts(label: Text) -> tuple[str, ...]:
    return (label,) if isinstance(label, str) else tuple(label.values())
