"""The framing sheet: scope, contributors, evidence and what can be measured."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cxkit.charts.framing import evidence_matrix
from cxkit.sheets.context import SheetContext
from cxkit.sheets.report import Report, publish_report
from cxkit.steps.framing import Result


def publish(results: Mapping[str, Any], context: SheetContext) -> tuple[Path, ...]:
    """Write the framing sheet as PDF and HTML."""
    return publish_report(chapter(results, context), context, "framing", "framing")


def chapter(results: Mapping[str, Any], context: SheetContext) -> Report:
    """The sections of this report, which are also a chapter of the study."""
    result: Result = results["framing"]
    words, client = context.words, context.folder.client
    report = Report(title=words("framing.title"), eyebrow=words("steps.framing.title"), subtitle=words.text(client.journey))
    report.section(words("framing.scope"))
    report.table(words("framing.scope"), [words("framing.item"), words("framing.value")], _scope(context), widths=[1, 3])
    if client.objectives:
        report.section(words("framing.objectives")).bullets([words.text(item) for item in client.objectives])
    report.section(words("framing.contributors"), words("framing.contributors_lead", n=result.people, front=words.number(result.front_line),
                                                        customers=words.number(result.customers)))
    if result.contributors:
        yes, no = words("framing.yes"), words("framing.no")
        report.table(words("framing.contributors"), [words(f"framing.contributor_head.{key}") for key in ("function", "n", "front", "customer")],
                     [[words.text(c.function), words.number(c.count), yes if c.front_line else no, yes if c.customer else no]
                      for c in result.contributors], numeric=[1], widths=[3, 1, 1, 1])
    report.section(words("framing.matrix"), words("framing.matrix_lead"), new_page=True)
    report.picture(evidence_matrix(result, words, {stage: context.stage_name(stage) for stage in result.stages}))
    report.section(words("framing.readiness"), words("framing.readiness_lead"))
    report.table(words("framing.readiness"), [words(f"framing.readiness_head.{key}") for key in ("question", "status", "n", "needed")],
                 [[words(f"framing.questions.{r.question}"), words(f"framing.status.{r.status}"), words.number(r.n), words.number(r.needed)]
                  for r in result.readiness], numeric=[2, 3], widths=[3, 2, 1, 1])
    report.table(words("framing.stages"), [words(f"framing.stage_head.{key}") for key in ("stage", "status", "customer", "internal")],
                 [[context.stage_name(s.stage), words(f"framing.stage_status.{s.status}"), words.number(s.n_customer), words.number(s.n_internal)]
                  for s in result.stage_readiness], numeric=[2, 3], widths=[3, 2, 1, 1])
    report.section(words("framing.reading"), words("framing.reading_lead")).table(
        words("framing.reading"), [words(f"framing.reading_head.{key}") for key in ("source", "read", "kept", "rejected", "missing")],
        [[context.source_name(report_.source), words.number(report_.rows_read), words.number(report_.rows_kept), words.number(report_.rows_rejected),
          words.number(report_.cells_missing)] for report_ in context.evidence.reading], numeric=[1, 2, 3, 4], widths=[2, 1, 1, 1, 1])
    if result.gaps:
        report.bullets([words(f"framing.gaps.{gap.key}", **gap.facts) for gap in result.gaps])
    return report


def _scope(context: SheetContext) -> list[list[str]]:
    words, client = context.words, context.folder.client
    stages = client.stage_ids()
    rows = [("client", client.name), ("customer", words(f"customer_kinds.{client.customer_kind}", n=1)), ("offer", words.text(client.offer)),
            ("journey", words.text(client.journey)), ("scope", " · ".join(words.text(item) for item in client.scope)),
            ("stages", " › ".join(context.stage_name(stage) for stage in stages)),
            ("outcome", words.text(client.outcome.name) if client.outcome else ""), ("as_of", words.date(client.as_of))]
    return [[words(f"framing.scope_rows.{key}"), value] for key, value in rows if value]
