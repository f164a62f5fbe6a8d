"""The commands and their exit codes: 0 done, 1 findings or failures, 2 refused input."""

import signal
import sys
from itertools import pairwise

import typer

from cxkit import __version__
from cxkit.cli import batches, evaluate, folders, maps, runs, tools
from cxkit.cli.speak import Format, faults_json, say_faults, say_json, words
from cxkit.errors import CxError

app = typer.Typer(name="cxkit", help=words()("cli.help.cxkit"), no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
for name, command in {
    "new": folders.new, "check": folders.check, "run": runs.run, "batch": batches.batch, "review": maps.review, "diff": maps.diff,
    "draft": maps.draft, "import": maps.import_,
    "verify": runs.verify, "lab": runs.lab, "mask": tools.mask, "map": tools.map_, "paths": tools.paths, "purge": tools.purge,
}.items():
    app.command(name, help=words()(f"cli.help.{name}"))(command)
app.add_typer(evaluate.app, name="evaluate")


@app.callback(invoke_without_command=True)
def version(show: bool = typer.Option(False, "--version", help=words()("cli.option.version"))) -> None:
    """Print the version and stop."""
    if show:
        typer.echo(__version__)
        raise typer.Exit


def main() -> None:
    """Run a command; a user's mistake is told without a traceback, an interruption ends what was started."""
    signal.signal(signal.SIGTERM, _interrupted)
    try:
        app()
    except CxError as error:
        if _wants_json():
            say_json(faults_json(error))
        else:
            say_faults(error)
        sys.exit(2)


def _interrupted(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _wants_json() -> bool:
    given = sys.argv[1:]
    return f"--format={Format.json}" in given or ("--format", Format.json.value) in pairwise(given)
