"""The commands and their exit codes: 0 done, 1 findings or failures, 2 refused input, 130 Ctrl-C, 143 ended from outside."""

import importlib
import sys
from itertools import pairwise
from typing import Any

import typer
from typer.core import TyperGroup

from cxkit import __version__
from cxkit.cli.speak import Format, faults_json, say_faults, say_json, words
from cxkit.errors import CxError

_PLACES = {
    "new": "folders", "check": "folders", "run": "runs", "batch": "batches", "review": "maps", "diff": "maps", "draft": "maps", "import": "maps",
    "verify": "runs", "lab": "runs", "mask": "tools", "map": "tools", "paths": "tools", "purge": "tools", "evaluate": "evaluate",
}
"""Command → the module of cxkit.cli that holds its function, or its group as ``app``."""
_FUNCTIONS = {"import": "import_", "map": "map_"}
"""Functions that cannot be called as their command."""


class Commands(TyperGroup):
    """Commands whose modules, and the libraries that these use, are imported when one is called: help waits for none of them."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that is called, in the place of its line in the list."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, _loaded(name) if name in _PLACES else command, rest


def _loaded(name: str) -> Any:
    module = importlib.import_module(f"cxkit.cli.{_PLACES[name]}")
    if hasattr(module, "app"):
        return typer.main.get_command(module.app)
    alone = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
    alone.command(name, help=words()(f"cli.help.{name}"))(getattr(module, _FUNCTIONS.get(name, name)))
    return typer.main.get_command(alone)


app = typer.Typer(name="cxkit", cls=Commands, help=words()("cli.help.cxkit"), no_args_is_help=True, pretty_exceptions_enable=False,
                  add_completion=False)
for name in _PLACES:
    app.command(name, help=words()(f"cli.help.{name}"))(lambda: None)


@app.callback(invoke_without_command=True)
def version(show: bool = typer.Option(False, "--version", help=words()("cli.option.version"))) -> None:
    """Print the version and stop."""
    if show:
        typer.echo(__version__)
        raise typer.Exit


def call() -> None:
    """Run the command that the arguments name; a user's mistake is told without a traceback."""
    try:
        app()
    except CxError as error:
        if _wants_json():
            say_json(faults_json(error))
        else:
            say_faults(error)
        sys.exit(2)


def _wants_json() -> bool:
    given = sys.argv[1:]
    return f"--format={Format.json}" in given or ("--format", Format.json.value) in pairwise(given)
