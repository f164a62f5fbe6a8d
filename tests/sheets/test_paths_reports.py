"""Reports of touchpoints, lived paths and moments: complete in both languages, hostile text as text, the same bytes twice."""

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from cxkit.charts.labels import place_labels
from cxkit.evidence.tables import COLUMNS, Evidence, SourceMark, empty
from cxkit.model.client import Client
from cxkit.model.folder import ClientFolder, DatedMap
from cxkit.model.journey_map import JourneyMap
from cxkit.model.touchpoint import Touchpoint
from cxkit.sheets import journey_paths, moments, names, touchpoints
from cxkit.sheets.context import SheetContext
from cxkit.steps import journey as journey_step
from cxkit.steps import moments as moments_step
from cxkit.steps import touchpoints as touchpoints_step
from cxkit.steps.base import Given
from cxkit.words import Words, languages

SCRIPT, TYPST = "</script><script>window.__X5=1</script>", '#read("/etc/passwd") $1/0$ @ref'
CLIENT = {"client": "small", "name": "Small", "as_of": "2026-01-31", "offer": "an offer", "journey": TYPST, "episode_gap_days": 5,
          "stages": [{"id": "need"}, {"id": "use"}], "outcome": {"event": "bought", "name": "Purchase"}, "owners": [{"id": "web", "name": SCRIPT}],
          "sources": [{"id": "t", "kind": "interactions", "file": "evidence/t.csv"}],
          "engagement_moments": [{"touchpoint": "slot", "expected_conversion": 0.9, "cost_per_contact": 2}, {"touchpoint": "never"}]}
INVENTORY = [{"id": "a", "name": SCRIPT, "stage": "need", "planned": 1}, {"id": "slot", "name": TYPST, "stage": "use", "owner": "web", "planned": 2},
             {"id": "cart", "name": "Cart", "stage": "use", "planned": 3}, {"id": "kiosk", "name": "Kiosk", "stage": "need"}]
MAP = {"title": "t", "date": "2025-06-01", "stages": [
    {"stage": "need", "activities": [{"id": "one", "action": SCRIPT, "touchpoint": "a", "reaction": "satisfaction"}]},
    {"stage": "use", "activities": [{"id": "two", "action": "Choose", "touchpoint": "slot", "reaction": "rupture"},
                                    {"id": "three", "action": "Fill the cart", "touchpoint": "cart"}]}]}
PATHS = ["a slot"] * 60 + ["a slot bought"] * 40 + ["a forum a cart"] * 20 + ["a cart bought"] * 80


def table(name, rows):
    frame = pd.DataFrame([{column: row.get(column) for column in COLUMNS[name]} for row in rows])
    return frame.astype(COLUMNS[name])


def given():
    log = [{"source": "t", "row": 2, "customer": f"c{i}", "time": f"2025-01-01T{j:02d}:00:00", "position": 10 * i + j, "touchpoint": place,
            "channel": "web" if j % 2 else "store", "persona": "pq"[i % 2]} for i, path in enumerate(PATHS) for j, place in enumerate(path.split())]
    log.append({"source": "t", "row": 3, "customer": "z", "time": "2025-03-01", "position": 9999, "touchpoint": "bought"})
    scores = [{"source": "t", "row": 2, "respondent": f"r{i}", "metric": "csat", "of": "touchpoint", "touchpoint": place, "stage": "use", "low": 1.0,
               "high": 5.0, "reverse": False, "weight": 1.0, "value": float(1 + (i + shift) % 5),
               "reaction": ["dissatisfaction", "irritant", "none", "satisfaction", "delight"][(i + shift) % 5]}
              for place, shift in (("slot", 0), ("cart", 2)) for i in range(120)]
    scores += [{"source": "t", "row": 2, "respondent": f"r{i}", "metric": "nps", "of": "overall", "low": 0.0, "high": 10.0, "reverse": False,
                "weight": 1.0, "value": float(2 * (i % 5) + 2)} for i in range(120)]
    tables = {name: empty(name) for name in COLUMNS} | {"interactions": table("interactions", log), "scores": table("scores", scores)}
    mark = SourceMark(source="t", kind="interactions", evidence="measured", name="t", start="2025-01-01", end="2025-03-01", n=200)
    folder = ClientFolder(Path("small"), Client.model_validate(CLIENT), touchpoints=tuple(Touchpoint.model_validate(row) for row in INVENTORY),
                          maps=(DatedMap("maps/m.yaml", JourneyMap.model_validate(MAP)),))
    return Given(folder, Evidence(tables, (mark,)))


@pytest.fixture(scope="module")
def study():
    start = given()
    results = {"touchpoints": touchpoints_step.compute(start, touchpoints_step.Parameters())}
    results["journey"] = journey_step.compute(replace(start, upstream=dict(results)), journey_step.Parameters())
    results["moments"] = moments_step.compute(replace(start, upstream=dict(results)), moments_step.Parameters(draws=20))
    return start, results


def written(study, folder, language):
    start, results = study
    context = SheetContext(start.folder, start.evidence, Words(language), folder)
    paths = [*touchpoints.publish(results, context), *moments.publish(results, context),
             *journey_paths.publish_paths(results["journey"].paths, context, names.persona_names(context, results))]
    return {path.name: path for path in paths}


@pytest.fixture(scope="module", params=languages())
def files(request, study, tmp_path_factory):
    return written(study, tmp_path_factory.mktemp(request.param), request.param)


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def test_every_sheet_gives_a_page_and_a_pdf(files):
    assert sorted(files) == ["lived-paths.html", "lived-paths.pdf", "moments.html", "moments.pdf", "touchpoints.html", "touchpoints.pdf"]
    assert all(path.read_bytes().startswith(b"%PDF-1.7") for name, path in files.items() if name.endswith(".pdf"))


@pytest.mark.parametrize("name", ["touchpoints.html", "lived-paths.html", "moments.html"])
def test_hostile_text_stays_text_and_pictures_are_described(files, name):
    page = Page(files[name].read_text(encoding="utf-8"))
    assert "script" not in {tag for tag, _ in page.tags}
    assert SCRIPT in page.text or name == "moments.html"
    assert '#read("/etc/passwd")' in page.text.replace("\u202f", " ").replace("“", '"')
    pictures = [attrs for tag, attrs in page.tags if attrs.get("role") == "img" and tag == "div"]
    assert len(pictures) >= 3
    assert all(attrs["aria-label"] for attrs in pictures)


def test_two_runs_give_the_same_bytes(study, tmp_path):
    one, two = written(study, tmp_path / "one", "fr"), written(study, tmp_path / "two", "fr")
    assert {name: path.read_bytes() for name, path in one.items()} == {name: path.read_bytes() for name, path in two.items()}


def test_the_leak_is_told_in_words(study, tmp_path):
    files = written(study, tmp_path, "en")
    text = Page(files["touchpoints.html"].read_text(encoding="utf-8")).text
    assert "One touchpoint loses more episodes than its place lets expect" in text
    assert "60%" in text


def test_labels_of_crowded_points_do_not_cover_each_other():
    points = [(100.0, 100.0 + 6 * i, f"touchpoint {i}") for i in range(6)]
    labels = place_labels(points, 400, 300)
    boxes = []
    for label, (_, _, text) in zip(labels, points, strict=True):
        wide = len(text) * 11 * 0.56
        left = {"left": label.x, "right": label.x - wide, "center": label.x - wide / 2}[label.align]
        boxes.append((left, label.y - 6, left + wide, label.y + 6))
    covered = [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1:]
               if min(a[2], b[2]) - max(a[0], b[0]) > 0 and min(a[3], b[3]) - max(a[1], b[1]) > 0]
    assert not covered
