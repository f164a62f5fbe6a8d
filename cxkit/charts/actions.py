"""Charts of step 08."""

import altair as alt

from cxkit import method
from cxkit.charts.labels import lined_axis, on_lines, rows_height
from cxkit.charts.style import GREY, HAIR, INK, Picture, styled
from cxkit.steps.actions import Action, Result
from cxkit.words import Words

GOALS = ("repair", "soften", "strengthen", "delight")
COLOURS = {"repair": "#8A2A14", "soften": "#C4623B", "strengthen": "#66717C", "delight": "#0F4C7A"}
HEXAGON = "M0,-1.2L1.04,-0.6L1.04,0.6L0,1.2L-1.04,0.6L-1.04,-0.6Z"
SHAPES = {"repair": "diamond", "soften": "circle", "strengthen": "square", "delight": HEXAGON}
WIDTH, HEIGHT = 520, 340


def impact_effort(result: Result, words: Words) -> Picture | None:
    """The impact/effort matrix: effort to the right, priority upwards; marks bear the rank. None without actions."""
    if not result.actions:
        return None
    heaviest = max(action.effort for action in result.actions) * 1.12
    tallest = min(1.0, max(action.score for action in result.actions) * 1.15)
    places = _apart([(action.effort, action.score) for action in result.actions], heaviest, tallest)
    values = [{"effort": x, "score": y, "rank": str(action.rank), "goal": words(f"actions.goals.{action.goal}")}
              for action, (x, y) in zip(result.actions, places, strict=True)]
    goals = [goal for goal in GOALS if any(action.goal == goal for action in result.actions)]
    domain = [words(f"actions.goals.{goal}") for goal in goals]
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("effort:Q", title=words("actions.effort_axis"), scale=alt.Scale(domain=[0, heaviest], nice=False), axis=alt.Axis(grid=False)),
        y=alt.Y("score:Q", title=words("actions.score_axis"), scale=alt.Scale(domain=[0, tallest], nice=False),
                axis=alt.Axis(grid=False, format=".1f")))
    legend = alt.Legend(orient="top", title=None, symbolSize=160)
    marks = base.mark_point(filled=True, size=430, opacity=0.92).encode(
        color=alt.Color("goal:N", scale=alt.Scale(domain=domain, range=[COLOURS[goal] for goal in goals]), legend=legend),
        shape=alt.Shape("goal:N", scale=alt.Scale(domain=domain, range=[SHAPES[goal] for goal in goals]), legend=legend))
    ranks = base.mark_text(color="white", fontWeight="bold", fontSize=10, baseline="middle").encode(text="rank:N")
    cross = alt.layer(
        alt.Chart(alt.Data(values=[{"at": result.effort_line}])).mark_rule(color=GREY, strokeDash=[4, 3]).encode(x="at:Q"),
        alt.Chart(alt.Data(values=[{"at": result.score_line}])).mark_rule(color=GREY, strokeDash=[4, 3]).encode(y="at:Q"))
    chart = styled(alt.layer(cross, _corners(words), marks, ranks), width=WIDTH, height=HEIGHT)
    header = tuple(words(f"actions.head.{key}") for key in ("rank", "name", "goal", "quadrant", "effort", "score"))
    rows = tuple((words.number(a.rank), words.text(a.name), words(f"actions.goals.{a.goal}"), words(f"actions.quadrants.{a.quadrant}"),
                  words.number(a.effort, 1), words.number(a.score, 2)) for a in result.actions)
    return Picture(chart, words("actions.matrix"), words("actions.matrix_description", n=len(result.actions)), header, rows)


def ranking_robustness(result: Result, words: Words) -> Picture | None:
    """Share of draws in which each improvement stays in the top k; the line is the share from which it is called robust."""
    if not result.actions:
        return None
    robust = method.data("actions")["robust"]
    names = {action.id: on_lines(f"{words.number(action.rank)}. {words.text(action.name)}", 42) for action in result.actions}
    values = [{"action": names[action.id], "share": action.top_share, "label": ranks(action, words),
               "colour": "#0F4C7A" if action.top_share >= robust else "#8fb3cf" if action.top_share >= 1 - robust else HAIR}
              for action in result.actions]
    y = alt.Y("action:N", sort=list(names.values()), title=None, axis=lined_axis())
    base = alt.Chart(alt.Data(values=values)).encode(y=y)
    bars = base.mark_bar(height=15).encode(
        x=alt.X("share:Q", title=words("actions.share_axis", k=result.top), scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", tickCount=5)),
        color=alt.Color("colour:N", scale=None))
    labels = base.mark_text(align="left", fontSize=10.5, color=GREY).encode(x=alt.value(352), text="label:N")
    line = alt.Chart(alt.Data(values=[{"at": robust}])).mark_rule(color=INK, strokeDash=[4, 3]).encode(x="at:Q")
    header = tuple(words(f"actions.head.{key}") for key in ("rank", "name", "top_share", "ranks"))
    rows = tuple((words.number(a.rank), words.text(a.name), words.percent(a.top_share), ranks(a, words)) for a in result.actions)
    return Picture(styled(alt.layer(bars, labels, line), width=340, height=max(rows_height(names.values(), 15), 60)), words("actions.robustness"),
                   words("actions.robustness_description", k=result.top, draws=result.draws), header, rows)


def ranks(action: Action, words: Words) -> str:
    """The ranks that an improvement takes in nine draws out of ten."""
    if action.rank_low == action.rank_high:
        return words("actions.one_rank", rank=action.rank_low)
    return words("actions.rank_range", low=action.rank_low, high=action.rank_high)


def _apart(places: list[tuple[float, float]], width: float, height: float) -> list[tuple[float, float]]:
    """Places moved to the right by a mark's width where they would cover one another."""
    taken: list[tuple[float, float]] = []
    for x, y in places:
        while any(abs(x - a) < 0.042 * width and abs(y - b) < 0.065 * height for a, b in taken):
            x += 0.043 * width
        taken.append((x, y))
    return taken


def _corners(words: Words) -> alt.LayerChart:
    places = {"quick_win": (8, 12, "left"), "project": (WIDTH - 8, 12, "right"), "fill_in": (8, HEIGHT - 10, "left"),
              "question": (WIDTH - 8, HEIGHT - 10, "right")}
    return alt.layer(*(
        alt.Chart(alt.Data(values=[{"label": words(f"actions.quadrants.{name}")}])).mark_text(
            align=align, color=GREY, fontSize=11, fontStyle="italic").encode(x=alt.value(x), y=alt.value(y), text="label:N")
        for name, (x, y, align) in places.items()))
