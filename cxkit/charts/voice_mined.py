"""Charts of what was mined from words: themes, what they move, moods, Kano."""

import altair as alt

from cxkit.charts.labels import place_labels
from cxkit.charts.style import GREY, HAIR, INK, NEGATIVE, POSITIVE, Picture, q_text, styled
from cxkit.method import data
from cxkit.sheets.context import SheetContext
from cxkit.steps.voice import Result
from cxkit.words import Words

SIDES = ("negative", "neutral", "positive")
COLOURS = ("#8A2A14", "#b6bec6", "#2E86B5")


def themes(result: Result, words: Words, context: SheetContext, places: bool = False) -> Picture | None:
    """Customers' themes: texts that speak of each unhappily, neither, happily; the net beside. ``places``: at touchpoints."""
    most = data("voice")["themes"]["shown"]
    drawn = [theme for theme in result.themes if theme.kind == "reported" and (theme.touchpoint is not None) == places][:most]
    if not drawn:
        return None
    values, labels, rows = [], [], []
    order = [context.theme_name(theme.cause, theme.touchpoint) for theme in drawn]
    for name, theme in zip(order, drawn, strict=True):
        left = 0
        for side, count in zip(SIDES, (theme.negative, theme.neutral, theme.positive), strict=True):
            values.append({"theme": name, "from": left, "to": left + count, "side": words(f"voice.mined.sides.{side}")})
            left += count
        net = words.number(100 * theme.net, 0, sign=True) if theme.net is not None else words(f"base.{theme.base}")
        labels.append({"theme": name, "at": left, "label": f"{net}  {words('base.n', n=theme.n)}"})
        rows.append((name, words.number(theme.n), words.number(theme.negative), words.number(theme.neutral), words.number(theme.positive), net,
                     words.interval(100 * theme.low, 100 * theme.high, 0, sign=True) if theme.low is not None else "–"))
    domain = [words(f"voice.mined.sides.{side}") for side in SIDES]
    y = alt.Y("theme:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False))
    bars = alt.Chart(alt.Data(values=values)).mark_bar(height=15, cornerRadiusEnd=0).encode(
        y=y, x=alt.X("from:Q", title=words("voice.themes.head.n"), axis=alt.Axis(tickMinStep=1, tickCount=5)), x2="to:Q",
        color=alt.Color("side:N", scale=alt.Scale(domain=domain, range=list(COLOURS)), sort=domain, legend=alt.Legend(orient="bottom", title=None)))
    text = alt.Chart(alt.Data(values=labels)).mark_text(align="left", dx=6, fontSize=10, color=GREY).encode(y=y, x="at:Q", text="label:N")
    head = tuple(words(f"voice.themes.head.{key}") for key in ("theme", "n", "negative", "neutral", "positive", "net", "interval"))
    return Picture(styled(alt.layer(bars, text), width=380, height=max(24 * len(order), 60)),
                   words("voice.themes.places") if places else words("voice.themes.title"),
                   words("voice.themes.description", n=data("voice")["themes"]["least"]), head, tuple(rows))


def contributions(result: Result, words: Words, context: SheetContext) -> Picture | None:
    """What each theme takes from the NPS or gives to it, with its interval."""
    most = data("voice")["impact"]["shown"]
    found = result.impact.scores
    if not found:
        return None
    strongest = sorted(found, key=lambda one: (-abs(one.contribution), one.cause))[:most]
    drawn = [one for one in found if one in strongest]
    order = [context.theme_name(one.cause) for one in drawn]
    values = [{"theme": name, "value": one.contribution, "low": one.low, "high": one.high,
               "colour": HAIR if one.q >= data("voice")["impact"]["level"] else NEGATIVE if one.contribution < 0 else POSITIVE}
              for name, one in zip(order, drawn, strict=True)]
    base = alt.Chart(alt.Data(values=values)).encode(y=alt.Y("theme:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False)))
    bars = base.mark_bar(height=14).encode(x=alt.X("value:Q", title=words("voice.impact.axis")), color=alt.Color("colour:N", scale=None))
    rules = base.mark_rule(color=INK, strokeWidth=1).encode(x="low:Q", x2="high:Q")
    head = tuple(words(f"voice.impact.head.{key}") for key in ("theme", "n", "with", "without", "contribution", "interval", "q"))
    rows = tuple((name, words.number(one.n), words.number(one.with_theme, 0, sign=True), words.number(one.without, 0, sign=True),
                  words.number(one.contribution, 1, sign=True), words.interval(one.low, one.high, 1, sign=True), q_text(one.q, words))
                 for name, one in zip(order, drawn, strict=True))
    return Picture(styled(bars + rules, width=420, height=max(24 * len(order), 60)), words("voice.impact.title"),
                   words("voice.impact.description", n=result.impact.tested), head, rows)


def mood(result: Result, words: Words) -> Picture | None:
    """The customer's mood from the beginning to the end of conversations, and their mean."""
    talks = result.conversations.talks if result.conversations else ()
    parts = tuple(words(f"voice.talks.parts.{part}") for part in ("first", "middle", "last"))
    drawn = [(number, talk.mood) for number, talk in enumerate(talks, 1) if any(value is not None for value in talk.mood)]
    if not drawn:
        return None
    values = [{"talk": str(number), "part": part, "mood": 100 * value} for number, found in drawn
              for part, value in zip(parts, found, strict=True) if value is not None]
    mean = [{"part": part, "mood": 100 * value} for part, value in zip(parts, result.conversations.mood, strict=True) if value is not None]
    x = alt.X("part:N", sort=list(parts), title=None, axis=alt.Axis(labelAngle=0))
    y = alt.Y("mood:Q", title=words("voice.talks.mood"), scale=alt.Scale(domain=[0, 100]))
    each = alt.Chart(alt.Data(values=values)).mark_line(color=GREY, opacity=0.35).encode(x=x, y=y, detail="talk:N")
    bold = alt.Chart(alt.Data(values=mean)).mark_line(color=POSITIVE, strokeWidth=3, point=True).encode(x=x, y=y)
    rows = [(str(number), *(words.number(100 * value, 0) if value is not None else "–" for value in found)) for number, found in drawn]
    rows.append((words("voice.talks.mean"), *(words.number(100 * value, 0) if value is not None else "–" for value in result.conversations.mood)))
    return Picture(styled(each + bold, width=420, height=180), words("voice.talks.mood"), words("voice.talks.mood_description"),
                   (words("voice.talks.head.talk"), *parts), tuple(rows))


def kano(result: Result, words: Words, context: SheetContext) -> Picture | None:
    """Features by what lacking them costs and what having them brings."""
    drawn = [one for one in result.kano if one.better is not None and one.worse is not None]
    if not drawn:
        return None
    width, height = 420, 300
    told = [f"{context.feature_name(one.feature)} ({words(f'voice.kano.categories.{one.category}')})" for one in drawn]
    places = place_labels([(-one.worse * width, (1 - one.better) * height, name) for one, name in zip(drawn, told, strict=True)], width, height)
    values = [{"worse": -one.worse, "better": one.better, "label": name} for one, name in zip(drawn, told, strict=True)]
    x = alt.X("worse:Q", title=words("voice.kano.worse"), scale=alt.Scale(domain=[0, 1]))
    y = alt.Y("better:Q", title=words("voice.kano.better"), scale=alt.Scale(domain=[0, 1]))
    points = alt.Chart(alt.Data(values=values)).mark_point(filled=True, size=80, color="#0F4C7A", opacity=1).encode(x=x, y=y)
    texts = [alt.Chart(alt.Data(values=[value])).mark_text(align=place.align, fontSize=11).encode(
        x=alt.value(place.x), y=alt.value(place.y), text="label:N") for value, place in zip(values, places, strict=True)]
    middle = alt.Chart(alt.Data(values=[{"v": 0.5}])).mark_rule(color=HAIR)
    head = tuple(words(f"voice.kano.head.{key}") for key in ("feature", "category", "better", "better_interval", "worse", "worse_interval", "n"))
    rows = tuple((context.feature_name(one.feature), words(f"voice.kano.categories.{one.category}") if one.category else words(f"base.{one.base}"),
                  words.number(one.better, 2), words.interval(one.better_low, one.better_high, 2), words.number(one.worse, 2),
                  words.interval(one.worse_low, one.worse_high, 2), words.number(one.n)) for one in result.kano)
    chart = alt.layer(middle.encode(x="v:Q"), middle.encode(y="v:Q"), points, *texts)
    return Picture(styled(chart, width=width, height=height), words("voice.kano.title"), words("voice.kano.description"), head, rows)
