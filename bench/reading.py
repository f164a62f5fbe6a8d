"""Reading evidence: rows a second and peak memory, for a survey and for verbatims that are all different."""

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

SIZES = (10_000, 100_000, 1_000_000)
_CLIENT = """\
client: bench
name: Bench
language: fr
as_of: 2025-06-30
offer: Une offre
journey: Un parcours
sources:
"""
_KINDS = {
    "survey": """\
  - id: s
    kind: survey
    file: evidence/rows.csv
    columns: {respondent: id, time: date, weight: w}
    scores:
      - {metric: nps, columns: {nps: overall}, scale: [0, 10], missing: [99]}
      - {metric: csat, columns: {a: site, b: shop}, scale: [1, 5]}
    attributes: [{id: region, column: region, name: Region}, {id: age, column: age, name: Age, type: number}]
""",
    "verbatims": """\
  - {id: v, kind: verbatims, file: evidence/rows.csv, columns: {respondent: id, time: date, text: text}}
"""}
_PARTS = (("La livraison", "Le magasin de Lyon", "Votre service client", "The store", "Mon colis", "Le conseiller", "Customer service", "Le site"),
          ("est arrivé avec", "a mis", "took about", "m'a fait attendre", "a demandé", "was late by", "a perdu"),
          ("trois jours", "2 heures", "45 minutes", "une semaine", "two days", "10 jours"),
          ("mais l'équipe était aimable.", "et personne ne répond.", "which is not acceptable.", "je suis déçue !", "merci quand même.",
           "and nobody called back.", "pour 49,90 €, c'est cher."))


def rows(kind: str, size: int) -> Iterator[str]:
    """Lines of the file; one verbatim in fifty names somebody."""
    draw = random.Random(1)
    yield "id,date,nps,a,b,w,region,age\n" if kind == "survey" else "id,date,text\n"
    for number in range(size):
        head = f"C{number},2025-{1 + number % 6:02d}-{1 + number % 28:02d}"
        if kind == "survey":
            yield (f"{head},{draw.choice(('', 99, *range(11)))},{draw.randint(1, 5)},{draw.randint(1, 5)},{draw.randint(1, 300) / 100},"
                   f"{draw.choice(('Nord', 'Sud', 'Est'))},{draw.randint(18, 90)}\n")
        else:
            text = " ".join(draw.choice(part) for part in _PARTS) + f" {_code(number)}."
            yield f'{head},"{text}{" Merci à Julie Marchal, 06 12 34 56 78." if number % 50 == 0 else ""}"\n'


def _code(number: int) -> str:
    """A word of its own for each number, so that no two texts are the same."""
    return "".join(chr(97 + int(sign)) for sign in str(number)).capitalize()


def measure(kind: str, size: int) -> str:
    """Read one file in this process; one line of what it took."""
    from cxkit.evidence.read import read_evidence
    from cxkit.model.folder import read_folder

    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "evidence").mkdir()
        (root / "client.yaml").write_text(_CLIENT + _KINDS[kind], encoding="utf-8")
        with (root / "evidence" / "rows.csv").open("w", encoding="utf-8") as file:
            file.writelines(rows(kind, size))
        began = time.perf_counter()
        evidence = read_evidence(read_folder(root))
        seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return f"{kind:>10} {evidence.reading[0].rows_kept:>9,} rows {seconds:8.1f} s {size / seconds:>9,.0f} rows/s {peak:5.2f} GB"


def main() -> None:
    """Each size in a process of its own, so that memory peaks do not mix."""
    for size in SIZES:
        for kind in _KINDS:
            subprocess.run([sys.executable, "-m", "bench.reading", kind, str(size)], check=True)


if __name__ == "__main__":
    print(measure(sys.argv[1], int(sys.argv[2])), flush=True)
