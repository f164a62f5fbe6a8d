"""Words of a customer who leaves, by rules of the method data; endings that the company started do not count."""

import re
from functools import cache

from cxkit import method
from cxkit.evidence.personal.sieve import Found, sift


@cache
def _rules() -> tuple[re.Pattern, re.Pattern]:
    data = method.data("rupture")
    return tuple(re.compile("|".join(f"(?:{item})" for language in sorted(data[part]) for item in data[part][language]),
                            re.IGNORECASE) for part in ("departure", "company"))


def leaves(text: str, found: Found | None = None) -> bool:
    """True where the writer says to have left or to be leaving for good."""
    if "leaving" not in (found or sift(text)):
        return False
    departure, company = _rules()
    plain = text.replace("’", "'")
    return bool(departure.search(plain) and departure.search(company.sub(" ", plain)))
