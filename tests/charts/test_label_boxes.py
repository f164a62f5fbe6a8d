"""No label of a chart covers another, leaves the picture or is cut: boxes computed from the drawing."""

from itertools import product

import pytest

from cxkit.charts import paths as charts
from cxkit.charts.labels import on_lines, rows_height, top_axis
from cxkit.charts.paths_stages import stage_graph
from cxkit.charts.svg import to_svg
from cxkit.steps.journey_paths_share import Share
from cxkit.steps.journey_paths_view import LevelPaths, LivedPaths, Node, Transition, Variant
from cxkit.words import Words
from tests.charts.label_boxes import faults, labels

STAGES = tuple(f"stage{at}" for at in range(8))
PLACES = tuple(f"place{at:02}" for at in range(30))
NAMES = {place: f"Centre d'appels du service après-vente {at:02}"[:40].ljust(40, "x") for at, place in enumerate(PLACES)}
STAGE_NAMES = {stage: f"Étape du parcours numéro {at} vraiment longue"[:40] for at, stage in enumerate(STAGES)}
NONE = Share(n=0, of=0, base="suppressed")


def moves(ends, extra=()):
    """Every end to every other one and to itself, the nearer the more often."""
    found = [Transition(source=a, target=b, n=900 // (1 + abs(i - j)), episodes=900 // (1 + abs(i - j)), share=0.2, reach=0.9 / (1 + abs(i - j)))
             for (i, a), (j, b) in product(enumerate(ends), repeat=2)]
    return tuple(found) + tuple(Transition(source=a, target=b, n=300, episodes=300, share=0.1, reach=0.3) for a, b in extra)


def stress_paths() -> LivedPaths:
    """A log of 30 touchpoints in 8 stages, each followed by each other."""
    nodes = tuple(Node(touchpoint=place, stage=STAGES[at % 8], contacts=900, episodes=900 - at, reach=0.9 - at / 50)
                  for at, place in enumerate(PLACES))  # fmt: skip
    ends = [(place, end) for place in PLACES for end in ("^outcome", "^left")]
    levels = moves(STAGES, [("^start", stage) for stage in STAGES] + [(stage, end) for stage in STAGES for end in ("^outcome", "^left")])
    variants = tuple(Variant(path=PLACES[at:at + 10], n=90 - at, share=0.09, outcome=50, left=30, open=10) for at in range(12))
    return LivedPaths(persona=None, episodes=1000, customers=900, contacts=9000, outcome=400, left=500, open=100, nodes=nodes,
                      transitions=moves(PLACES, ends), variants=variants, distinct_variants=12, looping=NONE, repeating=NONE, switching=NONE,
                      handing_over=NONE, levels=(LevelPaths(level="stage", ways=3.0, looping=NONE, distinct_variants=3, transitions=levels),))


def test_labels_of_the_labyrinth_never_collide():
    words, paths = Words("fr"), stress_paths()
    drawn = (charts.graph(paths, words, NAMES, STAGE_NAMES, STAGES), charts.strips(paths, words, NAMES, STAGES),
             stage_graph(paths, words, STAGE_NAMES, STAGES))  # fmt: skip
    for picture in drawn:
        svg = to_svg(picture.chart, words)
        assert len(labels(svg)) > 60
        assert faults(svg) == [], picture.title
        assert picture.rows


def test_thickness_follows_the_share_and_the_same_stage_again_is_a_loop():
    level = LevelPaths(level="stage", ways=1.0, looping=NONE, distinct_variants=1, transitions=(
        Transition(source="stage0", target="stage1", n=80, episodes=80, share=0.8, reach=0.8),
        Transition(source="stage1", target="stage0", n=40, episodes=40, share=0.4, reach=0.4),
        Transition(source="stage1", target="stage1", n=20, episodes=20, share=0.2, reach=0.2),
        Transition(source="stage1", target="^left", n=10, episodes=10, share=0.1, reach=0.1)))  # fmt: skip
    picture = stage_graph(stress_paths().model_copy(update={"levels": (level,)}), Words("en"), STAGE_NAMES, STAGES)
    spec = picture.chart.to_dict()
    ways = {row["way"]: row["width"] for row in spec["layer"][0]["layer"][0]["data"]["values"]}
    # thickest 12 px for the most frequent move; the others by their share
    assert sorted(ways.values()) == [3.0, 6.0, 12.0]
    assert [row["width"] for row in spec["layer"][1]["data"]["values"]] == [1.5]
    assert [row[:2] for row in picture.rows][2:] == [(STAGE_NAMES["stage1"],) * 2, (STAGE_NAMES["stage1"], "Left without outcome")]


def test_names_keep_every_word_on_lines_of_the_width():
    assert on_lines("Service après-vente", 13) == "Service\naprès-vente"
    assert on_lines("Un nom vraiment beaucoup trop long ici", 13) == "Un nom\nvraiment\nbeaucoup trop\nlong ici"
    assert on_lines("x" * 30, 13) == "\n".join(["x" * 10 + "-", "x" * 10 + "-", "x" * 10])
    assert on_lines("une Téléconsultation", 15) == "une\nTéléconsultation", "one letter more than the width is no reason to cut"


@pytest.mark.parametrize(("second", "met"), [((10, 0), []), ((10, 30), []), ((0, 4), ["'beta' over 'alpha'"])])
def test_boxes_that_meet_are_found(second, met):
    drawing = ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60"><g transform="translate(20,20)"><text font-size="10px">alpha</text></g>'
               f'<g transform="translate({20 + 4 * second[0]},{20 + second[1]})"><text font-size="10px">beta</text></g></svg>')
    assert faults(drawing) == met


def test_turned_labels_beside_each_other_do_not_meet():
    turned = "".join(f'<text font-size="10px" transform="translate({30 + 20 * at},90) rotate(-40)">September</text>' for at in range(3))
    assert faults(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 120">{turned}</svg>') == []
    assert "…" in faults('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20"><text y="9">cut…</text></svg>')[0]


def test_equal_rows_hold_the_label_with_most_lines():
    assert rows_height(["a", "b", "c"]) == 3 * 24
    # one label of three lines among single ones: 3 x 11 pixels and two between rows, for every row
    assert rows_height(["a", "b\nb\nb", "c", "d"], 5) == 4 * 35


def test_heads_of_two_lines_stand_clear_of_the_first_row():
    [one, two] = (top_axis(heads).to_dict()["labelPadding"] for heads in (["a", "b"], ["a", "b\nb"]))
    assert two - one == 11
