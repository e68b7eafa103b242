"""The study of US campaign news: its tables hold no text, come from the corpus it names, and make the packaged reference."""

from __future__ import annotations

import runpy
from dataclasses import replace

import pandas as pd
import pytest

from framelens import io
from framelens.measure.reference import read_reference
from framelens.pipeline import read_study
from framelens.pipeline.study import TEXTS_VARIABLE

# What may hold more than three words: sentences of ours, and entries of lexicons.
OURS = {("copies", "evidence"), ("documents", "exclusion_reason"), ("documents", "licence"), ("mentions", "term"),
        ("attributions", "cue_lemma"), ("agency", "verb_lemma")}
WORDS = 3


@pytest.fixture(scope="module")
def script(root):
    return runpy.run_path(str(root / "tests" / "gates" / "us_election.py"))


@pytest.fixture(scope="module")
def study(script):
    return read_study(script["STUDY"])


@pytest.fixture(scope="module")
def found(study):
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(TEXTS_VARIABLE, raising=False)
        if (study.folder / "texts").is_dir():
            pytest.skip("the texts lie in the study's folder, so that it does not run from tables")
        annotations, source = study.annotate()
    assert source == "tables"
    return annotations


def test_seven_outlets_of_as_many_articles_each_under_ids_without_words(found, script):
    documents = found.documents
    assert documents["outlet"].value_counts().to_dict() == dict.fromkeys(script["OUTLETS"].values(), 132)
    assert documents["document_id"].str.fullmatch(f"({'|'.join(script['OUTLETS'])})-\\d{{3}}").all()
    assert documents["published"].str.fullmatch(r"201[56]-\d\d-\d\d").all()


def test_agency_copy_is_in_the_table_of_copies_with_the_agency_named(found):
    republished = found.copies.loc[found.copies["copy_status"] == "republished", "document_id"]
    written = found.credits[found.credits["kind"] != "contributing"]
    assert len(republished) > 0
    assert set(republished) <= set(written["document_id"])
    assert written["news_agency"].notna().all()


def test_no_table_holds_a_phrase(found):
    for name, table in found.tables.items():
        assert not {"text", "title", "source", "cue", "agent", "patient", "who", "matched"} & set(table.columns), name
        for column in table.select_dtypes("str"):
            if (name, column) not in OURS:
                words = table[column].dropna().drop_duplicates().str.split().str.len()
                assert not len(words) or words.max() <= WORDS, (name, column)
    assert found.term_counts.groupby("term")["document_id"].nunique().min() >= 2


def test_positioned_words_are_too_few_to_rebuild_an_article(found):
    words = found.sizes.groupby("document_id")["n_words"].sum()
    shown = pd.concat([found.mentions[["document_id", "surface"]], found.loaded[["document_id", "surface"]]]).dropna()
    placed = shown["surface"].str.split().str.len().groupby(shown["document_id"]).sum()
    share = (placed / words).dropna()
    assert share[words >= 100].max() < 0.2
    assert placed.sum() / words.sum() < 0.1


def test_the_tables_are_below_eight_megabytes(study):
    assert sum(path.stat().st_size for path in (study.folder / "tables").iterdir()) < 8e6


def test_the_reference_is_what_the_tables_give(script, found):
    made = script["measure_reference"](found)
    packaged = read_reference()
    pd.testing.assert_frame_equal(packaged, made, check_dtype=False, rtol=1e-9)
    over_all = packaged[packaged["outlet"].isna()]
    assert sorted(over_all["measure"]) == sorted(script["DENSITIES"])
    assert (over_all["n_documents"] == len(found.documents)).all()
    for name, own in packaged[packaged["outlet"].notna()].groupby("measure"):
        whole = over_all.loc[over_all["measure"] == name, "estimate"].item()
        assert own["estimate"].min() < whole < own["estimate"].max()


def test_the_table_of_differences_is_what_the_tables_give(script, study, found):
    text = (study.folder / "README.md").read_text(encoding="utf-8")
    table = text.partition("<!-- differences: begin -->\n")[2].partition("\n<!-- differences: end -->")[0]
    assert table.split("\n") == list(script["difference_lines"](found)), "run tests/gates/us_election.py numbers --write"


def test_the_corpus_is_numbered_as_the_script_numbers_it(script, study, material):
    made = script["corpus_of"](script["read_corpus"](material))
    pd.testing.assert_frame_equal(io.read_csv(study.folder / "corpus.csv"), made, check_dtype=False)


def test_the_committed_tables_are_those_of_the_texts(script, study, material, tmp_path, monkeypatch):
    script["write_texts"](script["read_corpus"](material), tmp_path / "texts")
    monkeypatch.setenv(TEXTS_VARIABLE, str(tmp_path / "texts"))
    annotations, source = study.annotate()
    assert source == "texts"
    written = replace(study, folder=tmp_path).write_tables(annotations)
    committed = study.folder / "tables"
    assert (written / "about.json").read_bytes() == (committed / "about.json").read_bytes()
    made, kept = (io.read_tables(folder, form="text_free") for folder in (written, committed))
    assert set(made) == set(kept)
    for name, table in made.items():
        pd.testing.assert_frame_equal(table, kept[name], obj=f"{name} (run `framelens tables data/{study.name}`)")
