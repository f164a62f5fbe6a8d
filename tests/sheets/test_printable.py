"""Text made safe for print."""

from cxkit.sheets.assets import text_width
from cxkit.sheets.printable import printable, printable_data


def test_ordinary_text_is_unchanged():
    for text in ("Déjà vu : l’été, 12,5 % – « oui »", "Ünïcödé Łódź Ελλάδα Москва", "un mot-composé-très-long-mais-coupé"):
        assert printable(text) == text


def test_a_long_token_may_break_and_loses_nothing():
    shown = printable("a" * 60)
    assert shown.count("\u200b") == 5
    assert shown.replace("\u200b", "") == "a" * 60


def test_characters_without_glyph_become_a_box_and_controls_go():
    assert printable("a\u0e01b漢\x07\ud800") == "a□b□"


def test_emoji_are_kept_without_what_joins_and_tones_them():
    assert printable("Attente 😡 👎🏽 ❤️ 👩‍💻 🇫🇷") == "Attente 😡 👎 ❤ 👩💻 🇫🇷"
    # the width of what is printed is known: 2,600 of the 2,048 units of an em
    assert text_width("😡", 2048) == 2600


def test_structures_keep_keys_and_numbers():
    assert printable_data({"k" * 30: ["漢", 1, None, True]}) == {"k" * 30: ["□", 1, None, True]}
