"""Clauses of violence and harm against the readers' marks: floors that only rise."""

from __future__ import annotations

import pytest
import scoring

import report
from framelens import measure_accuracy

FILES = sorted(path.stem for path in scoring.AGENCY.glob("*.csv"))


def annotated(name, request):
    if name.startswith("demo"):
        return scoring.annotate_demo()
    return scoring.annotate_world() if name.startswith("world") else scoring.annotate_seeds(request.getfixturevalue("material"))


@pytest.fixture(scope="module")
def measured():
    return {}


@pytest.mark.parametrize(("name", "measure", "floor"), [
    (name, measure, floor) for name in FILES for measure, floor in scoring.read_floors(f"agency_{name}")])
def test_floors(measured, request, name, measure, floor):
    if name not in measured:
        measured[name] = measure_accuracy(annotated(name, request), scoring.read_agency(name))
    assert report.value(measured[name], measure) >= floor
