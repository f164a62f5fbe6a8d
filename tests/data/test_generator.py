"""The demonstration client's evidence is what the generator writes, byte for byte."""

from pathlib import Path

import pandas as pd
import pytest

from cxkit.model.folder import read_folder
from data.generator.hospital import write_hospital
from data.generator.retailer import write_retailer
from data.generator.retailer.verbatims import HAND_WRITTEN
from data.generator.shared.texts import read_lines
from data.generator.vendor import write_vendor

DATA = Path(__file__).parents[2] / "data"
CLIENT = DATA / "maison-verdier"
ROWS = {"survey": 800, "customers": 2000, "interactions": 20_000, "complaints": 80, "employees": 40, "observations": 25,
        "conversations": 53, "experiment": 6000, "kano": 600}


@pytest.fixture(scope="module")
def regenerated(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    write_retailer(folder)
    return folder


def test_the_same_bytes_every_time(regenerated):
    written = sorted(path.relative_to(regenerated) for path in regenerated.rglob("*") if path.is_file())
    assert len(written) == len(ROWS) + 3
    for name in written:
        assert (regenerated / name).read_bytes() == (DATA / name).read_bytes(), name


@pytest.mark.parametrize(("write", "client", "files"), [(write_hospital, "hopital-vallombre", 10), (write_vendor, "fenmoor-systems", 11)])
def test_the_other_clients_too(tmp_path, write, client, files):
    write(tmp_path)
    written = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    for name in written:
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes(), name
    evidence = {path.name for path in (DATA / client / "evidence").iterdir()}
    assert evidence == {name.name for name in written if "evidence" in name.parts}
    assert len(evidence) == files
    assert sum(path.stat().st_size for path in (DATA / client).rglob("*") if path.is_file()) < 3_000_000


@pytest.mark.parametrize(("client", "personas", "maps"), [
    ("hopital-vallombre", ["chronic", "senior", "parent", "worker", "young"],
     ["maps/2026-02-12.as-is.global.yaml", "maps/2025-09-20.as-is.global.yaml", "maps/2026-02-18.as-is.senior.yaml"]),
    ("fenmoor-systems", ["operations", "engineer", "security", "buyer", "executive"],
     ["maps/2026-02-17.as-is.global.yaml", "maps/2025-06-12.as-is.global.yaml", "maps/2026-02-25.as-is.buyer.yaml"])])
def test_the_other_folders_are_valid(client, personas, maps):
    folder = read_folder(DATA / client)
    assert [persona.id for persona in folder.personas] == personas
    assert [folder.current_map().file, folder.previous_map().file] == maps[:2]
    assert maps[2] in {one.file for one in folder.maps}
    assert folder.current_map(kind="to-be") is not None


@pytest.mark.parametrize(("client", "file"), [("hopital-vallombre", "verbatims.xlsx"), ("fenmoor-systems", "verbatims.csv")])
def test_no_two_verbatims_are_equal(client, file):
    path = DATA / client / "evidence" / file
    texts = (pd.read_excel(path, engine="calamine") if file.endswith("xlsx") else pd.read_csv(path)).iloc[:, -1]
    assert texts.nunique() == len(texts)


def test_no_evidence_file_is_left_over(regenerated):
    assert {path.name for path in (CLIENT / "evidence").iterdir()} == {
        path.name for path in (regenerated / "maison-verdier" / "evidence").iterdir()}


@pytest.mark.parametrize(("name", "rows"), ROWS.items())
def test_rows_of_each_file(name, rows):
    raw = (CLIENT / "evidence" / f"{name}.csv").read_bytes()
    assert raw.count(b"\n") == rows + 1


def test_evidence_stays_small():
    assert sum(path.stat().st_size for path in (CLIENT / "evidence").iterdir()) < 4_000_000


def test_600_different_verbatims_half_of_them_written_by_hand():
    texts = pd.read_excel(CLIENT / "evidence" / "verbatims.xlsx", engine="calamine", dtype=str)["texte"]
    by_hand = {line.text for line in read_lines(HAND_WRITTEN)}
    assert len(texts) == texts.nunique() == 600
    assert texts.isin(by_hand).sum() >= 290


def test_the_survey_is_written_as_a_french_office_would():
    raw = (CLIENT / "evidence" / "survey.csv").read_bytes()
    first = raw.decode("cp1252").splitlines()[1].split(";")
    assert first[2].count("/") == 2
    assert "," in first[3]
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")


def test_the_client_folder_is_valid():
    folder = read_folder(CLIENT)
    assert [persona.id for persona in folder.personas] == ["gardener", "new-owner", "urban", "bargain", "decor", "handyman"]
    assert folder.current_map().file == "maps/2026-02-15.as-is.global.yaml"
    assert folder.previous_map().file == "maps/2025-09-15.as-is.global.yaml"
    assert folder.current_map(kind="to-be") is not None


def test_the_hidden_types_are_in_no_evidence_file():
    ids = {"new-owner", "handyman", "bargain", "gardener"}
    for path in (CLIENT / "evidence").glob("*.csv"):
        text = path.read_bytes().decode("cp1252" if path.stem == "survey" else "utf-8-sig")
        assert not any(name in text for name in ids), path.name
