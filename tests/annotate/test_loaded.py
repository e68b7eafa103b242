"""Loaded words: what counts, what around them makes their sense plain, and the lexicon's format."""

from __future__ import annotations

import csv
import pickle

import pandas as pd
import pytest

from framelens import io, schema
from framelens.annotate.loaded import find_loaded, parse_loaded, read_loaded
from framelens.annotate.loaded.lexicon import NEEDS
from framelens.errors import LexiconError
from framelens.pipeline import annotate

HEAD = "term,pos,class,needs,unless,forms\n"


def found_in(text, zone="body", mentions=None):
    documents = pd.DataFrame({"document_id": ["d"], "text": [text], "exclusion_reason": [None]})
    zones = pd.DataFrame({"document_id": ["d"], "start": [0], "end": [len(text)], "kind": [zone], "rule": ["x"]})
    rows = find_loaded(documents, zones, schema.empty("mentions") if mentions is None else mentions)
    assert all(text[row.start:row.end] == row.surface for row in rows.itertuples())
    return list(zip(rows["surface"], rows["loaded_class"], strict=True))


def parse(*rows):
    return parse_loaded(HEAD + "\n".join(rows), "mine.csv")


@pytest.mark.parametrize(("text", "expected"), [
    ("The road was so icy.", [("so", "intensifier")]),
    ("It rained, so the match ended.", []),
    ("They have come so far.", []),
    ("Sheer panic followed.", [("Sheer", "intensifier")]),
    ("A sheer cliff rose behind.", []),
    ("The government may have known.", [("may", "hedge")]),
    ("They met in May to talk.", []),
    ("The might of the river.", []),
    ("It was a brutal raid.", [("brutal", "evaluative")]),
    ("It was a brutal winter.", []),
    ("The mayor claimed the bridge was safe.", [("claimed", "assertive")]),
    ("She claimed compensation for it.", []),
    ("She admitted the mistake.", [("admitted", "speech_verb")]),
    ("He was admitted to hospital.", []),
    ("The paper slammed the mayor.", [("slammed", "speech_verb")]),
    ("The gate slammed shut.", []),
    ("They managed to leave.", [("managed", "implicative")]),
    ("She managed the bakery.", []),
    ("The rain forced them to stay.", [("forced", "implicative")]),
    ("The air forced out the cork.", []),
    ("He knew that it was late.", [("knew", "factive")]),
    ("He knew the baker.", []),
    ("As many as 40 came.", [("As many as", "intensifier")]),
    ("They baked as many as they could sell.", [("could", "hedge")]),
    ("Guards shot two men in an attack on the crowd.", []),  # hard words for hard facts are plain
    ("The two sides agreed, of course.", [("of course", "booster")]),
    ("In the course of, course by course, dinner came.", []),
    ("The so-called council met.", [("so-called", "doubt")]),
    ("The regime banned the march.", [("regime", "loaded_noun")]),
    ("The tax regime changed.", []),
    ("They told a lie.", [("lie", "loaded_noun")]),
    ("The boats lie at anchor.", []),
    ("A wave of arrests, a wave of heat.", [("wave of", "loaded_noun")]),
    ("Waves of arrests followed.", [("Waves of", "loaded_noun")]),
    ("We met Grace Noble and Rose Savage.", []),  # names
    ("He called it “Shameful”.", [("Shameful", "evaluative")]),
])
def test_words_count_by_their_sense(text, expected):
    assert found_in(text) == expected


def test_headlines_in_title_case_count():
    assert found_in("Shameful Deal Slammed by Mayor", zone="headline")[0] == ("Shameful", "evaluative")
    assert found_in("A shameful deal", zone="caption") == []


def test_a_phrase_is_one_and_takes_its_words_along():
    assert found_in("It is beyond doubt clearly a fiasco.") == [
        ("beyond doubt", "booster"), ("clearly", "booster"), ("fiasco", "loaded_noun")]
    assert found_in("In fact, in truth, no.") == [("In fact", "booster"), ("in truth", "booster")]
    assert found_in("What matters in, fact by fact, is this.") == []  # a comma within is none of the phrase


def test_what_stands_in_a_label_is_counted_there_only(make_documents):
    found = annotate(make_documents("The shameless thugs ran, and the shameless mayor stayed."))
    label = found.mentions[found.mentions["stance"] == "delegitimising"].iloc[0]
    assert label["surface"].endswith("thugs")
    inside = found.loaded["start"].between(label["start"], label["end"] - 1)
    assert not inside.any()
    assert "shameless" in found.loaded["surface"].tolist()
    mentions = pd.DataFrame({"document_id": ["d"], "start": [0], "end": [10]})
    assert found_in("Savage mob left.", mentions=mentions) == []


def test_voice_is_that_of_the_attribution(make_documents):
    found = annotate(make_documents("Roe boasted that it was a glorious day. “Shameful,” said Moe. The grim work went on."))
    voices = dict(zip(found.loaded["surface"], found.loaded["voice"], strict=True))
    assert voices == {"boasted": "narrator", "glorious": "indirect", "Shameful": "direct", "grim": "narrator"}
    held = found.loaded[found.loaded["voice"] != "narrator"]
    assert held["attribution_id"].isin(found.attributions["attribution_id"]).all()


def test_the_text_free_form_keeps_short_labels_only(make_documents):
    found = annotate(make_documents("At the top of their lungs they sang of a grim day."))
    free = schema.text_free(found.loaded, "loaded")
    assert free["term"].isna().tolist() == [True, False]
    assert free["surface"].dropna().tolist() == ["grim"]
    assert free["loaded_class"].tolist() == ["intensifier", "evaluative"]


@pytest.mark.parametrize(("rows", "message"), [
    (["grim,adj,evaluative,,,"], r"mine\.csv, row 2, column pos: 'adj' is not one of verb, noun, adjective"),
    (["grim,adjective,bad,,,"], "column class: 'bad' is not one of intensifier, evaluative"),
    (["grim,adjective,evaluative,nouns,,"], "column needs: 'nouns' is not one of adj, noun, number"),
    ([",adjective,evaluative,,,"], "row 2, column term: empty"),
    (["grim,adjective,evaluative,,,", "grim,adjective,booster,,,"], r"row 3: 'grim' \(adjective\) stands above"),
])
def test_an_error_names_file_row_and_column(rows, message):
    with pytest.raises(LexiconError, match=message):
        parse(*rows)


def test_the_columns_are_asked_for():
    with pytest.raises(LexiconError, match="row 1: the columns must be term, pos, class, needs, unless, forms"):
        parse_loaded("term,class\ngrim,evaluative\n", "mine.csv")


def test_forms_are_made_or_given():
    found = parse("slink,verb,action_verb,,,slinks slunk slinking", "boast,verb,speech_verb,,,", "torrent of,noun,loaded_noun,,,",
                  "time bomb,noun,loaded_noun,,,", "see through,verb,factive,,,saw_through")
    assert {"slink", "slunk", "boasted"} < set(found.words)
    assert {("torrents", "of"), ("time", "bombs"), ("saw", "through")} < set(found.phrases)
    assert found.begins == {"torrent", "torrents", "time", "see", "saw", *found.words}
    assert parse("boast,verb,speech_verb,,,").sha256 != found.sha256


def test_what_needs_something_is_tried_first():
    found = parse("truly,adverb,booster,,,", "truly,adverb,intensifier,adj,,")
    assert [entry.loaded_class for _, entry in found.words["truly"]] == ["intensifier", "booster"]


def test_it_can_be_pickled():
    lexicon = read_loaded()
    again = pickle.loads(pickle.dumps(lexicon))
    assert (again.sha256, again.begins, dict(again.words)) == (lexicon.sha256, lexicon.begins, dict(lexicon.words))


def test_every_class_has_a_source_and_a_reason_and_every_need_is_used():
    rows = list(csv.DictReader(io.packaged_text("loaded_classes.csv").splitlines()))
    kinds = {name: kind for kind, names in schema.LOADED_KINDS.items() for name in names}
    assert {row["class"]: row["kind"] for row in rows} == kinds
    assert all(row["source"] and row["reason"] for row in rows)
    entries = list(csv.DictReader(io.packaged_text("loaded.csv").splitlines()))
    assert {row["class"] for row in entries} == set(schema.LOADED_CLASSES)
    assert {row["needs"] for row in entries} == {"", *NEEDS}


def test_no_entry_of_the_packaged_lexicon_hides_behind_another():
    """An entry with a condition is of another class than the same words without one: else it would do nothing."""
    rows = list(csv.DictReader(io.packaged_text("loaded.csv").splitlines()))
    free = {(row["term"], row["pos"]): row["class"] for row in rows if not row["needs"] and not row["unless"]}
    for row in rows:
        if row["needs"]:
            assert free.get((row["term"], row["pos"])) != row["class"], row["term"]


def test_words_for_the_event_itself_are_not_loaded():
    words = set(read_loaded().words)
    assert words.isdisjoint("killed shot wounded attack attacked clash burned looted arrested violence said told march "
                            "protest died fire police".split())
