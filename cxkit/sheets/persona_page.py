"""A persona as the plain data of its sheet: strings in the reader's language, figures formatted, what is left for the second page."""

from typing import Any

from cxkit import method
from cxkit.sheets.context import SheetContext
from cxkit.sheets.persona_details import details
from cxkit.sheets.persona_drawings import Point, emotion_curve
from cxkit.sheets.persona_text import (
    apart_row,
    bounds,
    buying_row,
    channel_row,
    choice_text,
    curve_description,
    fact_row,
    kind_name,
    line_row,
    outcome_lines,
    outcome_tile,
    percent,
    quoted,
    rate,
    score_tile,
    share_block,
    shortened,
    tagline,
    trait_row,
)
from cxkit.steps.persona_view import Distinction, PersonaProfile, TouchpointUse
from cxkit.steps.personas import Result
from cxkit.steps.voice_quotes import Quote
from cxkit.words import Words

CARDS = (("outcome", "flag", "plain"), ("goals", "target", "plain"), ("needs", "list-checks", "plain"), ("pains", "triangle-alert", "irritant"),
         ("delights", "sparkles", "opportunity"), ("habits", "repeat", "plain"), ("search", "search", "plain"),
         ("objections", "circle-alert", "irritant"), ("media", "newspaper", "plain"), ("touchpoints", "map-pin", "plain"),
         ("under", "trending-down", "plain"))
MOST_CARDS, ROOMY_LINES, MOST_LINES, DENSE_LINES, MOST_FACTS, MOST_TRAITS, MOST_CHANNELS, MOST_QUOTES = 8, 6, 4, 3, 7, 5, 5, 2
NAME, CADENCE, SHORT, BRIEF, SAID, STORY = 30, 40, 60, 80, 170, 420  # characters of the first page


def persona_content(profile: PersonaProfile, result: Result, context: SheetContext) -> dict[str, Any]:
    """The content of one sheet; the same for print and screen."""
    words = context.words
    cards = _cards(profile, context)
    bars = _bars(profile, context)
    shown = [card for card in cards if card["id"] != bars["id"]][:MOST_CARDS]
    said = list(profile.quotes if profile.quote else profile.quotes[1:])
    lead = words.text(profile.quote) or (profile.quotes[0].text if profile.quotes else "")
    story = words.text(profile.story)
    curve = curve_points(profile, context)
    spacious = not profile.curve and len(shown) <= 6
    facts = [fact_row(fact, words) for fact in profile.facts]
    if profile.buying:
        facts.insert(min(len(facts), 3), buying_row(profile.buying, words))
    content = {
        "name": profile.name, "tagline": shortened(tagline(profile, words)), "kind": kind_name(profile, words), "anti": profile.anti,
        "origin": words(f"personas.origins.{profile.origin}"), "since": words(f"personas.since.{profile.since}") if profile.since else "",
        "without_data": profile.without_data,
        "facts": [fact | {"value": shortened(fact["value"], SHORT)} for fact in facts[:MOST_FACTS + 2 * spacious]],
        "quote": quoted(words, shortened(lead, SAID)) if lead else "",
        "quote_language": context.foreign(profile.quotes[0].language) if lead and not profile.quote else "",
        "quote_mark": ("hypothesis" if profile.quote else profile.quotes[0].kind) if lead else "",
        "traits": [trait_row(trait, words) for trait in profile.traits][:MOST_TRAITS], "share": share_block(profile, result, words),
        "story": shortened(story, STORY),
        "motivations": [_brief(line_row(line, context)) for line in profile.lines.get("motivations", ())][:3],
        "apart": [apart_row(one, words) for one in profile.over][:6 if spacious else 4],
        "scores": [*(score_tile(one, words) for one in profile.scores), *(outcome_tile(one, words) for one in profile.outcomes)],
        "cards": _cut(shown, spacious),
        "bars": bars,
        "curve_description": curve_description(profile, context), "has_curve": any(point.valence is not None for point in curve),
        "quotes": [_quote(quote, context, SAID) for quote in said[:MOST_QUOTES]],
        "more": details(profile, context, facts, cards, _left(profile, said, context), MOST_TRAITS),
    }
    if len(story) > STORY:
        content["more"]["notes"].insert(0, story)
    return content | {"curve_svg": emotion_curve(curve, context.identity.brand) if content["has_curve"] else ""}


def _cards(profile: PersonaProfile, context: SheetContext) -> list[dict[str, Any]]:
    words, found = context.words, []
    for section, icon, tone in CARDS:
        title = words(f"personas.sections.{section}")
        if section == "outcome":
            rows = [row for one in profile.outcomes for row in outcome_lines(one, words)]
            title = words("personas.outcome_of", outcome=choice_text(profile.outcomes[0].choice, words)) if profile.outcomes else title
        elif section == "touchpoints":
            rows = [_touchpoint_line(use, context) for use in profile.touchpoints]
        else:
            rows = _mixed([line_row(line, context) for line in profile.lines.get(section, ())])
        if section == "under" and profile.story is None:
            rows = [_under_line(one, words) for one in profile.under]
        if rows:
            note = words(f"personas.card_notes.{section}") if words.has(f"personas.card_notes.{section}") else ""
            felt = section in {"pains", "delights"} and any(not row["declared"] for row in rows[:MOST_LINES])
            found.append({"id": section, "title": title, "icon": icon, "tone": tone, "lines": rows,
                          "note": note if felt or section in {"touchpoints", "under", "outcome"} else ""})
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


def _cut(cards: list[dict[str, Any]], spacious: bool) -> list[dict[str, Any]]:
    """The cards with as many lines as the page leaves room for; all lines stand on the second page."""
    most = ROOMY_LINES if spacious else MOST_LINES if len(cards) <= 6 else DENSE_LINES
    dense = len(cards) > 6
    return [card | {"lines": [_brief(row) if dense else row for row in card["lines"][:most]]} for card in cards]


def _brief(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"text": shortened(row["full"], BRIEF)}


def _quote(quote: Quote, context: SheetContext, most: int) -> dict[str, str]:
    return {"text": quoted(context.words, shortened(quote.text, most)), "mark": quote.kind, "source": _place(quote, context),
            "language": context.foreign(quote.language)}


def _left(profile: PersonaProfile, said: list[Quote], context: SheetContext) -> list[dict[str, str]]:
    """Verbatims for the second page: those without room on the first, and whole those that it cuts."""
    first = {*said[:MOST_QUOTES], *(() if profile.quote else profile.quotes[:1])}
    return [_quote(quote, context, len(quote.text)) for quote in profile.quotes if quote not in first or len(quote.text) > SAID]


def _bars(profile: PersonaProfile, context: SheetContext) -> dict[str, Any]:
    """The small bar chart: channels, else touchpoints by reach, else the outcome by telling answer; without rows where there is none."""
    words = context.words
    used = [channel_row(use, words) for use in profile.channels if use.share or use.declared is not None]
    rows = [row | {"name": shortened(row["name"], NAME), "cadence": shortened(row["cadence"], CADENCE)} for row in used[:MOST_CHANNELS]]
    if rows:
        basis = words(f"personas.channel_basis.{profile.channel_basis}") if profile.channel_basis else ""
        return {"id": "channels", "title": words("personas.channels"), "icon": "phone", "rows": rows, "basis": basis}
    met = [use for use in profile.touchpoints if use.reach.value is not None][:MOST_CHANNELS]
    if met:
        rows = [_bar(context.touchpoint_name(use.touchpoint), percent(use.reach, words), use.reach.value, use.mark.kind) for use in met]
        return {"id": "touchpoints", "title": words("personas.sections.touchpoints"), "icon": "map-pin", "rows": rows,
                "basis": words("personas.card_notes.touchpoints")}
    for one in profile.outcomes[:1]:
        rows = [_bar(words("personas.this_persona"), rate(one.share.value, words), one.share.value, one.mark.kind),
                _bar(words("personas.all_others"), rate(one.others, words), one.others, one.mark.kind)]
        rows += [_bar(line["full"], line["figure"], row.share.value, line["mark"])
                 for line, row in zip(outcome_lines(one, words), one.rows, strict=True)]
        return {"id": "outcome", "title": words("personas.outcome_of", outcome=choice_text(one.choice, words)), "icon": "flag", "rows": rows,
                "basis": words("personas.card_notes.outcome")}
    return {"id": "none", "title": words("personas.channels"), "icon": "phone", "rows": [], "basis": ""}


def _bar(name: str, figure: str, width: float, mark: str) -> dict[str, Any]:
    return {"name": shortened(name, SHORT), "figure": figure, "width": round(width, 1), "mark": mark, "measured": True, "cadence": "",
            "judgement": "", "declared": ""}


def _under_line(one: Distinction, words: Words) -> dict[str, Any]:
    text = f"{words.text(one.name)}{words('personas.colon')}{choice_text(one.choice, words)}"
    return {"text": shortened(text), "full": text, "figure": apart_row(one, words)["share"], "mark": "measured", "interval": bounds(one.share, words),
            "n": words("base.n", n=one.share.n), "judgement": "", "declared": False}


def curve_points(profile: PersonaProfile, context: SheetContext) -> list[Point]:
    found = {one.stage: one.point for one in profile.curve}
    points = []
    for stage in context.folder.client.stage_ids() or method.data("stages"):
        point = found.get(stage)
        if point is None:
            points.append(Point(context.stage_name(stage), None))
        else:
            points.append(Point(context.stage_name(stage), point.valence, point.low, point.high, point.reaction, point.solid))
    return points


def _place(quote, context: SheetContext) -> str:
    words = context.words
    parts = [words(f"evidence_kinds.{quote.kind}")]
    if quote.touchpoint:
        parts.append(context.touchpoint_name(quote.touchpoint))
    elif quote.stage:
        parts.append(context.stage_name(quote.stage))
    return " · ".join(part for part in (*parts, context.in_language(context.foreign(quote.language))) if part)
