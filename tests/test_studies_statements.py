"""A study's parallel statements and reported numbers, from texts and from text-free tables."""

from __future__ import annotations

import re
import shutil

import pandas as pd
import pytest

from framelens import find_slots, find_statements, io, schema
from framelens.errors import StudyError
from framelens.pipeline import read_study
from framelens.pipeline.parallel import MOST_ARTICLES, add_statements
from framelens.pipeline.study import TEXTS_VARIABLE

TEXTS = {
    "echo": "At least nine strikers of the old harbour quarter were killed by guards, residents of Orr said.",
    "post": "Guards shot dead nine dockers at the gate of the Orr harbour on Monday. The harbour opens at noon.",
    "star": "Police chief Sten Vale said nine rioters had been “neutralised” by guards in Orr. Bread is dear.",
}
CELLS = ["document_id", "slot", "filler", "label", "differs"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv(TEXTS_VARIABLE, raising=False)
    folder = tmp_path / "small"
    (folder / "texts").mkdir(parents=True)
    rows = ["document_id,outlet,event,published,text_sha256"]
    for name, text in TEXTS.items():
        (folder / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
        rows.append(f"{name},{name.title()},strike,unknown,{io.sha256(text.encode())}")
    (folder / "corpus.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "study.toml").write_text('[study]\nname = "small"\ntitle = "S"\n', encoding="utf-8")
    return folder


@pytest.fixture
def without_texts(folder):
    study = read_study(folder)
    study.write_tables(study.annotate()[0])
    shutil.rmtree(folder / "texts")
    return folder


def change(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_statements_and_slots_are_those_of_the_finders_and_stay_with_the_text_free_tables(folder):
    study = read_study(folder)
    annotations, _ = study.annotate()
    made = study.find_tables(annotations)
    pd.testing.assert_frame_equal(made["statements"], find_statements(annotations))
    slots = schema.text_free(find_slots(annotations, made["statements"]), "slots")
    pd.testing.assert_frame_equal(made["slots"], slots)  # the texts are not published: nor is a phrase in a figure
    assert len(slots)
    study.write_tables(annotations)
    shutil.rmtree(folder / "texts")
    again, source = study.annotate()
    assert source == "tables"
    kept = study.find_tables(again)
    pd.testing.assert_frame_equal(kept["statements"], made["statements"])
    pd.testing.assert_frame_equal(kept["slots"], slots)
    pd.testing.assert_frame_equal(kept["reported"], made["reported"])


def test_where_the_texts_are_published_the_phrases_are_whole(folder):
    lines = [line.rpartition(",")[0] for line in (folder / "corpus.csv").read_text(encoding="utf-8").splitlines()]
    (folder / "corpus.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    study = read_study(folder)
    assert "At least nine strikers of the old harbour quarter" in set(study.find_tables(study.annotate()[0])["slots"]["filler"])


def test_long_phrases_are_not_published_and_their_labels_and_sources_are(without_texts):
    slots = io.read_table(without_texts / "tables" / "slots.csv", "slots", form="text_free")
    assert not {"start", "end"} & set(slots)
    for column in ("filler", "label"):
        for cell in slots[column].dropna():
            assert all(len(part.split()) <= 3 for part in cell.split("; "))
    hurt = slots[slots["slot"] == "who_hurt"].set_index("document_id")[["filler", "label"]].fillna("")
    assert hurt.loc["echo"].tolist() == ["", "strikers"]  # "At least nine strikers of the old harbour quarter"
    assert hurt.loc["star"].tolist() == ["nine rioters", "rioters"]
    source = slots[slots["slot"] == "source"].set_index("document_id")[["filler", "label"]].fillna("")
    assert source.loc["star"].tolist() == ["", "Sten Vale"]  # "Police chief Sten Vale"
    words = (without_texts / "tables" / "slots.csv").read_text(encoding="utf-8")
    for text in TEXTS.values():
        told = text.split()
        for k in range(len(told) - 3):
            assert " ".join(told[k:k + 4]) not in words


def test_a_study_names_the_statement_that_is_drawn(without_texts):
    study = read_study(without_texts)
    (name,) = study.find_tables(study.annotate()[0])["statements"]["statement_id"].unique()
    change(without_texts / "study.toml", 'title = "S"', f'title = "S"\nstatement = "{name}"')
    named = read_study(without_texts)
    assert named.statement == name
    assert set(named.find_tables(named.annotate()[0])["statements"]["statement_id"]) == {name}
    change(without_texts / "study.toml", name, "echo:s:0-9")
    other = read_study(without_texts)
    with pytest.raises(StudyError, match=rf"'echo:s:0-9', which no statement is called. There are: {re.escape(name)};"):
        other.find_tables(other.annotate()[0])


def test_tables_of_before_there_were_statements_are_drawn_without(without_texts):
    for name in ("statements", "slots"):
        (without_texts / "tables" / f"{name}.csv").unlink()
    study = read_study(without_texts)
    assert not {"statements", "slots"} & set(study.find_tables(study.annotate()[0]))


def test_articles_without_event_and_crowds_of_articles_are_not_compared(folder):
    annotations, _ = read_study(folder).annotate()
    documents = annotations.documents
    free = add_statements(annotations.replace(documents=documents.assign(event="")))
    assert len(free.statements) == len(free.slots) == 0
    apart = add_statements(annotations.replace(documents=documents.assign(event=["", "strike", "strike"])))
    assert set(apart.statements["document_id"]) == {"post", "star"}
    many = pd.concat([documents, *(documents.iloc[[0]].assign(document_id=f"x{i}") for i in range(MOST_ARTICLES - 2))])
    crowd = annotations.replace(documents=many)
    assert len(add_statements(crowd).statements) == 0
    assert len(add_statements(crowd.keep(set(many["document_id"]) - {"x0"})).statements)
