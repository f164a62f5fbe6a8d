"""The event engine: one prepared log in DuckDB, and every figure of the lived paths as a group-by on it."""

from cxkit.evidence.events.log import LogOptions, PreparedLog
from cxkit.evidence.events.prepare import prepare
from cxkit.evidence.events.source import LogColumns

__all__ = ["LogColumns", "LogOptions", "PreparedLog", "prepare"]
