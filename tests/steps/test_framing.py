"""Step 01: counts of contributors and evidence by hand."""

from cxkit.steps import framing


def test_contributors_are_counted_with_their_number(make_given):
    client = {"contributors": [{"function": "Sales", "count": 3, "front_line": True}, {"function": "Customers", "customer": True}]}
    result = framing.compute(make_given(client), framing.Parameters())
    assert (result.people, result.front_line, result.customers) == (4, 3, 1)
    assert "few_contributors" not in [gap.key for gap in result.gaps]


def test_matrix_counts_a_respondent_once_a_stage(make_given):
    rows = [{"metric": "csat", "value": 4.0, "touchpoint": t, "stage": "need", "respondent": "r1"} for t in ("web", "app")]
    result = framing.compute(make_given(scores=rows), framing.Parameters())
    cells = {(cell.stage, cell.source): cell.n for cell in result.matrix}
    assert cells[("need", "survey")] == 1
    assert cells[("use", "survey")] == 0
    assert cells[("journey", "survey")] == 100


def test_readiness_by_the_methods_numbers(make_given):
    rows = [{"metric": "nps", "of": "overall", "value": 9.0, "respondent": f"r{i}"} for i in range(30)]
    result = framing.compute(make_given(scores=rows), framing.Parameters())
    status = {item.question: (item.status, item.n) for item in result.readiness}
    assert status["recommendation"] == ("partial", 30)
    assert status["words"] == ("missing", 0)


def test_stage_with_nine_customers_is_not_measured(make_given):
    rows = [{"metric": "csat", "value": 4.0, "touchpoint": "web", "stage": "need", "respondent": f"r{i}"} for i in range(9)]
    result = framing.compute(make_given(scores=rows), framing.Parameters())
    assert {s.stage: s.status for s in result.stage_readiness} == {"need": "missing", "use": "missing"}
