"""Settings of a study: each key, each type, each allowed value."""

from __future__ import annotations

import pytest

from framelens.errors import StudyError
from framelens.pipeline import read_study
from framelens.pipeline.settings import check_settings, settings_hash


def test_good_settings_come_back_whole():
    given = {"home": ("Maravel",), "sources": {"maravel one": "state_media"}, "sides": {"witness": "challenger"}}
    empty = {"home": [], "sources": {}, "sides": {}, "event": {}, "violence": "", "agencies": {}, "copies": {}}
    assert check_settings(given) == {**empty, **given, "home": ["Maravel"]}
    assert check_settings(None) == check_settings({}) == empty
    how = {"agencies": {"MPA": "Maravel Press Agency"}, "copies": {"containment": 0.5, "shingle": 6}}
    assert check_settings(how) == {**empty, **how}


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
    ("kazakhstan", ["mapping", "home, sources, sides", "Study"]),
    (5, ["mapping", "5"]),
])
def test_a_wrong_setting_is_named_with_what_is_allowed(settings, words):
    with pytest.raises(StudyError) as error:
        check_settings(settings, where="mine")
    for word in ["mine", *words]:
        assert word in str(error.value)


def test_a_study_stands_for_its_settings(root):
    study = read_study(root / "data" / "demo")
    assert check_settings(study) == study.settings
    assert "Maravel" in study.settings["home"]


def test_the_hash_is_of_home_and_sources_in_any_order():
    settings = {"home": ["b", "a"], "sources": {"x": "police", "y": "military"}}
    same = {"sources": {"y": "military", "x": "police"}, "home": ["a", "b"], "sides": {"police": "other"}}
    assert settings_hash(settings) == settings_hash(same)
    assert settings_hash({**settings, "home": ["a"]}) != settings_hash(settings)
    for other in ({"sources": {"x": "police"}}, {"agencies": {"MPA": "Maravel Press Agency"}}, {"copies": {"shingle": 6}}):
        assert settings_hash({**settings, **other}) != settings_hash(settings)
    assert settings_hash({**settings, "agencies": {}, "copies": {}}) == settings_hash(settings)  # tables made before fit
