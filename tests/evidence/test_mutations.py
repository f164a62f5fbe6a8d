"""Mutated files: reading either succeeds with balanced accounts or refuses with a code; nothing else."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxkit.errors import CxError
from tests.evidence.folders import read
from tests.evidence.test_read import SURVEY, SURVEY_FILE

RAW = SURVEY_FILE.encode()
PIECES = st.sampled_from([b";", b",", b'"', b"\n", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf", b"sep=;\n", b"99", b"-1", b"2099", b"03/02/2025",
                          b"2025-02-13", b"abc", b"=1+1", b"NR", b"1 234,50", "é".encode(), "é".encode("cp1252"),
                          b"A;03/02/2025;9;5;2;x;1;1;1;1;0\n", b"", b"x" * 5000])
EDITS = st.lists(st.tuples(st.integers(0, len(RAW)), st.integers(0, 12), PIECES), min_size=1, max_size=6)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_success_or_a_code_and_rows_balance(tmp_path, edits):
    content = RAW
    for place, length, piece in edits:
        content = content[:place] + piece + content[place + length:]
    faults, evidence = (), None
    try:
        evidence = read(tmp_path, SURVEY, {"s.csv": content})
    except CxError as error:
        faults = error.faults
    for language in ("fr", "en"):
        assert all(fault.text(language).startswith("CX-E") for fault in faults)
    assert bool(faults) != (evidence is not None)
    for account in evidence.reading if evidence else ():
        assert account.rows_read == account.rows_kept + account.rows_rejected
        sound = account.rows_read - sum(count for reason, count, _ in account.reasons if reason == "short_row")
        assert account.cells_valid + account.cells_missing + account.cells_rejected == 11 * sound
