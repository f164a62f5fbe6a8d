"""Channels of a persona: how large, how often, at which time; from the interaction log, else from answers."""

import pandas as pd

from cxkit import method
from cxkit.steps.base import Estimate, Given, base_of
from cxkit.steps.persona_answers import ranked
from cxkit.steps.persona_base import People, mark_of
from cxkit.steps.persona_privacy import cell_shown
from cxkit.steps.persona_told import Told
from cxkit.steps.persona_view import ChannelUse

_PARTS = ((6, "night"), (12, "morning"), (18, "afternoon"), (23, "evening"), (24, "night"))


def channels(given: Given, base: People, mine, split: Told, persona: str) -> tuple[tuple[ChannelUse, ...], str | None]:
    """Channels by contacts of the interaction log, else by the answers of a channel attribute; and which of the two."""
    most = method.data("personas")["channels"]
    rows = split.interactions[(split.interactions["persona"] == persona) & split.interactions["channel"].notna()]
    if base_of(rows["customer"].nunique()) in {"weak", "full"}:
        return _logged(given, rows, split.interactions, most), "contacts"
    found = []
    for item in (item for item in base.questions if item.attribute.role == "channel"):
        found += [ChannelUse(choice=choice, share=estimate, mark=mark_of(given, item.source, estimate.n))
                  for choice, estimate in ranked(item, base, mine) if estimate.value is not None and cell_shown(estimate)]
    first = sorted(found, key=lambda use: -use.share.value)[:most]
    return tuple(first), "answers" if first else None


def day_part(times: pd.Series) -> pd.Series:
    """The part of the day of each time; null where the log has dates only."""
    hours = times.dt.hour
    if not (hours.any() or times.dt.minute.any()):
        return pd.Series(None, index=times.index, dtype="object")
    return hours.map(lambda hour: next(name for end, name in _PARTS if hour < end), na_action="ignore")


def _logged(given: Given, rows: pd.DataFrame, log: pd.DataFrame, most: int) -> tuple[ChannelUse, ...]:
    customers = rows.groupby("channel", sort=True)["customer"].nunique()
    shown = customers[customers.map(base_of) != "suppressed"].index
    counts = rows["channel"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    months = max(1.0, (log["time"].max() - log["time"].min()).days / 30.44)
    source = rows["source"].iloc[0]
    usual = _parts(log["time"])
    return tuple(ChannelUse(channel=str(name), share=_contacts(int(n), len(rows)), mark=mark_of(given, source, len(rows)),
                            when=_stands_out(_parts(rows.loc[rows["channel"] == name, "time"]), usual),
                            per_month=float(n / customers[name] / months))
                 for name, n in counts.items() if name in shown)[:most]


def _parts(times: pd.Series) -> dict[str, float]:
    """Share in % of each part of the day, and of the weekend."""
    parts = day_part(times).value_counts(normalize=True)
    weekend = float((times.dt.day_of_week >= 5).mean()) if len(times) else 0.0
    return {**{str(name): 100 * float(value) for name, value in parts.items()}, "weekend": 100 * weekend}


def _stands_out(mine: dict[str, float], usual: dict[str, float]) -> str | None:
    """The time that holds much of the contacts, and clearly more than in the whole log."""
    limits = method.data("personas")["cadence"]
    found = [(share / usual[name], name) for name, share in sorted(mine.items())
             if share >= limits["share"] and usual.get(name) and share / usual[name] >= limits["lift"]]
    return max(found)[1] if found else None


def _contacts(n: int, total: int) -> Estimate:
    """Share of contacts; contacts of one customer hang together, so no interval is claimed."""
    return Estimate(metric="share", value=100 * n / total, n=total, base=base_of(total))
