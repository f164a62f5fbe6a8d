"""Static drawings repeat to the byte, whatever was drawn before, and take aggregates only."""

import re

import altair as alt
import pytest

from cxkit.charts import svg
from cxkit.charts.style import styled
from cxkit.words import Words


def to_svg(drawn, language="en"):
    return svg.to_svg(drawn, Words(language))


def chart(n=3):
    data = alt.Data(values=[{"a": str(i), "b": i} for i in range(n)])
    return styled(alt.Chart(data).mark_bar(clip=True).encode(x="b:Q", y="a:N"), width=100, height=50)


def test_same_chart_same_bytes_after_others_were_drawn():
    first = to_svg(chart())
    to_svg(chart(4))
    assert to_svg(chart()) == first
    assert "<svg" in first


def test_clip_ids_of_two_drawings_differ():
    def ids(svg):
        return {part.split('"')[1] for part in svg.split("<clipPath ")[1:]}

    assert ids(to_svg(chart()))
    assert not ids(to_svg(chart())) & ids(to_svg(chart(4)))


def test_a_chart_of_rows_is_refused():
    with pytest.raises(ValueError, match="aggregate"):
        to_svg(chart(5001))


def test_axes_speak_the_language():
    drawn = styled(alt.Chart(alt.Data(values=[{"a": "x", "b": 2500.5}])).mark_bar().encode(x=alt.X("b:Q", axis=alt.Axis(format=",.1f")), y="a:N"))
    assert "2\u202f000,0" in to_svg(drawn, "fr")
    assert "2,000.0" in to_svg(drawn, "en")


def test_a_drawing_holds_its_marks_and_names_its_font_once():
    drawn = to_svg(chart())
    assert drawn.startswith('<svg font-family="Inter" ')
    assert drawn.count("font-family") == 1
    assert "pointer-events" not in drawn
    assert 'class="background"' not in drawn
    painted = re.findall(r'<path[^>]* fill="(#\w+)"', drawn)
    assert len(painted) >= 2  # a bar of 0 has no width


def test_frames_that_are_painted_stay():
    framed = alt.Chart(alt.Data(values=[{"a": 1}]), width=50, height=50).mark_point().encode(x="a:Q").configure_view(fill="#eeeeee")
    assert '"#eeeeee"' in to_svg(framed)
