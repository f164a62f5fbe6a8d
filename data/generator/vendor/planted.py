"""What is planted in the software vendor: five roles of the buying centre, the dates and the figures of the stories."""

from __future__ import annotations

from datetime import datetime

from data.generator.shared.people import Kind, Question

START, END = datetime(2024, 5, 1), datetime(2026, 4, 30, 23, 59)
ASSISTANT = datetime(2026, 2, 23)  # the support assistant goes live, after the last map

# Asked of contacts; size and sector belong to the account and are added by accounts.py.
QUESTIONS = (
    Question("function", ("Production", "Automation engineering", "IT and security", "Purchasing", "General management")),
    Question("seniority", ("Specialist", "Team leader", "Head of department", "Member of the board")),
    Question("role_in_decision", ("user", "influencer", "gatekeeper", "buyer", "decider")),
    Question("criterion", ("Ease of use", "Integration with machines", "Security and compliance", "Total cost", "Return in a year")),
    Question("frequency", ("Every day", "Every week", "Every month", "Once a year")),
    Question("information", ("Colleagues at other plants", "Technical documentation", "Standards and auditors", "Tenders and benchmarks",
                             "Analysts and peers")),
    Question("worry", ("Line stops", "Work for my team", "A breach", "Lock-in", "A project without result")),
    Question("technical_ease"),
    Question("channels", ("E-mail", "Phone", "Video call", "Portal", "On site"), multiple=True),
    Question("aims", ("Fewer stops", "Traceability", "No audit finding", "Lower cost", "Growth"), multiple=True),
)

KINDS = (
    Kind("operations", 0.27, "o", {
        "function": (0.88, 0.08, 0.01, 0.01, 0.02), "seniority": (0.08, 0.66, 0.25, 0.01), "role_in_decision": (0.70, 0.27, 0.01, 0.01, 0.01),
        "criterion": (0.80, 0.10, 0.02, 0.02, 0.06), "frequency": (0.86, 0.12, 0.01, 0.01), "information": (0.80, 0.12, 0.02, 0.02, 0.04),
        "worry": (0.84, 0.11, 0.01, 0.01, 0.03), "technical_ease": 2.8,
        "channels": (0.45, 0.80, 0.30, 0.40, 0.85), "aims": (0.95, 0.40, 0.15, 0.15, 0.10)}),
    Kind("engineer", 0.25, "e", {
        "function": (0.07, 0.85, 0.07, 0.0, 0.01), "seniority": (0.74, 0.20, 0.06, 0.0), "role_in_decision": (0.22, 0.73, 0.04, 0.0, 0.01),
        "criterion": (0.06, 0.84, 0.07, 0.01, 0.02), "frequency": (0.30, 0.62, 0.07, 0.01), "information": (0.08, 0.86, 0.04, 0.01, 0.01),
        "worry": (0.12, 0.80, 0.05, 0.02, 0.01), "technical_ease": 4.6,
        "channels": (0.60, 0.30, 0.55, 0.92, 0.30), "aims": (0.55, 0.85, 0.20, 0.10, 0.05)}),
    Kind("security", 0.16, "s", {
        "function": (0.01, 0.08, 0.89, 0.01, 0.01), "seniority": (0.35, 0.40, 0.24, 0.01), "role_in_decision": (0.02, 0.09, 0.87, 0.01, 0.01),
        "criterion": (0.01, 0.08, 0.88, 0.02, 0.01), "frequency": (0.02, 0.14, 0.74, 0.10), "information": (0.02, 0.14, 0.80, 0.02, 0.02),
        "worry": (0.03, 0.08, 0.85, 0.03, 0.01), "technical_ease": 4.2,
        "channels": (0.90, 0.15, 0.40, 0.60, 0.05), "aims": (0.10, 0.30, 0.96, 0.10, 0.05)}),
    Kind("buyer", 0.17, "b", {
        "function": (0.01, 0.01, 0.01, 0.92, 0.05), "seniority": (0.28, 0.42, 0.29, 0.01), "role_in_decision": (0.01, 0.03, 0.05, 0.86, 0.05),
        "criterion": (0.01, 0.01, 0.03, 0.86, 0.09), "frequency": (0.01, 0.04, 0.24, 0.71), "information": (0.04, 0.02, 0.04, 0.84, 0.06),
        "worry": (0.03, 0.03, 0.05, 0.82, 0.07), "technical_ease": 2.2,
        "channels": (0.96, 0.50, 0.35, 0.15, 0.05), "aims": (0.10, 0.10, 0.15, 0.96, 0.15)}),
    Kind("executive", 0.15, "x", {
        "function": (0.08, 0.02, 0.02, 0.04, 0.84), "seniority": (0.0, 0.01, 0.19, 0.80), "role_in_decision": (0.01, 0.05, 0.02, 0.05, 0.87),
        "criterion": (0.02, 0.02, 0.04, 0.13, 0.79), "frequency": (0.01, 0.04, 0.30, 0.65), "information": (0.08, 0.01, 0.03, 0.05, 0.83),
        "worry": (0.09, 0.02, 0.05, 0.06, 0.78), "technical_ease": 2.1,
        "channels": (0.70, 0.40, 0.80, 0.05, 0.30), "aims": (0.45, 0.15, 0.25, 0.55, 0.85)}),
)

SECTORS = ("Pharmaceuticals", "Food and drink", "Chemicals", "Machine building", "Packaging")
SIZES = ("Under 250 employees", "250 to 999 employees", "1,000 to 4,999 employees", "5,000 employees and more")
SIZE_SHARES = (0.18, 0.36, 0.30, 0.16)
N_ACCOUNTS, N_CONTACTS, N_ANSWERS, N_DEALS, N_VERBATIMS, N_TICKETS = 96, 780, 460, 360, 260, 900

# 1. The security questionnaire loops; from the third round on, deals stall. It is on no map.
ROUNDS = ((1, 0.34), (2, 0.24), (3, 0.19), (4, 0.14), (5, 0.09))
STALLED_FROM_3, STALLED_BEFORE = 0.62, 0.06
LEFT_ELSEWHERE = 0.045
# 2. Onboarding: those who use the software like it, those who pay for it do not.
USERS = frozenset({"operations", "engineer"})
# 3. Renewal follows the time to the first answer of support, in two regulated sectors only.
REGULATED = frozenset({"Pharmaceuticals", "Food and drink"})
SLOW_HOURS = 24
RENEWED = {(True, False): 0.92, (True, True): 0.38, (False, False): 0.80, (False, True): 0.79}  # (regulated, slow) → share
# 4. What weighs on the recommendation.
MOOD = {"operations": 9.0, "engineer": 8.8, "security": 7.6, "buyer": 7.9, "executive": 8.2}
COST_OF = {"slow_support": 4.0, "loop": 1.4, "costly_onboarding": 1.0}
# 5. Test: a demo request of three fields (B) against twelve (A).
EXPERIMENT = {"A": (2604, 83), "B": (2596, 130)}
EXPERIMENT_START, EXPERIMENT_DAYS = datetime(2026, 1, 5), 70
