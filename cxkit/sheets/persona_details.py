"""The second page of a persona sheet: every statement with its figure, interval, base and judgement."""

from typing import Any

from cxkit.sheets.context import SheetContext
from cxkit.sheets.persona_text import apart_row, bounds, channel_row, choice_text, line_row, percent, rate, trait_row
from cxkit.steps.persona_view import PersonaProfile


def details(profile: PersonaProfile, context: SheetContext, facts: list, cards: list, quotes: list, traits: int) -> dict[str, Any]:
    """The second page.

    Parameters
    ----------
    facts, cards : as on the first page, whole.
    quotes : those that the first page has no room for.
    traits : how many traits the first page shows.
    """
    words = context.words
    statements = []
    motivations = [line_row(line, context) for line in profile.lines.get("motivations", ())]
    groups = [(words("personas.sections.motivations"), motivations)] if motivations else []
    groups += [(card["title"], card["lines"]) for card in cards if card["id"] not in {"touchpoints", "under", "outcome"}]
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
        "outcomes": _outcomes(profile, context), "quotes": quotes, "traits": [trait_row(trait, words) for trait in profile.traits][traits:],
        "notes": [*(words.text(note) for note in profile.notes), *_remarks(profile, context)],
    }


def _outcomes(profile: PersonaProfile, context: SheetContext) -> list[list[str]]:
    """What happened: to the persona, to the others, and to everyone with each telling answer."""
    words, rows = context.words, []
    for one in profile.outcomes:
        name = choice_text(one.choice, words)
        rows.append([name, words("personas.this_persona"), rate(one.share.value, words), bounds(one.share, words, 1), words.number(one.share.n)])
        rows.append(["", words("personas.all_others"), rate(one.others, words), "", ""])
        rows += [["", f"{words.text(row.name)}{words('personas.colon')}{choice_text(row.choice, words)}", rate(row.share.value, words),
                  bounds(row.share, words, 1), words.number(row.share.n)] for row in one.rows]
    return rows


def _remarks(profile: PersonaProfile, context: SheetContext) -> list[str]:
    """What was withheld so that nobody is pointed at, who lends contacts, and how far the persona moved since the previous wave."""
    words, found = context.words, []
    if profile.shared_by is not None:
        found.append(words("personas.shared_by", n=profile.shared_by))
    if profile.withheld:
        names = {one.id: words.text(one.name) for source in context.folder.client.sources for one in source.attributes}
        found.append(words("personas.withheld", names=words.listing([names.get(id_, id_) for id_ in profile.withheld])))
    if profile.scored:
        found.append(words("personas.scored", n=profile.scored))
    if profile.moved is not None:
        found.append(words("personas.moved", value=words.number(profile.moved, 2)))
    return found
