"""Every row of estimates opens exactly what it counts, or says why it cannot."""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import framelens as fl
from framelens import io, schema
from framelens.errors import SchemaError
from framelens.measure._rows import PARTS, find_frame
from framelens.report.evidence import find_evidence
from framelens.report.evidence.behind import MEASURES

sys.path.insert(0, str(Path(__file__).parent))
from evidence_checks import hold, shows

QUICK = {"n_resamples": 100}
SENTENCES = (
    "A mob of rioters broke into the depot.", "Peaceful protesters marched to the square.",
    "Police said the rioters had attacked officers.", "“The thugs burned our shop,” said Ada Roe, a baker.",
    "Twelve people were killed by soldiers.", "The interior ministry denied that protesters were beaten.",
    "Guards shot two demonstrators, according to witnesses.", "The so-called terrorists went home.",
    "No rioters were seen at the depot.", "It was a wonderful day, clearly, and a brutal night.",
    "State television, citing the army, said that the rioters had fled.", "“Stay at home,” the mayor told protesters.",
)


@pytest.fixture(scope="module")
def demo(root):
    study = fl.read_study(root / "data" / "demo")
    return study, study.annotate()[0]


@pytest.fixture(scope="module")
def estimates(demo):
    study, found = demo
    return study.estimate(found, n_resamples=100)


@pytest.fixture(scope="module")
def evidence(demo, estimates):
    return hold(demo[1], estimates)


def pick(table: pd.DataFrame, **values: str) -> pd.DataFrame:
    return table[(table[list(values)] == pd.Series(values)).all(axis=1)]


def draw_corpus(rng: np.random.Generator) -> pd.DataFrame:
    """Draw articles of a few sentences each: outlets, publishers, events, dates and exclusions in any mixture."""
    n = int(rng.integers(5, 9))
    texts = ["March in the capital\n\n" + " ".join(rng.choice(SENTENCES, rng.integers(1, 7))) for _ in range(n)]
    drawn = {"outlet": ["Post", "Star", "Sun"], "publisher": ["Post online", "Wire"], "event": ["march", "strike", None],
             "published": ["2024-01-03", "2024-03-09", "2024", None], "exclusion_reason": [None, None, None, "a list"]}
    table = pd.DataFrame({name: rng.choice(values, n) for name, values in drawn.items()})
    table.loc[:4, "exclusion_reason"] = None  # whatever is compared has two sides
    table.loc[:3, "outlet"] = ["Post", "Star", "Post", "Star"]
    table.loc[:3, "publisher"] = ["Post online", "Wire", "Wire", "Post online"]
    table.loc[:4, "event"] = ["march"] * 4 + ["strike"]
    table.loc[0, "published"] = "2024-01-03"
    return table.assign(document_id=[f"a{i}" for i in range(n)], text=texts)


def all_estimates(found: fl.Annotations, by: str) -> pd.DataFrame:
    """Call every measure and comparison once."""
    words = {"tables": found.tables, "allow_small_n": True, "n_resamples": 99}
    named = found.documents.assign(outlet=found.documents["publisher" if by == "publisher" else "outlet"])
    keys = fl.measure_keyness(found.term_counts, named, **words, null_check=1)
    told = [
        keys, fl.measure_term_rates(keys, found.term_counts, named, tables=found.tables, **QUICK),
        fl.measure_conduits(found, by=by, **QUICK),
        fl.measure_labelling(found, by=by, **QUICK), fl.measure_labelling(found, period="month", **QUICK),
        fl.measure_balance(found, by=by, referent="own", contested="out"), fl.measure_balance(found, contested="only"),
        fl.measure_label_terms(found, by=by, **QUICK), fl.measure_label_sources(found, by=by, **QUICK),
        fl.measure_sourcing(found, by=by, **QUICK), fl.measure_tone(found, by=by, **QUICK),
        fl.measure_agency(found, by=by, **QUICK), fl.measure_loaded(found, by=by, **QUICK),
        fl.measure_scorer_agreement(found, by=by),
        fl.measure_keyness(found.term_counts, found.documents, None, "pairwise", **words, voice="narrator"),
        fl.measure_distance(found, of="labels", voice="narrator", allow_small_n=True, n_resamples=100),
        fl.measure_distance(found, of="words", n_resamples=100),
        fl.compare(found, fl.measure_labelling, by="outlet", only={"zone": "body"}),
        fl.compare(found, fl.measure_balance, by="outlet", reference="rest", contrast="odds ratio"),
        fl.compare(found, fl.measure_sourcing, by="publisher", contrast="ratio"),
        fl.compare(found, fl.measure_tone, by="event", reference="rest"),
        fl.compare_events(found, fl.measure_sourcing, by="outlet"), fl.compare_events(found, fl.measure_balance, by="outlet"),
        fl.model_rates(found, fl.measure_agency, only={"patient_group": "any"}),
        fl.model_rates(found, fl.measure_sourcing, by="publisher", events=False),
        fl.measure_multiverse(found, fl.measure_balance, sides=("Post", "Star"), by="outlet", only={
            "measure": "label_choice_share", "zone": "body", "group": "protesters", "stance": "delegitimising"}),
    ]
    return pd.concat([table for table in told if len(table)], ignore_index=True)


@settings(max_examples=3, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # an example takes seconds
@given(by=st.sampled_from(["outlet", "document_id", "publisher", "event"]), seed=st.integers(0, 2**32 - 1))
def test_all_numbers_of_random_corpora_add_up(by, seed):
    rng = np.random.default_rng(seed)
    found = fl.annotate(draw_corpus(rng))
    if by == "publisher":
        found = fl.select_annotations(found, wire="exclude", suspects="out", without=sorted(set(found.mentions["term"]))[:1])
    assert len(hold(found, all_estimates(found, by)))


def test_all_numbers_of_the_study_add_up(demo, evidence):
    shows(demo[1], evidence.sample(2000, random_state=1))
    assert evidence["note"].isna().all()


def test_all_numbers_of_the_demonstration_add_up(demo):
    _, found = demo
    shares = {"measure": ["label_share", "label_rate"]}
    told = [fl.measure_label_terms(found, **QUICK), fl.measure_label_sources(found, **QUICK),
            fl.measure_balance(found, referent="own", contested="out"), fl.measure_scorer_agreement(found),
            fl.compare(found, fl.measure_labelling, only=shares), fl.compare_events(found, fl.measure_labelling, only=shares)]
    evidence = hold(found, pd.concat(told, ignore_index=True))
    ends = np.cumsum([0, *map(len, told)])
    assert all(evidence["estimate_row"].between(low, high - 1).any() for low, high in pairwise(ends))


def test_keywords_stand_where_they_were_counted(demo):
    _, found = demo
    table = fl.measure_keyness(found.term_counts, found.documents, "Maravel Herald", voice="narrator", tables=found.tables,
                               n_resamples=99)
    table = table.nsmallest(40, "p_value").reset_index(drop=True)
    shown = hold(found, table)
    shows(found, shown)
    assert shown["start"].notna().all() and (shown["n_units"] == 1).all()
    joined = shown.join(table["term"], on="estimate_row")
    assert (joined["surface"].str.lower().str.replace("’", "'") == joined["term"]).all()
    sides = shown.groupby(["estimate_row", "contrast_side"]).size().unstack(fill_value=0)
    assert (sides["Maravel Herald"] == table["n_units"]).all() and (sides["the rest"] == table["n_reference"]).all()


def test_every_measure_that_is_compared_hands_out_what_it_counts(demo):
    _, found = demo
    assert {measure.__name__ for measure in MEASURES} == set(PARTS)
    frame = find_frame(found, "outlet", 100, 0)
    for name, parts in PARTS.items():
        for part in parts(found, frame):
            assert part.units, (name, part.measure.name)


def test_known_sentences():
    texts = {"a": "A mob broke in. Police said the rioters fled. No rioters stayed.", "b": "The rioters ran."}
    documents = pd.DataFrame({"document_id": list(texts), "outlet": ["Post", "Star"], "text": texts.values()})
    found = fl.annotate(documents)
    table = fl.measure_labelling(found, **QUICK)
    asked = pick(table, measure="label_voice_share", group="protesters", stance="delegitimising", voice="narrator", zone="body")
    shown = find_evidence(found, asked)
    assert shown[["document_id", "surface", "hit", "passage"]].values.tolist() == [
        ["a", "mob", True, "A mob broke in."], ["a", "rioters", False, "Police said the rioters fled."],
        ["b", "rioters", True, "The rioters ran."]]
    assert shown["estimate_row"].tolist() == [asked.index[0], asked.index[0], asked.index[1]]
    said = find_evidence(found, pick(fl.measure_sourcing(found, **QUICK), measure="attribution_density").iloc[0])
    assert said[["item", "surface", "passage"]].values.tolist() == [
        ["attribution", "the rioters fled", "Police said the rioters fled."]]


def test_rows_that_stand_in_the_text_are_their_own_evidence():
    texts = ["Nine rioters were eliminated. The army said that 12 people were killed.", "Guards killed nine strikers."]
    documents = pd.DataFrame({"document_id": ["a", "b"], "outlet": ["Post", "Star"], "event": "strike", "text": texts})
    found = fl.annotate(documents)
    disputed = fl.find_disagreements(found)
    shown = find_evidence(found, disputed)
    assert shown["item"].eq("fact").all() and shown["item_id"].tolist() == disputed["fact_id"].tolist()
    told = {"a": "The army said that 12 people were killed.", "b": "Guards killed nine strikers."}
    assert all(row.passage in (texts[0][:29], told[row.document_id]) and row.surface in row.passage for row in shown.itertuples())
    slots = pick(fl.find_slots(found, fl.find_statements(found)), slot="verb")
    spans = find_evidence(found, slots)
    assert len(slots) and spans["surface"].tolist() == slots["filler"].tolist() and spans["item"].eq("span").all()
    with pytest.raises(SchemaError, match="'nobody' is not in the table 'facts'"):
        find_evidence(found, disputed.head(1).assign(fact_id="nobody"))
    with pytest.raises(SchemaError, match="no column measure"):
        find_evidence(found, documents)


def test_sides_of_a_contrast():
    texts = ["The mob fled.", "The mob ran. The crowd sang.", "Thugs ran."]
    found = fl.annotate(pd.DataFrame({"document_id": list("abc"), "outlet": ["Post", "Star", "Sun"], "text": texts}))
    only = {"measure": "label_share", "zone": "body", "voice": "narrator", "group": "protesters", "stance": "delegitimising"}
    table = fl.compare(found, fl.measure_labelling, by="outlet", reference="rest", only=only)
    shown = find_evidence(found, table[table["contrast"] == "Post minus rest"])
    assert shown[["contrast_side", "surface", "hit"]].values.tolist() == [
        ["Post", "mob", True], ["rest", "mob", True], ["rest", "crowd", False], ["rest", "Thugs", True]]


def test_text_free_tables_open_the_same_rows(demo, estimates, evidence, tmp_path):
    _, found = demo
    found.save(tmp_path / "tables", form="text_free")
    bare = fl.Annotations.load(tmp_path / "tables")
    every = estimates.iloc[::7]
    free, full = find_evidence(bare, every), evidence[evidence["estimate_row"].isin(every.index)].reset_index(drop=True)
    assert (free.groupby("estimate_row")["n_units"].sum() == full.groupby("estimate_row")["n_units"].sum()).all()
    assert free["surface"].isna().all() and free["passage"].isna().all() and free["note"].notna().all()
    free, full = (table[table["item"] != "term"].reset_index(drop=True) for table in (free, full))  # texts show their places
    left = ["surface", "passage", "note"]
    placed = ["sentence_start", "sentence_end"]  # of attributions by their contents alone: sources and cues lose their offsets
    pd.testing.assert_frame_equal(free.drop(columns=left + placed), full.drop(columns=left + placed))
    others = free["item"] != "attribution"
    pd.testing.assert_frame_equal(free.loc[others, placed], full.loc[others, placed])
    assert free.attrs["reasons"] == {i: why for i, why in evidence.attrs["reasons"].items() if i in every.index}


def test_rows_of_a_figure_read_back_open_theirs(demo, estimates, evidence, tmp_path):
    from framelens.report.figures_study import plot_study

    study, found = demo
    for f in plot_study(estimates, tables=study.find_tables(found), labels=study.labels):
        io.write_csv(f.data, tmp_path / f"{f.name}.csv")  # as the gallery writes them, without the pictures
    files = {file: io.read_csv(file) for file in sorted(tmp_path.glob("*.csv"))}
    assert len(files) > 5
    key = list(schema.TABLES["estimates"].key)

    def add_up(shown, rows):
        return shown[["estimate_row", "n_units"]].join(rows[key], on="estimate_row").groupby(key, dropna=False)["n_units"].sum()

    numbers = add_up(evidence, estimates)
    opened = 0
    for written in files.values():
        if "measure" not in written:  # slots, reported numbers: each row stands in the text
            shows(found, find_evidence(found, written))
            continue
        rows = schema.validate(written, "estimates")
        there = add_up(hold(found, rows), rows)
        assert (numbers.reindex(there.index) == there).all()
        opened += len(there)
    assert opened > 100


def test_rows_without_evidence_say_why(demo, estimates, evidence):
    reasons = evidence.attrs["reasons"]
    nothing = estimates[(estimates["measure"] == "label_share") & estimates["estimate"].isna()]
    assert len(nothing) and all(reasons[i].startswith("Nothing to measure: no labels") for i in nothing.index)
    none = estimates[(estimates["measure"] == "label_count") & (estimates["estimate"] == 0)]
    assert {reasons[i] for i in none.index} == {"Nothing is counted here: no hit."}
    alone = find_evidence(demo[1], none.head(1))
    assert alone.empty and list(alone.columns) == list(schema.TABLES["evidence"].columns)
    sums = estimates[estimates["measure"].str.startswith("multiverse_")]
    assert len(sums) and all("specifications" in reasons[i] for i in sums.index)
    some = estimates[estimates["n_units"] > 0].head(2).reset_index(drop=True)
    told = find_evidence(demo[1], some.assign(measure=["my_measure", "attribution_f1"])).attrs["reasons"]
    assert "called 'my_measure'" in told[0] and "two annotations" in told[1]
    band = find_evidence(demo[1], some.assign(reference="US campaign news"))
    assert band.empty and band.attrs["reasons"][0].startswith("It is of other news (US campaign news)")


def test_other_annotations_are_refused(demo, estimates):
    _, found = demo
    row = estimates[(estimates["measure"] == "label_count") & (estimates["estimate"] > 1)].head(1)
    less = found.replace(mentions=found.mentions[found.mentions["term"] != found.mentions["term"].iloc[0]].iloc[::2])
    with pytest.raises(SchemaError, match=r"row \d+ \(label_count\): it counts \d+ and the tables \(mentions\) hold"):
        find_evidence(less, row)
    with pytest.raises(SchemaError, match="nothing called 'Nobody'"):
        find_evidence(found, row.assign(outlet="Nobody"))
    with pytest.raises(SchemaError, match=r"no number of zone 'body'.*group 'nobody'"):
        find_evidence(found, row.assign(group="nobody", zone="body"))
    contrast = row.assign(contrast="A minus B", reference="B")
    with pytest.raises(SchemaError, match="no contrast 'A minus B'"):
        find_evidence(found, contrast)


def test_the_index_names_rows(estimates, demo):
    row = estimates[estimates["estimate"] > 0].iloc[0]
    assert (find_evidence(demo[1], row)["estimate_row"] == row.name).all()
    with pytest.raises(SchemaError, match="whole numbers from 0"):
        find_evidence(demo[1], estimates.head(2).set_axis(["a", "b"]))
    with pytest.raises(SchemaError, match="each once"):
        find_evidence(demo[1], estimates.head(2).set_axis([1, 1]))


def test_the_code_of_the_page_runs(root, monkeypatch):
    monkeypatch.chdir(root)
    page = (root / "docs" / "evidence.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"<!-- run -->\n```python\n(.*?)```", page, re.DOTALL)
    shown: dict[str, pd.DataFrame] = {}
    exec(code, shown)
    assert len(shown["mobs"]) == 1 and len(shown["evidence"]) == shown["mobs"]["n_units"].item()
    assert shown["evidence"]["hit"].mean() == shown["mobs"]["estimate"].item()


def run(*arguments: object):
    from click.testing import CliRunner

    from framelens.cli import cli

    return CliRunner().invoke(cli, ["evidence", *map(str, arguments)])


@pytest.fixture
def tiny(tmp_path):
    """A study of two articles, with texts and without, and the rows of a figure of it."""
    texts = {"a": "A mob broke in. Police said the rioters fled.", "b": "The rioters ran."}
    for name in ("full", "free"):
        folder = tmp_path / name
        (folder / "texts").mkdir(parents=True)
        (folder / "study.toml").write_text('[study]\nname = "tiny"\ntitle = "Two invented articles"\n', encoding="utf-8")
        for document, text in texts.items():
            (folder / "texts" / f"{document}.txt").write_text(text, encoding="utf-8")
        rows = [f"{d},{o},{io.sha256(texts[d].encode())}" for d, o in (("a", "Post"), ("b", "Star"))]
        (folder / "corpus.csv").write_text("\n".join(["document_id,outlet,text_sha256", *rows]) + "\n", encoding="utf-8")
    study = fl.read_study(tmp_path / "free")
    found = study.annotate()[0]
    study.write_tables(found)
    for file in (tmp_path / "free" / "texts").iterdir():
        file.unlink()
    table = fl.measure_labelling(found, **QUICK)
    rows = pick(table, group="protesters", stance="delegitimising", zone="body")
    io.write_csv(pick(rows, measure="label_voice_share"), tmp_path / "figures" / "tiny" / "01_labels.csv")
    io.write_csv(pick(rows, measure="label_share"), tmp_path / "figures" / "shares.csv")
    return tmp_path


def test_the_command_opens_a_row(tiny):
    listed = run(tiny / "full", "01_labels", "--figures", tiny / "figures")
    assert listed.exit_code == 0, listed.output
    lines = listed.output.splitlines()
    assert lines[0] == "2  label_voice_share (Post, body, narrator, protesters, delegitimising): 0.5 share, n 2"
    assert [line.split()[0] for line in lines] == ["2", "3", "4", "5", "6", "7"]
    shown = run(tiny / "full", "01_labels", "--figures", tiny / "figures", "--row", 2)
    assert shown.output.splitlines()[1:] == ["+ a [2, 5)  A [mob] broke in.", "- a [32, 39)  Police said the [rioters] fled."]
    file = tiny / "figures" / "tiny" / "01_labels.csv"
    assert run(tiny / "full", file, "--row", 2).output == shown.output
    free = run(tiny / "free", file, "--row", 2)
    assert free.stdout.splitlines()[1:] == ["+ a [2, 5)  label a:m:2-5", "- a [32, 39)  label a:m:32-39"]
    assert f"put them into {tiny / 'free'}/texts or name their folder in FRAMELENS_TEXTS" in free.stderr


def test_the_command_writes_a_table_and_says_what_is_wrong(tiny):
    out = tiny / "evidence.csv"
    told = run(tiny / "full", "01_labels", "--figures", tiny / "figures", "--out", out)
    assert told.exit_code == 0 and "9 rows of evidence, 0 of 6 rows have none" in told.output, told.output
    table = io.read_table(out, "evidence")
    assert table["estimate_row"].value_counts().to_dict() == {2: 2, 3: 2, 4: 2, 5: 1, 6: 1, 7: 1}
    nothing = run(tiny / "full", tiny / "figures" / "shares.csv", "--row", 3)
    assert nothing.output.splitlines()[1] == "Nothing to measure: no labels of this group in this voice and zone."
    far = run(tiny / "full", "01_labels", "--figures", tiny / "figures", "--row", 9)
    assert far.exit_code == 2 and "9 is no row of the file: its rows are 2 to 7." in far.output
    bare = tiny / "bare.csv"
    bare.write_text((tiny / "figures" / "shares.csv").read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    empty = run(tiny / "full", bare, "--row", 2)
    assert empty.exit_code == 2 and "2 is no row of the file: it has none." in empty.output
    absent = run(tiny / "full", "02_none", "--figures", tiny / "figures")
    assert "There is 01_labels" in str(absent.exception)
    never = run(tiny / "full", "02_none", "--figures", tiny / "nowhere")
    assert "framelens figures" in str(never.exception)
