"""Polarity: documents a second by path, and what a large file costs.

``BENCH_TEXTS`` sets its size (10,000 by default; one million is the size that the method promises to read within 40 minutes on two cores,
in less than 4 GB). Its texts are all different: sentences of the method joined at random, with figures, names of places and typing mistakes.
"""

import os
import resource
import time

import numpy as np

from cxkit.mining.embedding import engine
from cxkit.mining.polarity import seed_model
from cxkit.mining.seeds import seeds

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def main() -> None:
    """Print documents a second of processor time: each engine on few texts, then the large-file path."""
    n = int(os.environ.get("BENCH_TEXTS", "10000"))
    if n <= 10_000:
        for name in dict.fromkeys([engine(), "use", "words"]):
            _time(name, _texts(100), name)
    _time(f"large file, {engine()} and its student", _texts(n), engine())
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


def _texts(n: int) -> list[str]:
    """Distinct made-up verbatims of one to four sentences, about 180 characters."""
    draw, known = np.random.default_rng(1), np.array([text for text in seeds().texts if len(text) < 300], dtype=object)
    return [_worn(" ".join(known[draw.integers(0, len(known), draw.integers(1, 5))]), i, draw) for i in range(n)]


def _worn(text: str, number: int, draw: np.random.Generator) -> str:
    """A text with a number of its own and, one time in three, a letter mistyped."""
    place = int(draw.integers(0, len(text)))
    if draw.random() < 1 / 3:
        text = text[:place] + LETTERS[draw.integers(0, 26)] + text[place + 1:]
    return f"{text} ({number})"


def _time(label: str, texts: list[str], name: str) -> None:
    model = seed_model(name)
    wall, spent = time.perf_counter(), time.process_time()
    model.probability(texts)
    wall, spent = time.perf_counter() - wall, time.process_time() - spent
    print(f"{label:44} {len(texts):>9,} texts  {len(texts) / spent:>9,.1f} texts/s of processor  {spent:7.1f} s  {wall:7.1f} s wall", flush=True)


if __name__ == "__main__":
    main()
