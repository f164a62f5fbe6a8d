"""A persona as the plain data of its sheet: strings in the reader's language, figures formatted, what is left for the second page."""

from typing import Any

from cxkit import method
from cxkit.model.record import Text
from cxkit.sheets.context import SheetContext
from cxkit.sheets.persona_drawings import Point, emotion_curve
from cxkit.steps.base import Estimate, base_of
from cxkit.steps.persona_view import ChannelUse, Choice, Distinction, Fact, Line, PersonaProfile, TouchpointUse
from cxkit.steps.personas import Result
from cxkit.words import Words

CARDS = (("goals", "target", "plain"), ("needs", "list-checks", "plain"), ("pains", "triangle-alert", "irritant"),
         ("delights", "sparkles", "opportunity"), ("habits", "repeat", "plain"), ("search", "search", "plain"),
         ("objections", "circle-alert", "irritant"), ("media", "newspaper", "plain"), ("touchpoints", "map-pin", "plain"),
         ("under", "trending-down", "plain"))
MOST_CARDS, MOST_LINES, DENSE_LINES, MOST_FACTS, MOST_TRAITS, MOST_CHANNELS, MOST_QUOTES = 8, 4, 3, 7, 5, 5, 2
LONGEST = 110


def kind_name(profile: PersonaProfile, words: Words) -> str:
    """What kind of persona it is; where customers of a public service have a word of their own, that word."""
    if profile.kind == "public" and words.customer_kind != "customer":
        word = words(f"customer_kinds.{words.customer_kind}", n=1)
        return word[0].upper() + word[1:]
    return words(f"personas.kinds.{profile.kind}")


def persona_content(profile: PersonaProfile, result: Result, context: SheetContext) -> dict[str, Any]:
    """The content of one sheet; the same for print and screen."""
    words = context.words
    cards = _cards(profile, context)
    bars = _bars(profile, context)
    shown = [card for card in cards if not (card["id"] == "touchpoints" and bars["id"] == "touchpoints")][:MOST_CARDS]
    quotes = [{"text": quoted(words, quote.text), "mark": quote.kind, "source": _place(quote, context)} for quote in profile.quotes]
    lead = words.text(profile.quote) or (profile.quotes[0].text if profile.quotes else "")
    if not profile.quote:
        quotes = quotes[1:]
    curve = _points(profile, context)
    facts = [fact_row(fact, words) for fact in profile.facts]
    content = {
        "name": profile.name, "tagline": tagline(profile, words), "kind": kind_name(profile, words), "anti": profile.anti,
        "origin": words(f"personas.origins.{profile.origin}"), "without_data": profile.without_data,
        "facts": facts[:MOST_FACTS], "quote": quoted(words, lead) if lead else "",
        "quote_mark": ("hypothesis" if profile.quote else profile.quotes[0].kind) if lead else "",
        "traits": [_trait(trait, words) for trait in profile.traits][:MOST_TRAITS], "share": share_block(profile, result, words),
        "story": words.text(profile.story), "motivations": [line_row(line, context) for line in profile.lines.get("motivations", ())][:3],
        "apart": [apart_row(one, words) for one in profile.over][:4], "scores": [score_tile(one, words) for one in profile.scores],
        "cards": _cut(shown),
        "bars": bars,
        "curve_description": curve_description(profile, context), "has_curve": any(point.valence is not None for point in curve),
        "quotes": quotes[:MOST_QUOTES],
        "more": _more(profile, context, facts, cards, quotes),
    }
    return content | {"curve_svg": emotion_curve(curve, context.identity.brand) if content["has_curve"] else ""}


def tagline(profile: PersonaProfile, words: Words) -> str:
    """The declared tagline, else the three answers that set the segment apart."""
    if profile.tagline is not None:
        return words.text(profile.tagline)
    return " · ".join(answer_text(one.name, one.choice, words) for one in profile.over[:3])


def choice_text(choice: Choice, words: Words) -> str:
    """An answer as the reader sees it."""
    if choice.other:
        return words("personas.other_answers")
    if choice.label is not None:
        text = words.text(choice.label)
        return text[:1].upper() + text[1:]
    if choice.low is not None and choice.high is not None:
        digits = 0 if choice.low.is_integer() and choice.high.is_integer() else 1
        low, high = words.number(choice.low, digits), words.number(choice.high, digits)
        return low if low == high else f"{low}–{high}"
    return choice.code


def answer_text(name: Text | None, choice: Choice, words: Words) -> str:
    """An answer, with its question where alone it says nothing: a figure, a yes, a short code."""
    text = choice_text(choice, words)
    if name is not None and (text[:1].isdigit() or len(text) <= 3):
        return words("personas.named", name=words.text(name), value=text)
    return text


def percent(estimate: Estimate | None, words: Words) -> str:
    """A share in %, or the mark of its small base."""
    if estimate is None:
        return ""
    return words.percent(estimate.value / 100) if estimate.value is not None else words(f"base.{estimate.base}")


def bounds(estimate: Estimate | None, words: Words, digits: int = 0, *, sign: bool = False) -> str:
    """The interval of an estimate."""
    return words.interval(estimate.low, estimate.high, digits, sign=sign) if estimate is not None else ""


def quoted(words: Words, said: str) -> str:
    """Words between the language's quotation marks."""
    return words("personas.quoted", said=words.text(said))


def line_row(line: Line, context: SheetContext) -> dict[str, Any]:
    """One line of a card: its text, its figure, the mark of its evidence and how the data judge it."""
    words = context.words
    if line.text is not None:
        text, figure = words.text(line.text), percent(line.share, words) if line.share else ""
        if figure and line.touchpoint:
            figure = words("personas.felt_by", share=figure)
    elif line.touchpoint is not None:
        text, figure = context.touchpoint_name(line.touchpoint), percent(line.share, words)
    else:
        figure = percent(line.share, words)
        text = answer_text(line.attribute, line.choice, words)
    return {"text": shortened(text), "full": text, "figure": figure, "mark": line.mark.kind,
            "interval": bounds(line.share, words), "n": words("base.n", n=line.share.n) if line.share else "",
            "judgement": line.judgement or "", "declared": line.text is not None}


def shortened(text: str) -> str:
    """A statement for a card; what is cut stands whole on the second page."""
    return text if len(text) <= LONGEST else text[: LONGEST - 2].rsplit(" ", 1)[0] + " …"


def fact_row(fact: Fact, words: Words) -> dict[str, str]:
    """A fact of the rail with its icon."""
    value = words.text(fact.value) if fact.value is not None else choice_text(fact.choice, words)
    key = f"personas.facts.{fact.id}"
    name = words.text(fact.name) if fact.name is not None else words(key) if words.has(key) else fact.id.replace("_", " ").capitalize()
    figure = percent(fact.share, words)
    return {"id": fact.id, "name": name, "value": value, "figure": figure, "mark": fact.mark.kind, "judgement": fact.judgement or "",
            "icon": _icon(fact.id), "interval": bounds(fact.share, words), "n": words("base.n", n=fact.share.n) if fact.share else ""}


def share_block(profile: PersonaProfile, result: Result, words: Words) -> dict[str, Any]:
    """How large the persona is, with interval and base; counts only, or nothing, on small bases."""
    if profile.without_data:
        return {"figure": "", "note": words("personas.without_data"), "short": words("personas.without_data"), "width": 0}
    if profile.share is None or profile.share.value is None:
        small = words(f"base.{base_of(profile.n)}")
        return {"figure": words("base.n", n=profile.n), "note": small, "short": small, "width": 0}
    interval = words.interval(profile.share.low, profile.share.high)
    return {"figure": words.percent(profile.share.value / 100), "width": round(profile.share.value, 1),
            "short": f"{interval} · {words('base.n', n=profile.n)}",
            "note": words("personas.of_base", interval=interval, n=profile.n, base=words.number(result.base))}


def score_tile(estimate: Estimate, words: Words) -> dict[str, str]:
    """A score with its interval and base."""
    name = words(f"personas.metrics.{estimate.metric}") if words.has(f"personas.metrics.{estimate.metric}") else estimate.metric
    sign = estimate.metric == "nps"
    value = words(f"base.{estimate.base}")
    if estimate.value is not None:
        value = words.number(estimate.value, 0, sign=True) if sign else words.percent(estimate.value / 100)
    weak = words("base.weak") if estimate.base == "weak" else ""
    return {"name": name, "short": words(f"personas.metrics_short.{estimate.metric}") if words.has(f"personas.metrics_short.{estimate.metric}")
            else name, "value": value, "interval": bounds(estimate, words, sign=sign), "n": words("base.n", n=estimate.n), "weak": weak,
            "small": "" if estimate.value is not None else "small"}


def apart_row(one: Distinction, words: Words) -> dict[str, Any]:
    """An answer that sets the persona apart: its share against the rest of the base."""
    return {"attribute": words.text(one.name), "choice": choice_text(one.choice, words), "answer": answer_text(one.name, one.choice, words),
            "share": words.percent(one.share.value / 100),
            "others": words.percent(one.others / 100), "width": round(one.share.value, 1), "rest": round(one.others, 1),
            "difference": words.number(one.difference, 0, sign=True), "interval": bounds(one.share, words), "n": words.number(one.share.n),
            "q": words("personas.below", value=words.number(0.001, 3)) if one.q < 0.001 else words.number(one.q, 3), "formed": one.formed}


def channel_row(use: ChannelUse, words: Words) -> dict[str, Any]:
    """A channel with its bar, its figure and how often."""
    key = f"channels.{use.channel}"
    name = choice_text(use.choice, words) if use.choice is not None else words(key) if words.has(key) else str(use.channel)
    measured = use.share is not None and use.share.value is not None
    value = use.share.value if measured else 100 * (use.declared or 0)
    cadence = words.text(use.cadence) or (words("personas.per_month", value=words.number(use.per_month, 1)) if use.per_month else "")
    return {"name": name, "figure": words.percent(value / 100), "width": round(value, 1), "mark": use.mark.kind if measured else "hypothesis",
            "measured": measured, "cadence": cadence, "judgement": use.judgement or "",
            "declared": words.percent(use.declared) if use.declared is not None else ""}


def curve_description(profile: PersonaProfile, context: SheetContext) -> str:
    """The emotion curve in words."""
    words = context.words
    return "; ".join(words("personas.curve_point", stage=context.stage_name(one.stage), reaction=words(f"reactions.{one.point.reaction}"),
                           valence=words.number(one.point.valence, 1, sign=True), n=one.point.n) for one in profile.curve)


def _cards(profile: PersonaProfile, context: SheetContext) -> list[dict[str, Any]]:
    words, found = context.words, []
    for section, icon, tone in CARDS:
        if section == "touchpoints":
            rows = [_touchpoint_line(use, context) for use in profile.touchpoints]
        else:
            rows = _mixed([line_row(line, context) for line in profile.lines.get(section, ())])
        if section == "under" and profile.story is None:
            rows = [_under_line(one, words) for one in profile.under]
        if rows:
            note = words(f"personas.card_notes.{section}") if words.has(f"personas.card_notes.{section}") else ""
            felt = section in {"pains", "delights"} and any(not row["declared"] for row in rows[:MOST_LINES])
            found.append({"id": section, "title": words(f"personas.sections.{section}"), "icon": icon, "tone": tone, "lines": rows,
                          "note": note if felt or section in {"touchpoints", "under"} else ""})
    return found


def _mixed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Declared and measured lines by turns, so that neither crowds the other out of the first lines."""
    declared, measured = [row for row in rows if row["declared"]], [row for row in rows if not row["declared"]]
    pairs = [row for pair in zip(declared, measured, strict=False) for row in pair]
    rest = min(len(declared), len(measured))
    return pairs + declared[rest:] + measured[rest:]


def _touchpoint_line(use: TouchpointUse, context: SheetContext) -> dict[str, Any]:
    name = context.touchpoint_name(use.touchpoint)
    return {"text": shortened(name), "full": name, "figure": percent(use.reach, context.words), "mark": use.mark.kind,
            "interval": bounds(use.reach, context.words), "n": context.words("base.n", n=use.reach.n), "judgement": "", "declared": False}


def _cut(cards: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cards with as many lines as their number leaves room for; all lines stand on the second page."""
    most = MOST_LINES if len(cards) <= 6 else DENSE_LINES
    return [card | {"lines": card["lines"][:most]} for card in cards]


def _bars(profile: PersonaProfile, context: SheetContext) -> dict[str, Any]:
    """The small bar chart: channels, else touchpoints by reach; without rows where there is neither."""
    words = context.words
    rows = [channel_row(use, words) for use in profile.channels if use.share or use.declared is not None][:MOST_CHANNELS]
    if rows or not profile.touchpoints:
        basis = words(f"personas.channel_basis.{profile.channel_basis}") if profile.channel_basis else ""
        return {"id": "channels", "title": words("personas.channels"), "icon": "phone", "rows": rows, "basis": basis}
    met = [use for use in profile.touchpoints if use.reach.value is not None][:MOST_CHANNELS]
    rows = [{"name": context.touchpoint_name(use.touchpoint), "figure": percent(use.reach, words), "width": round(use.reach.value, 1),
             "mark": use.mark.kind, "measured": True, "cadence": "", "judgement": "", "declared": ""} for use in met]
    return {"id": "touchpoints", "title": words("personas.sections.touchpoints"), "icon": "map-pin", "rows": rows,
            "basis": words("personas.card_notes.touchpoints")}


def _under_line(one: Distinction, words: Words) -> dict[str, Any]:
    text = f"{words.text(one.name)}{words('personas.colon')}{choice_text(one.choice, words)}"
    return {"text": shortened(text), "full": text, "figure": percent(one.share, words), "mark": "measured", "interval": bounds(one.share, words),
            "n": words("base.n", n=one.share.n), "judgement": "", "declared": False}


def _points(profile: PersonaProfile, context: SheetContext) -> list[Point]:
    found = {one.stage: one.point for one in profile.curve}
    points = []
    for stage in context.folder.client.stage_ids() or method.data("stages"):
        point = found.get(stage)
        if point is None:
            points.append(Point(context.stage_name(stage), None))
        else:
            points.append(Point(context.stage_name(stage), point.valence, point.low, point.high, point.reaction, point.solid))
    return points


def _trait(trait, words: Words) -> dict[str, Any]:
    digits = 0 if float(trait.level).is_integer() else 1
    return {"name": words.text(trait.name), "level": round(trait.level), "most": trait.most, "mark": trait.mark.kind,
            "value": words("personas.out_of", level=words.number(trait.level, digits), most=trait.most)}


def _place(quote, context: SheetContext) -> str:
    words = context.words
    parts = [words(f"evidence_kinds.{quote.kind}")]
    if quote.touchpoint:
        parts.append(context.touchpoint_name(quote.touchpoint))
    elif quote.stage:
        parts.append(context.stage_name(quote.stage))
    return " · ".join(parts)


def _icon(id_: str) -> str:
    icons = method.data("personas")["icons"]
    return next((icon for word, icon in icons.items() if word in id_.lower().replace("-", "_").split("_")), "tag")


def _more(profile: PersonaProfile, context: SheetContext, facts: list, cards: list, quotes: list) -> dict[str, Any]:
    """The second page: every statement with its figure, interval, base and judgement."""
    words = context.words
    statements = []
    motivations = [line_row(line, context) for line in profile.lines.get("motivations", ())]
    groups = [(words("personas.sections.motivations"), motivations)] if motivations else []
    groups += [(card["title"], card["lines"]) for card in cards if card["id"] not in {"touchpoints", "under"}]
    for title, rows in groups:
        statements += [[title if i == 0 else "", {"mark": row["mark"], "text": row["full"]}, row["figure"], row["interval"], row["n"],
                        words(f"personas.judgements.{row['judgement']}") if row["judgement"] else ""] for i, row in enumerate(rows)]
    touchpoints = [[context.touchpoint_name(use.touchpoint), percent(use.reach, words), bounds(use.reach, words),
                    percent(use.negative, words), percent(use.positive, words), words.number(use.negative.n) if use.negative else "–"]
                   for use in profile.touchpoints]
    channels = [channel_row(use, words) for use in profile.channels]
    return {
        "facts": [[fact["name"], {"mark": fact["mark"], "text": fact["value"]}, fact["figure"], fact["interval"], fact["n"],
                   words(f"personas.judgements.{fact['judgement']}") if fact["judgement"] else ""] for fact in facts],
        "statements": statements, "touchpoints": touchpoints,
        "channels": [[row["name"], {"mark": row["mark"], "text": row["figure"] if row["measured"] else ""}, row["declared"], row["cadence"],
                      words(f"personas.judgements.{row['judgement']}") if row["judgement"] else ""] for row in channels],
        "apart": [[row["attribute"], row["choice"], row["share"], row["others"], row["difference"], row["q"],
                   words("personas.formed") if row["formed"] else ""]
                  for row in [apart_row(one, words) for one in (*profile.over[:10], *profile.under[:6])]],
        "quotes": quotes[MOST_QUOTES:], "traits": [_trait(trait, words) for trait in profile.traits][MOST_TRAITS:],
        "notes": [words.text(note) for note in profile.notes],
    }

