"""Made-up respondents for the tests of step 03."""

import numpy as np


def planted(n: int, k: int, seed: int = 3) -> tuple[list[dict], np.ndarray]:
    """Respondents of ``k`` types, twelve questions of four answers, 65 % their type's favourite; some missing."""
    rng = np.random.default_rng(seed)
    truth, favourite = rng.integers(0, k, n), rng.integers(0, 4, (k, 12))
    codes = np.where(rng.random((n, 12)) < 0.65, favourite[truth], rng.integers(0, 4, (n, 12)))
    missing = rng.random((n, 12)) < 0.05
    rows = [{"respondent": f"r{i:04}", "weight": 1.0} | {f"q{j}": None if missing[i, j] else f"a{codes[i, j]}" for j in range(12)}
            for i in range(n)]
    return rows, truth


def attribute(id_: str, **more) -> dict:
    """A mapped attribute."""
    return {"id": id_, "column": id_, "name": id_, **more}


def questions(n: int = 12) -> list[dict]:
    """``n`` attributes q0, q1 …"""
    return [attribute(f"q{j}") for j in range(n)]
