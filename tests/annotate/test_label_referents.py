"""Which event a label means: the study's own, another, or the kind."""

from __future__ import annotations

import pandas as pd
import pytest

from framelens import annotate
from framelens.annotate.labels import find_mentions, label_finder
from framelens.errors import StudyError
from framelens.lexicon import read_lexicon
from framelens.pipeline.settings import check_settings, settings_hash
from framelens.text.view import read_view

EVENT = {"places": ["Port Carrow"], "times": ["March 2024"], "names": ["bread riots"], "others": ["Salt Hill"]}
STUDY = {"home": ["Maravel", "Maravelian"], "event": EVENT}


def referents(text, study=STUDY):
    view = read_view("d", text, [(0, len(text), "body", "x")], measured=("body",))
    return [(r["surface"], r["referent"]) for r in label_finder(read_lexicon("protest"), study)(view)]


@pytest.mark.parametrize("kind, expected", [("dateline", "own event"), ("byline", "own event"), ("crosslink", None)])
def test_where_it_was_written_tells_of_the_event(kind, expected):
    text = "Port Carrow, 9 May\n\nProtesters sang."
    view = read_view("d", text, [(0, 20, kind, "x"), (20, len(text), "body", "x")], measured=("body",))
    assert [r["referent"] for r in label_finder(read_lexicon("protest"), STUDY)(view)] == [expected]


@pytest.mark.parametrize("text, expected", [
    ("In Port Carrow protesters sang.", ["own event"]),
    ("The Maravelian protesters sang.", ["own event"]),
    ("It was the fifth of March 2024. Protesters sang.", ["own event"]),
    ("Protesters sang in Hillford.", [None]),  # nothing in the article names the event
    ("Port Carrow slept. The 2011 riots were worse.", ["other"]),
    ("Port Carrow slept. The 2024 riots were worse.", ["own event"]),
    ("Port Carrow slept. Protests in France last spring were larger.", ["other"]),
    ("Port Carrow slept. French protesters sang. Protesters sang in Paris.", ["other", "other"]),
    ("Port Carrow slept. French troops came.", ["own event"]),  # forces are sent
    ("Port Carrow slept. French troops in Mali came.", ["other"]),
    ("Port Carrow slept. The Salt Hill riots were worse.", ["other"]),
    ("Port Carrow slept. Protesters who had marched a year ago sang.", ["other"]),
    ("Port Carrow slept. In 2011 protesters sang.", ["other"]),
    ("Port Carrow slept. Protesters sang, and in 2011 it rained.", ["own event"]),
    ("Port Carrow slept. Protesters in Port Carrow and in France sang.", ["own event"]),
    ("Port Carrow slept. A rioter is somebody who breaks things.", ["generic"]),
    ("Port Carrow slept. A rioter is in hospital.", ["own event"]),
    ("Port Carrow slept. Any protester may sing. Such protests cost money.", ["generic", "generic"]),
    ("Port Carrow slept. Protesters often sing. Protesters sang.", ["generic", "own event"]),
    ("Port Carrow slept. The protesters must go.", ["own event"]),
    ("Port Carrow slept. He dislikes the word rioters.", ["generic"]),
    ("Port Carrow slept. They have a right to peaceful protest.", ["generic"]),
])
def test_referents(text, expected):
    assert [referent for _, referent in referents(text)] == expected


def test_without_an_event_nothing_is_told():
    assert referents("The 2011 riots. Port Carrow.", {"home": ["Maravel"]}) == [("riots", None)]


def test_the_study_reaches_the_table(make_documents):
    documents = make_documents("Protesters sang in Port Carrow, where the 2011 riots began.")
    zones = pd.DataFrame({"document_id": "d0", "start": [0], "end": [59], "kind": ["body"], "rule": "x"})
    direct = find_mentions(documents, zones, read_lexicon("protest"), study=STUDY)
    whole = annotate(documents, study=STUDY).mentions
    assert direct["referent"].tolist() == whole["referent"].tolist() == ["own event", "other"]


@pytest.mark.parametrize("event, words", [
    ("Port Carrow", ["key event is", "places, times, names, others"]), ({"place": []}, ["event.place", "places"]),
    ({"places": "Port Carrow"}, ["event.places", "list of phrases"]), ({"times": [2024]}, ["event.times", "[2024]"]),
])
def test_a_broken_event_is_named(event, words):
    with pytest.raises(StudyError) as error:
        check_settings({"event": event})
    for word in words:
        assert word in str(error.value)


def test_tables_follow_the_event_of_a_study():
    plain = settings_hash({"home": ["Maravel"]})
    assert plain == settings_hash({"home": ["Maravel"], "event": {"places": []}})
    assert plain != settings_hash(STUDY)
