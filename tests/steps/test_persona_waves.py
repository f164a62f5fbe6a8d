"""Personas of two waves: the same types keep name, id and colour; new ones and those gone are said."""

import datetime as dt

import numpy as np
import pytest

from cxkit.model.persona import Answers, Wave, WavePersona
from cxkit.steps import personas
from cxkit.steps.persona_waves import colours, distance
from tests.steps.persona_study import planted, questions


@pytest.fixture(scope="module")
def rows():
    """Respondents of four types; the first wave holds three of them, the second another three."""
    return planted(400, 4)


def wave_of(people, truth, types):
    return [row for row, kind in zip(people, truth, strict=True) if kind in types]


def test_same_types_keep_name_id_and_colour(persona_study, rows):
    first = personas.compute(persona_study(questions(), wave_of(*rows, {0, 1, 2})), personas.Parameters())
    second = personas.compute(persona_study(questions(), wave_of(*rows, {1, 2, 3}), previous=first.wave), personas.Parameters())
    before = {one.id: one for one in first.personas}
    kept = [one for one in second.personas if one.since == "kept"]
    assert len(kept) == 2
    assert [(one.name, one.colour) for one in kept] == [(before[one.id].name, before[one.id].colour) for one in kept]
    assert all(one.moved < 0.1 for one in kept)
    new = next(one for one in second.personas if one.since == "new")
    assert new.id not in before
    assert new.colour not in {one.colour for one in first.personas}
    assert new.name not in {one.name for one in first.personas}
    assert (len(second.previous.kept), second.previous.new, len(second.previous.gone)) == (2, (new.name,), 1)


def test_without_a_previous_wave_nothing_is_said(persona_study, rows):
    result = personas.compute(persona_study(questions(), wave_of(*rows, {0, 1})), personas.Parameters())
    assert result.previous is None
    assert {one.since for one in result.personas} == {None}
    assert [one.colour for one in result.personas] == [0, 1]


def test_distance_of_shares_is_half_their_differences():
    one, other = {"a": Answers(shares={"x": 0.8, "y": 0.2})}, {"a": Answers(shares={"x": 0.5, "z": 0.5})}
    assert distance(one, other) == pytest.approx(0.5 * (0.3 + 0.2 + 0.5))
    assert distance(one, {"b": Answers(shares={"x": 1.0})}) == 1.0


def test_distance_of_numbers_is_that_of_two_normal_curves():
    one, other = {"a": Answers(mean=10, deviation=2)}, {"a": Answers(mean=14, deviation=2)}
    assert distance(one, other) == pytest.approx(0.6826895)  # 2Φ(1) − 1
    assert distance(one, one) == pytest.approx(0)


def test_colours_of_the_previous_wave_are_not_given_away():
    wave = Wave(as_of=dt.date(2025, 1, 1), personas=(WavePersona(id="a", name="A", colour=1, origin="data"),
                                                     WavePersona(id="gone", name="G", colour=0, origin="data")))
    assert colours(["a", "b", "c"], wave) == {"a": 1, "b": 2, "c": 3}


def test_numbers_of_the_wave_survive_storage(persona_study):
    rng = np.random.default_rng(1)
    people = [{"respondent": f"r{i:03}", "visits": float(rng.normal(5 if i < 100 else 50, 1)), "q0": "a" if i < 100 else "b",
               "q1": "c" if i < 100 else "d"} for i in range(200)]
    asked = [{"id": "visits", "column": "visits", "name": "v", "type": "number"}, *questions(2)]
    wave = personas.compute(persona_study(asked, people), personas.Parameters()).wave
    assert Wave.model_validate_json(wave.model_dump_json()) == wave
    assert sorted(round(one.answers["visits"].mean) for one in wave.personas) == [5, 50]
