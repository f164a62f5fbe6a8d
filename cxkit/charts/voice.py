"""Charts of step 02."""

import altair as alt

from cxkit.charts import voice_mined
from cxkit.charts.style import GREY, HAIR, INK, NEGATIVE, POSITIVE, Picture, q_text, styled
from cxkit.method import data
from cxkit.steps.base import Estimate
from cxkit.steps.voice import Result
from cxkit.words import Words

REACTIONS = ("rupture", "dissatisfaction", "irritant", "none", "satisfaction", "delight")
COLOURS = {"rupture": "#4a1609", "dissatisfaction": "#8A2A14", "irritant": "#C4623B", "none": "#b6bec6", "satisfaction": "#2E86B5",
           "delight": "#0F4C7A"}

themes, contributions, mood, kano = voice_mined.themes, voice_mined.contributions, voice_mined.mood, voice_mined.kano
"""Charts of the words stand beside those of the scores under one name, ``voice.<chart>``."""


def shown(estimate: Estimate, words: Words) -> str:
    """The figure as a reader sees it, or the mark that stands for it."""
    if estimate.value is None:
        return words(f"base.{estimate.base}")
    if estimate.metric == "nps":
        return words.number(estimate.value, 1, sign=True)
    if estimate.metric in {"csat", "ces"}:
        return words.percent(estimate.value / 100, 1)
    return words.number(estimate.value, 2)


def interval(estimate: Estimate, words: Words) -> str:
    """The interval as a reader sees it."""
    return words.interval(estimate.low, estimate.high, 1, sign=estimate.metric == "nps")


def scores(result: Result, words: Words, dimension: str, metric: str, names: dict[str, str]) -> Picture | None:
    """One metric by group: a dot with its interval, the figure and the base beside it; None where nothing may be shown."""
    groups = [(b.key, e) for b in result.breakdowns if b.dimension == dimension for e in b.estimates if e.metric == metric]
    drawn = [(names.get(key, key), e) for key, e in groups if e.value is not None]
    if not drawn or (dimension == "month" and len(groups) == 1):
        return None
    if dimension not in {"stage", "month"}:
        drawn = sorted(drawn, key=lambda item: -item[1].value)
    values = [{"group": name, "value": e.value, "low": e.low, "high": e.high,
               "label": f"{shown(e, words)}  {words('base.n', n=e.n)}"} for name, e in drawn]
    order = [name for name, _ in drawn]
    title = words(f"voice.metrics.{metric}")
    base = alt.Chart(alt.Data(values=values)).encode(y=alt.Y("group:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False)))
    domain = [-100, 100] if metric == "nps" else [0, 100]
    x = alt.X("value:Q", title=title, scale=alt.Scale(domain=domain), axis=alt.Axis(tickCount=5))
    rule = base.mark_rule(strokeWidth=5, color=POSITIVE, opacity=0.35, strokeCap="round").encode(x=alt.X("low:Q", title=title), x2="high:Q")
    dot = base.mark_point(filled=True, size=70, color="#0F4C7A", opacity=1).encode(x=x)
    label = base.mark_text(align="left", color=GREY, fontSize=10).encode(x=alt.value(432), text="label:N")
    header = (words(f"voice.dimensions.{dimension}"), title, words("voice.interval"), words("voice.base"))
    rows = tuple((names.get(key, key), shown(e, words), interval(e, words), words.number(e.n)) for key, e in groups)
    by = words("voice.by", metric=title, dimension=words(f"voice.dimensions.{dimension}").lower())
    return Picture(styled(alt.layer(rule, dot, label), width=420, height=max(22 * len(order), 50)), by,
                   words("voice.scores_description", title=by), header, rows)


def reactions(result: Result, words: Words, names: dict[str, str]) -> Picture | None:
    """Distribution of reactions by stage, negative to the left, positive to the right, with the net emotion."""
    stages = [item for item in result.stage_reactions if item.point.net_emotion is not None]
    if not stages:
        return None
    values, labels, order = [], [], [names.get(item.stage, item.stage) for item in stages]
    for item in stages:
        total = sum(item.point.distribution.values())
        left = -sum(item.point.distribution.get(name, 0) for name in REACTIONS[:3]) / total - item.point.distribution.get("none", 0) / total / 2
        for name in REACTIONS:
            share = item.point.distribution.get(name, 0) / total
            values.append({"stage": names.get(item.stage, item.stage), "from": left, "to": left + share, "reaction": words(f"reactions.{name}")})
            left += share
        net = words.number(item.point.net_emotion * 100, 0, sign=True)
        labels.append({"stage": names.get(item.stage, item.stage), "label": f"{net}  {words('base.n', n=item.point.n)}"})
    y = alt.Y("stage:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False))
    domain = [words(f"reactions.{name}") for name in REACTIONS]
    bars = alt.Chart(alt.Data(values=values)).mark_bar(height=18, cornerRadiusEnd=0).encode(
        y=y, x=alt.X("from:Q", title=None, axis=None, scale=alt.Scale(domain=[-1, 1])), x2="to:Q",
        color=alt.Color("reaction:N", scale=alt.Scale(domain=domain, range=[COLOURS[name] for name in REACTIONS]), sort=domain,
                        legend=alt.Legend(orient="bottom", title=None, columns=6)))
    zero = alt.Chart(alt.Data(values=[{"x": 0}])).mark_rule(color=INK, strokeDash=[2, 2]).encode(x="x:Q")
    text = alt.Chart(alt.Data(values=labels)).mark_text(align="left", fontSize=10, color=GREY).encode(y=y, x=alt.value(432), text="label:N")
    header = (words("framing.stage"), *domain, words("voice.net_emotion"), words("voice.base"))
    rows = tuple((names.get(i.stage, i.stage), *(words.number(i.point.distribution.get(name, 0)) for name in REACTIONS),
                  words.number(i.point.net_emotion * 100, 0, sign=True), words.number(i.point.n)) for i in stages)
    title = words("voice.reactions")
    return Picture(styled(alt.layer(bars, zero, text), width=420, height=34 * len(order)), title,
                   words("voice.reactions_description", valences=_valences(words)), header, rows)


def drivers(result: Result, words: Words, names: dict[str, str]) -> Picture | None:
    """What detractors speak of more, or less, than promoters: difference of shares with its interval."""
    if not result.drivers:
        return None
    values = [{"touchpoint": names.get(d.touchpoint, d.touchpoint), "value": d.difference * 100, "low": d.low * 100, "high": d.high * 100,
               "colour": NEGATIVE if d.q < 0.05 and d.difference > 0 else POSITIVE if d.q < 0.05 else HAIR} for d in result.drivers]
    order = [value["touchpoint"] for value in values]
    base = alt.Chart(alt.Data(values=values)).encode(y=alt.Y("touchpoint:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False)))
    bars = base.mark_bar(height=14).encode(x=alt.X("value:Q", title=words("voice.driver_axis")), color=alt.Color("colour:N", scale=None))
    rules = base.mark_rule(color=INK, strokeWidth=1).encode(x="low:Q", x2="high:Q")
    header = (words("voice.dimensions.touchpoint"), words("voice.detractors"), words("voice.promoters"), words("voice.difference"), "q")
    rows = tuple((names.get(d.touchpoint, d.touchpoint), words.number(d.detractors), words.number(d.promoters),
                  words.number(d.difference * 100, 1, sign=True), q_text(d.q, words)) for d in result.drivers)
    return Picture(styled(bars + rules, width=420, height=max(24 * len(order), 60)), words("voice.drivers"),
                   words("voice.drivers_description", n=result.tested), header, rows)


def _valences(words: Words) -> str:
    return ", ".join(f"{words(f'reactions.{name}')} {words.number(value, 0, sign=True)}" for name, value in data("reactions")["valence"].items())
