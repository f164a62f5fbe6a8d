"""One attribute of two sources: labels of both, the first code of a label."""

from cxkit.model.attribute_books import attributes_of, shared_codes
from cxkit.model.client import Client
from tests.steps.conftest import CLIENT


def client(*books):
    sources = [{"id": f"s{number}", "kind": "survey", "file": "f.csv", "attributes": [{"id": "a", "name": "A", "column": "c", "labels": book}]}
               for number, book in enumerate(books)]
    return Client.model_validate(CLIENT | {"sources": sources})


def test_labels_of_all_sources_and_the_first_code_of_each():
    one = client({"1": {"fr": "Femme", "en": "Woman"}, "2": "Homme"}, {"F": "Femme", "H": "Homme", "X": "Autre"}, {"w": "Woman", "1": "Femme"})
    assert shared_codes(one) == {"a": {"F": "1", "H": "2", "w": "1"}}
    attribute, source = attributes_of(one)["a"]
    assert source == "s0"
    assert list(attribute.labels) == ["1", "2", "F", "H", "X", "w"]
    assert shared_codes(client({"1": "Oui"}, {"1": "Oui"})) == {}
