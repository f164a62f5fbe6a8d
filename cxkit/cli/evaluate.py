"""`cxkit evaluate polarity`: how good the classifier is on a file that people labelled."""

from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from cxkit.cli.options import Shape
from cxkit.cli.speak import Format, say, say_json, words
from cxkit.errors import CxError, did_you_mean, fault
from cxkit.evidence.readers import read_raw
from cxkit.mining.evaluate import Evaluation, evaluate, sides
from cxkit.model.source import Dialect

_ = words()
app = typer.Typer(help=_("cli.help.evaluate"), no_args_is_help=True, add_completion=False)
LEAST_SIDE = 2


@app.callback()
def group() -> None:
    """Keep ``polarity`` a subcommand while it is the only one."""


@app.command("polarity", help=_("cli.help.evaluate_polarity"))
def polarity(
    file: Annotated[Path, typer.Argument(help=_("cli.option.file"), show_default=False)],
    text: Annotated[str, typer.Option("--text", help=_("cli.option.text"))] = "text",
    label: Annotated[str, typer.Option("--label", help=_("cli.option.label"))] = "label",
    client_labels: Annotated[int, typer.Option("--client-labels", help=_("cli.option.client_labels"), min=0)] = 0,
    engine: Annotated[str, typer.Option("--engine", help=_("cli.option.engine"))] = "auto",
    shape: Shape = Format.text,
) -> None:
    """Print macro-F1, accuracy on the most confident 80 %, calibration error and documents a second."""
    if not file.is_file():
        raise CxError(fault("CX-E100", file.name))
    texts, labels = _labelled(file, text, label)
    least = int(min((labels == 0).sum(), (labels == 1).sum()))
    if least < LEAST_SIDE:
        raise CxError(fault("CX-E191", file.name, column=label))
    if client_labels and (client_labels > len(labels) - 2 * LEAST_SIDE or client_labels < 2 * LEAST_SIDE):
        raise CxError(fault("CX-E192", file.name, wanted=client_labels, most=len(labels) - 2 * LEAST_SIDE))
    _tell(evaluate(texts, labels, client_labels, engine), shape)


def _labelled(file: Path, text: str, label: str) -> tuple[list[str], np.ndarray]:
    """Texts and sides of the rows that have both."""
    raw = read_raw(file, Dialect(), None, file.name)
    for column in (text, label):
        if column not in raw.frame:
            near = did_you_mean(column, map(str, raw.columns)) or next(map(str, raw.columns), "")
            raise CxError(fault("CX-E190", file.name, column=column, near=near))
    found = sides(raw.frame[label].fillna("").tolist())
    texts = raw.frame[text].fillna("").str.strip()
    kept = (found >= 0) & (texts != "").to_numpy()
    return texts[kept].tolist(), found[kept]


def _tell(found: Evaluation, shape: Format) -> None:
    quality = found.quality
    if shape is Format.json:
        say_json({"macro_f1": round(quality.macro_f1, 4), "accuracy_80": round(quality.accuracy_80, 4), "ece": round(quality.ece, 4),
                  "docs_per_s": round(found.docs_per_s, 1), "n": quality.n, "engine": found.engine, "client_labels": found.client_labels})
        return
    number = words().number
    say(words()("cli.evaluate.scores", macro_f1=number(quality.macro_f1, 3), accuracy=number(quality.accuracy_80, 3), ece=number(quality.ece, 3)),
        style="bold")
    say(words()("cli.evaluate.basis", n=number(quality.n), engine=words()(f"mining.engines.{found.engine}"), labels=number(found.client_labels),
                speed=number(found.docs_per_s, 1)))
