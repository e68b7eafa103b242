"""Settings of a study: each key, each type, each allowed value."""

from __future__ import annotations

import pytest

from framelens.annotate.sentiment.neutral import read_neutral
from framelens.errors import StudyError
from framelens.pipeline import read_study
from framelens.pipeline.settings import check_keyness, check_multiverse, check_settings, settings_hash


def test_good_settings_come_back_whole():
    given = {"home": ("Maravel",), "sources": {"maravel one": "state_media"}, "sides": {"witness": "challenger"}}
    empty = {"home": [], "sources": {}, "sides": {}, "event": {}, "violence": "", "agencies": {}, "copies": {}, "tone": {}}
    assert check_settings(given) == {**empty, **given, "home": ["Maravel"]}
    assert check_settings(None) == check_settings({}) == empty
    how = {"agencies": {"MPA": "Maravel Press Agency"}, "copies": {"containment": 0.5, "shingle": 6}}
    assert check_settings(how) == {**empty, **how}
    assert check_settings({"tone": {"neutralise": "events"}})["tone"] == {"neutralise": ("events",)}


@pytest.mark.parametrize("settings, words", [
    ({"hom": ["Maravel"]}, ["'hom'", "home, sources, sides"]),
    ({7: 1}, ["'7'", "home, sources, sides"]),
    ({"home": "Maravel"}, ["home", "'Maravel'", "list"]),
    ({"home": ["Maravel", 5]}, ["home", "5", "list"]),
    ({"home": [" "]}, ["home", "list"]),
    ({"sources": ["maravel one"]}, ["sources", "mapping"]),
    ({"sources": {"maravel one": 5}}, ["sources.maravel one", "5", "mapping"]),
    ({"sides": {"police": ["x"]}}, ["sides.police", "['x']", "official, challenger, media, other"]),
    ({"sides": {"police": "state"}}, ["sides.police", "'state'", "official, challenger, media, other"]),
    ({"sides": "official"}, ["sides", "mapping"]),
    ({"agencies": ["MPA"]}, ["agencies", "form to news agency"]),
    ({"agencies": {"MPA": 5}}, ["agencies.MPA", "5", "strings"]),
    ({"copies": {"threshold": 0.5}}, ["copies", "threshold", "containment and shingle"]),
    ({"copies": 0.5}, ["copies", "0.5", "containment and shingle"]),
    ({"copies": {"containment": 60}}, ["copies", "containment=60", "at most 1"]),
    ({"copies": {"shingle": 0}}, ["copies", "shingle=0", "1 or more"]),
    ({"tone": "events"}, ["tone", "'events'", "neutralise, windows, label_words"]),
    ({"tone": {"neutralize": "events"}}, ["tone.neutralize", "neutralise, windows, label_words"]),
    ({"tone": {"neutralise": "event"}}, ["tone", "'event'", "'events'", ".csv"]),
    ({"tone": {"neutralise": "nowhere/mine.csv"}}, ["tone", "nowhere/mine.csv"]),
    ({"tone": {"windows": ["paragraph"]}}, ["tone", "paragraph", "sentence, 8 words"]),
    ({"tone": {"label_words": "out"}}, ["tone", "'out'", "left out, kept"]),
    ("kazakhstan", ["mapping", "home, sources, sides", "Study"]),
    (5, ["mapping", "5"]),
])
def test_a_wrong_setting_is_named_with_what_is_allowed(settings, words):
    with pytest.raises(StudyError) as error:
        check_settings(settings, where="mine")
    for word in ["mine", *words]:
        assert word in str(error.value)


GOOD = {"group": "protesters", "stance": "neutral", "outlets": ("Herald", "Bugle")}


@pytest.mark.parametrize("given, words", [
    ({**GOOD, "outlets": ["Herald", "Herald", "Bugle"]}, "multiverse.outlets .*two names"),
    ({**GOOD, "outlets": ["Herald", "Bugle", "Herald"]}, "multiverse.outlets .*two names"),
    ({**GOOD, "outlets": ["Herald", "Herald"]}, "multiverse.outlets .*two names"),
    ({**GOOD, "outlets": ["Herald", " "]}, "multiverse.outlets .*two names"),
    ({**GOOD, "outlets": ["Herald", 5]}, "multiverse.outlets .*two names"),
    ({**GOOD, "outlets": "HB"}, "multiverse.outlets .*two names"),
    ({"group": "protesters", "stance": "neutral"}, "all of group, stance, outlets"),
    ({**GOOD, "voice": "narrator"}, "all of group, stance, outlets"),
    ({**GOOD, "group": " "}, "multiverse.group is ' '"),
    ({**GOOD, "stance": "hostile"}, "multiverse.stance is 'hostile'. Allowed: delegitimising, neutral, legitimising"),
])
def test_a_conclusion_that_cannot_be_tried_is_named(given, words):
    assert check_multiverse(GOOD) == {**GOOD, "outlets": ["Herald", "Bugle"]}
    with pytest.raises(StudyError, match=f"mine: key {words}" if "all of" not in words else words):
        check_multiverse(given, where="mine")


@pytest.mark.parametrize("given, words", [
    ({}, r"keyness is \{\}. Allowed: target"), ("Herald", "keyness is 'Herald'. Allowed: target"),
    ({"reference": "Herald"}, "Allowed: target"), ({"target": "Herald", "method": "log_odds"}, "Allowed: target"),
    ({"target": " "}, "keyness.target is ' '"), ({"target": "Herald", "reference": 5}, "keyness.reference is 5"),
    ({"target": "Herald", "voice": "loud"}, "keyness.voice is 'loud'. Allowed: narrator, direct, indirect"),
    ({"target": "Herald", "reference": "Herald"}, "both 'Herald'"),
])
def test_words_that_cannot_be_compared_are_named(given, words):
    whole = {"target": "Herald", "reference": "Bugle", "voice": "direct"}
    assert check_keyness(whole) == whole
    assert check_keyness(None) == {}
    with pytest.raises(StudyError, match=words):
        check_keyness(given)


@pytest.mark.parametrize("event, words", [
    ("Port Carrow", "key event is 'Port Carrow'. Allowed: a table with lists places, times, names, others"),
    ({"place": ["Carrow"]}, "unknown key event.place. Allowed: places, times, names, others"),
    ({"places": "Carrow"}, "event.places is 'Carrow'. Allowed: a list of phrases"),
    ({"names": ["riots", " "]}, "event.names is .*list of phrases"), ({"times": [2024]}, "event.times is .*list of phrases"),
])
def test_a_wrong_event_is_named(event, words):
    with pytest.raises(StudyError, match=words):
        check_settings({"event": event})


def test_a_study_stands_for_its_settings(root):
    study = read_study(root / "data" / "demo")
    assert check_settings(study) == study.settings
    assert "Maravel" in study.settings["home"]


def test_the_hash_is_of_home_and_sources_in_any_order():
    settings = {"home": ["b", "a"], "sources": {"x": "police", "y": "military"}}
    same = {"sources": {"y": "military", "x": "police"}, "home": ["a", "b"], "sides": {"police": "other"}}
    assert settings_hash(settings) == settings_hash(same)
    assert settings_hash({**settings, "home": ["a"]}) != settings_hash(settings)
    event = {"places": ["Carrow", "Pier"], "names": ["bread riots"]}
    mixed = {"names": ["bread riots"], "places": ["Pier", "Carrow"], "times": []}
    assert settings_hash({"event": event}) == settings_hash({"event": mixed}) != settings_hash({})
    assert settings_hash({"event": {"others": []}}) == settings_hash({})  # as tables were made before there was an event
    assert settings_hash({"event": {"places": event["names"]}}) != settings_hash({"event": {"names": event["names"]}})
    for other in ({"sources": {"x": "police"}}, {"agencies": {"MPA": "Maravel Press Agency"}}, {"copies": {"shingle": 6}}):
        assert settings_hash({**settings, **other}) != settings_hash(settings)
    assert settings_hash({**settings, "agencies": {}, "copies": {}}) == settings_hash(settings)  # tables made before fit


def test_the_hash_follows_what_is_scored_and_not_how_it_is_asked_for(tmp_path):
    default = {"tone": {"windows": [], "label_words": "left out"}}
    assert settings_hash(default) == settings_hash({})  # tables made before there was a choice still fit
    assert settings_hash({"tone": {"windows": ["8 words"]}}) != settings_hash({})
    mine = tmp_path / "mine.csv"
    mine.write_text("word,class,forms,reason\nmarch,protest,march marches,The event.\n", encoding="utf-8")
    before = settings_hash({"tone": {"neutralise": str(mine)}})
    assert before != settings_hash({"tone": {"neutralise": "events"}}) != settings_hash({})
    read_neutral.cache_clear()
    mine.write_text("word,class,forms,reason\nmarch,protest,march,The event.\n", encoding="utf-8")
    assert settings_hash({"tone": {"neutralise": str(mine)}}) != before
