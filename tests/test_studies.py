"""The committed studies: from their texts and from their text-free tables, with the same result."""

from __future__ import annotations

import pickle
import shutil
import warnings
from dataclasses import replace

import pandas as pd
import pytest

from framelens import io, schema
from framelens.errors import CorpusError, FramelensWarning, StudyError
from framelens.pipeline import Annotator, read_study
from framelens.pipeline.study import TEXTS_VARIABLE

KAZAKHSTAN = "kazakhstan-2022"
HEAD = '[study]\nname = "x"\ntitle = "X"\n'


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
    tmp_path = replace(read_study(root / "data" / KAZAKHSTAN), folder=tmp_path).write_tables(from_texts)
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
    tables = [from_tables.tables[name] for name in ("mentions", "loaded") if name in from_tables.tables]
    shown = pd.concat([table[["document_id", "surface"]].dropna() for table in tables])
    placed = shown["surface"].str.split().str.len().groupby(shown["document_id"]).sum()
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
    ('[study]\nname = "x"\ntitle = "X"\n[sides]\npolice = ["x"]\n', ["sides.police", "['x']", "official, challenger"]),
    ('[study]\nname = "x"\ntitle = "X"\nby = 5\n', ["line 4", "study.by", "5", "string"]),
    ('[study]\nname = "x"\ntitle = "X"\nhome = "Maravel"\n', ["home", "'Maravel'", "list"]),
    ('[study]\nname = "x"\ntitle = "X"\n[labels]\na = 1\n', ["line 5", "labels.a", "string"]),
    ('sources = 5\n[study]\nname = "x"\ntitle = "X"\n', ["line 1", "[sources]"]),
    (f'{HEAD}[multiverse]\ngroup = "x"\nwhom = "y"\n', ["line 6", "multiverse.whom", "group, stance, outlets"]),
    (f'{HEAD}[multiverse]\ngroup = "x"\n', ["key multiverse", "all of group, stance, outlets"]),
    (f'{HEAD}[multiverse]\ngroup = 3\nstance = "neutral"\noutlets = ["a", "b"]\n', ["multiverse.group is 3", "lexicon"]),
    (f'{HEAD}[multiverse]\ngroup = "x"\nstance = "bad"\noutlets = ["a", "b"]\n', ["multiverse.stance is 'bad'", "neutral"]),
    (f'{HEAD}[multiverse]\ngroup = "x"\nstance = "neutral"\noutlets = ["a", "a"]\n', ["multiverse.outlets", "two names"]),
    (f'{HEAD}[keyness]\ntarget = "a"\nby = "outlet"\n', ["line 6", "keyness.by", "target, reference, voice"]),
    (f'{HEAD}tables = "xlsx"\n', ["line 4", "study.tables is 'xlsx'", "csv, parquet"]),
    ('[study]\nname = "../../evil"\ntitle = "X"\n', ["line 2", "name is", "'../../evil'"]),
    ('[study]\nname = "..x"\ntitle = "X"\n', ["line 2", "name is", "'..x'"]),
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


TEXTS = {"a": "Rioters burned a car, police said.", "b": "The mob left. “We stay,” a protester said.", "c": "Marchers sang."}


@pytest.fixture
def small(tmp_path, monkeypatch):
    """Return a study of three articles, one hash in upper case."""
    monkeypatch.delenv(TEXTS_VARIABLE, raising=False)
    folder = tmp_path / "small"
    (folder / "texts").mkdir(parents=True)
    rows = ["document_id,outlet,publisher,origin,event,text_sha256,exclusion_reason"]
    for name, text in TEXTS.items():
        (folder / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
        digest = io.sha256(text.encode())
        rows.append(f"{name},Post,P,P,e,{digest.upper() if name == 'a' else digest},")
    (folder / "corpus.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "study.toml").write_text('[study]\nname = "small"\ntitle = "S"\nhome = ["Maravel"]\n[sources]\n'
                                       '"maravel one" = "state_media"\n[sides]\nwitness = "challenger"\n', encoding="utf-8")
    return folder


def change(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def without_texts(small):
    study = read_study(small)
    annotations, source = study.annotate()
    assert source == "texts"
    study.write_tables(annotations)
    shutil.rmtree(small / "texts")
    return small


def test_a_conclusion_is_tried_under_every_choice_from_texts_and_from_tables(small):
    change(small / "corpus.csv", "b,Post,P,P", "b,Herald,H,H")
    plain = read_study(small)
    assert plain.estimate(plain.annotate()[0], n_resamples=200)["spec"].isna().all()
    with (small / "study.toml").open("a") as file:
        file.write('[multiverse]\ngroup = "protesters"\nstance = "delegitimising"\noutlets = ["H", "P"]\n')
    study = read_study(small)
    annotations, source = study.annotate()
    made = study.estimate(annotations, n_resamples=200)
    default = made[made["measure"] == "multiverse_default"].iloc[0]
    # In its own voice H has "mob" and "a protester"; P has "Marchers" (its rioters are the police's): 1 of 2 minus 0 of 1.
    assert (default["contrast"], default["estimate"]) == ("origin=H minus origin=P", 0.5)
    terms = made[made["measure"].isin(["multiverse_changed", "multiverse_kept"])].set_index("term")["measure"]
    assert terms["mob"] == "multiverse_changed"  # 0 of 1 minus 0 of 1
    study.write_tables(annotations)
    shutil.rmtree(small / "texts")
    again, other_source = read_study(small).annotate()
    assert (source, other_source) == ("texts", "tables")
    pd.testing.assert_frame_equal(study.estimate(again, n_resamples=200), made)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_words_are_compared_by_what_the_study_compares_and_tables_stand_in_the_format_asked_for(small, form):
    change(small / "corpus.csv", "b,Post,P,P", "b,Post,H,P")
    change(small / "study.toml", 'title = "S"\n', f'title = "S"\nby = "publisher"\ntables = "{form}"\n')
    with (small / "study.toml").open("a") as file:
        file.write('[keyness]\ntarget = "H"\n')
    study = read_study(small)
    annotations, _ = study.annotate()
    made = study.estimate(annotations, n_resamples=200)
    keys = made[made["measure"] == "keyness"]
    assert (set(keys["contrast"]), set(keys["method"])) == ({"H against P"}, {"description"})  # three articles: no term in three
    study.write_tables(annotations)
    assert {path.suffix for path in (small / "tables").iterdir()} == {f".{form}", ".json"}
    shutil.rmtree(small / "texts")
    again, source = read_study(small).annotate()
    assert source == "tables"
    pd.testing.assert_frame_equal(study.estimate(again, n_resamples=200), made)


def test_distances_are_measured_of_two_outlets_or_more(small):
    change(small / "corpus.csv", "b,Post,P,P", "b,Herald,H,H")
    study = read_study(small)
    annotations, _ = study.annotate()
    made = study.estimate(annotations, n_resamples=200)
    assert set(made.loc[made["measure"] == "label_distance", "contrast"]) == {"Herald and Post"}
    assert not made["measure"].str.startswith("vocabulary_distance").any()  # text-free tables do not hold all words
    for one in (replace(study, by="document_id").estimate(annotations, n_resamples=200),
                study.estimate(annotations.replace(documents=annotations.documents.assign(outlet="H")), n_resamples=200)):
        assert not one["measure"].str.contains("distance").any()


def test_hashes_are_compared_in_lower_case(small):
    assert read_study(small).find_texts()["text"].tolist() == list(TEXTS.values())


def test_a_row_with_an_exclusion_reason_needs_no_text(small):
    (small / "texts" / "c.txt").unlink()
    with pytest.raises(StudyError, match=rf"1 of 3 texts .*: c\. Put them into .*texts.*{TEXTS_VARIABLE}"):
        read_study(small).find_texts()
    lines = (small / "corpus.csv").read_text().splitlines()
    (small / "corpus.csv").write_text("\n".join([*lines[:3], "c,Post,P,P,e,,a double"]) + "\n")
    documents = read_study(small).find_texts()
    assert documents["text"].notna().tolist() == [True, True, False]
    annotations, source = read_study(small).annotate()
    assert source == "texts"
    assert set(annotations.mentions["document_id"]) == {"a", "b"}


@pytest.mark.parametrize("hashed", [True, False])
@pytest.mark.parametrize("old, new, words", [
    ("document_id,outlet", "document_id,outlets", "column 'outlet' is missing"),
    ("b,Post", "b,", "row 3: column 'outlet' is empty"),
    ("b,Post", "b, ", "row 3: column 'outlet' is empty"),
    ("b,Post", ",Post", "row 3: column 'document_id' is empty"),
])
def test_an_outlet_that_nobody_names_is_no_outlet(small, hashed, old, new, words):
    change(small / "corpus.csv", old, new)
    if not hashed:
        io.write_csv(io.read_csv(small / "corpus.csv").drop(columns="text_sha256"), small / "corpus.csv")
    study = read_study(small)
    with pytest.raises(CorpusError, match=words) as error:
        study.annotate()
    assert "corpus.csv" in str(error.value) and "on_error" not in str(error.value)
    if "is missing" in words:
        return
    documents = study.find_texts(on_error="skip").set_index("document_id")
    kept = documents[documents["exclusion_reason"].isna()]
    assert kept["text"].to_dict() == {"a": TEXTS["a"], "c": TEXTS["c"]}
    assert words.partition(": ")[2] in " ".join(documents["exclusion_reason"].dropna())


def test_a_text_that_no_hash_names_is_left_out_with_a_warning(small):
    (small / "texts" / "d.txt").write_text("Nobody knows me.", encoding="utf-8")
    with pytest.warns(FramelensWarning, match=r"texts: no row of corpus\.csv names d\.txt by its text_sha256: left out"):
        assert read_study(small).find_texts()["document_id"].tolist() == ["a", "b", "c"]


def test_a_text_that_is_not_found_is_skipped_where_that_is_asked_for(small):
    (small / "texts" / "c.txt").unlink()
    documents = read_study(small).find_texts(on_error="skip").set_index("document_id")
    assert documents["text"].notna().to_dict() == {"a": True, "b": True, "c": False}
    assert documents.loc["c", "exclusion_reason"] == "Its text is not found by its text_sha256."


def test_a_kind_of_source_that_is_not_usual_is_warned_of(small):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read_study(small)
    change(small / "study.toml", '"state_media"', '"activist"')
    with pytest.warns(FramelensWarning, match=r"study\.toml, line 6: sources.maravel one is 'activist', .* protester,"):
        read_study(small)
    change(small / "study.toml", '"maravel one"', '"maravel\'s one = two"')
    with pytest.warns(FramelensWarning, match=r"study\.toml, line 6: sources.maravel's one = two is 'activist'"):
        read_study(small)
    change(small / "study.toml", '"maravel\'s one = two"', '"maravel one"')
    change(small / "study.toml", 'witness = "challenger"', 'activist = "challenger"')
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_study(small).settings["sources"] == {"maravel one": "activist"}


def test_an_error_names_three_missing_texts_at_most(small):
    with (small / "corpus.csv").open("a") as file:
        file.writelines(f"x{i},Post,P,P,e,{i:064d},\n" for i in range(5))
    with pytest.raises(StudyError, match=r"5 of 8 texts .*: x0, x1, x2 and 2 more"):
        read_study(small).find_texts()


def test_no_text_at_all_means_tables(small):
    shutil.rmtree(small / "texts")
    assert read_study(small).find_texts() is None
    table = io.read_csv(small / "corpus.csv").drop(columns="text_sha256")
    io.write_csv(table, small / "corpus.csv")
    assert read_study(small).find_texts() is None


def test_a_text_that_cannot_be_decoded_is_named(small):
    raw = b"PK\x03\x04 and more"
    (small / "texts" / "c.txt").write_bytes(raw)
    change(small / "corpus.csv", io.sha256(TEXTS["c"].encode()), io.sha256(raw))
    with pytest.raises(CorpusError, match=r"c\.txt: it is a ZIP"):
        read_study(small).find_texts()


def test_a_blank_text_is_excluded_and_says_so(small):
    (small / "texts" / "c.txt").write_bytes(b" \n")
    change(small / "corpus.csv", io.sha256(TEXTS["c"].encode()), io.sha256(b" \n"))
    study = read_study(small)
    documents = study.find_texts()
    assert documents["exclusion_reason"].fillna("").tolist() == ["", "", "no text"]
    study.write_tables(study.annotate()[0])
    shutil.rmtree(small / "texts")
    assert study.annotate()[0].documents["exclusion_reason"].fillna("").tolist() == ["", "", "no text"]


def test_tables_follow_sides_and_metadata_as_they_stand_now(without_texts):
    change(without_texts / "study.toml", 'witness = "challenger"', 'expert = "official"')
    text = (without_texts / "corpus.csv").read_text().splitlines()
    text = [text[0], text[3], text[1].replace("a,Post,P,P,e", "a,Gazette,G,P,e2"), text[2]]  # another order of rows
    (without_texts / "corpus.csv").write_text("\n".join(text) + "\n")
    annotations, source = read_study(without_texts).annotate()
    assert source == "tables"
    assert annotations.about["sides"] == {"expert": "official"}
    assert annotations.sides["witness"] == schema.DEFAULT_SIDES["witness"]
    documents = annotations.documents.set_index("document_id")
    assert documents.loc["a", ["outlet", "publisher", "event"]].tolist() == ["Gazette", "G", "e2"]
    assert documents.loc["b", ["outlet", "publisher", "event"]].tolist() == ["Post", "P", "e"]
    status = annotations.copies.set_index("document_id")["copy_status"]
    assert status.to_dict() == {"a": "republished", "b": "original", "c": "original"}


@pytest.mark.parametrize("file, old, new, words", [
    ("study.toml", '"Maravel"', '"Korvia"', "home"),
    ("study.toml", '"state_media"', '"opposition"', "sources"),
    ("corpus.csv", "c,Post", "d,Post", r"corpus\.csv: other articles .*c, d"),
    ("corpus.csv", io.sha256(TEXTS["c"].encode()), "0" * 64, "text_sha256.*: c"),
    ("corpus.csv", io.sha256(TEXTS["c"].encode()) + ",", io.sha256(TEXTS["c"].encode()) + ",a double", "excluded.*: c"),
    ("corpus.csv", "c,Post", "b,Post", r"corpus\.csv: 1 problem. row 4: document_id 'b' stands in row 3 already"),
    ("corpus.csv", "c,Post", "c,", r"corpus\.csv: 1 problem. row 4: column 'outlet' is empty. Name the outlet"),
    ("corpus.csv", "outlet,", "outlets,", r"corpus\.csv: the column 'outlet' is missing; there are document_id, outlets"),
])
def test_tables_made_with_other_settings_are_refused(without_texts, file, old, new, words):
    assert read_study(without_texts).annotate()[1] == "tables"
    change(without_texts / file, old, new)
    with pytest.raises((StudyError, CorpusError), match=words) as error:
        read_study(without_texts).annotate()
    assert "framelens tables" in str(error.value) or error.type is CorpusError
    assert "on_error" not in str(error.value)  # a study has no such option


def test_a_study_asks_how_tone_is_scored(tmp_path):
    folder = tmp_path / "mine"
    (folder / "texts").mkdir(parents=True)
    (folder / "texts" / "a.txt").write_text("The police were lovely.\n", encoding="utf-8")
    (folder / "corpus.csv").write_text("document_id,outlet\na,Herald\n", encoding="utf-8")
    (folder / "own.csv").write_text("word,class,forms,reason\nlovely,x,lovely,Tried.\n", encoding="utf-8")
    asked = '[tone]\nneutralise = ["events", "own.csv"]\nwindows = ["8 words"]\n'
    (folder / "study.toml").write_text(HEAD + asked, encoding="utf-8")
    study = read_study(folder)
    found, _ = study.annotate()
    scores = found.sentiment.set_index(["target_group", "scorer"])["score"]
    assert scores["security", "vader_compound"] > 0 == scores["security", "vader_compound_without_events_own"]
    assert found.about["tone"]["neutralise"] == ["events", "own.csv"]  # no path of the machine is published
    assert pickle.loads(pickle.dumps(Annotator.read(study=study.settings))).tone.scorers
    for broken, words in (('neutralise = "own"', "'own'"), ("windows = 8", "windows"), ('window = ["8 words"]', "tone.window")):
        (folder / "study.toml").write_text(f"{HEAD}[tone]\n{broken}\n", encoding="utf-8")
        with pytest.raises(StudyError, match=words):
            read_study(folder)
