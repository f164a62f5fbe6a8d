"""The slides of each step: (step, function); a function writes one or two slides from results, and computes nothing."""

from collections.abc import Callable, Mapping
from typing import Any

from cxkit.sheets.context import SheetContext
from cxkit.sheets.deck_customers import personas, quotes, reactions, scores
from cxkit.sheets.deck_mined import kano, themes
from cxkit.sheets.deck_parts import BOTTOM, FULL, SIDE, TOP, Slides
from cxkit.sheets.deck_text import cut
from cxkit.sheets.quality import figure_text
from cxkit.sheets.review_places import where
from cxkit.steps.review_told import message

RED, ORANGE, GREY = "#8A2A14", "#C4623B", "#66717C"
GOAL_INKS = {"repair": "#8A2A14", "soften": "#C4623B", "strengthen": "#66717C", "delight": "#0F4C7A"}
Write = Callable[[Slides, Mapping[str, Any], SheetContext, str], None]


def framing(slides: Slides, results: Mapping[str, Any], context: SheetContext, notes: str) -> None:
    """What can be measured."""
    words, result = context.words, results["framing"]
    slides.slide(words("framing.readiness"), notes, words("steps.framing.title"))
    head = [words(f"framing.readiness_head.{key}") for key in ("question", "status", "n", "needed")]
    rows = [[words(f"framing.questions.{one.question}"), words(f"framing.status.{one.status}"), words.number(one.n), words.number(one.needed)]
            for one in result.readiness]
    slides.table(head, rows, [4, 2.4, 1, 1], numeric=[2, 3])


def touchpoints(slides: Slides, results: Mapping[str, Any], context: SheetContext, notes: str) -> None:
    """What is deployed and used, and where episodes end more than expected."""
    words, result = context.words, results["touchpoints"]
    slides.slide(words("touchpoints.overview"), notes, words("steps.touchpoints.title"))
    statuses = [key for key in words.section("touchpoints.statuses") if key in words.section("touchpoints.status_notes")]
    y = slides.tiles([(words(f"touchpoints.statuses.{key}"), words.number(len(result.of_status(key))), words(f"touchpoints.status_notes.{key}"))
                      for key in statuses])
    ends = sorted((one for one in result.touchpoints if one.exit and one.exit.share is not None and one.exit.expected is not None),
                  key=lambda one: (not one.exit.leaking, -one.exit.exits))[:7]
    if ends:
        slides.bars([context.touchpoint_name(one.id) for one in ends],
                    [(words("deck.exits"), [round(100 * one.exit.share, 1) for one in ends], RED),
                     (words("deck.expected"), [round(100 * one.exit.expected, 1) for one in ends], "#9db4c4")],
                    SIDE, y + 10, FULL, BOTTOM - y - 14, alt=words("deck.exits_alt"), form='0"%"', low=0)


def curve(slides: Slides, results: Mapping[str, Any], context: SheetContext, notes: str) -> None:
    """The emotion curve of the map of all customers, as a native line."""
    words, view = context.words, results["journey"].maps[0]
    found = [(stage, activity) for stage in view.stages for activity in stage.activities if activity.point is not None]
    if not found:
        return
    slides.slide(words.text(view.title), notes, words("steps.journey.title"))
    names = [words.number(number) for number, _ in enumerate(found, 1)]
    values = [round(activity.point.valence, 2) for _, activity in found]
    hollow = [not activity.point.solid for _, activity in found]
    slides.line(names, values, hollow, (words("deck.valence"), words("deck.hollow")), SIDE, TOP + 4, FULL, 246, alt=words("study_report.curves_lead"),
                low=-3, high=2)
    told = [f"{name}. {words.text(activity.action)}" for name, (_, activity) in zip(names, found, strict=True)]
    columns = 4
    width, per_column = FULL / columns, -(-len(told) // columns)
    for column in range(columns):
        part = told[column * per_column : (column + 1) * per_column]
        if part:
            slides.deck.text(f"Activities {column + 1}", SIDE + column * width, TOP + 258, width - 6, BOTTOM - TOP - 258,
                             [[(cut(item, width - 18, 10, 1), {})] for item in part], size=10, inset=0)


def paths(slides: Slides, results: Mapping[str, Any], context: SheetContext, notes: str) -> None:
    """A labyrinth, not a line: figures and the frequent paths; the frequent moves where no path is shared by enough customers."""
    words, found = context.words, results["journey"].paths.everyone
    if found is None:
        return
    slides.slide(words("paths.overview"), notes, words("steps.journey.title"))
    y = slides.tiles([(words("paths.figures.ways"), words.number(found.labyrinth_ways, 1), words("paths.figures.ways_note")),
                      *((words(f"paths.figures.{key}"), words.percent(share.value), words("base.n", n=share.of))
                        for key in ("looping", "switching", "handing_over") if (share := getattr(found, key)).value is not None)])
    if not found.variants:
        _moves(slides, found, context, y)
        return
    head = [words("paths.variants"), "n", words("deck.share"), words("deck.reached")]
    rows = [[" › ".join(context.touchpoint_name(one) for one in variant.path), words.number(variant.n), words.percent(variant.share, 1),
             words.number(variant.outcome)] for variant in found.variants]
    slides.table(head, rows, [6, 0.7, 0.8, 1], y=y + 12, height=BOTTOM - y - 14, numeric=[1, 2, 3])


def _moves(slides: Slides, found: Any, context: SheetContext, y: float) -> None:
    """The moves that most episodes make."""
    words = context.words
    moves = sorted((move for move in found.transitions if not move.source.startswith("^")), key=lambda move: (-move.reach, move.source, move.target))
    head = [*(words(f"paths.change_head.{key}") for key in ("source", "target", "n")), words("deck.reach")]
    rows = [[context.touchpoint_name(move.source), _place(move.target, context), words.number(move.n), words.percent(move.reach)] for move in moves]
    slides.table(head, rows, [3, 3, 1, 1.6], y=y + 12, height=BOTTOM - y - 14, numeric=[2, 3])


def _place(place: str, context: SheetContext) -> str:
    """A touchpoint, or how an episode ends."""
    return context.words(f"paths.ends.{place[1:]}") if place.startswith("^") else context.touchpoint_name(place)


def moments(slides: Slides, results: Mapping[str, Any], context: SheetContext, notes: str) -> None:
    """Which moments decide."""
    words, found = context.words, results["moments"].moments[:8]
    if not found:
        return
    slides.slide(words("moments.truth"), notes, words("steps.moments.title"))
    heights = [round(one.score or 0, 2) for one in found]
    slides.bars([words.text(one.action) for one in found], [(words("moments.truth_head.score"), heights, slides.look.brand)], SIDE,
                TOP + 8, 420, BOTTOM - TOP - 12, alt=words("moments.truth_description"), form="0.00", low=0)
    head = [words(f"moments.truth_head.{key}") for key in ("moment", "stage", "valence", "reach")]
    valences = [f"{words.number(one.valence, 1, sign=True)} {words.interval(one.low, one.high, 1, sign=True)}".strip() for one in found]
    slides.table(head, [[words.text(one.action), context.stage_name(one.stage), valence, words.percent(one.reach)]
                        for one, valence in zip(found, valences, strict=True)], [2.6, 1.6, 1.7, 0.9], x=SIDE + 436, width=FULL - 436, numeric=[3])


def pains(slides: Slides, results: Mapping[str, Any], context: SheetContext, notes: str) -> None:
    """Irritants and ruptures: the share of negative reactions by touchpoint."""
    words = context.words
    found = [one for one in results["moments"].pains if one.share is not None][:10]
    if not found:
        return
    slides.slide(words("moments.pains"), notes, words("steps.moments.title"))
    groups = [("rupture", RED), ("irritant", ORANGE)]
    series = [(words(f"reactions.{kind}"), [round(100 * one.share, 1) if one.kind == kind else None for one in found], ink) for kind, ink in groups]
    slides.bars([f"{context.touchpoint_name(one.touchpoint)} ({words('base.n', n=one.n)})" for one in found], series, SIDE,
                TOP + 8, FULL, BOTTOM - TOP - 12, alt=words("moments.pains_description"), form='0"%"', low=0, apart=False)


def quality(slides: Slides, results: Mapping[str, Any], context: SheetContext, notes: str) -> None:
    """The grid: measured figures and grades."""
    words, grid = context.words, results["quality"].grids[0]
    slides.slide(words("quality.grid"), notes, words("steps.quality.title"))
    currency = context.folder.client.market.currency

    def grade(value: float | None) -> str:
        return "–" if value is None else words("quality.out_of_five", grade=words.number(value, 1))

    head = [words(f"quality.grid_head.{key}") for key in ("criterion", "measured", "n", "grade", "declared")]
    slides.table(head, [[words(f"quality.criteria.{one.id}"), figure_text(one.figure, one.unit, words, currency),
                         words.number(one.figure.n) if one.figure else "–", grade(one.measured_grade), grade(one.declared_grade)]
                        for one in grid.criteria], [3, 3, 0.9, 1.2, 1.2], numeric=[2])


def actions(slides: Slides, results: Mapping[str, Any], context: SheetContext, notes: str) -> None:
    """What first: the plan, then the impact and effort of each improvement."""
    words, result = context.words, results["actions"]
    if not result.actions:
        return
    slides.slide(words("actions.plan"), notes, words("steps.actions.title"))
    head = [words(f"actions.head.{key}") for key in ("rank", "name", "goal", "owner", "effort", "rice", "top_share")]
    rows = [[words.number(one.rank), words.text(one.name), words(f"actions.goals.{one.goal}"), context.owner_name(one.owner) or "–",
             words.number(one.effort, 1), words.number(one.rice), words.percent(one.top_share)] for one in result.actions]
    left = slides.table(head, rows, [0.7, 4.4, 1.6, 2, 1.1, 1.1, 1.3], numeric=[0, 4, 5, 6], height=BOTTOM - TOP - 26)
    if left:
        slides.deck.text("More", SIDE, BOTTOM - 14, FULL, 16, [[(words("deck.more", n=left), {"color": GREY})]], size=10, inset=0)
    slides.slide(words("actions.matrix"), notes, words("steps.actions.title"))
    most = (max(one.effort for one in result.actions) * 1.15, min(1.05, max(one.score for one in result.actions) * 1.2))
    slides.scatter([(words.number(one.rank), one.effort, round(one.score, 3), GOAL_INKS[one.goal]) for one in result.actions], SIDE, TOP + 8, 560,
                   BOTTOM - TOP - 12, alt=words("actions.matrix_description", n=len(result.actions)), across=words("actions.effort_axis"),
                   up=words("actions.score_axis"), most=most)
    slides.bullets([words("deck.ranked", rank=words.number(one.rank), name=words.text(one.name), goal=words(f"actions.goals.{one.goal}").lower())
                    for one in result.actions[:10]], TOP + 8, BOTTOM - TOP - 12, x=SIDE + 576,
                   width=FULL - 576, size=12)


def target(slides: Slides, results: Mapping[str, Any], context: SheetContext, notes: str) -> None:
    """What the journey will become: the outcome as lived and as predicted, and the reading of the test."""
    words, result = context.words, results["target"]
    prediction, test = result.prediction, result.test
    if prediction is None and test is None:
        return
    slides.slide(words("target.what_if") if prediction else words("target.reading"), notes, words("steps.target.title"))
    y = TOP + 8
    if prediction is not None:
        sides = [(words("target.lived"), prediction.outcome), (words("target.predicted"), prediction.outcome_target)]
        y = slides.tiles([(name, words.percent(one.value, 1), words.interval(100 * one.low, 100 * one.high, 1)) for name, one in sides])
        slides.bars([name for name, _ in sides], [(words("target.outcome_axis"), [round(100 * one.value, 1) for _, one in sides], slides.look.brand)],
                    SIDE, y + 8, FULL, 150, alt=words("target.what_if"), form='0.0"%"', low=0)
        y += 166
    told = [words("deck.what_if", n=prediction.episodes, draws=prediction.draws)] if prediction else []
    if test is not None:
        winner = getattr(test.reading, "winner", None) or ""
        told.append(words(f"target.verdicts.{test.reading.decision}", winner=winner) if words.has(f"target.verdicts.{test.reading.decision}")
                    else words(f"target.decisions.{test.reading.decision}"))
    slides.bullets(told, y + 4, BOTTOM - y - 8, size=13)


def review(slides: Slides, results: Mapping[str, Any], context: SheetContext, notes: str) -> None:
    """Can this map be trusted today, and what to do first."""
    words, result = context.words, results["review"]
    slides.slide(words(f"review.verdicts.{result.verdict}"), notes, words("steps.review.title"))
    due = words("review.next_overdue") if result.overdue else words.date(result.next_review)
    y = slides.tiles([(words("review.figure.errors"), words.number(result.count("error")), words("review.rules_run", n=len(result.rules))),
                      (words("review.figure.warnings"), words.number(result.count("warning")), words("review.notes", n=result.count("note"))),
                      (words("review.figure.next"), due, "")], height=84)
    head = [words(f"review.findings_head.{key}") for key in ("rule", "where", "finding", "fix")]
    rows = [[one.rule, where(one.finding.place, context), message(one.finding, words), words(f"rules.{one.rule}.fix")] for one in result.first]
    slides.table(head, rows, [0.6, 2, 4, 3], y=y + 12, height=BOTTOM - y - 14)


def method(slides: Slides, results: Mapping[str, Any], context: SheetContext, notes: str) -> None:
    """Sources and rules that hold on every slide."""
    words = context.words
    slides.slide(words("study_report.appendix"), notes, words("study_report.sources"))
    head = [words(f"review.sample_head.{key}") for key in ("source", "kind", "n", "period")]
    slides.table(head, [[words.text(one.name), words(f"evidence_kinds.{one.evidence}"), words.number(one.n),
                         words("sheet.period", start=words.date(one.start), end=words.date(one.end)) if one.start and one.end else "–"]
                        for one in context.evidence.sources], [2.6, 1.2, 0.8, 2.6], width=520, numeric=[2])
    slides.bullets([words(f"study_report.rules.{key}") for key in ("intervals", "bases", "valence", "tests", "evidence", "privacy")], TOP + 8,
                   BOTTOM - TOP - 12, x=SIDE + 536, width=FULL - 536, size=12)


SLIDES: tuple[tuple[str, Write], ...] = (
    ("framing", framing), ("voice", scores), ("voice", reactions), ("voice", quotes), ("voice", themes), ("voice", kano),
    ("personas", personas), ("touchpoints", touchpoints),
    ("journey", curve), ("journey", paths), ("moments", moments), ("moments", pains), ("quality", quality), ("actions", actions), ("target", target),
    ("review", review), ("framing", method))
"""Step whose result a function needs → the function, in the order of the deck."""

