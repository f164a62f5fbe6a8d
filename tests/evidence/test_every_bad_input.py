"""Every bad input that the kit must survive, and the test that proves it.

``LINES`` says what a file may hold and which test shows what becomes of it; the first test checks that those exist. The tests below are those of
the lines that no other module proves.
"""

import importlib
from pathlib import Path

import openpyxl
import pytest

from cxkit.errors import CxError
from cxkit.evidence.tables import Evidence
from cxkit.model.client import Client
from cxkit.model.folder import ClientFolder
from cxkit.sheets.context import SheetContext
from cxkit.sheets.workbook import MOST_CHARACTERS, Column, sheet_name, workbook
from cxkit.steps import voice
from cxkit.words import Words
from tests.evidence.folders import read, write
from tests.steps.conftest import CLIENT, make_given  # noqa: F401  a fixture
from tests.steps.test_voice import nps_rows

HERE, BAD = "tests.evidence.test_every_bad_input", "tests.evidence.test_bad_inputs"
YAML, ROWS = "tests.model.test_yaml_file", "tests.model.test_record_rows"
LINES = {
    # kept as literal text, masked where it is personal
    "formulas, scripts, pictures, links, buttons, templates, Typst and dollars stay text on reading": (BAD, "test_kept_as_literal_text"),
    "the same stay text in every output, a CSV cell gets its quote": ("tests.sheets.test_hostile", "test_the_corpus_stays_text_in_every_file"),
    "an international phone number that looks like a formula is text, and masked": (BAD, "test_a_phone_number_is_text_and_masked"),
    # refused
    "a YAML key twice": (YAML, "test_refused"),
    "a YAML tag that would run something": (YAML, "test_refused"),
    "nine levels of nine aliases": (YAML, "test_refused"),
    "clinet: acme, with what was meant": (YAML, "test_unknown_key_says_what_was_meant"),
    "an empty YAML file, two documents, a tab as indent: a message each": (YAML, "test_refused"),
    "a YAML file in Windows-1252": (YAML, "test_cp1252_is_told_with_its_line"),
    "a header that names a column twice": (BAD, "test_refused_csv"),
    "rows longer than the header": (BAD, "test_refused_csv"),
    "a quote that is never closed": (BAD, "test_refused_csv"),
    "three forms of dates in one column, each counted": (BAD, "test_refused_dates"),
    "times with and without a zone in one column": (BAD, "test_refused_dates"),
    "HTML called .xlsx, an encrypted workbook": (BAD, "test_refused_workbooks"),
    "a truncated Parquet file": (BAD, "test_bombs_are_refused_before_reading"),
    "a formula without computed value": (BAD, "test_refused_workbooks"),
    "one respondent, two different answers": (BAD, "test_same_respondent_twice"),
    "one person, two values of an attribute in two sources": ("tests.evidence.test_respondents",
                                                              "test_a_contradiction_is_refused_with_lines_and_without_values"),
    "a join on ids that stand twice, in evidence": (BAD, "test_same_respondent_twice"),
    "a join on ids that stand twice, in the records": (ROWS, "test_an_id_twice_is_refused"),
    "a map with a stage that nothing defines": (YAML, "test_a_map_that_names_an_unknown_stage_is_refused"),
    "a map with a persona or segment that nothing defines": (HERE, "test_a_map_that_names_an_unknown_persona_is_refused"),
    "a map with a touchpoint that nothing defines": (HERE, "test_a_map_that_names_an_unknown_touchpoint_is_refused"),
    # handled and counted
    "Windows-1252, day first, decimal comma": (BAD, "test_cp1252_decimal_comma_day_first"),
    "a byte order mark twice, a first line sep=;": (BAD, "test_marks_and_separators_are_found"),
    "answers NA, None and null are text": (BAD, "test_kept_as_literal_text"),
    "a phone number keeps its zero": (BAD, "test_a_phone_number_is_text_and_masked"),
    "narrow spaces between thousands": (BAD, "test_narrow_spaces_group_thousands"),
    "scores 11, 99, -1 and abc by line; over 5 % stops": (BAD, "test_scores_out_of_scale_are_rejected_by_line"),
    "hours that a change of clocks skips or repeats": (BAD, "test_hours_that_a_change_of_clocks_skips_or_repeats"),
    "control characters and lone surrogates": (BAD, "test_control_characters_and_lone_surrogates_are_removed"),
    "an answer of 40,000 characters, cut visibly in a cell": (HERE, "test_a_cell_that_is_too_long_is_cut_visibly"),
    "a persona whose name no spreadsheet accepts": (HERE, "test_names_that_spreadsheets_refuse_give_sheets_all_the_same"),
    "no row, one row": (BAD, "test_no_row_one_row_one_value"),
    "no score, one score, passives only, tens only: no figure that the base does not carry": (HERE, "test_few_or_equal_scores"),
    "a column with one value or none": (HERE, "test_a_column_with_one_value_or_none"),
    "a solution before its complaint, a turn that ends before it starts": (HERE, "test_what_ends_before_it_starts"),
    "the years 1900 and 2099": (BAD, "test_impossible_years_are_rejected"),
    # limits and privacy on reading
    "bombs": ("tests.evidence.test_bombs", "test_refused_at_once"),
    "several hundred mutations": ("tests.evidence.test_mutations", "test_csv"),
    "faults of personal columns tell lines, not values": (BAD, "test_messages_hold_no_value_of_a_cell"),
    "columns that name people are refused": (BAD, "test_direct_identifiers_are_refused_unless_allowed"),
    # promises of privacy and of the file system
    "columns enter by allow-list": ("tests.evidence.test_privacy", "test_only_mapped_columns_enter"),
    "pseudonyms are HMAC under the client's key": ("tests.evidence.test_privacy",
                                                   "test_one_person_is_one_pseudonym_in_every_file_and_another_in_another_client"),
    "a cell under ten is hidden, and not found by difference": ("tests.steps.test_voice", "test_what_is_hidden_is_not_found_by_difference"),
    "health, union, religion are flagged": ("tests.evidence.test_masking", "test_special_categories_are_flagged_not_masked"),
    "no one is named in outputs, logs, temporary files; no machine is reached": ("tests.end_to_end.test_planted_people",
                                                                                 "test_no_trace_after_a_run_of_two_steps"),
    "no one is named in messages": ("tests.end_to_end.test_planted_people", "test_no_trace_in_messages"),
    "evidence kept between runs names no one": ("tests.study.test_kept", "test_kept_evidence_names_no_one"),
    "no author, no date of the machine": ("tests.sheets.test_map_slides", "test_no_author_and_no_dates_of_the_machine"),
    "no machine path": ("tests.runner.test_normalise", "test_times_paths_and_drawn_ids_go"),
    "purge removes what retention says and proves it": ("tests.runner.test_purge", "test_everything_after_the_last_day"),
    "files stay inside the client folder": (BAD, "test_files_stay_inside_the_folder"),
    "client ids that would escape": ("tests.cli.test_refusals", "test_bad_client_ids_are_refused"),
    "a full disk names the file and the space": ("tests.runner.test_full", "test_no_space_names_the_file_and_the_space"),
    "a killed process leaves no temporary file behind": ("tests.test_scratch", "test_a_killed_process_leaves_its_folder_until_the_next_one_starts"),
    "a text as long as a cell may be is masked in bounded time": ("tests.evidence.test_masking",
                                                                  "test_a_text_as_long_as_a_cell_may_be_is_masked_like_a_short_one"),
}
SURVEY = "- {id: s, kind: survey, file: evidence/s.csv, scores: [{metric: nps, columns: {nps: overall}, scale: [0, 10]}]}"
MAP = "title: T\ndate: 2025-01-01\nstages:\n  - stage: search\n    activities:\n      - {id: a, action: A, touchpoint: TOUCHPOINT}\n"


@pytest.mark.parametrize("line", LINES)
def test_the_line_is_proved(line):
    module, name = LINES[line]
    assert callable(getattr(importlib.import_module(module), name))


def refused(root: Path, map_: str, files: dict[str, str]) -> str:
    write(root, SURVEY, files)
    (root / "maps").mkdir()
    (root / "maps" / "m.yaml").write_text(map_)
    (root / "personas.yaml").write_text("personas:\n  - {id: owner, name: Owner, tagline: owns}\n")
    with pytest.raises(CxError) as error:
        read(root, SURVEY, files)
    return error.value.text("en")


def test_a_map_that_names_an_unknown_persona_is_refused(tmp_path):
    text = refused(tmp_path, MAP.replace("TOUCHPOINT", "shop") + "persona: ownr\n", {"s.csv": "nps\n9\n"})
    assert text == "CX-E130 maps/m.yaml — the persona ownr is not defined — did you mean owner? Known: owner"


def test_a_map_that_names_an_unknown_touchpoint_is_refused(tmp_path):
    text = refused(tmp_path / "no", MAP.replace("TOUCHPOINT", "websit"), {"s.csv": "nps\n9\n"})
    assert text.startswith("CX-E130 maps/m.yaml — the touchpoint websit is not defined — did you mean website? Known: hotline, shop, website")
    # what only the evidence knows is a finding of the review, not a mistake
    root = write(tmp_path / "yes", "- {id: l, kind: interactions, file: evidence/l.csv, columns: {respondent: c, time: d, touchpoint: t}}",
                 {"l.csv": "c,d,t\n1,2025-01-01,kiosk\n"})
    (root / "maps").mkdir()
    (root / "maps" / "m.yaml").write_text(MAP.replace("TOUCHPOINT", "kiosk"))
    sources = "- {id: l, kind: interactions, file: evidence/l.csv, columns: {respondent: c, time: d, touchpoint: t}}"
    assert read(root, sources, {"l.csv": "c,d,t\n1,2025-01-01,kiosk\n"})["interactions"]["touchpoint"].tolist() == ["kiosk"]


def context(root: Path) -> SheetContext:
    return SheetContext(ClientFolder(root, Client.model_validate(CLIENT)), Evidence({}), Words("en"), root)


def test_a_cell_that_is_too_long_is_cut_visibly(tmp_path):
    with workbook(tmp_path / "b.xlsx", context(tmp_path), "T") as book:
        book.sheet("S", [Column("text")], [("x" * 40_000,)])
    assert openpyxl.load_workbook(tmp_path / "b.xlsx")["S"]["A2"].value == "x" * MOST_CHARACTERS + " […]"


def test_names_that_spreadsheets_refuse_give_sheets_all_the_same(tmp_path):
    with workbook(tmp_path / "b.xlsx", context(tmp_path), "T") as book:
        for name in ("Client/Pro [1]:*", "client pro 1", "'", "x" * 40):
            book.sheet(name, [Column("text")], [])
    assert openpyxl.load_workbook(tmp_path / "b.xlsx").sheetnames == ["Client Pro 1", "client pro 1 2", "-", "x" * 31]
    assert sheet_name("S") == "S"


@pytest.mark.parametrize(("counts", "expected"), [
    ({}, None),
    ({9: 1}, ("suppressed", None, {})),
    ({8: 12}, ("counts_only", None, {"promoters": 0, "passives": 12, "detractors": 0})),
    ({10: 12}, ("counts_only", None, {"promoters": 12, "passives": 0, "detractors": 0})),
    ({8: 40}, ("weak", 0.0, {"promoters": 0, "passives": 40, "detractors": 0})),
    ({10: 40}, ("weak", 100.0, {"promoters": 40, "passives": 0, "detractors": 0})),
])
def test_few_or_equal_scores(make_given, counts, expected):  # noqa: F811
    result = voice.compute(make_given(scores=nps_rows(counts)), voice.Parameters())
    found = [(one.base, one.value, one.counts) for one in result.overall if one.metric == "nps"]
    assert found == ([] if expected is None else [expected])
    assert Words("fr")("base.suppressed") == "base insuffisante"


def test_a_column_with_one_value_or_none(tmp_path):
    mapping = """
    - id: s
      kind: survey
      file: evidence/s.csv
      columns: {respondent: id}
      scores: [{metric: nps, columns: {nps: overall}, scale: [0, 10]}]
      attributes: [{id: one, column: one, name: One}, {id: none, column: none, name: None}]
    """
    evidence = read(tmp_path, mapping, {"s.csv": "id,nps,one,none\n" + "".join(f"{n},9,same,\n" for n in range(12))})
    assert evidence["respondents"]["one"].unique().tolist() == ["same"]
    assert evidence["respondents"]["none"].isna().all()
    account = evidence.reading[0]
    assert (account.cells_valid, account.cells_missing, account.cells_rejected) == (36, 12, 0)


def test_what_ends_before_it_starts(tmp_path):
    sources = """
    - {id: c, kind: complaints, file: evidence/c.csv, columns: {time: d, text: t, solved: s}}
    - {id: t, kind: conversations, file: evidence/t.csv, columns: {text: t, start: a, end: b}}
    """
    evidence = read(tmp_path, sources, {"c.csv": "d,t,s\n2025-02-01,late,2025-01-01\n2025-02-01,late,2025-02-03\n",
                                        "t.csv": "t,a,b\nHello,5,3\nBye,6,8\n"})
    assert evidence["complaints"]["solved"].isna().tolist() == [True, False]
    assert evidence["conversations"]["end"].isna().tolist() == [True, False]
    assert [account.reasons for account in evidence.reading] == [(("before_start/s", 1, ()),), (("before_start", 1, ()),)]
