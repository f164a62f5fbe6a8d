"""Large files: a sample is labelled by the teacher, the rest by its student."""

import numpy as np

from cxkit import method
from cxkit.mining.polarity import seed_model
from cxkit.mining.student import teach


def test_the_student_learns_what_the_teacher_says_of_the_sample(monkeypatch):
    monkeypatch.setitem(method.data("mining")["large"], "sample_characters", 3000)
    monkeypatch.setitem(method.data("mining")["large"], "use_texts", 0)
    texts = [f"le zigzag {word} numéro {i}" for i in range(200) for word in ("ronfle", "chante")]
    asked = []

    def teacher(sample):
        asked.extend(sample)
        return np.array([0.9 if "ronfle" in text else 0.1 for text in sample])

    student = teach(texts, teacher, ["tout va bien", "tout va mal"], np.array([1, 0]))
    assert sum(map(len, asked)) <= 3000
    rest = [text for text in texts if text not in set(asked)]
    found = student.probability(rest)
    assert ((found > 0.5) == np.array(["ronfle" in text for text in rest])).all()
    assert 0.35 < np.abs(found - 0.5).mean() < 0.48


def test_a_file_over_the_limit_goes_to_the_student(monkeypatch):
    monkeypatch.setitem(method.data("mining")["large"], "texts", 10)
    model = seed_model("words")
    texts = [f"très bien {i}" for i in range(30)]
    assert model.probability(texts).shape == (30,)
