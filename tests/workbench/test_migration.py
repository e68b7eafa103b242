"""Nothing is tied to protest: a second packaged lexicon, from texts to figures."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from matplotlib.figure import Figure

from framelens import io
from framelens.lexicon import read_lexicon
from framelens.measure.accuracy import measure_accuracy
from framelens.measure.contrasts import compare
from framelens.measure.labelling import measure_labelling
from framelens.measure.sourcing import measure_sourcing
from framelens.measure.tone import measure_tone
from framelens.report.gallery import write_study
from framelens.report.plots.labels import plot_labelling

FLOORS = {"mention_precision": 0.97, "mention_recall": 0.95, "mention_group_accuracy": 0.99, "mention_stance_accuracy": 0.96,
          "mention_voice_accuracy": 0.93}


def test_every_stance_has_its_literature_and_every_reference_is_used():
    lexicon, text = read_lexicon("migration"), io.packaged_text("migration.toml")
    data = io.tomllib.loads(text)
    used = []
    for group, about in data["groups"].items():
        for stance in lexicon.groups[group]["stances"]:
            assert about[stance]["references"], (group, stance)
            used += about[stance]["references"]
    assert set(used) == set(data["references"])
    notes = " ".join(re.findall(r'note = "([^"]*)"', text))
    for cited in re.findall(r"\((?:[A-Z][^()]*?)(?:et al\. )?(\d{4})", notes):
        assert any(name.endswith(cited) for name in data["references"]), cited
    assert len(lexicon.terms) >= 80
    assert {g["side"] for g in lexicon.groups.values()} == {"challenger", "official", "none"}


def test_every_context_is_used():
    data = io.tomllib.loads(io.packaged_text("migration.toml"))
    used = {name for group in data["groups"].values() for stance in group.values() if isinstance(stance, dict)
            for term in stance["terms"] if isinstance(term, dict) for key in ("when", "unless", "after", "article")
            for name in term.get(key, [])}
    assert set(data["contexts"]) <= used


def test_no_group_of_it_is_one_of_protest():
    assert not set(read_lexicon("migration").groups) & set(read_lexicon("protest").groups)


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_labels_against_the_marks(migration, migration_marks, name, floor):
    table = measure_accuracy(migration, migration_marks)
    row = table[(table["measure"] == name) & table["group"].isna() & table["voice"].isna() & table["contrast"].isna()]
    assert row["estimate"].item() >= floor


@pytest.mark.parametrize(("document_id", "words"), [
    ("post-01", "flood the lower quay"), ("post-05", "alien from another planet"), ("chron-06", "invasion by Korland"),
    ("post-03", "tax amnesty"), ("post-05", "Arrivals at Ostrand airport"), ("post-04", "Holiday caravans"),
    ("post-06", "pushback from business"), ("chron-05", "bird migration"), ("post-04", "spring migration"),
    ("chron-04", "Waves still break"), ("post-02", "drug smugglers"),
])
def test_words_that_mean_something_else_are_no_labels(migration, document_id, words):
    text = migration.documents.set_index("document_id").loc[document_id, "text"]
    low = text.index(words)
    own = migration.mentions[migration.mentions["document_id"] == document_id]
    assert not ((own["start"] < low + len(words)) & (own["end"] > low)).any()


def test_outlets_differ_as_they_were_written(migration):
    estimates = measure_labelling(migration)
    rows = estimates[(estimates["measure"] == "label_share") & (estimates["group"] == "migrants") & (estimates["zone"] == "body")
                     & (estimates["voice"] == "narrator")].set_index(["outlet", "stance"])["estimate"]
    assert rows["Sandmark Post", "delegitimising"] > 0.4 > 0.1 > rows["Brenna Chronicle", "delegitimising"]
    assert rows["Brenna Chronicle", "legitimising"] > rows["Sandmark Post", "legitimising"]
    assert set(estimates["group"].dropna()) == set(read_lexicon("migration").groups)
    measures = migration.mentions[migration.mentions["group"] == "measures"]
    assert set(measures["favours"]) == {"challenger", "official", "none"}
    only = {"measure": "label_share", "zone": "body", "voice": "narrator", "group": "migrants", "stance": "delegitimising"}
    note = compare(migration, measure_labelling, only=only)["note"].item()
    assert note.startswith("Higher in Sandmark Post")


def test_figures_of_all_groups(migration, tmp_path):
    estimates = measure_labelling(migration)
    first = plot_labelling(estimates)
    assert isinstance(first.figure, Figure)
    assert plot_labelling(estimates, group="migrants").get_xlabel() == first.get_xlabel()
    estimates = pd.concat([estimates, measure_sourcing(migration), measure_tone(migration)], ignore_index=True)
    names = write_study(estimates, tmp_path, migration.about, title="Migration")
    assert len([name for name in names if "labels" in name]) == 2  # six groups, three to a figure
    captions = " ".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*labels*.md"))
    assert "People who migrate" in captions or "migrants" in captions
    assert "protest" not in captions.lower()
