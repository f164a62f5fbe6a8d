"""Statements, shares and scores of a persona in the reader's language: the rows that its sheet, slide and poster are made of."""

from typing import Any

from cxkit import method
from cxkit.model.record import Text
from cxkit.sheets.context import SheetContext
from cxkit.steps.base import Estimate, base_of
from cxkit.steps.persona_view import BuyingUse, ChannelUse, Choice, Distinction, Fact, Line, OutcomeRate, PersonaProfile, TraitLevel
from cxkit.steps.personas import Result
from cxkit.words import Words

LONGEST = 110


def tagline(profile: PersonaProfile, words: Words) -> str:
    """The declared tagline, else the answers that name the segment."""
    if profile.tagline is not None:
        return words.text(profile.tagline)
    return " · ".join(answer_text(one.name, one.choice, words) for one in profile.headline)


def kind_name(profile: PersonaProfile, words: Words) -> str:
    """What kind of persona it is; where customers of a public service have a word of their own, that word."""
    if profile.kind == "public" and words.customer_kind != "customer":
        word = words(f"customer_kinds.{words.customer_kind}", n=1)
        return word[0].upper() + word[1:]
    return words(f"personas.kinds.{profile.kind}")


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


def answer_text(name: Text | None, choice: Choice, words: Words, *, named: bool = False) -> str:
    """An answer, with its question where alone it says nothing: a figure, a yes, a short code, or where ``named``."""
    text = choice_text(choice, words)
    if name is not None and (named or text[:1].isdigit() or len(text) <= 3):
        return words("personas.named", name=words.text(name), value=text)
    return text


def percent(estimate: Estimate | None, words: Words) -> str:
    """A share in %, or the mark of its small base."""
    if estimate is None:
        return ""
    return words.percent(estimate.value / 100) if estimate.value is not None else words(f"base.{estimate.base}")


def rate(value: float, words: Words) -> str:
    """A rate in % to two decimals: rates of an outcome are compared."""
    return words.percent(value / 100, 2)


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
        said = words.text(line.text)
        text, figure = quoted(words, said) if line.verbatim else said, percent(line.share, words) if line.share else ""
        if figure and line.touchpoint:
            figure = words("personas.felt_by", share=figure)
    elif line.touchpoint is not None:
        text, figure = context.touchpoint_name(line.touchpoint), percent(line.share, words)
    else:
        figure = percent(line.share, words)
        text = answer_text(line.attribute, line.choice, words, named=line.named)
    return {"text": shortened(text), "full": text, "figure": figure, "mark": line.mark.kind,
            "interval": bounds(line.share, words), "n": _line_base(line, words), "judgement": line.judgement or "",
            "declared": line.text is not None and not line.verbatim}


def _line_base(line: Line, words: Words) -> str:
    """How many answers or texts a line stands on."""
    if line.share:
        return words("base.n", n=line.share.n)
    return words("personas.few_texts", n=method.data("motives")["limits"]["least"]) if line.verbatim else ""


def shortened(text: str, most: int = LONGEST) -> str:
    """A statement for the first page; what is cut stands whole on the second."""
    return text if len(text) <= most else text[: most - 2].rsplit(" ", 1)[0] + " …"


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
            "share": _bound(one.share.value, one.at_most == "share", words), "others": _bound(one.others, one.at_most == "others", words),
            "width": round(one.share.value, 1), "rest": round(one.others, 1),
            "difference": words.number(one.difference, 0, sign=True), "interval": bounds(one.share, words), "n": words.number(one.share.n),
            "q": words("personas.below", value=words.number(0.001, 3)) if one.q < 0.001 else words.number(one.q, 3), "formed": one.formed}


def _bound(value: float, at_most: bool, words: Words) -> str:
    shown = words.percent(value / 100)
    return words("personas.below", value=shown) if at_most else shown


def outcome_tile(one: OutcomeRate, words: Words) -> dict[str, str]:
    """What happened to the persona, as a tile beside its scores."""
    return {"name": choice_text(one.choice, words), "short": choice_text(one.choice, words), "value": rate(one.share.value, words),
            "interval": words("personas.against_others", value=rate(one.others, words)), "n": words("base.n", n=one.share.n),
            "weak": words("base.weak") if one.share.base == "weak" else "", "small": ""}


def outcome_lines(one: OutcomeRate, words: Words) -> list[dict[str, Any]]:
    """The outcome among everyone with the answers that set the persona apart."""
    found = []
    for row in one.rows:
        text = f"{words.text(row.name)}{words('personas.colon')}{choice_text(row.choice, words)}"
        found.append({"text": shortened(text), "full": text, "figure": rate(row.share.value, words), "mark": one.mark.kind,
                      "interval": bounds(row.share, words, 1), "n": words("base.n", n=row.share.n), "judgement": "", "declared": False})
    return found


def buying_row(uses: tuple[BuyingUse, ...], words: Words) -> dict[str, str]:
    """The roles in the decision as a fact of the rail."""
    shown = [words(f"personas.buying_roles.{use.role}") + (f" {percent(use.share, words)}" if use.share else "") for use in uses]
    kinds = {use.mark.kind for use in uses}
    value = words.listing(shown)
    return {"id": "buying", "name": words("personas.facts.buying"), "value": value[:1].upper() + value[1:], "figure": "",
            "mark": kinds.pop() if len(kinds) == 1 else "hypothesis", "judgement": "", "icon": "handshake", "interval": "", "n": ""}


def trait_row(trait: TraitLevel, words: Words) -> dict[str, Any]:
    """A trait with its dots and its level in words."""
    digits = 0 if float(trait.level).is_integer() else 1
    return {"name": words.text(trait.name), "level": round(trait.level), "most": trait.most, "mark": trait.mark.kind,
            "value": words("personas.out_of", level=words.number(trait.level, digits), most=trait.most)}


def channel_row(use: ChannelUse, words: Words) -> dict[str, Any]:
    """A channel with its bar, its figure and how often."""
    key = f"channels.{use.channel}"
    name = choice_text(use.choice, words) if use.choice is not None else words(key) if words.has(key) else str(use.channel)
    measured = use.share is not None and use.share.value is not None
    value = use.share.value if measured else 100 * (use.declared or 0)
    measured_cadence = [words("personas.per_month", value=words.number(use.per_month, 1))] if use.per_month else []
    measured_cadence += [words(f"personas.when.{use.when}")] if use.when else []
    cadence = words.text(use.cadence) or " · ".join(measured_cadence)
    return {"name": name, "figure": words.percent(value / 100), "width": round(value, 1), "mark": use.mark.kind if measured else "hypothesis",
            "measured": measured, "cadence": cadence, "judgement": use.judgement or "",
            "declared": words.percent(use.declared) if use.declared is not None else ""}


def curve_description(profile: PersonaProfile, context: SheetContext) -> str:
    """The emotion curve in words."""
    words = context.words
    return "; ".join(words("personas.curve_point", stage=context.stage_name(one.stage), reaction=words(f"reactions.{one.point.reaction}"),
                           valence=words.number(one.point.valence, 1, sign=True), n=one.point.n) for one in profile.curve)


def _icon(id_: str) -> str:
    icons = method.data("personas")["icons"]
    return next((icon for word, icon in icons.items() if word in id_.lower().replace("-", "_").split("_")), "tag")
