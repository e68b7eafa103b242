"""Settings of a study: each key, each type, each allowed value."""

from __future__ import annotations

import pytest

from framelens.errors import StudyError
from framelens.pipeline import read_study
from framelens.pipeline.settings import check_multiverse, check_settings, settings_hash


def test_good_settings_come_back_whole():
    given = {"home": ("Maravel",), "sources": {"maravel one": "state_media"}, "sides": {"witness": "challenger"}}
    assert check_settings(given) == {**given, "home": ["Maravel"], "event": {}, "violence": ""}
    assert check_settings(None) == check_settings({}) == {"home": [], "sources": {}, "sides": {}, "event": {}, "violence": ""}


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
    assert settings_hash({**settings, "sources": {"x": "police"}}) != settings_hash(settings)
