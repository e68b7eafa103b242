"""Tone toward groups: which words are scored, whose, and what of them is left out."""

from __future__ import annotations

import csv

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from textblob import TextBlob, en
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from framelens import io, read_study, schema, score_sentences
from framelens.annotate.sentiment import SCORERS, Tone
from framelens.annotate.sentiment.neutral import read_neutral
from framelens.annotate.sentiment.targets import LABEL, REACH, SENTENCE, WORDS, passages_of
from framelens.errors import LexiconError, SchemaError
from framelens.pipeline import annotate
from framelens.text.view import read_view

BOTH = {"windows": [SENTENCE, WORDS]}
ANALYSER = SentimentIntensityAnalyzer()


def passages(text, labels, windows=(SENTENCE, WORDS), segment=None):
    """Give group, window and words of each passage; labels are (group, surface), each found once."""
    view = read_view("d", text, [(0, len(text), "body", "all")], measured=schema.MEASURED_ZONES)
    rows = sorted(({"group": g, "start": text.index(s), "end": text.index(s) + len(s)} for g, s in labels),
                  key=lambda row: row["start"])
    found = passages_of(view, segment or (0, len(text)), rows, windows)
    return [(p.group, p.window, text[p.start:p.end]) for p in found]


def test_a_window_is_eight_words_on_either_side():
    text = " ".join(f"w{i}" for i in range(20)) + " rioters " + " ".join(f"v{i}" for i in range(20)) + "."
    [(group, window, words)] = passages(text, [("p", "rioters")], (WORDS,))
    assert (group, window) == ("p", WORDS)
    assert words.split() == [*(f"w{i}" for i in range(12, 20)), "rioters", *(f"v{i}" for i in range(8))]


def test_a_window_stops_at_the_segment_and_takes_its_marks():
    text = "“A calm day!” Masked rioters ran off… It rained."
    low, high = text.index("Masked"), text.index(" It")
    assert passages(text, [("p", "rioters")], segment=(low, high)) == [
        ("p", SENTENCE, "Masked rioters ran off…"), ("p", WORDS, "Masked rioters ran off…")]


def test_windows_of_one_group_that_overlap_or_touch_are_one_and_of_two_groups_are_not():
    far = " ".join(["word"] * (2 * REACH + 1))
    near = " ".join(["word"] * (2 * REACH))
    ends = " ".join(["end"] * 9)
    assert len(passages(f"rioters {near} vandals {ends}", [("p", "rioters"), ("p", "vandals")], (WORDS,))) == 1
    two = passages(f"rioters {far} vandals {ends}", [("p", "rioters"), ("p", "vandals")], (WORDS,))
    assert [words.split()[0] for *_, words in two] == ["rioters", "word"]
    crossed = passages(f"rioters {near} police {ends}", [("p", "rioters"), ("s", "police")])
    assert sorted((g, w) for g, w, _ in crossed) == [("p", WORDS), ("p", SENTENCE), ("s", WORDS), ("s", SENTENCE)]


@given(st.lists(st.sampled_from(["rioters", "police", "word", "word", "word", "word,", "word."]), min_size=1, max_size=60))
def test_windows_cover_each_word_near_a_label_once(words):
    """By another way: each word is looked at by itself."""
    text = " ".join(words)
    view = read_view("d", text, [(0, len(text), "body", "all")], measured=schema.MEASURED_ZONES)
    starts = view.starts
    rows = [{"group": "p" if w == "rioters" else "s", "start": starts[i], "end": starts[i] + len(w)}
            for i, w in enumerate(words) if w in ("rioters", "police")]
    for group in ("p", "s"):
        at = [i for i, w in enumerate(words) if w == {"p": "rioters", "s": "police"}[group]]
        near = {i for i in range(len(words)) if any(abs(i - j) <= REACH for j in at)}
        found = [p for p in passages_of(view, (0, len(text)), rows, (WORDS,)) if p.group == group]
        inside = [i for p in found for i in range(len(words)) if p.start <= starts[i] < p.end]
        assert sorted(inside) == sorted(near)


def scored(documents, scorer="vader_compound", **tone):
    """Give the rows of one scorer by target and window."""
    rows = annotate(documents, study={"tone": {**BOTH, **tone}}).sentiment
    return rows[rows["scorer"] == scorer].set_index(["target_group", "window"])


def test_labels_are_left_out_of_the_score_toward_their_group_only(make_documents):
    """Other implementation: polarity_scores of vaderSentiment, on the sentence with each word of a label put as "label"."""
    text = "The protesters and the brave police fought near the good old mill."  # "brave police" is a label
    rows = scored(make_documents(text))
    for group, word in (("protesters", "protesters"), ("security", "brave police")):
        wanted = ANALYSER.polarity_scores(text.replace(word, " ".join([LABEL] * len(word.split()))))["compound"]
        assert rows.loc[(group, SENTENCE), "score"] == wanted
    assert rows.loc[("any", SENTENCE), "score"] == ANALYSER.polarity_scores(text)["compound"]
    kept = scored(make_documents(text), label_words="kept")
    assert kept.loc[("protesters", SENTENCE), "score"] == kept.loc[("any", SENTENCE), "score"] < rows.loc[
        ("protesters", SENTENCE), "score"]
    assert "protesters" in kept.loc[("protesters", SENTENCE), "matched"]
    assert rows.loc[("protesters", SENTENCE), "matched"] == "brave; fought; good"


def test_no_scorer_knows_the_word_that_stands_for_a_label():
    assert TextBlob(LABEL).sentiment_assessments.assessments == []
    assert LABEL not in ANALYSER.lexicon and LABEL not in read_neutral(("events",))


def test_a_group_is_scored_in_the_voice_in_which_its_label_stands(make_documents):
    found = annotate(make_documents("“What awful rioters,” said the wonderful mayor of the happy town."), study={"tone": BOTH})
    toward = found.sentiment[found.sentiment["target_group"] == "protesters"]
    assert set(toward["voice"]) == {"direct"}
    assert set(toward["matched"]) == {"awful"}


def test_without_being_asked_nothing_is_scored_toward_a_group(make_documents):
    found = annotate(make_documents("The rioters left."))
    assert set(found.sentiment["target_group"]) == {"any"}
    assert found.about["tone"] == {"neutralise": [], "windows": [], "label_words": "left out"}


def test_the_function_scores_as_the_pipeline_does(root):
    study = read_study(root / "data" / "demo")
    documents = study.find_texts()
    tone = {**BOTH, "neutralise": ["events"], "label_words": "kept"}
    found = annotate(documents[:6], study={**study.settings, "tone": tone})
    again = score_sentences(found.documents, found.zones, found.voice, found.mentions, **tone)
    key = list(schema.TABLES["sentiment"].key)
    one, other = (table.sort_values(key, ignore_index=True) for table in (again, found.sentiment))
    pd.testing.assert_frame_equal(one, other)
    bare = score_sentences(found.documents, found.zones, found.voice)
    assert set(bare["target_group"]) == {"any"} and len(bare["scorer"].unique()) == 3


# The neutraliser

def test_words_of_the_event_are_unknown_to_both_scorers(make_documents):
    """TextBlob scores killed -0.2; VADER killed -3.5 and attack -2.1 (their lexicons)."""
    text = "Four were killed in the attack on the lovely market."
    found = annotate(make_documents(text), study={"tone": {"neutralise": "events"}}).sentiment.set_index("scorer")
    assert set(found.index) == {name + end for name in SCORERS for end in ("", "_without_events")}
    assert found.loc["vader_compound", "matched"] == "killed; attack; lovely"
    assert found.loc["vader_compound_without_events", "matched"] == "lovely"
    assert found.loc["vader_compound_without_events", "score"] == ANALYSER.polarity_scores("a lovely market")["compound"]
    assert found.loc["textblob_polarity_without_events", "score"] == TextBlob("lovely").sentiment.polarity
    assert found.loc["textblob_polarity", "score"] == pytest.approx((-0.2 + 0.5) / 2)


def test_a_list_of_ones_own_adds_to_or_replaces_the_packaged_one(tmp_path, make_documents):
    mine = tmp_path / "my words.csv"
    mine.write_text("word,class,forms,reason\nlovely,x,Lovely,Tried here.\n", encoding="utf-8")
    alone, both = read_neutral((str(mine),)), read_neutral(("events", str(mine)))
    assert alone == {"lovely"} and both == alone | read_neutral(("events",))
    found = annotate(make_documents("A lovely day."), study={"tone": {"neutralise": ["events", str(mine)]}}).sentiment
    assert "vader_compound_without_events_my_words" in set(found["scorer"])


@pytest.mark.parametrize(("text", "words"), [
    ("word,reason\n", ["row 1", "word, class, forms, reason"]),
    ("word,class,forms,reason\nkill,death,,why\n", ["row 2", "forms"]),
    ("word,class,forms,reason\nkill,death,kill,\n", ["row 2", "reason"]),
])
def test_a_broken_list_is_named(tmp_path, text, words):
    file = tmp_path / "broken.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError) as error:
        read_neutral((str(file),))
    for word in [str(file), *words]:
        assert word in str(error.value)


def test_each_form_of_the_packaged_list_is_known_to_a_scorer_and_stands_once():
    rows = list(csv.DictReader(io.packaged_text("events.csv").splitlines()))
    forms = [form for row in rows for form in row["forms"].split()]
    assert len(forms) == len(set(forms)) > 100
    known = {*ANALYSER.lexicon, *en.sentiment.keys()}
    assert [form for form in forms if form not in known] == []
    assert all(form == form.lower() for form in forms)


@pytest.mark.parametrize("options", [{"windows": "paragraph"}, {"windows": 8}, {"label_words": "some"}, {"neutralise": [""]}])
def test_an_option_that_is_not_allowed_is_named(options):
    with pytest.raises(SchemaError, match=next(iter(options))):
        Tone(**options)
