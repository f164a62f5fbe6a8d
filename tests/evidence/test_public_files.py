"""Public files that nobody made for the kit, read by mappings alone."""

from tests.evidence.folders import read
from tests.evidence.public import public


def test_telco_customers(tmp_path):
    content = public("telco", "telco_customer_churn.csv").read_bytes()
    people = read(tmp_path, """
    - id: customers
      kind: customers
      file: evidence/telco.csv
      columns: {respondent: customerID}
      missing: [""]
      attributes:
        - {id: contract, column: Contract, name: Contract}
        - {id: churn, column: Churn, name: Churn, labels: {"Yes": Left, "No": Stayed}}
        - {id: tenure, column: tenure, name: Months, type: number}
        - {id: total, column: TotalCharges, name: Charges, type: number}
        - {id: streaming, columns: {StreamingTV: TV, StreamingMovies: Films}, name: Streaming, type: multi, missing: [No internet service]}
    """, {"telco.csv": content})
    table, account = people["respondents"], people.reading[0]
    assert len(table) == 7043
    assert round(100 * (table["churn"] == "Yes").mean(), 2) == 26.54
    monthly = table[table["contract"] == "Month-to-month"]
    assert round(100 * (monthly["churn"] == "Yes").mean(), 2) == 42.71
    assert table["total"].isna().sum() == 11
    assert table["streaming"].isna().sum() == 1526
    assert (account.rows_kept, account.cells_rejected, account.cells_missing) == (7043, 0, 11 + 2 * 1526)


def test_ecom_log(tmp_path):
    content = public("ecom", "ecom.csv").read_bytes()
    evidence = read(tmp_path, """
    - id: log
      kind: interactions
      file: evidence/ecom.csv
      columns: {respondent: user_id, episode: session_id, touchpoint: event, time: timestamp, channel: acquisition_channel}
    """, {"ecom.csv": content})
    log = evidence["interactions"]
    assert (len(log), log["episode"].nunique(), evidence.reading[0].rows_rejected) == (31106, 3605, 0)
    bought = log.groupby("episode")["touchpoint"].agg(lambda events: (events == "purchase").any())
    assert (int(bought.sum()), round(100 * bought.mean(), 2)) == (470, 13.04)
    channel = log.groupby("episode")["channel"].first()
    assert (100 * bought.groupby(channel).mean()).round(2).to_dict() == {
        "paid_search": 15.74, "email": 12.86, "organic": 12.49, "direct": 11.54, "social": 9.93}


def test_abcd_chats(tmp_path):
    evidence = read(tmp_path, """
    - id: chats
      kind: conversations
      file: evidence/abcd.json
      dialect: {records: original}
      columns: {conversation: ^convo_id, role: "0", text: "1"}
    """, {"abcd.json": public("abcd", "abcd_sample.json").read_bytes()})
    turns = evidence["conversations"]
    assert evidence.sources[0].n == turns["conversation"].nunique()
    assert set(turns["role"]) == {"agent", "customer", "action"}
    assert "crystal minh" not in " ".join(turns["text"]).lower()
    assert turns.groupby("conversation")["turn"].agg(["min", "max", "size"]).eval("min == 1 and max == size").all()


def test_insurance_utterances(tmp_path):
    evidence = read(tmp_path, """
    - {id: u, kind: verbatims, file: evidence/u.jsonl, columns: {respondent: utterance_id, text: utterance, touchpoint: intent}}
    """, {"u.jsonl": public("abcd", "dstc11_insurance_dev_utterances.jsonl").read_bytes()})
    texts = evidence["verbatims"]
    assert len(texts) == 913
    assert "getquote" in set(texts["touchpoint"])


def test_two_waves_of_one_survey_with_other_column_names(tmp_path):
    waves = {year: public("sfo", f"sfo_{year}.csv").read_bytes() for year in (2016, 2017)}
    sources = "".join(f"""
    - id: wave_{year}
      kind: survey
      file: evidence/sfo_{year}.csv
      period: {{start: {year}-05-01, end: {year}-05-31}}
      columns: {{respondent: "{who}", weight: WEIGHT}}
      own_ids: true
      missing: ["", Blank, BLANK]
      scores: [{{metric: csat, columns: {{Q7ALL: overall, Q7FOOD: restaurants}}, scale: [1, 5], missing: [0, 6]}}]
      attributes: [{{id: income, column: {income}, name: Income, type: ordered, missing: [0, 5]}}]
    """.rstrip() for year, who, income in ((2016, "*RESPNUM", "Q21INCME"), (2017, "RESPNUM", "Q21INCOME")))
    evidence = read(tmp_path, sources, {f"sfo_{year}.csv": content for year, content in waves.items()})
    overall = evidence["scores"].query("of == 'overall'").groupby("source")["value"]
    assert overall.size()["wave_2017"] == 2688
    assert round(overall.mean()["wave_2017"], 3) == 4.064
    assert len(evidence["respondents"]) == 3087 + 2831
    assert [(mark.source, mark.n) for mark in evidence.sources] == [("wave_2016", 3087), ("wave_2017", 2831)]
    assert all(account.rows_read == account.rows_kept + account.rows_rejected for account in evidence.reading)
