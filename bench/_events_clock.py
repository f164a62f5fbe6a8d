"""Wall and processor seconds of each part of a run, its peak memory and its figures, as one line of JSON. Uses the standard library only."""

import hashlib
import json
import resource
import time


class Clock:
    """``with clock("inventory"): …`` times a part."""

    def __init__(self) -> None:
        self.parts: dict[str, tuple[float, float]] = {}

    def __call__(self, name: str) -> "Clock":
        self._name = name
        return self

    def __enter__(self) -> None:
        self._begun = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        wall, cpu = self._begun
        self.parts[self._name] = (time.perf_counter() - wall, time.process_time() - cpu)

    def tell(self, **facts: object) -> None:
        """Print what was measured."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(json.dumps({"parts": self.parts, "peak": peak, "facts": facts}))


def digest(rows: object) -> str:
    """A short hash of rows of texts and whole numbers, whatever their order: the same for the same figures."""
    return hashlib.sha256(json.dumps(sorted([str(cell) for cell in row] for row in rows)).encode()).hexdigest()[:12]
