"""The method as data: what consultants may dispute stands in templates/method/ and is read here."""

from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from cxkit import plain_yaml
from cxkit.paths import template

EvidenceKind = Literal["measured", "reported", "observed", "internal", "hypothesis"]
Reaction = Literal["delight", "satisfaction", "none", "irritant", "dissatisfaction", "rupture"]
CUSTOMER_EVIDENCE: frozenset[str] = frozenset({"measured", "reported", "observed"})


class MethodStep(BaseModel):
    """One of the ten steps: its row in templates/method/steps.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: str
    id: str
    needs: tuple[str, ...]
    evidence: tuple[str, ...]
    reads: tuple[str, ...]
    minutes: int

    @property
    def notebook(self) -> str:
        """File name of the step's notebook."""
        return f"{self.number}_{self.id}.ipynb"


@cache
def data(name: str) -> Any:
    """The content of templates/method/<name>.yaml."""
    return plain_yaml.load(template("method", f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def steps() -> tuple[MethodStep, ...]:
    """The ten steps in order."""
    return tuple(MethodStep.model_validate(row) for row in data("steps"))


def step(id_: str) -> MethodStep:
    """The step with this id."""
    return next(row for row in steps() if row.id == id_)


@cache
def in_order() -> tuple[str, ...]:
    """The ids of all steps, each after those that it needs."""
    return tuple(dict.fromkeys(id_ for row in steps() for id_ in (*upstream(row.id), row.id)))


@cache
def upstream(id_: str) -> tuple[str, ...]:
    """The ids of the steps whose results a step needs, near and far, each after those that it needs itself."""
    return tuple(dict.fromkeys(far for need in step(id_).needs for far in (*upstream(need), need)))


def valence(reaction: str) -> int:
    """Height of a reaction on the emotion curve, −3..2."""
    return data("reactions")["valence"][reaction]


def reaction_of_score(value: float, scale: tuple[float, float], *, reverse: bool = False) -> Reaction | None:
    """Reaction that a score stands for, by the table of its scale; None where the scale has no table.

    Parameters
    ----------
    value : score on its own scale, rounded half up to the table's whole numbers.
    scale : lowest and highest value.
    reverse : True where a low score is good.
    """
    table = data("reactions")["from_score"].get(f"{scale[0]:g}-{scale[1]:g}")
    if table is None:
        return None
    value = scale[0] + scale[1] - value if reverse else value
    return table[int(value + 0.5)]
