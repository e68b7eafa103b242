"""What accuracy refuses, what it leaves out and says so, and what people coded as it is read from a folder."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from framelens import io, schema
from framelens.annotate.bundle import Annotations
from framelens.errors import CorpusError, FramelensError, FramelensWarning, MarksError, SchemaError
from framelens.measure.accuracy import measure_accuracy
from framelens.measure.coded import read_coded
from framelens.pipeline import annotate

SAID = '<src a="1">Roe</src> <cue a="1">said</cue> <con a="1" type="{}" kind="{}" by="{}">the pier is safe</con>.'
GOLD = {  # two articles: three attributions, one nested; two labels
    "a": '<src a="1">Maravel One</src> <cue a="1">said</cue> <con a="1" type="indirect" kind="speech" by="state_media">'
         '<src a="2">police</src> <cue a="2">believe</cue> <con a="2" type="indirect" kind="attitude" by="police" in="1">'
         'the <label g="protesters" s="neutral" v="indirect">marchers</label> are gone</con></con>.',
    "b": '“<con a="1" type="direct" kind="speech" by="person">We stay</con>,” <cue a="1">said</cue> <src a="1">Mira Quell</src>. '
         'The <label g="protesters" s="delegitimising" v="narrator">mob</label> met troops.',
}
FOUND = {
    "a": '<src a="1">Maravel One</src> said <con a="1" type="indirect" kind="claim" by="police">police believe the '
         '<label g="event" s="neutral" v="indirect">marchers</label> are gone</con>.',
    "b": '“<con a="1" type="direct" kind="speech" by="person">We stay</con>,” said Mira <src a="1">Quell</src>. '
         'The mob met troops.',
}


def recall(estimates):
    """Take the recall of attributions."""
    return estimates.query("measure == 'attribution_recall' and contrast == 'match=relaxed'")["estimate"].item()


# What is not scored, and what is refused

def test_articles_without_gold_and_excluded_ones_are_counted_in_the_note(coded):
    gold = coded({"a": GOLD["a"]})
    found = coded(FOUND)
    rows = measure_accuracy(found, gold)
    assert rows["note"].str.contains("Articles that gold does not have, not scored: 1.", regex=False).all()
    assert rows["n_documents"].max() == 1
    shut = found.documents.assign(exclusion_reason=[np.nan, "no body"])
    rows = measure_accuracy(Annotations({**found.tables, "documents": shut}), coded(GOLD))
    assert rows["note"].str.contains("Excluded articles, not scored: 1.", regex=False).all()


def test_an_attribution_without_content_is_counted_in_the_note(coded):
    gold = coded({"a": GOLD["a"]})
    spans_ = gold.attribution_spans
    bare = Annotations({**gold.tables, "attribution_spans": spans_[spans_["role"] != "content"]})
    rows = measure_accuracy(gold, bare)
    assert rows["note"].str.contains("Attributions without a content, left out: 0 predicted, 2 gold.", regex=False).all()
    assert rows.query("measure == 'attribution_precision' and contrast == 'match=relaxed'")["estimate"].item() == 0


def test_a_side_without_texts_takes_the_other_s(coded):
    gold = coded(GOLD)
    bare = Annotations({**gold.tables, "documents": gold.documents.drop(columns="text")})
    found = coded(FOUND)
    pd.testing.assert_frame_equal(measure_accuracy(found, bare), measure_accuracy(found, gold))
    with pytest.raises(SchemaError, match="neither side has the text of 'a'"):
        measure_accuracy(bare, bare)


def test_a_table_that_one_side_lacks_is_left_out(coded):
    gold = coded(GOLD)
    without = Annotations({n: t for n, t in gold.tables.items() if n != "mentions"})
    measures = set(measure_accuracy(coded(FOUND), without)["measure"])
    assert "attribution_f1" in measures and "mention_f1" not in measures
    labels_only = Annotations({n: gold.tables[n] for n in ("documents", "mentions")})
    assert measure_accuracy(coded(FOUND), labels_only)["measure"].str.startswith("mention_").all()
    with pytest.raises(SchemaError, match=r"Nothing to score: predicted holds .*, gold documents"):
        measure_accuracy(gold, Annotations({"documents": gold.documents}))


@pytest.mark.parametrize(("change", "message"), [
    (lambda t: {"documents": t["documents"].assign(text=["Maravel Two", *t["documents"]["text"][1:]])},
     r"article 'a' is not the same text on both sides. From character 8, predicted has 'One said .*' and gold 'Two'"),
    (lambda t: {"documents": t["documents"].assign(document_id=["a", "z"])}, "of predicted: 'z' of gold is not there"),
    (lambda t: {"documents": t["documents"].assign(document_id=["y", "z"])}, r"no article in common. predicted has 'a', 'b'"),
    (lambda t: {"documents": t["documents"].assign(exclusion_reason="dull")}, r"in common is excluded \('a', 'b'\)"),
    (lambda t: {"mentions": t["mentions"].assign(end=900)}, r"gold, article 'a': \[\d+, 900\) is no span"),
    (lambda t: {"mentions": t["mentions"].assign(document_id="z")}, r"mentions' of gold, column 'document_id': 'z' is not in"),
    (lambda t: {"mentions": t["mentions"].assign(stance="negative")}, "of gold, column 'stance': 'negative' is not allowed"),
    (lambda t: {"mentions": t["mentions"].drop(columns="start")}, r"mentions' of gold, column 'start': the column is missing"),
    (lambda t: {"attribution_spans": t["attribution_spans"].assign(attribution_id="q")}, "no attribution is called 'q'"),
    (lambda t: {"attribution_spans": t["attribution_spans"].assign(role="verb")}, "no role 'verb'"),
    (lambda t: {"attributions": t["attributions"].assign(attribution_id="a:1")}, r"article 'a': an attribution_id stands twice"),
])
def test_tables_that_do_not_fit_are_named(coded, change, message):
    gold = coded(GOLD)
    with pytest.raises(SchemaError, match=message):
        measure_accuracy(coded(FOUND), Annotations({**gold.tables, **change(gold.tables)}))


@pytest.mark.parametrize(("options", "message"), [
    ({"level": 0}, "level=0"), ({"by": "event"}, "by='event' is no grouping"), ({"n_resamples": 3}, "too few")])
def test_options_that_do_not_fit_are_named(coded, options, message):
    with pytest.raises(FramelensError, match=message):
        measure_accuracy(coded(FOUND), coded(GOLD), **options)


def test_text_free_tables_are_refused(coded):
    gold = coded(GOLD)
    with pytest.raises(SchemaError, match="gold: the tables are text-free"):
        measure_accuracy(gold, Annotations(gold.tables, form="text_free"))


LABELS_ONLY = {name: re.sub(r"</?(src|cue|con)[^>]*>", "", text) for name, text in GOLD.items()}


def test_what_no_mark_of_gold_is_of_is_scored_on_demand_only(coded):
    found, labels = coded(FOUND), coded(LABELS_ONLY)
    rows = measure_accuracy(found, labels)
    assert rows["measure"].str.startswith("mention_").all()
    assert rows["note"].str.contains("No mark of attributions in gold, not scored", regex=False).all()
    alike = ["measure", "group", "voice", "estimate", "ci_low", "n_units"]
    whole = measure_accuracy(found, coded(GOLD), only="mentions")  # the same labels, and attributions that nobody asked for
    pd.testing.assert_frame_equal(rows[alike], whole[alike])
    assert not whole["note"].str.contains("No mark of", regex=False).any()
    none = measure_accuracy(found, labels, only=["attributions"])  # a coder who looked for them, and found none
    assert none.query("measure == 'attribution_precision' and contrast == 'match=relaxed'")["estimate"].item() == 0
    assert not none["measure"].str.startswith("mention_").any()
    both = measure_accuracy(found, labels, only=["attributions", "mentions"])
    assert len(both) == len(rows) + len(none)


def test_an_empty_table_is_a_statement_and_is_scored(coded):
    gold = coded(GOLD)
    none = Annotations({**gold.tables, "mentions": gold.mentions.iloc[:0]})
    rows = measure_accuracy(coded(FOUND), none).set_index("measure")
    assert rows.query("group.isna()").loc["mention_precision", "estimate"] == 0


def test_a_group_that_the_lexicon_does_not_have_is_named_in_the_note(coded):
    found = Annotations(coded(FOUND).tables, {"groups": {"protesters": {}, "event": {}}})
    misspelt = coded({name: text.replace('g="protesters"', 'g="protestors"') for name, text in GOLD.items()})
    told = "Groups of gold that the lexicon of predicted does not have: 'protestors' (it has protesters, event)."
    assert measure_accuracy(found, misspelt)["note"].str.contains(told, regex=False).all()
    for predicted, gold in ((found, coded(GOLD)), (coded(FOUND), misspelt)):  # all known; and no lexicon to know
        assert not measure_accuracy(predicted, gold)["note"].str.contains("Groups of gold").any()


@pytest.mark.parametrize(("only", "message"), [
    ("labels", r"only='labels': 'labels' cannot be scored\. Both sides hold attributions, mentions\."),
    (["mentions", "facts"], "'facts' cannot be scored"), ([], r"only=\[\]: that cannot be scored")])
def test_only_what_both_sides_hold_can_be_asked_for(coded, only, message):
    with pytest.raises(SchemaError, match=message):
        measure_accuracy(coded(FOUND), coded(GOLD), only=only)


def test_gold_without_any_mark_is_refused(coded):
    bare = coded({name: re.sub(r"<[^>]+>", "", text) for name, text in GOLD.items()})
    with pytest.raises(SchemaError, match="the texts of gold hold no mark of attributions or mentions"):
        measure_accuracy(coded(FOUND), bare)


# Reading what people coded

def test_marks_become_tables(coded):
    bundle = coded(GOLD)
    for name in ("documents", "attributions", "attribution_spans"):
        pd.testing.assert_frame_equal(schema.validate(bundle.tables[name], name), bundle.tables[name])
    said_ = bundle.attributions.set_index("attribution_id")
    assert said_.loc["a:2", ["level", "parent_id", "source", "cue"]].tolist() == [2, "a:1", "police", "believe"]
    text = bundle.documents["text"].iloc[0]
    assert text == "Maravel One said police believe the marchers are gone."
    assert all(text[m.start:m.end] == m.surface for m in bundle.mentions.itertuples() if m.document_id == "a")


def test_a_folder_of_three_tables_will_do(coded, tmp_path):
    bundle = coded(GOLD)
    for name in ("documents", "attributions", "attribution_spans"):
        io.write_table(bundle.tables[name], tmp_path / "coders" / f"{name}.csv", name)
    assert recall(measure_accuracy(coded(FOUND), read_coded(tmp_path / "coders"))) == 2 / 3


@pytest.mark.parametrize(("text", "message"), [
    ('<cue a="3">said</cue> so', "a.txt: attribution 3 has no <con> with a type"),
    (SAID.format("direct", "speech", 'police" in="7'), "a.txt: attribution 7 has no <con>"),
    (SAID.format("direct", "speech", 'police" in="1'), "a.txt: attribution 1 stands in itself"),
    (SAID.format("direct", "speech", "police") * 2, "a.txt: an attribution has two <con> with a type"),
    (SAID.format("direct", "chat", "police"), r'a\.txt, line 1: kind="chat" of <con> is not allowed'),
    ('<con a="1">', "never closed"),
])
def test_marks_that_do_not_fit_are_named(coded, text, message):
    with pytest.raises((MarksError, SchemaError), match=message):
        coded({"a": text})


def test_a_guessed_encoding_of_marks_is_told(tmp_path):
    (tmp_path / "a.txt").write_bytes('The café <label g="event" s="neutral" v="narrator">march</label> went on.'.encode("cp1252"))
    with pytest.warns(FramelensWarning, match=r"was not stated but guessed: a\.txt as cp1252\. .* save as UTF-8\.$"):
        assert read_coded(tmp_path).documents["text"].item() == "The café march went on."


def test_a_folder_without_anything_to_read_is_named(tmp_path):
    with pytest.raises(CorpusError, match="neither tables"):
        read_coded(tmp_path)
    (tmp_path / "a.txt").write_bytes(b"\x00\x01")
    with pytest.raises(CorpusError, match=r"a\.txt cannot be read"):
        read_coded(tmp_path)


# Labels of a spreadsheet

ARTICLE = "The mob met riot police.\nA march, said Roe, of “students”."
LABELS = [("mob", "protesters", "delegitimising"), ("riot police", "security", ""), ("march", "event", "neutral")]


@pytest.fixture
def sheet(tmp_path):
    """Return a function that writes labels, and the articles that were coded, as a folder of CSV files."""
    def write(head="document_id,start,end,group,stance", rows=None, articles=None):
        if rows is None:
            rows = [f"a,{(at := ARTICLE.index(words))},{at + len(words)},{group},{stance}" for words, group, stance in LABELS]
        (tmp_path / "mentions.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
        if articles is None:
            articles = pd.DataFrame({"document_id": ["a", "b"], "outlet": "Post", "text": [ARTICLE, "No label."]})
        articles.to_csv(tmp_path / "documents.csv", index=False)
        return tmp_path

    return write


def test_a_short_sheet_of_labels_will_do(sheet, coded):
    gold = read_coded(sheet())
    assert gold.mentions["surface"].tolist() == [words for words, _, _ in LABELS]
    assert gold.mentions["mention_id"].tolist() == ["a:4-7", "a:12-23", "a:27-32"]
    assert gold.mentions["start"].dtype == "int64" and "favours" not in gold.mentions
    found = coded({"a": ARTICLE.replace("mob", '<label g="protesters" s="neutral" v="narrator">mob</label>')
                               .replace("riot police", '<label g="security" s="neutral" v="narrator">riot police</label>'),
                   "b": '<label g="event" s="neutral" v="narrator">No label</label>.'})
    rows = measure_accuracy(found, gold).query("group.isna() and voice.isna()").set_index("measure")
    assert rows.loc[["mention_precision", "mention_recall"], "estimate"].tolist() == [2 / 3, 2 / 3]
    assert rows.loc[["mention_stance_accuracy", "mention_voice_accuracy"], "n_units"].tolist() == [1, 0], "only what was coded"
    assert rows.loc["mention_stance_accuracy", "estimate"] == 0


def test_rows_of_a_sheet_may_have_no_name_and_no_surface(sheet):
    named = read_coded(sheet("mention_id,surface,document_id,start,end", ["x,mob,a,4,7", "y,,a,12,23"]))
    assert named.mentions[["mention_id", "surface"]].values.tolist() == [["x", "mob"], ["y", "riot police"]]
    wide = read_coded(sheet("surface,document_id,start,end", ["riot  police ,a,12,23"]))  # as a spreadsheet pastes it
    assert wide.mentions["mention_id"].tolist() == ["a:12-23"]
    named = read_coded(sheet("mention_id,surface,document_id,start,end", ["x,mob,a,4,7", ",,a,12,23"]))
    assert named.mentions["mention_id"].tolist() == ["a:4-7", "a:12-23"]
    bare = pd.DataFrame({"document_id": ["a"], "outlet": ["Post"]})
    assert read_coded(sheet("document_id,start,end", ["a,4,7"], bare)).mentions["surface"].isna().all()


def test_a_whole_table_is_read_as_it_was_written(sheet):
    found = annotate(pd.DataFrame({"document_id": ["a"], "outlet": "Post", "text": [ARTICLE.replace(" police", "\npolice")]}))
    folder = sheet(articles=found.documents)
    io.write_table(found.mentions, folder / "mentions.csv", "mentions")
    assert len(found.mentions) >= 3
    pd.testing.assert_frame_equal(read_coded(folder).mentions, found.mentions)


@pytest.mark.parametrize(("head", "rows", "message"), [
    ("document_id,start", ["a,4"], r"mentions\.csv: the column 'end' is missing \(the table has document_id, start\)"),
    ("document_id;start;end", ["a;4;7"], r"the column 'document_id' is missing .* not separated by commas"),
    ("document_id,start,end", ["a,4,7", "z,1,2"], r"mentions\.csv, row 3, column 'document_id': 'z' is not in the table"),
    ("document_id,start,end", ["a,4,7", "", "a,4.5,6"], r"row 4, column 'start': '4\.5' is not a whole number"),
    ("document_id,start,end", ["a,4,"], r"row 2, column 'end': an empty field is not a whole number"),
    ("document_id,start,end", ["a,4,400"], r"row 2, column 'end': '400' ends no span of the text"),
    ("document_id,start,end", ["a,7,4"], r"row 2, column 'end': '4' ends no span of the text"),
    ("document_id,start,end", ["a,-1,4"], r"row 2, column 'end': '4' ends no span of the text"),
    ("document_id,start,end,stance", ["a,4,7,neutral", "a,12,23,negative"],
     r"mentions\.csv, row 3, column 'stance': 'negative' is not allowed\. Allowed: delegitimising, neutral, legitimising"),
    ("document_id,start,end,voice", ["a,4,7,own"], r"row 2, column 'voice': 'own' is not allowed\. Allowed: narrator, dir"),
    ("document_id,start,end,surface", ["a,4,7,mob", "a,0,30,The mob met riot"],
     r"mentions\.csv, row 3, column 'surface': 'The mob met riot' is not what stands at \[0, 30\): 'The mob met riot police"),
    ("document_id,start,end", ["a,4,7", "a,4,7"], r"row 3, column 'start': '4' begins the same span as a row above"),
    ("document_id,start,end,negated", ["a,4,7,maybe"], r"mentions\.csv: .*'negated'.* neither True nor False"),
])
def test_labels_that_do_not_fit_are_named_by_file_row_and_column(sheet, head, rows, message):
    with pytest.raises(SchemaError, match=message):
        read_coded(sheet(head, rows))


def test_tables_without_articles_name_the_folder(sheet):
    folder = sheet()
    (folder / "documents.csv").unlink()
    with pytest.raises(CorpusError, match=rf"{folder.name}: holds mentions\.csv, but no documents\.csv"):
        read_coded(folder)


def test_a_surface_that_is_not_in_the_text_is_refused_in_tables_too(sheet):
    gold = read_coded(sheet())
    wrong = Annotations({**gold.tables, "mentions": gold.mentions.assign(surface="crowd")})
    for sides, side in (((gold, wrong), "gold"), ((wrong, gold), "predicted")):
        with pytest.raises(SchemaError, match=rf"'mentions' of {side}, column 'surface', article 'a': 'crowd' is not what"):
            measure_accuracy(*sides)
