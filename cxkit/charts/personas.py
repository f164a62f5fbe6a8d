"""Charts of step 03."""

import altair as alt

from cxkit.charts.labels import lined_axis, on_lines, rows_height, top_axis
from cxkit.charts.style import GREY, INK, POSITIVE, Picture, styled
from cxkit.method import data
from cxkit.steps.persona_view import Choice, PersonaProfile
from cxkit.steps.personas import Result
from cxkit.words import Words

MOST_ROWS = 18


def sizes(result: Result, words: Words) -> Picture | None:
    """Share of each persona in the base with its interval; None where no share may be shown."""
    drawn = [one for one in result.personas if one.share is not None and one.share.value is not None]
    if not drawn:
        return None
    values = [{"persona": one.name, "value": one.share.value, "low": one.share.low, "high": one.share.high,
               "label": f"{words.percent(one.share.value / 100)}  {words('base.n', n=one.n)}"} for one in drawn]
    order = [one.name for one in drawn]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("persona:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False)))
    title = words("personas.share_axis")
    top = max(one.share.high for one in drawn)
    bars = base.mark_bar(height=14, color=POSITIVE).encode(x=alt.X("value:Q", title=title, scale=alt.Scale(domain=[0, top * 1.35])))
    rules = base.mark_rule(color=INK, strokeWidth=1.5).encode(x=alt.X("low:Q", title=title), x2="high:Q")
    labels = base.mark_text(align="left", dx=6, color=GREY, fontSize=11).encode(x="high:Q", text="label:N")
    header = (words("personas.persona"), title, words("personas.interval"), words("personas.base"))
    rows = tuple((one.name, words.percent(one.share.value / 100, 1), words.interval(one.share.low, one.share.high, 1), words.number(one.n))
                 for one in drawn)
    return Picture(styled(bars + rules + labels, width=420, height=max(28 * len(order), 60)), words("personas.sizes"),
                   words("personas.sizes_description", n=len(drawn)), header, rows)


def fit_and_stability(result: Result, words: Words) -> Picture | None:
    """Fit (BIC above the best) and stability by number of segments; the carried number stands out."""
    trials = result.segmentation.trials
    if not trials:
        return None
    best, least = min(one.bic for one in trials), words.number(data("personas")["stability"], 1)
    values = [{"k": one.k, "fit": one.bic - best, "stability": one.stability} for one in trials]
    header = tuple(words(f"personas.trial_head.{key}") for key in ("k", "bic", "aic", "certainty", "stability", "smallest"))
    rows = tuple((words.number(one.k), words.number(one.bic), words.number(one.aic), words.number(one.certainty, 2),
                  words.number(one.stability, 2), words.number(one.smallest)) for one in trials)
    return Picture(_by_number(values, result.segmentation.carried, words("personas.bic_axis"), words), words("personas.fit"),
                   words("personas.fit_description", least=least), header, rows)


def second_method(result: Result, words: Words) -> Picture | None:
    """Silhouette and stability of the second method by number of segments; None where it found no axis."""
    trials = result.segmentation.second
    if not trials:
        return None
    values = [{"k": one.k, "fit": one.silhouette, "stability": one.stability} for one in trials]
    header = tuple(words(f"personas.second_head.{key}") for key in ("k", "silhouette", "stability", "smallest"))
    rows = tuple((words.number(one.k), words.number(one.silhouette, 3), words.number(one.stability, 2), words.number(one.smallest))
                 for one in trials)
    return Picture(_by_number(values, result.segmentation.second_carried, words("personas.second_head.silhouette"), words),
                   words("personas.second_title"), words("personas.second_lead"), header, rows)


def _by_number(values: list[dict], chosen: int, fit_title: str, words: Words) -> alt.HConcatChart:
    """Bars of the fit beside the line of the stability, by number of segments; the chosen number is dark."""
    least = data("personas")["stability"]
    values = [value | {"colour": "#0F4C7A" if value["k"] == chosen else "#b6c2cd"} for value in values]
    x = alt.X("k:O", title=words("personas.number"), axis=alt.Axis(labelAngle=0))
    figures = alt.Axis(labelExpr=f"replace(datum.label, '.', '{words.number(0.5, 1)[1]}')", format="~f", tickCount=5)
    fit = alt.Chart(alt.Data(values=values)).mark_bar(size=22).encode(
        x=x, y=alt.Y("fit:Q", title=fit_title, axis=figures), color=alt.Color("colour:N", scale=None))
    stable = alt.Chart(alt.Data(values=[value for value in values if value["stability"] is not None]))
    y = alt.Y("stability:Q", title=words("personas.stability_axis"), scale=alt.Scale(domain=[0, 1]), axis=figures)
    line = stable.mark_line(color=GREY, strokeWidth=1.5).encode(x=x, y=y)
    dots = stable.mark_point(filled=True, size=90, opacity=1).encode(x=x, y=y, color=alt.Color("colour:N", scale=None))
    limit = alt.Chart(alt.Data(values=[{"least": least}])).mark_rule(strokeDash=[3, 3], color="#a9371b").encode(y="least:Q")
    return styled(alt.hconcat(fit.properties(width=230, height=170), (limit + line + dots).properties(width=230, height=170), spacing=36))


def profile_heat(result: Result, words: Words) -> Picture | None:
    """What sets personas apart: answers in rows, personas in columns, difference to the rest of the base in points."""
    rows = _answers(result.personas)
    if not rows:
        return None
    personas = [one for one in result.personas if one.over or one.under]
    found = {(d.attribute, d.choice.code, one.id): d for one in personas for d in (*one.over, *one.under)}
    labels = {key: on_lines(f"{words.text(name)}{words('personas.colon')}{_label(choice, words)}", 40) for key, (name, choice) in rows.items()}
    heads = {one.id: on_lines(one.name, 11) for one in personas}
    values = [{"answer": labels[key], "persona": heads[one.id], "value": found[(*key, one.id)].difference,
               "label": words.number(found[(*key, one.id)].difference, 0, sign=True)}
              for key in rows for one in personas if (*key, one.id) in found]
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("persona:N", sort=list(heads.values()), title=None,
                axis=top_axis(heads.values())),
        y=alt.Y("answer:N", sort=list(labels.values()), title=None, axis=lined_axis()))
    cells = base.mark_rect(stroke="#ffffff", strokeWidth=2).encode(
        color=alt.Color("value:Q", title=words("personas.points"), legend=alt.Legend(orient="bottom", gradientLength=240),
                        scale=alt.Scale(domain=[-80, 0, 80], range=["#C4623B", "#f4f6f8", "#2E86B5"], clamp=True, interpolate="rgb")))
    text = base.mark_text(fontSize=11.5).encode(
        text="label:N", color=alt.condition("abs(datum.value) > 45", alt.value("#ffffff"), alt.value(INK)))
    header = (words("personas.answer"), *(one.name for one in personas))
    table = tuple((labels[key].replace("\n", " "), *(words.number(found[(*key, one.id)].difference, 0, sign=True) if (*key, one.id) in found else "–"
                                  for one in personas)) for key in rows)
    return Picture(styled(cells + text, width=max(72 * len(personas), 240), height=rows_height(labels.values(), 11)), words("personas.heat"),
                   words("personas.heat_description"), header, table)


def _answers(personas: tuple[PersonaProfile, ...]) -> dict[tuple[str, str], tuple]:
    """Each persona's strongest answers, until there are enough rows; grouped by attribute."""
    rows: dict[tuple[str, str], tuple] = {}
    for rank in range(max((len(one.over) for one in personas), default=0)):
        for one in personas:
            if rank < len(one.over) and len(rows) < MOST_ROWS:
                rows.setdefault((one.over[rank].attribute, one.over[rank].choice.code), (one.over[rank].name, one.over[rank].choice))
    order = list(dict.fromkeys(key[0] for key in rows))
    return dict(sorted(rows.items(), key=lambda item: (order.index(item[0][0]), item[0][1])))


def _label(choice: Choice, words: Words) -> str:
    if choice.label is not None:
        return words.text(choice.label)
    return f"{words.number(choice.low)}–{words.number(choice.high)}" if choice.low is not None else choice.code
