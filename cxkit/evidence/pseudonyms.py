"""Keyed, stable pseudonyms: the same person is the same pseudonym in every file of a client, and in no other client's."""

import hashlib
import hmac

import pandas as pd

from cxkit.errors import CxError, fault
from cxkit.model.folder import ClientFolder

_LEAST_KEY = 16


class Pseudonyms:
    """Pseudonyms under one key (HMAC-SHA-256, 64 bits shown)."""

    def __init__(self, key: bytes):
        self._key = key

    def of(self, value: str, kind: str = "r") -> str:
        """Pseudonym of one identifier; ``kind`` is its first letter and keeps kinds of identifiers apart."""
        digest = hmac.new(self._key, f"{kind}:{value.strip()}".encode(), hashlib.sha256).hexdigest()
        return f"{kind}{digest[:16]}"

    def column(self, values: pd.Series, kind: str = "r") -> pd.Series:
        """Pseudonyms of a column; empty and null stay null."""
        places, texts = pd.factorize(values)
        made = pd.array([self.of(text, kind) if text.strip() else None for text in texts], dtype="str")
        return pd.Series(made.take(places, allow_fill=True), index=values.index)


def client_pseudonyms(folder: ClientFolder) -> tuple[Pseudonyms, bool]:
    """Pseudonyms of a client, and whether its key is its own.

    Without ``privacy.key_file`` the key follows from the client id alone, so that results stay reproducible; whoever knows
    the id can then confirm a guess, and the reading notes say so.
    """
    name = folder.client.privacy.key_file
    if name is None:
        return Pseudonyms(hashlib.sha256(f"cxkit:{folder.client.id}".encode()).digest()), False
    path = folder.root / name
    if not path.is_file():
        raise CxError(fault("CX-E229", name, least=_LEAST_KEY))
    key = path.read_bytes().strip()
    if len(key) < _LEAST_KEY:
        raise CxError(fault("CX-E229", name, least=_LEAST_KEY))
    return Pseudonyms(key), True
