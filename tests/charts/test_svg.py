"""Static drawings repeat to the byte, whatever was drawn before, and take aggregates only."""

import altair as alt
import pytest

from cxkit.charts.style import styled
from cxkit.charts.svg import to_svg


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
