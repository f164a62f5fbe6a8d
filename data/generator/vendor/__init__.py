"""Fenmoor Systems: put its evidence files together."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from data.generator.shared.people import draw_people
from data.generator.shared.survey import draw_answers
from data.generator.shared.tables import COMMENTS, OBSERVATIONS, comment_rows, complaint_rows, conversation_rows, experiment_rows, read_yaml
from data.generator.shared.texts import Writer, read_lines, verbatim_rows
from data.generator.shared.writing import write_csv
from data.generator.vendor import accounts, deals, survey, tickets
from data.generator.vendor import planted as p

SEED = 20260506
TEXTS = Path(__file__).parent / "texts"
LINKS = {"bad": [", and ", ". ", "; ", ", so "], "good": [", ", ". ", " and "], "neutral": [", ", ". ", "; "]}


def write_vendor(folder: Path) -> None:
    """Write ``fenmoor-systems/evidence/`` and the hidden truth under ``folder``."""
    evidence, truth = folder / "fenmoor-systems" / "evidence", folder / "generator" / "truth" / "fenmoor-systems"

    def rng(stream: int) -> np.random.Generator:
        return np.random.default_rng([SEED, stream])

    def write(name: str, header: list[str], rows: list[list]) -> None:
        write_csv(evidence / f"{name}.csv", header, rows, separator=",", encoding="utf-8")

    contacts = draw_people(rng(1), p.KINDS, p.QUESTIONS, p.N_CONTACTS, "CT{:04d}")
    companies = accounts.draw_accounts(rng(2), contacts)
    panel = survey.Panel({person.id: account for account in companies for person in account.contacts})
    answers = draw_answers(rng(3), contacts, p.N_ANSWERS, (p.START, p.END), survey.RATED, panel.live)
    writer = Writer(rng(4), read_lines(TEXTS / "verbatims.txt"), read_yaml(TEXTS / "clauses.yaml"), LINKS)

    write("contacts", accounts.CONTACT_HEADER, accounts.contact_rows(companies))
    write("accounts", accounts.ACCOUNT_HEADER, accounts.account_rows(companies))
    write("deals", deals.HEADER, deals.rows(deals.draw_deals(rng(5), companies, p.N_DEALS)))
    write("survey", survey.HEADER, survey.rows(rng(6), answers, panel))
    write("verbatims", ["id", "contact", "date", "score", "touchpoint", "comment"],
          verbatim_rows(rng(7), writer, answers, p.N_VERBATIMS, survey.topic, "%Y-%m-%d"))
    write("tickets", tickets.HEADER, tickets.rows(rng(8), companies, p.N_TICKETS))
    write("escalations", ["id", "contact", "opened", "answered", "closed", "channel", "touchpoint", "cause", "text", "asked", "given", "cost_gbp"],
          complaint_rows(rng(12), TEXTS / "escalations.txt", contacts, (p.START, p.END), ("e-mail", "phone", "portal"), (9, 40), "%Y-%m-%d"))
    write("employees", ["id", "date", *COMMENTS["en"]],
          comment_rows(rng(9), TEXTS / "employees.txt", (p.START, p.END), "E", {"support_assistant": p.ASSISTANT}, "%Y-%m-%d"))
    write("observations", ["id", "date", *OBSERVATIONS["en"]],
          comment_rows(rng(10), TEXTS / "observations.txt", (p.START, p.END), "O", {"support_assistant": p.ASSISTANT}, "%Y-%m-%d"))
    write("conversations", ["conversation", "date", "channel", "touchpoint", "start_s", "end_s", "role", "text"],
          conversation_rows(TEXTS / "conversations.yaml"))
    write("form-test", ["visitor", "date", "variant", "requested"], experiment_rows(rng(11), p.EXPERIMENT, p.EXPERIMENT_START, p.EXPERIMENT_DAYS))
    write_csv(truth / "people.csv", ["person", "type"], [[one.id, one.kind.id] for one in contacts], encoding="utf-8")
