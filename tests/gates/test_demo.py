"""The marked demonstration corpus: floors that only rise, and what the outlets differ in by design."""

from __future__ import annotations

import pytest
import scoring

import report


@pytest.fixture(scope="module")
def measured():
    return report.measure_demo()


@pytest.fixture(scope="module")
def world():
    return report.measure_world()


def test_the_marked_files_are_the_texts():
    gold = scoring.read_demo().documents
    assert len(gold) == 48
    for second in (False, True):
        for row in scoring.read_demo(second).documents.itertuples():
            assert row.text == (scoring.DEMO / "texts" / f"{row.document_id}.txt").read_bytes().decode("utf-8"), row.document_id


@pytest.mark.parametrize(("name", "floor"), scoring.read_floors("demo"))
def test_floors(measured, name, floor):
    assert report.value(measured[report.OURS], name) >= floor


def test_better_than_reading_quotation_marks_only(measured):
    ours, naive = measured[report.OURS], measured[report.QUOTES]
    for name, more in (("attribution_recall match=relaxed", 0.2), ("mention_voice_accuracy", 0.1)):
        assert report.value(ours, name) > report.value(naive, name) + more


def test_the_page_on_accuracy_is_what_is_measured(measured, world, root):
    page = (root / "docs" / "methods" / "accuracy.md").read_text(encoding="utf-8")
    assert page == report.write_demo(measured, world, report.measure_agency_marks()), "run: python tests/gates/report.py --write"


@pytest.mark.parametrize(("part", "name", "floor"), [
    (part, name, floor) for part, kind in report.FLOORS.items()
    for name, floor in scoring.read_floors(kind)])
def test_floors_of_world_news(world, part, name, floor):
    assert report.value(world[part], name) >= floor


def test_the_texts_of_world_news_say_that_they_are_invented():
    gold = scoring.read_world("".join(report.SETS.values())).documents
    assert len(gold) == 224
    assert gold["text"].str.rstrip().str.endswith("Invented for tests of framelens: no person and no event in it is real.").all()


def test_the_designed_differences_stand_in_the_marks_and_in_our_tables():
    """By the readers' marks and by framelens alike: who delegitimises protesters in its own voice, who in others'."""

    def share(mentions):
        rows = mentions[(mentions["group"] == "protesters") & (mentions["stance"] == "delegitimising")]
        return (rows["voice"] == "narrator").groupby(rows["document_id"].str.split("-").str[0]).mean()

    marked, ours = share(scoring.read_demo().mentions), share(scoring.annotate_demo().mentions)
    for shares in (marked, ours):
        assert shares["herald"] > 0.5
        assert max(shares["gazette"], shares["northmere"]) < 0.25
    assert ((marked - ours).abs() < 0.2).all(), (marked, ours)
