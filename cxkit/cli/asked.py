"""The run that the options of a command line ask for."""

from pathlib import Path
from typing import Any

import typer

from cxkit.cli.speak import words
from cxkit.paths import find_folder
from cxkit.runner.request import RunRequest, chosen_steps, read_parameters


def request(client: Path, out: Path, language: str, steps: str, parameters: list[str], timeout: int, file: Path | None = None,
            **more: Any) -> RunRequest:
    """The run that these options ask for.

    Parameters
    ----------
    file : common parameters, as YAML.
    more : further fields of the request.
    """
    return RunRequest(find_folder(client), out.expanduser().resolve(), tuple(part.strip() for part in language.split(",") if part.strip()),
                      chosen_steps(steps), dict(_pair(text) for text in parameters), read_parameters(file) if file else {}, timeout=timeout, **more)


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise typer.BadParameter(words()("cli.pair", text=text))
    return name.strip(), value.strip()
