"""How the command line speaks: the user's language, plain where it is not a terminal, JSON for scripts."""

import json
import os
import sys
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from typing import Any

from rich.console import Console

from cxkit.errors import CxError, Fault
from cxkit.words import Words, languages


class Format(StrEnum):
    """Text for people, JSON for scripts."""

    text = "text"
    json = "json"


@cache
def words() -> Words:
    """Words of the user's language: CXKIT_LANGUAGE, else that of the system where there is a catalog, else English."""
    for name in ("CXKIT_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        language = os.environ.get(name, "")[:2].lower()
        if language in languages():
            return Words(language)
    return Words("en")


@cache
def console() -> Console:
    """Where people read results."""
    return Console(highlight=False, soft_wrap=True)


def say(text: str = "", style: str | None = None) -> None:
    """One line for people; markup in it is printed as it is."""
    console().print(text, style=style, markup=False)


def say_json(content: Any) -> None:
    """One JSON document for scripts."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n")


def say_faults(error: CxError) -> None:
    """Every fault on a line of its own, on the error stream."""
    sys.stderr.write(error.text(words().language) + "\n")


def faults_json(error: CxError) -> dict[str, Any]:
    """The faults as data."""
    return {"faults": said_faults(error.faults)}


def said_faults(faults: Iterable[Fault]) -> list[dict[str, str]]:
    """Faults or warnings as data."""
    return [{"code": fault.code, "where": fault.where, "text": fault.text(words().language)} for fault in faults]
