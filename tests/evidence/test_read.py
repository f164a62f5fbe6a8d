"""Every kind of source through the door, with exact content."""

import pandas as pd
import pytest
import xlsxwriter

from cxkit.evidence.tables import COLUMNS
from tests.evidence.folders import read

SURVEY = """
- id: survey
  kind: survey
  file: evidence/s.csv
  dialect: {decimal: ",", day_first: true}
  columns: {respondent: id, time: date, text: why, weight: w}
  missing: [NR]
  scores:
    - {metric: nps, columns: {nps: overall}, scale: [0, 10], missing: [99]}
    - {metric: csat, columns: {q_web: website, q_shop: shop}, scale: [1, 5]}
  attributes:
    - {id: age, column: age, name: Âge, type: ordered, labels: {1: jeune, 2: âgé}}
    - {id: spend, column: spend, name: Dépense, type: number}
    - {id: media, columns: {m_tv: TV, m_web: Web}, name: Médias, type: multi}
"""
SURVEY_FILE = """id;date;nps;q_web;q_shop;why;w;age;spend;m_tv;m_web
A;03/02/2025;9;5;2;Très bien;1,5;1;1 234,50;1;0
B;04/02/2025;99;NR;1;;1;2;;1;1
C;05/02/2025;0;3;4;NA;0,5;NR;7,5;0;0
"""


def test_survey(tmp_path):
    evidence = read(tmp_path, SURVEY, {"s.csv": SURVEY_FILE})
    scores = evidence["scores"]
    assert [tuple(row) for row in scores[["row", "metric", "of", "touchpoint", "stage", "channel", "value", "reaction", "weight"]]
            .astype(object).where(scores.notna(), None)[["row", "metric", "of", "touchpoint", "stage", "channel", "value", "reaction",
                                                           "weight"]].itertuples(index=False)] == [
        (2, "nps", "overall", None, None, None, 9.0, "satisfaction", 1.5),
        (4, "nps", "overall", None, None, None, 0.0, "dissatisfaction", 0.5),
        (2, "csat", "touchpoint", "website", "search", "web", 5.0, "delight", 1.5),
        (4, "csat", "touchpoint", "website", "search", "web", 3.0, "none", 0.5),
        (2, "csat", "touchpoint", "shop", "purchase", "store", 2.0, "irritant", 1.5),
        (3, "csat", "touchpoint", "shop", "purchase", "store", 1.0, "dissatisfaction", 1.0),
        (4, "csat", "touchpoint", "shop", "purchase", "store", 4.0, "satisfaction", 0.5)]
    assert list(scores["time"].dt.strftime("%Y-%m-%d").unique()) == ["2025-02-03", "2025-02-05", "2025-02-04"]
    texts = evidence["verbatims"]
    assert list(texts["text"]) == ["Très bien", "NA"]
    assert list(texts["score"]) == [9.0, 0.0]
    people = evidence["respondents"]
    assert list(people["age"].fillna("-")) == ["1", "2", "-"]
    assert people["spend"].fillna(-1).tolist() == [1234.5, -1, 7.5]
    assert people["media"].tolist() == ["m_tv", "m_tv|m_web", ""]
    mark = evidence.sources[0]
    assert (mark.n, mark.evidence, str(mark.start), str(mark.end)) == (3, "measured", "2025-02-03", "2025-02-05")
    assert mark.n_eff == pytest.approx((1.5 + 1 + 0.5) ** 2 / (1.5**2 + 1 + 0.5**2))
    account = evidence.reading[0]
    assert (account.rows_read, account.rows_kept, account.rows_rejected) == (3, 3, 0)
    # 11 columns × 3 rows: missing are nps 99, q_web NR, empty why, age NR, empty spend
    assert (account.cells_valid, account.cells_missing, account.cells_rejected) == (28, 5, 0)


def test_the_same_sheet_gives_the_same_tables(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "s.xlsx")
    sheet = book.add_worksheet("Réponses")
    for row, line in enumerate(SURVEY_FILE.splitlines()):
        for column, cell in enumerate(line.split(";")):
            plain = cell.replace(",", ".")
            sheet.write(row, column, float(plain) if plain.replace(".", "", 1).isdigit() and row else cell)
    book.close()
    mapping = SURVEY.replace("s.csv", "s.xlsx").replace('decimal: ","', 'decimal: ".", sheet: Réponses').replace("1,5", "1.5")
    xlsx = read(tmp_path / "x", mapping.replace("spend, name: Dépense, type: number", "spend, name: Dépense, type: category"),
                {"s.xlsx": (tmp_path / "s.xlsx").read_bytes()})
    csv = read(tmp_path / "c", SURVEY, {"s.csv": SURVEY_FILE})
    pd.testing.assert_frame_equal(xlsx["scores"], csv["scores"])
    pd.testing.assert_frame_equal(xlsx["verbatims"], csv["verbatims"])


def test_interactions_keep_the_order_of_ties_and_only_completions(tmp_path):
    evidence = read(tmp_path, """
        - id: log
          kind: interactions
          file: evidence/log.csv
          columns: {respondent: who, time: at, touchpoint: what, lifecycle: life, episode: session, channel: by}
          touchpoints: {W: website}
          channels: {Tel: phone}
        """, {"log.csv": "who,at,what,life,session,by\n"
                          "b,2025-01-02 10:00,W,complete,1,\n"
                          "a,2025-01-02 10:00:00,Chat Bot,complete,2,Tel\n"
                          "a,2025-01-02 10:00:00,shop,complete,2,\n"
                          "a,2025-01-01T09:00,W,start,2,\n"
                          "a,2025-01-01T09:05,W,complete,2,\n"
                          ",2025-01-01T09:05,W,complete,2,\n"})
    log = evidence["interactions"]
    first = log[log["customer"] == log.loc[log["touchpoint"] == "shop", "customer"].item()]
    assert first["touchpoint"].tolist() == ["website", "chat-bot", "shop"]
    assert first["channel"].tolist() == ["web", "phone", "store"]
    assert first["position"].tolist() == [6, 3, 4]
    assert len(log) == 4
    assert log["episode"].nunique() == 2
    account = evidence.reading[0]
    assert (account.rows_read, account.rows_kept, account.rows_rejected) == (6, 4, 2)
    assert account.reasons == (("lifecycle", 1, (5,)), ("no_respondent", 1, (7,)))


def test_verbatims_complaints_employees_observations(tmp_path):
    evidence = read(tmp_path, """
        - {id: v, kind: verbatims, file: evidence/v.csv, columns: {text: t, score: n, touchpoint: tp, language: l}}
        - {id: c, kind: complaints, file: evidence/c.csv, dialect: {day_first: true},
           columns: {respondent: who, time: d, text: t, touchpoint: tp, cause: why, answered: a, solved: s, cost: eur}}
        - {id: e, kind: employees, file: evidence/e.csv, columns: {text: t, function: f, front_line: fl}}
        - {id: o, kind: observations, file: evidence/o.csv, columns: {text: t, stage: st}}
        """, {
        "v.csv": "t,n,tp,l\nParfait,10,shop,FR\nDear me,6,hotline,en-GB\nJ'ai résilié hier.,7,hotline,fr\n",
        "c.csv": "who;d;t;tp;why;a;s;eur\nA;01/03/2025;Colis perdu;shop;livraison;03/03/2025;28/02/2025;12.5\n",
        "e.csv": "t,f,fl\nLes clients attendent,vendeuse,oui\n",
        "o.csv": "t,st\nCherche la caisse,purchase\n"})
    texts = evidence["verbatims"]
    assert texts["kind"].tolist() == ["reported", "reported", "reported", "reported", "internal", "observed"]
    assert texts["reaction"].fillna("-").tolist() == ["delight", "irritant", "rupture", "-", "-", "-"]
    assert texts["language"].tolist() == ["fr", "en", "fr", "fr", "fr", "fr"]
    assert texts["stage"].fillna("-").tolist() == ["purchase", "use", "use", "purchase", "-", "purchase"]
    assert texts.loc[4, ["function", "front_line"]].tolist() == ["vendeuse", True]
    complaint = evidence["complaints"].iloc[0]
    assert complaint["answered"] == pd.Timestamp("2025-03-03")
    assert pd.isna(complaint["solved"])
    assert complaint["cost"] == 12.5
    assert ("before_start/s", 1, ()) in evidence.reading[1].reasons
    assert [mark.evidence for mark in evidence.sources] == ["reported", "reported", "internal", "observed"]
    assert ("assumed_scale_0_10/n", 3, ()) in evidence.reading[0].reasons
    assert [(fault.code, fault.where, dict(fault.facts)) for fault in evidence.warnings] == [
        ("CX-E175", "evidence/v.csv", {"column": "n", "scale": "0–10"})]


def test_a_declared_scale_of_a_score_beside_a_text_is_kept(tmp_path):
    source = "- {id: v, kind: verbatims, file: evidence/v.csv, columns: {text: t, score: n}, score_scale: [1, 5]}"
    evidence = read(tmp_path, source, {"v.csv": "t,n\n" + "Bien,5\n" * 30 + "Non,9\n"})
    assert evidence.warnings == ()
    assert evidence.reading[0].reasons == (("scale/n", 1, (32,)),)
    assert evidence["verbatims"]["reaction"].value_counts().to_dict() == {"delight": 30}


def test_conversations_experiment_customers_documents(tmp_path):
    evidence = read(tmp_path, """
        - {id: t, kind: conversations, file: evidence/t.csv,
           columns: {conversation: c, role: r, speaker: s, text: t, start: a, end: b}}
        - {id: x, kind: experiment, file: evidence/x.csv, columns: {respondent: who, variant: v, converted: ok}}
        - id: k
          kind: customers
          file: evidence/k.csv
          columns: {respondent: who}
          attributes: [{id: plan, column: plan, name: Plan}]
        - {id: d, kind: documents, file: evidence/d.pdf, name: Procédure}
        """, {
        "t.csv": "c,r,s,t,a,b\n1,Agent,Zoé,Bonjour,0,0:02\n1,Client,Luc,Allô,00:00:02.5,4\n2,Agent,Zoé,Oui,0,1\n",
        "x.csv": "who,v,ok\nA,B,1\nB,A,0\nC,A,non\n",
        "k.csv": "who,plan\nA,gold\nB,basic\n", "d.pdf": b"%PDF-1.4"})
    turns = evidence["conversations"]
    assert turns["turn"].tolist() == [1, 2, 1]
    assert turns["role"].tolist() == ["agent", "client", "agent"]
    assert turns["start"].tolist() == [0, 2.5, 0]
    assert turns["end"].tolist() == [2, 4, 1]
    assert turns.loc[0, "speaker"] == turns.loc[2, "speaker"] != turns.loc[1, "speaker"]
    test = evidence["experiment"]
    assert test["converted"].tolist() == [True, False, False]
    assert test.loc[0, "respondent"] == evidence["respondents"].loc[0, "respondent"]
    assert evidence["respondents"]["plan"].tolist() == ["gold", "basic"]
    assert [mark.n for mark in evidence.sources] == [2, 3, 2, 1]


def test_every_table_has_its_columns_and_types(tmp_path):
    evidence = read(tmp_path, SURVEY, {"s.csv": SURVEY_FILE})
    for name, columns in COLUMNS.items():
        assert {column: str(evidence[name][column].dtype) for column in columns} == columns
