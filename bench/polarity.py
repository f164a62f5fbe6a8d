"""Polarity: documents a second by path, and what a large file costs (BENCH_TEXTS sets its size, 10,000 by default)."""

import os
import resource
import time

import numpy as np

from cxkit.mining.embedding import engine
from cxkit.mining.polarity import seed_model
from cxkit.mining.seeds import seeds


def main() -> None:
    """Print documents a second of processor time: each engine on few texts, then the large-file path."""
    for name in dict.fromkeys([engine(), "use", "words"]):
        _time(name, _texts(100), name)
    n = int(os.environ.get("BENCH_TEXTS", "10000"))
    _time(f"large file, {engine()} and its student", _texts(n), engine())
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


def _texts(n: int) -> list[str]:
    """Distinct made-up verbatims: two sentences of the method joined and numbered, so that none is known."""
    draw, known = np.random.default_rng(1), seeds().texts
    return [f"{known[a]} {known[b]} {i}" for i, (a, b) in enumerate(draw.integers(0, len(known), (n, 2)))]


def _time(label: str, texts: list[str], name: str) -> None:
    model = seed_model(name)
    wall, spent = time.perf_counter(), time.process_time()
    model.probability(texts)
    wall, spent = time.perf_counter() - wall, time.process_time() - spent
    print(f"{label:44} {len(texts):>9,} texts  {len(texts) / spent:>9,.1f} texts/s of processor  {spent:7.1f} s  {wall:7.1f} s wall", flush=True)


if __name__ == "__main__":
    main()
