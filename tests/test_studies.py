"""The committed studies: from their texts and from their text-free tables, with the same result."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

from framelens import io, schema
from framelens.errors import StudyError
from framelens.pipeline import read_study
from framelens.pipeline.study import TEXTS_VARIABLE

KAZAKHSTAN = "kazakhstan-2022"


@pytest.fixture(scope="module")
def from_texts(root, material):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(TEXTS_VARIABLE, str(material / "seeds"))
        annotations, source = read_study(root / "data" / KAZAKHSTAN).annotate()
    assert source == "texts"
    return annotations


@pytest.fixture(scope="module")
def from_tables(root):
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(TEXTS_VARIABLE, raising=False)
        study = read_study(root / "data" / KAZAKHSTAN)
        if (study.folder / "texts").is_dir():
            pytest.skip("the texts lie in the study's folder, so that it does not run from tables")
        annotations, source = study.annotate()
    assert source == "tables"
    return annotations


def test_the_committed_tables_are_those_of_the_texts(root, from_texts, tmp_path):
    from_texts.save(tmp_path, form="text_free")
    committed = root / "data" / KAZAKHSTAN / "tables"
    assert {p.name for p in committed.iterdir()} == {p.name for p in tmp_path.iterdir()}
    for path in sorted(tmp_path.iterdir()):
        assert path.read_bytes() == (committed / path.name).read_bytes(), \
            f"{path.name} differs: where the texts are, run `framelens tables data/{KAZAKHSTAN}`"


def test_texts_and_tables_give_equal_estimates(root, from_texts, from_tables):
    study = read_study(root / "data" / KAZAKHSTAN)
    pd.testing.assert_frame_equal(study.estimate(from_tables), study.estimate(from_texts))


def test_no_text_can_be_rebuilt_from_the_tables(from_tables):
    """Positioned words of the articles stay below a tenth of each; nothing holds a run of more than three words."""
    words = from_tables.sizes.groupby("document_id")["n_words"].sum()
    placed = from_tables.mentions["surface"].dropna().str.split().str.len().groupby(from_tables.mentions["document_id"]).sum()
    assert (placed / words).max() < 0.1
    for name, table in from_tables.tables.items():
        assert not {"text", "title", "source", "cue", "agent", "patient", "who", "matched"} & set(table.columns), name
    assert from_tables.term_counts.groupby("term")["document_id"].nunique().min() >= 2


def test_tables_of_another_lexicon_are_refused(root, tmp_path):
    folder = tmp_path / "study"
    shutil.copytree(root / "data" / KAZAKHSTAN, folder, ignore=shutil.ignore_patterns("texts"))
    with (folder / "lexicon.toml").open("a") as file:
        file.write("\n# changed\n")
    with pytest.raises(StudyError, match="another lexicon"):
        read_study(folder).annotate()
    shutil.rmtree(folder / "tables")
    with pytest.raises(StudyError, match=TEXTS_VARIABLE):
        read_study(folder).annotate()


def test_delegitimising_labels_for_protesters_are_those_of_a_reading_by_hand(root, from_texts):
    """Offsets and voices noted by reading the five articles: ten labels, one of them in the outlet's own voice."""
    hand = io.read_csv(root / "tests" / "known" / "seed_labels.csv").astype({"start": int, "end": int})
    ours = from_texts.mentions.query("group == 'protesters' and stance == 'delegitimising'")
    columns = ["document_id", "start", "end", "voice"]
    assert sorted(ours[columns].itertuples(index=False, name=None)) == sorted(hand[columns].itertuples(index=False, name=None))
    assert (ours["voice"] == "narrator").sum() == 1


def test_few_articles_are_described_and_nothing_more(root, from_tables):
    estimates = read_study(root / "data" / KAZAKHSTAN).estimate(from_tables)
    assert set(estimates["method"]) == {"description"}
    assert estimates[["ci_low", "ci_high", "p_value"]].isna().all(axis=None)
    assert estimates["note"].notna().all()


def test_the_demonstration_runs_from_its_texts(root):
    study = read_study(root / "data" / "demo")
    annotations, source = study.annotate()
    assert source == "texts"
    assert annotations.documents["outlet"].value_counts().tolist() == [12, 12, 12, 12]
    assert annotations.documents["exclusion_reason"].isna().all()
    sizes = annotations.sizes[annotations.sizes["zone"] == "body"].groupby("document_id")["n_words"].sum()
    assert sizes.between(120, 260).all()
    clusters = annotations.copies.groupby("cluster_id")["document_id"].agg(list)
    assert sorted(clusters[clusters.str.len() > 1]) == [["gazette-e09", "openquay-e09"], ["herald-e03", "northmere-e03"]]
    estimates = study.estimate(annotations, n_resamples=200)
    schema.validate(estimates, "estimates")
    density = estimates.query("measure == 'attribution_density'").set_index("outlet")["estimate"]
    assert density.idxmax() == "Northmere Times"
    assert density.idxmin() == "Maravel Herald"


@pytest.mark.parametrize("text, words", [
    ('[study]\nname = "x"\n', ["needs a title"]),
    ('[study]\nname = "x"\ntitle = "X"\nlexikon = "protest"\n', ["line 4", "study.lexikon", "lexicon"]),
    ('[study]\nname = "x"\ntitle = "X"\nby = "town"\n', ["line 4", "'town'", "outlet, document_id"]),
    ('[studie]\n', ["[studie]", "study, sources, sides, labels"]),
    ('[study]\nname = "x"\ntitle = "X"\n[sides]\npolice = "state"\n', ["'state'", "official, challenger"]),
])
def test_a_broken_study_is_named_by_file_line_and_remedy(tmp_path, text, words):
    (tmp_path / "corpus.csv").write_text("document_id,outlet\n")
    (tmp_path / "study.toml").write_text(text)
    with pytest.raises(StudyError) as error:
        read_study(tmp_path)
    for word in ["study.toml", *words]:
        assert word in str(error.value)


def test_a_study_needs_its_files(tmp_path):
    with pytest.raises(StudyError, match=r"study\.toml: missing"):
        read_study(tmp_path)
