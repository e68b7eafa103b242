"""Reported numbers against the readers' marks: floors that only rise, and a page that says what is measured."""

from __future__ import annotations

import facts
import pytest
import scoring

import report

NAMES = ("world_g", "seeds", "parallel")


@pytest.mark.parametrize(("name", "measure", "floor"), [
    (name, measure, floor) for name in NAMES for measure, floor in scoring.read_floors(f"facts_{name}")])
def test_floors(request, name, measure, floor):
    if name == "seeds":
        request.getfixturevalue("material")
    assert report.value(facts.measure(name), measure) >= floor


def test_the_page_says_what_is_measured():
    page = facts.PAGE.read_text(encoding="utf-8").partition(facts.BEGIN)[2].partition(facts.END)[0].splitlines()
    ours = list(facts.lines())
    assert set(ours) <= set(page), "run: FRAMELENS_MATERIAL=… python tests/gates/facts.py --write"
    assert len(page) == len(facts.SETS) + 2
