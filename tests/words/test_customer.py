"""The customer's own word: a patient is not called a customer, and the organisation under study stays the client."""

import pytest

from cxkit.words import Words


@pytest.mark.parametrize(("language", "kind", "key", "expected"), [
    ("en", "patient", "voice.title", "Voice of the patient"),
    ("en", "patient", "index.eyebrow", "Patient journey study"),
    ("en", "contact", "index.eyebrow", "Customer journey study"),
    ("en", "contact", "map.lanes.actions", "Business contact's actions"),
    ("en", "patient", "study.client", "Client"),
    ("fr", "patient", "voice.title", "Voix du patient"),
    ("fr", "user", "voice.title", "Voix de l’usager"),
    ("fr", "user", "steps.personas.question", "Qui sont les types d’usagers\u202f?"),
    ("fr", "contact", "rules.H1.title", "Plusieurs types d’interlocuteurs, une seule carte"),
    ("fr", "contact", "index.eyebrow", "Étude de parcours client"),
    ("fr", "patient", "index.eyebrow", "Étude de parcours patient"),
    ("fr", "patient", "study.client", "Client"),
    ("fr", "patient", "review.ignored_lead", "Le client accepte ces constats\u202f; la raison est la sienne."),
    ("fr", "customer", "voice.title", "Voix du client"),
    ("fr", "patient", "ownership.brand", "Organisation"),
    ("fr", "patient", "actions.head.benefit_client", "Bénéfice, organisation"),
    ("fr", "contact", "moments.engagement_lead", "Là où l’entreprise attend une forte conversion et investit en conséquence, confronté à ce que "
     "montre le journal."),
    ("en", "patient", "moments.engagement_lead", "Where the organisation expects a strong conversion and invests accordingly, confronted with "
     "what the log shows."),
    ("en", "customer", "ownership.brand", "Brand"),
])
def test_the_word_of_the_kind(language, kind, key, expected):
    assert Words(language, kind)(key) == expected


def test_values_and_plurals_are_filled_as_before():
    patients = Words("fr", "patient")
    assert patients("touchpoints.log.customers", n=1) == "de 1 patient"
    assert patients("touchpoints.log.customers", n=3) == "de 3 patients"
    assert patients("framing.contributors_lead", n=4, front=2, customers=1).endswith("patients eux-mêmes\u00a0: 1.")


def test_the_names_of_all_kinds_stay():
    assert Words("en", "patient")("customer_kinds.customer", n=1) == "customer"
