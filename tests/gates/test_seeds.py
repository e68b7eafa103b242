"""Five articles from elsewhere, where they are at hand: floors that only rise."""

from __future__ import annotations

import pytest
import scoring

import report


@pytest.fixture(scope="module")
def seeds(material):
    return report.measure_seeds(material)


@pytest.mark.parametrize(("name", "floor"), scoring.read_floors("seeds"))
def test_floors(seeds, name, floor):
    assert report.value(seeds.ours, name) >= floor


def test_better_than_reading_quotation_marks_only(seeds):
    for name in ("attribution_f1 match=relaxed", "mention_voice_accuracy"):
        assert report.value(seeds.ours, name) > report.value(seeds.quotes, name) + 0.3


def test_the_marks_lie_in_the_texts_and_say_what_their_labels_are(seeds):
    texts = seeds.predicted.documents.set_index("document_id")["text"]
    for name in ("attribution_spans", "mentions"):
        for row in seeds.gold.tables[name].itertuples():
            assert texts[row.document_id][row.start:row.end].strip(), row
    for row in seeds.gold.mentions.dropna(subset="label").itertuples():
        assert texts[row.document_id][row.start:row.end] == row.label
    assert seeds.gold.mentions["label"].str.split().str.len().max() <= 3, "no phrase of the articles stands in the project"
