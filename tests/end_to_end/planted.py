"""A client whose every input column names twenty invented people, and what finds them again in files of any kind."""

import io
import re
import zipfile
from pathlib import Path

import pandas as pd
from pypdf import PdfReader

PEOPLE = ("Hortense Vauquelin", "Bertrand Lachaume", "Samantha Wetherby", "Kwame Asante", "Priya Venkatesan", "Guillaume Kerbrat",
          "Fatoumata Diabaté", "Michael Thornbury", "Nathalie Zielinski", "Carlos Iturralde", "Amandine Quéméneur", "Tobias Rosenquist",
          "Yasmina Benhaddou", "Gwenaëlle Le Floch", "Patrick Mazurier", "Eleanor Pemberton", "Rodrigo Salgueiro", "Ingrid Sorensen",
          "Thibault Courcelles", "Deborah Abernathy")
_TEXTS = ("Bonjour, je suis {name}, la livraison est en retard, appelez-moi au {phone}.", "Merci à {name} du magasin, accueil parfait !",
          "J'ai écrit à {mail} : aucune réponse, c'est décevant.", "Cordialement, {name}", "My name is {name} and the website is slow.",
          "Mme {last} m'a rappelé, dossier n° {reference}, très bien.", "{name}, client depuis 2009 : prix trop élevés.")
_SOURCES = """\
  - id: survey
    kind: survey
    file: evidence/survey.csv
    columns: {respondent: who, time: date, text: why}
    scores:
      - {metric: nps, columns: {nps: overall}, scale: [0, 10]}
      - {metric: csat, columns: {web: website, desk: shop}, scale: [1, 5]}
    attributes:
      - {id: adviser, column: adviser, name: Conseiller}
      - {id: age, column: age, name: Âge, type: ordered, labels: {1: jeune, 2: senior}}
  - {id: reviews, kind: verbatims, file: evidence/reviews.jsonl, columns: {respondent: who, text: why, score: nps, touchpoint: spot},
     scores: [{metric: nps, columns: {nps: overall}, scale: [0, 10]}]}
  - {id: base, kind: customers, file: evidence/base.xlsx, columns: {respondent: who}, attributes: [{id: town, column: town, name: Ville}]}
  - {id: log, kind: interactions, file: evidence/log.csv, columns: {respondent: who, time: date, touchpoint: spot, episode: visit, channel: by}}
  - {id: claims, kind: complaints, file: evidence/claims.csv,
     columns: {respondent: who, time: date, text: why, touchpoint: spot, cause: cause, asked: asked, given: given}}
  - {id: staff, kind: employees, file: evidence/staff.csv, columns: {text: why, function: job, touchpoint: spot}}
  - {id: seen, kind: observations, file: evidence/seen.csv, columns: {text: why, touchpoint: spot}}
  - {id: calls, kind: conversations, file: evidence/calls.vtt, columns: {speaker: speaker, text: text, start: start, end: end}}
  - {id: chats, kind: conversations, file: evidence/chats.csv, columns: {conversation: chat, speaker: who, role: job, text: why}}
  - {id: trial, kind: experiment, file: evidence/trial.csv, columns: {respondent: who, variant: arm, converted: done}}
  - {id: manual, kind: documents, file: evidence/manual.pdf, name: Manuel}
"""
_HEAD = """\
client: planted
name: Magasin
language: fr
as_of: 2025-06-30
offer: Une offre
journey: De la recherche à l'achat
stages: [{id: research}, {id: decision}, {id: use}]
outcome: {event: shop, name: Achat}
sources:
"""


def facts(number: int) -> dict[str, str]:
    """Everything personal about one of the people."""
    name = PEOPLE[number % len(PEOPLE)]
    first, last = name.split(" ", 1)
    return {"name": name, "first": first, "last": last, "mail": f"{first}.{last}@planted.example".lower().replace(" ", ""),
            "phone": f"06 39 98 {number % 20:02d} 77", "reference": f"PL{number % 20:02d}7755"}


def write(root: Path, rows: int = 160) -> Path:
    """Write the client folder; a scored cell in fifty holds a name instead of a score, and one column bears a name and is not mapped."""
    folder = root / "evidence"
    folder.mkdir(parents=True)
    (root / "client.yaml").write_text(_HEAD + _SOURCES, encoding="utf-8")
    (root / "touchpoints.csv").write_text("id,name,stage,channel\nwebsite,Site,research,web\nshop,Magasin,decision,store\nhotline,Aide,use,phone\n")
    table = []
    for n in range(rows):
        who = facts(n)
        table.append({"who": f"{who['name']} {n} <{who['mail']}>", "date": f"2025-0{1 + n % 5}-{1 + n % 28:02d}",
                      "nps": who["name"] if n % 50 == 7 else str((3 * n) % 11), "web": str(1 + n % 5), "desk": str(1 + (n // 3) % 5),
                      "why": _TEXTS[n % len(_TEXTS)].format(**who), "adviser": who["last"] if n % 2 else who["first"].lower(), "age": str(1 + n % 2),
                      "town": ("Rennes", "Brest", who["name"])[n % 3], "spot": ("website", "shop", "hotline", who["name"])[n % 19 % 4],
                      "visit": f"{who['last']}-{n // 3}", "by": ("web", "store", who["mail"])[n % 3], "cause": ("retard", "prix", who["name"])[n % 3],
                      "asked": ("geste", f"appeler {who['phone']}")[n % 2], "given": ("rien", who["name"])[n % 2],
                      "job": ("vendeur", who["name"])[n % 2],
                      "chat": f"{who['name']} {n // 4}", "arm": "AB"[n % 2], "done": str(n % 2 if n % 3 else 1), "Hortense Vauquelin": who["phone"]})
    frame = pd.DataFrame(table)
    for name in ("survey", "claims", "staff", "seen", "chats", "trial"):
        frame.to_csv(folder / f"{name}.csv", index=False)
    frame.loc[frame.index.repeat(3)].assign(spot=["website", "hotline", "shop"] * rows).to_csv(folder / "log.csv", index=False)
    frame.drop_duplicates("who").to_excel(folder / "base.xlsx", index=False, engine="xlsxwriter")
    frame.to_json(folder / "reviews.jsonl", orient="records", lines=True, force_ascii=False)
    at = [f"00:{n // 60:02d}:{n % 60:02d}" for n in range(rows)]
    cues = (f"{at[n]}.000 --> {at[n]}.900\n<v {facts(n)['name']}>{table[n]['why']}\n" for n in range(rows))
    (folder / "calls.vtt").write_text("WEBVTT\n\n" + "\n".join(cues), encoding="utf-8")
    (folder / "manual.pdf").write_bytes(b"%PDF-1.4 " + PEOPLE[0].encode())
    return root


def traces(text: str) -> list[str]:
    """The people whom a text names, by surname, e-mail, phone or reference."""
    low = text.lower()
    names = [name for name in (person.split(" ", 1)[1].lower() for person in PEOPLE) if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", low)]
    marks = ["planted.example"] if "planted.example" in low else []
    return [*names, *marks, *re.findall(r"06[ .]?39[ .]?98[ .]?\d\d[ .]?77", text), *re.findall(r"\bPL\d\d7755\b", text)]


def texts_of(path: Path) -> str:
    """The text of a file of any kind that the kit writes: parts of archives, pages, tables; pictures have none."""
    if path.suffix in (".png", ".ttf", ".woff2"):
        return ""
    if path.suffix in (".xlsx", ".pptx", ".zip"):
        with zipfile.ZipFile(path) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist() if not name.endswith(".png"))
    if path.suffix == ".pdf":
        reader = PdfReader(io.BytesIO(path.read_bytes()))
        return "\n".join([str(reader.metadata), *(page.extract_text() for page in reader.pages)])
    if path.suffix == ".parquet":
        return pd.read_parquet(path).to_csv()
    return path.read_bytes().decode("utf-8", "ignore")
