"""Charts of step 01."""

import altair as alt

from cxkit.charts.labels import on_lines, top_axis
from cxkit.charts.style import GREY, Picture, styled
from cxkit.steps.framing import Result
from cxkit.words import Words


def evidence_matrix(result: Result, words: Words, stage_names: dict[str, str]) -> Picture:
    """The 360° evidence matrix: stages in rows, source kinds in columns, a circle as large as the evidence."""
    names = {**stage_names, "journey": words("framing.whole_journey")}
    order = [names[stage] for stage in result.stages] + [names["journey"]]
    kinds = list(dict.fromkeys(cell.source for cell in result.matrix))
    columns = [words(f"framing.sources.{kind}") for kind in kinds]
    heads = {name: on_lines(name, max(12, *map(len, name.split()))) for name in columns}
    values = [{"stage": names[cell.stage], "source": heads[words(f"framing.sources.{cell.source}")], "n": cell.n, "label": words.number(cell.n),
               "kind": words(f"evidence_kinds.{cell.kind}")} for cell in result.matrix if cell.n]
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("source:N", sort=list(heads.values()), title=None, scale=alt.Scale(domain=list(heads.values())),
                axis=top_axis(heads.values())),
        y=alt.Y("stage:N", sort=order, title=None, scale=alt.Scale(domain=order), axis=alt.Axis(domain=False, ticks=False)))
    circles = base.mark_circle(opacity=0.9).encode(
        size=alt.Size("n:Q", scale=alt.Scale(type="sqrt", range=[30, 620]), legend=None),
        color=alt.condition("datum.stage == '" + names["journey"].replace("'", "\\'") + "'", alt.value("#b6c2cd"), alt.value("#2E86B5")))
    labels = base.mark_text(dy=20, fontSize=10.5, color=GREY).encode(text="label:N")
    header = (words("framing.stage"), *columns)
    counts = {(cell.stage, cell.source): cell.n for cell in result.matrix}
    rows = tuple((names[stage], *(words.number(counts.get((stage, kind), 0)) for kind in kinds)) for stage in [*result.stages, "journey"])
    chart = styled(circles + labels, width=max(72 * len(columns), 300), height=46 * len(order))
    return Picture(chart, words("framing.matrix"), words("framing.matrix_description", n=len(kinds)), header, rows)
