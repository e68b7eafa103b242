"""Settings of a study: each key, each type, each allowed value."""

from __future__ import annotations

import pytest

from framelens.annotate.sentiment.neutral import read_neutral
from framelens.errors import StudyError
from framelens.pipeline import read_study
from framelens.pipeline.settings import check_settings, settings_hash


def test_good_settings_come_back_whole():
    given = {"home": ("Maravel",), "sources": {"maravel one": "state_media"}, "sides": {"witness": "challenger"}}
    assert check_settings(given) == {**given, "home": ["Maravel"], "event": {}, "violence": "", "tone": {}}
    empty = {"home": [], "sources": {}, "sides": {}, "event": {}, "violence": "", "tone": {}}
    assert check_settings(None) == check_settings({}) == empty
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


def test_a_study_stands_for_its_settings(root):
    study = read_study(root / "data" / "demo")
    assert check_settings(study) == study.settings
    assert "Maravel" in study.settings["home"]


def test_the_hash_is_of_home_and_sources_in_any_order():
    settings = {"home": ["b", "a"], "sources": {"x": "police", "y": "military"}}
    same = {"sources": {"y": "military", "x": "police"}, "home": ["a", "b"], "sides": {"police": "other"}}
    assert settings_hash(settings) == settings_hash(same)
    assert settings_hash({**settings, "home": ["a"]}) != settings_hash(settings)
    assert settings_hash({**settings, "sources": {"x": "police"}}) != settings_hash(settings)


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
