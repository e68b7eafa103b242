"""Sound paragraphs with one mark damaged: floors that only rise."""

from __future__ import annotations

import broken_marks
import pytest
import scoring


@pytest.fixture(scope="module")
def demo():
    return broken_marks.measure(broken_marks.demo_texts())


@pytest.fixture(scope="module")
def dev(material):
    return broken_marks.measure(scoring.read_polnear(material, "dev").documents["text"])


@pytest.mark.parametrize(("name", "floor"), scoring.read_floors("marks_demo"))
def test_floors_on_the_demonstration(demo, name, floor):
    assert demo[name] >= floor


@pytest.mark.parametrize(("name", "floor"), scoring.read_floors("marks_polnear"))
def test_floors_on_polnear(dev, name, floor):
    assert dev[name] >= floor


def test_damage_is_done_to_one_mark():
    text = "“We stay,” said Roe."
    (quote,) = broken_marks.find_quotes(text, [(0, len(text))])
    assert [broken_marks.damage(text, quote, kind) for kind in broken_marks.KINDS] == [
        "“We stay, said Roe.", "We stay,” said Roe.", "“We stay,’ said Roe.", "‘We stay,” said Roe.", "“We stay,\" said Roe."]
