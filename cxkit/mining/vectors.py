"""Write the E5 vectors of the method's own sentences: ``python -m cxkit.mining.vectors`` after changing one of them."""

import numpy as np

from cxkit.mining.embedding import embed, key
from cxkit.mining.seeds import taught
from cxkit.paths import template


def sentences() -> list[str]:
    """All sentences of the method that are embedded, in one order, long verbatims made of them included."""
    return sorted(set(taught().texts))


def main() -> None:
    """Embed every sentence and write keys and vectors (half precision) to templates/method/vectors/."""
    path = template("method", "vectors", "e5.npz")
    path.parent.mkdir(exist_ok=True)
    texts = sentences()
    vectors = embed(texts, "e5").astype(np.float16)
    np.savez_compressed(path, keys=np.array([np.frombuffer(key(text), dtype=np.uint8) for text in texts]), vectors=vectors)
    print(f"{len(texts)} vectors, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
