"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from cxkit.cli.speak import Format, words

_ = words()
ClientFolder = Annotated[Path, typer.Argument(help=_("cli.option.client"), show_default=False)]
Out = Annotated[Path, typer.Option("--out", "-o", help=_("cli.option.out"))]
Language = Annotated[str, typer.Option("--language", "-l", help=_("cli.option.language"), show_default=False)]
Steps = Annotated[str, typer.Option("--steps", "-s", help=_("cli.option.steps"), show_default=False)]
Parameters = Annotated[list[str], typer.Option("--parameter", "-p", help=_("cli.option.parameter"), show_default=False)]
Timeout = Annotated[int, typer.Option("--timeout", help=_("cli.option.timeout"), min=1)]
ParametersFile = Annotated[Path | None, typer.Option("--parameters", help=_("cli.option.parameters"), show_default=False)]
Changed = Annotated[bool, typer.Option("--only-changed/--all", help=_("cli.option.only_changed"))]
Explain = Annotated[bool, typer.Option("--explain", help=_("cli.option.explain"))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=_("cli.option.dry_run"))]
Shape = Annotated[Format, typer.Option("--format", "-f", help=_("cli.option.format"))]
