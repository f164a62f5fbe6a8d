"""The raw files of the demonstration client, read with pandas alone, and the hidden truth."""

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

DATA = Path(__file__).parents[2] / "data"
EVIDENCE = DATA / "maison-verdier" / "evidence"


@pytest.fixture(scope="session")
def raw() -> SimpleNamespace:
    """The evidence as tables: the survey's codes for no answer are null, the log is cut in episodes at gaps of 21 days."""
    truth = pd.read_csv(DATA / "generator" / "truth" / "customers.csv", sep=";").set_index("client")["type"]
    survey = pd.read_csv(EVIDENCE / "survey.csv", sep=";", decimal=",", encoding="cp1252")
    survey["date"] = pd.to_datetime(survey["date"], format="%d/%m/%Y")
    survey["recommandation"] = survey["recommandation"].where(survey["recommandation"] <= 10)
    for column in [name for name in survey if name.startswith("note_")]:
        survey[column] = survey[column].where(survey[column].between(1, 5))
    survey["type"] = survey["client"].map(truth)
    log = pd.read_csv(EVIDENCE / "interactions.csv", parse_dates=["horodatage"])
    log = log.sort_values(["client", "horodatage"], kind="stable", ignore_index=True)
    new = (log["client"] != log["client"].shift()) | (log.groupby("client")["horodatage"].diff() > pd.Timedelta(days=21))
    log["episode"], log["type"] = new.cumsum(), log["client"].map(truth)
    log["next"] = log.groupby("episode")["point_de_contact"].shift(-1)
    texts = pd.read_excel(EVIDENCE / "verbatims.xlsx", engine="calamine")
    complaints = pd.read_csv(EVIDENCE / "complaints.csv", sep=";", encoding="utf-8-sig")
    return SimpleNamespace(truth=truth, survey=survey, log=log, texts=texts, complaints=complaints, evidence=EVIDENCE)
