"""Documents (operations, policies): listed as evidence, not read."""

from cxkit.errors import CxError, fault
from cxkit.evidence.limits import check_size
from cxkit.evidence.tables import SourceMark
from cxkit.model.folder import ClientFolder
from cxkit.model.source import Source
from cxkit.paths import inside


def read_document(source: Source, folder: ClientFolder) -> SourceMark:
    """The mark of a document that is there."""
    path = inside(folder.root, source.file)
    if path is None:
        raise CxError(fault("CX-E004", "client.yaml", name=source.file))
    check_size(path, source.file)
    start, end = (source.period.start, source.period.end) if source.period else (None, None)
    return SourceMark(source=source.id, kind=source.kind, evidence=source.evidence or "internal", name=source.name or source.id,
                      start=start, end=end, n=1)
