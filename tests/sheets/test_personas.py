"""Persona sheets: pages, words of one language only, nothing lost, hostile and oversized content."""

import dataclasses
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from pptx import Presentation

from cxkit import method
from cxkit.charts.personas import fit_and_stability, profile_heat, sizes
from cxkit.evidence.tables import COLUMNS, Evidence, empty
from cxkit.model.client import Client
from cxkit.model.folder import ClientFolder
from cxkit.model.persona import Persona, Portrait
from cxkit.sheets import personas as sheet
from cxkit.sheets import typst
from cxkit.sheets.context import SheetContext
from cxkit.sheets.persona_compare import comparison, verdict
from cxkit.sheets.persona_drawings import Point, emotion_curve
from cxkit.sheets.persona_page import persona_content
from cxkit.sheets.persona_portraits import portrait, portrait_svg
from cxkit.sheets.persona_text import LONGEST, choice_text
from cxkit.sheets.personas import publish
from cxkit.steps.base import Estimate, Gap, Mark
from cxkit.steps.journey_view import CurvePoint
from cxkit.steps.persona_verdict import Coverage, Segmentation, SegmentTrial
from cxkit.steps.persona_view import ChannelUse, Choice, Distinction, Fact, Line, PersonaProfile, StagePoint, TouchpointUse, TraitLevel
from cxkit.steps.personas import Result
from cxkit.steps.voice_quotes import Quote
from cxkit.words import Words

MARK = Mark(kind="measured", n=120)
HOSTILE = '</script><script>window.__X5=1</script> #read("/etc/passwd") {{7*7}} $1/0$'


def share(value: float, n: int = 120) -> Estimate:
    return Estimate(metric="share", value=value, low=value - 4, high=value + 4, n=n, n_eff=n, base="full")


def profile(**more) -> PersonaProfile:
    choice = Choice(code="w", label={"fr": "en ligne", "en": "online"})
    name = {"fr": "Achat", "en": "Purchase"}
    point = CurvePoint(valence=-1.2, low=-1.5, high=-0.9, n=60, base="weak", reaction="irritant", kind="measured", solid=True)
    fields = {
        "id": "p1", "name": "Ada Lind", "origin": "declared", "tagline": {"fr": "La rapide", "en": "The fast one"}, "n": 120,
        "share": share(24.0), "mark": MARK, "story": {"fr": "Toujours pressée.", "en": "Always in a hurry."},
        "facts": (Fact(id="age", value="42", mark=Mark(kind="hypothesis"), judgement="not_judged"),
                  Fact(id="shop", name=name, choice=choice, share=share(70.0), mark=MARK)),
        "lines": {"goals": (Line(text={"fr": "Finir tôt", "en": "Finish early"}, mark=Mark(kind="hypothesis"), judgement="not_judged"),),
                  "pains": (Line(touchpoint="till", share=share(40.0), mark=MARK),)},
        "channels": (ChannelUse(channel="web", share=share(60.0), per_month=1.25, mark=MARK, judgement="supported"),),
        "channel_basis": "contacts", "traits": (TraitLevel(name={"fr": "Patience", "en": "Patience"}, level=2, mark=MARK),),
        "over": (Distinction(attribute="shop", name=name, choice=choice, share=share(70.0), others=30.0, difference=40.0, p=1e-6, q=1e-5,
                             formed=False),),
        "scores": (Estimate(metric="nps", value=-12.4, low=-20, high=-4, n=110, n_eff=110, base="full"),
                   Estimate(metric="csat", n=20, base="counts_only")),
        "touchpoints": (TouchpointUse(touchpoint="till", reach=share(80.0), mark=MARK),),
        "quotes": tuple(Quote(text=f"texte {i}", kind="reported", source="v", row=i, side="negative", stage="use") for i in range(3)),
        "curve": (StagePoint(stage="use", point=point),),
    }
    return PersonaProfile(**(fields | more))


def result(*profiles: PersonaProfile, **more) -> Result:
    trials = (SegmentTrial(k=1, bic=900.0, aic=880.0, certainty=1.0, stability=None, smallest=500),
              SegmentTrial(k=2, bic=800.0, aic=790.0, certainty=0.9, stability=0.85, smallest=200))
    fields = {"personas": profiles, "assignments": {}, "base": 500,
              "segmentation": Segmentation(verdict="fewer", carried=2, drawn=2, n=500, n_eff=500, trials=trials)}
    return Result(**(fields | more))


@pytest.fixture
def context(tmp_path):
    """A context in a language, with a client of two stages."""

    def make(language: str = "fr", personas: tuple[Persona, ...] = ()) -> SheetContext:
        client = Client.model_validate({
            "client": "small", "name": "Small", "as_of": "2026-01-31", "offer": "o", "journey": "j",
            "stages": [{"id": "need"}, {"id": "use"}], "sources": [{"id": "s", "kind": "survey", "file": "s.csv"}]})
        folder = ClientFolder(Path("small"), client, personas)
        return SheetContext(folder, Evidence({name: empty(name) for name in COLUMNS}), Words(language), tmp_path / language)

    return make


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_persona_has_a_sheet_in_four_forms_and_the_set_a_comparison_and_a_poster(context, language):
    paths = publish({"personas": result(profile(), profile(id="p2", name="Bo Ek"))}, context(language))
    sheets = [f"persona-{id_}.{kind}" for id_ in ("p1", "p2") for kind in ("pdf", "png", "html", "pptx")]
    assert [path.name for path in paths] == [*sheets, "personas.pdf", "personas.html", "personas-poster.pdf", "wave.json"]
    assert all(path.stat().st_size > 1000 for path in paths[:-1])
    page = paths[2].read_text(encoding="utf-8")
    assert page.count("<h1") == 1
    assert f'<html lang="{language}">' in page


def words_of(node) -> set[str]:
    if isinstance(node, dict):
        return set().union(*(words_of(value) for value in node.values()))
    return {part for part in re.split(r"\{[^}]*\}", str(node)) if len(part.strip()) > 5}


@pytest.mark.parametrize(("language", "other"), [("fr", "en"), ("en", "fr")])
def test_no_word_of_the_other_language(context, language, other):
    page = publish({"personas": result(profile())}, context(language))[2].read_text(encoding="utf-8")
    text = re.sub(r"<[^>]+>", " ", page)
    foreign = words_of(Words(other).section("personas")) - words_of(Words(language).section("personas"))
    assert not [phrase for phrase in foreign if re.search(rf"\b{re.escape(phrase.strip())}\b", text)]


def test_same_input_same_bytes(context):
    first = [path.read_bytes() for path in publish({"personas": result(profile())}, context())]
    assert [path.read_bytes() for path in publish({"personas": result(profile())}, context())] == first


def oversized() -> PersonaProfile:
    """Names of forty characters, lists of twelve long lines, everything that a sheet can hold, and hostile text in it."""
    lines = tuple(Line(text=f"{i} {HOSTILE} " + "mot " * 40, mark=MARK) for i in range(12))
    point = profile().curve[0].point
    return profile(
        name="Maximilienne-Alexandrine de la Rochefouc", tagline=HOSTILE, story="récit " * 120, quote="dit " * 60, anti=True, since="new",
        lines=dict.fromkeys(("goals", "needs", "pains", "delights", "habits", "search", "objections", "media", "motivations"), lines),
        facts=tuple(Fact(id=f"f{i}", name="Nom d'attribut fort long", value="valeur " * 8, mark=MARK) for i in range(12)),
        channels=tuple(ChannelUse(channel=f"canal-{i}-{'x' * 30}", share=share(30.0), cadence="parfois " * 6, mark=MARK) for i in range(12)),
        traits=tuple(TraitLevel(name=f"Trait {i} " + "long " * 6, level=3, mark=MARK) for i in range(12)),
        quotes=tuple(Quote(text="verbatim " * 30, kind="reported", source="v", row=i, side="negative") for i in range(4)),
        curve=(StagePoint(stage="need", point=point), StagePoint(stage="use", point=point)))


def bare() -> PersonaProfile:
    return PersonaProfile(id="p3", name="X", origin="declared", mark=Mark(kind="hypothesis"), without_data=True, kind="prospect")


@pytest.fixture
def printed(monkeypatch):
    """The templates with their data, as publish hands them to the compiler; nothing is compiled nor drawn on slides."""
    seen = []
    monkeypatch.setattr(typst, "compile_pdf", lambda template, data, **_: seen.append((template, data)) or b"")
    monkeypatch.setattr(typst, "compile_png", lambda *_, **__: (b"",))
    monkeypatch.setattr(sheet, "persona_slide", lambda *_: b"")
    return seen


@pytest.mark.parametrize("count", [1, 8])
def test_nothing_overflows_with_long_names_long_lists_or_empty_fields(context, printed, count):
    people = [oversized().model_copy(update={"id": f"p{i}"}) for i in range(count - 1)] + [bare()]
    publish({"personas": result(*people if count > 1 else [oversized()])}, context())
    checked = [printed[0], *printed[-3:]]
    fits = [(template, found["part"], found["fits"]) for template, data in checked for found in typst.query(template, data, "fit")]
    assert [one for one in fits if not one[2]] == []
    assert {part for _, part, _ in fits} == {"rail", "body", "comparison", "poster"}


def test_hostile_text_stays_text(context):
    paths = publish({"personas": result(oversized())}, context())
    assert "<script>" not in paths[2].read_text(encoding="utf-8")
    assert paths[0].read_bytes().startswith(b"%PDF")


def test_the_slide_is_made_of_named_shapes_inside_the_page(context):
    slide_file = publish({"personas": result(oversized())}, context())[3]
    deck = Presentation(slide_file)
    shapes = list(deck.slides[0].shapes)
    named = {"Rail", "Portrait", "Name", "Quote", "Share of the base", "Title Objectifs", "Lines Objectifs", "Verbatim 1"}
    assert named <= {one.name for one in shapes}
    outside = [one.name for one in shapes if one.left < 0 or one.top < 0 or one.left + one.width > deck.slide_width + 1
               or one.top + one.height > deck.slide_height + 1]
    assert outside == []
    assert next(one for one in shapes if one.name == "Name").text_frame.text == oversized().name


def test_portraits_are_the_same_for_the_same_persona_and_span_the_set():
    faces = {portrait_svg(f"client/p{i}", Portrait(gender="any"), "#8FC3E8") for i in range(40)}
    assert len(faces) >= 38
    assert portrait_svg("client/p1", Portrait(), "#8FC3E8") == portrait_svg("client/p1", Portrait(), "#8FC3E8")
    skins = method.data("portraits")["skin"]
    assert all(any(skin in face for face in faces) for skin in skins)
    assert method.data("portraits")["wheelchair"][:40] in portrait_svg("x", Portrait(wheelchair=True), "#8FC3E8")
    assert "{" not in "".join(faces)


def test_every_part_of_the_portraits_is_drawn():
    parts = method.data("portraits")
    for cut in {*parts["front"], *parts["back"]} - {"bald_senior"}:
        ElementTree.fromstring(portrait_svg("x", Portrait(hair=cut, headscarf=False, generation="senior", beard=True, glasses=True), "#ffffff"))


def test_the_clients_picture_wins_and_loses_its_metadata(tmp_path, context):
    made = context("en")
    root = tmp_path / "folder"
    root.mkdir()
    picture = Image.new("RGB", (900, 600), "#336699")
    exif = picture.getexif()
    exif[0x010F] = "camera of Ada"
    picture.save(root / "ada.jpg", exif=exif)
    own = profile(picture="ada.jpg")
    here = dataclasses.replace(made, folder=dataclasses.replace(made.folder, root=root))
    drawn = portrait(own, here)
    assert (drawn.svg, Image.open(io.BytesIO(drawn.png)).size) == ("", (480, 480))
    assert b"camera" not in drawn.picture
    paths = publish({"personas": result(own)}, here)
    assert "data:image/png;base64," in paths[2].read_text(encoding="utf-8")
    assert portrait(profile(picture="../ada.jpg"), here).svg
    assert portrait(profile(portrait=Portrait(style="monogram")), here).png == b""


def test_all_lines_stand_on_the_second_page_whole(context):
    text = "mot " * 60
    lines = tuple(Line(text=f"{i} {text}".strip(), mark=MARK) for i in range(12))
    content = persona_content(profile(lines={"goals": lines}), result(), context())
    assert len(content["cards"][0]["lines"]) == 4
    assert all(len(line["text"]) <= LONGEST for line in content["cards"][0]["lines"])
    assert [row[1]["text"] for row in content["more"]["statements"]] == [line.text for line in lines]


def test_empty_fields_collapse(context):
    bare = PersonaProfile(id="p", name="X", origin="declared", mark=Mark(kind="hypothesis"), without_data=True, kind="prospect")
    paths = publish({"personas": result(bare)}, context("en"))
    page = paths[2].read_text(encoding="utf-8")
    assert "No data yet: all of this is hypothesis" in page
    body = page.split('<div class="body">')[1].split('<div class="details">')
    assert (body[0].count("<h2>"), body[1].count("<h2>")) == (1, 0)


def test_small_bases_give_way_to_a_mark(context):
    content = persona_content(profile(share=None, n=20), result(), context("en"))
    assert (content["share"]["figure"], content["share"]["width"]) == ("n\u00a0=\u00a020", 0)
    assert [score["value"] for score in content["scores"]] == ["−12", "counts only"]


def test_figures_follow_the_language(context):
    assert persona_content(profile(), result(), context("fr"))["share"]["figure"] == "24\u202f%"
    assert persona_content(profile(), result(), context("en"))["share"]["figure"] == "24%"
    assert choice_text(Choice(code="x", low=1.5, high=2.5), Words("fr")) == "1,5–2,5"


def test_declared_and_measured_lines_take_turns(context):
    declared = tuple(Line(text=f"d{i}", mark=Mark(kind="hypothesis")) for i in range(3))
    measured = tuple(Line(touchpoint=f"m{i}", share=share(50), mark=MARK) for i in range(3))
    cards = persona_content(profile(lines={"pains": (*declared, *measured)}), result(), context())["cards"]
    assert [line["text"] for line in cards[0]["lines"]] == ["d0", "m0", "d1", "m1"]


def test_a_stage_without_evidence_breaks_the_curve():
    points = [Point("a", 1.0), Point("b", None), Point("c", -1.0), Point("d", 0.5)]
    svg = emotion_curve(points, "#0F3B57")
    assert svg.count("<polyline") == 1
    assert svg.count('viewBox="0 0 24 24"') == 3


def test_stage_names_are_escaped_in_the_drawing():
    assert "<script" not in emotion_curve([Point("<script>", 1.0)], "#0F3B57")


def test_verdict_is_plain(context):
    assert verdict(result(), Words("en")) == "The data carry 2 types, not 5 (n = 500): further types would not be stable."
    agreed = result().segmentation.model_copy(update={"agreement": 0.823})
    assert verdict(result(segmentation=agreed), Words("fr")).endswith("Rand ajusté 0,82.")


def test_comparison_without_persona_says_why(context):
    empty_result = result(segmentation=Segmentation(verdict="none", carried=1, n=400), gaps=(Gap(key="none", facts={"n": "400"}),))
    pdf, page = publish({"personas": empty_result}, context("en"))
    assert "There is no segment to show" in page.read_text(encoding="utf-8")
    assert pdf.read_bytes().startswith(b"%PDF")


def test_coverage_counts_and_shares(context):
    coverage = Coverage(respondents=200, one=150, several=10, none=30, unknown=10, statements={"supported": 1, "contradicted": 3, "not_judged": 0})
    rows = comparison(result(coverage=coverage), context("en"))["coverage"]
    assert rows[0] == ["Match one persona", "150", "75%"]
    assert rows[-2] == ["Statements contradicted", "3", "75%"]


def test_charts_carry_their_table(context):
    words = Words("en")
    found = result(profile())
    assert sizes(found, words).rows == (("Ada Lind", "24.0%", "[20.0, 28.0]", "120"),)
    assert fit_and_stability(found, words).rows[1] == ("2", "800", "790", "0.90", "0.85", "200")
    assert profile_heat(found, words).rows == (("Purchase: online", "+40"),)
    assert sizes(result(), words) is None


def test_a_name_without_glyph_is_still_printed(context):
    pdf = publish({"personas": result(profile(name="Łukasz 李 🙂"))}, context("en"))[0]
    assert pdf.read_bytes().startswith(b"%PDF")
