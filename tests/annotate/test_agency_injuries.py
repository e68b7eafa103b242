"""Injuries told as a state or by way of treatment are no acts: "burns and broken bones"; "broke his arm" is one."""

from __future__ import annotations

import pytest

from framelens.pipeline import annotate


def acts(make_documents, text):
    found = annotate(make_documents(text)).agency
    return found[["verb", "construction", "agent", "patient"]].fillna("").values.tolist()


@pytest.mark.parametrize("text", [
    "The clinic took in nine people for burns and broken bones.",
    "The clinic has taken in nine people for cuts and broken ribs.",
    "The clinic took in nine people for shock and broken bones.",
    "Nurses spoke of burns, broken ribs and round bruises.",
    "Nurses counted broken arms, fractured skulls and bruised faces.",
    "They had round bruises such as hard batons leave.",
    "Nine clerks had bruised faces.",
    "Nine clerks had badly bruised legs and cracked ribs.",
    "Broken ribs and bruised faces were common.",
    "Nurses spoke of burns, bruised or broken ribs and cuts.",
])
def test_injuries_told_as_a_state_are_no_acts(make_documents, text):
    assert acts(make_documents, text) == []


@pytest.mark.parametrize(("text", "expected"), [
    ("The guards broke two windows.", [["broke", "active", "The guards", "two windows"]]),
    ("Police have broken his arm.", [["broken", "active", "Police", "his arm"]]),
    ("The soldier bruised her face.", [["bruised", "active", "The soldier", "her face"]]),
    ("The soldiers had bruised her face.", [["bruised", "active", "The soldiers", "her face"]]),
    ("Guards have broken bones of marchers.", [["broken", "active", "Guards", "bones of marchers"]]),
    ("The guard bruises his arm.", [["bruises", "active", "The guard", "his arm"]]),
    ("The guards bruised and broke ribs.", [
        ["bruised", "active", "The guards", "ribs"], ["broke", "active", "The guards", "ribs"]]),
    ("Guards severed fingers.", [["severed", "active", "Guards", "fingers"]]),
    ("Guards broke ribs and bruised faces.", [["broke", "active", "Guards", "ribs"], ["bruised", "active", "Guards", "faces"]]),
    ("Guards have beaten marchers and broken ribs.", [
        ["beaten", "active", "Guards", "marchers"], ["broken", "active", "Guards", "ribs"]]),
    ("Police arrested nine clerks, fractured skulls and broke arms.", [
        ["arrested", "active", "Police", "nine clerks"], ["fractured", "active", "Police", "skulls"],
        ["broke", "active", "Police", "arms"]]),
    ("Police beat nine clerks, causing burns and broken ribs.", [["beat", "active", "Police", "nine clerks"]]),
    ("His ribs were broken by a guard.", [["broken", "passive_agent", "a guard", "His ribs"]]),
])
def test_injuries_that_somebody_does_are_acts(make_documents, text, expected):
    assert acts(make_documents, text) == expected


@pytest.mark.parametrize(("text", "verb", "lemma"), [
    ("Police beat Ana Roe. Her arm is broken in two places.", "broken", "break bone"),
    ("Police beat Ana Roe. Her arm was broken in several places by soldiers.", "broken", "break bone"),
    ("Police beat Ana Roe. Two windows were broken in the hall.", "broken", "break"),
    ("Two windows were broken in the night as soldiers passed.", "broken", "break"),
    ("Police guard the shop where thieves broke in.", "broke in", "break in"),
    ("Police guard the shop; soldiers broke in last night.", "broke in", "break in"),
    ("Police guard the shop; soldiers broke in two days ago.", "broke in", "break in"),
    ("Soldiers shot a clerk and broke in the door of the shop.", "broke in", "break in"),
    ("Soldiers had broken in through a window and shot a clerk.", "broken in", "break in"),
])
def test_in_is_part_of_the_verb_where_no_place_follows(make_documents, text, verb, lemma):
    found = annotate(make_documents(text)).agency
    assert [verb, lemma] in found[["verb", "verb_lemma"]].values.tolist()
