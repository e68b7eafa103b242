"""Kinds of attribution that news agencies write daily: one invented sentence each, and what only looks like it."""

from __future__ import annotations

import pytest

CASES = [
    # what is expected, with a verb that is an adjective elsewhere
    ("The envoy is expected to open talks on Friday.", [
        ("reputed", None, "is expected", "The envoy … to open talks on Friday", 1)]),
    ("The envoy is known to close friends.", []),
    # the reason that who acts gives
    ("The airline halted flights, citing the raids.", [("object", "The airline", "citing", "the raids", 1)]),
    ("Citing a lack of flour, the bakers closed the mill.", [("object", "the bakers", "Citing", "a lack of flour", 1)]),
    ("The airline halted flights without citing a reason.", []),
    # the verb alone stands in quotation marks
    ("The council “strongly condemned” the raid.", [("object", "The council", "strongly condemned", "the raid", 1)]),
    ("The envoy was “deeply saddened” by the raid.", [("object", "The envoy", "was “deeply saddened … by", "the raid", 1)]),
    ("The “disputed” raid went on.", [("scare_quote", None, None, "“disputed”", 1)]),
    # whom they call so, accuse or blame
    ("He cursed those he called thieves.", [("object", "he", "called", "thieves", 1)]),
    ("The march, which the mayor called illegal, went on.", [("object", "the mayor", "called", "illegal", 1)]),
    ("The raid, described by the army as a sweep, went on.", [("reduced", "the army", "described by … as", "a sweep", 1)]),
    ("The raid, stopped by the army as it began, went on.", []),
    ("Korvia expelled a clerk it accuses of theft.", [("extracted", "it", "accuses", "a clerk … of theft", 1)]),
    ("Guards shot a gang they blame for the fire.", [("extracted", "they", "blame", "a gang … for the fire", 1)]),
    ("It was a move critics dismissed as theatre.", [("extracted", "critics", "dismissed", "a move … as theatre", 1)]),
    ("Bakers held the mill responsible for the fire.", [
        ("object", "Bakers", "held", "the mill responsible for the fire", 1)]),
    ("Bakers held the mill liable for the fire.", [("object", "Bakers", "held", "the mill liable for the fire", 1)]),
    ("The envoy held those responsible for an hour.", []),
    # a phrase between the verb and its object, and one behind it
    ("The bishops condemned in Lumen the killing of a monk.", [
        ("object", "The bishops", "condemned", "the killing of a monk", 1)]),
    ("The bishops protested in Lumen the next day.", []),
    ("The mayor denied the charge in a text message.", [("object", "The mayor", "denied", "the charge", 1)]),
    ("The union rejected that version.", [("object", "The union", "rejected", "that version", 1)]),
    ("Two bakers were beaten, the guild said in a statement condemning the raid.", [
        ("trailing", "the guild", "said", "Two bakers were beaten", 1), ("object", "the guild", "condemning", "the raid", 1)]),
    ("The mayor warned drivers of delays.", [("object", "The mayor", "warned", "delays", 1)]),
    ("The bakers are in favour of a vote.", [("noun_cue", "The bakers", "favour of", "a vote", 1)]),
    # numbers
    ("Organisers put attendance at 4,000.", [("object", "Organisers", "put", "attendance at 4,000", 1)]),
    ("They put crates at four doors.", []),
    ("The guild recorded 16 arbitrary arrests.", [("object", "The guild", "recorded", "16 arbitrary arrests", 1)]),
    ("The singer recorded two albums.", []),
    ("The army estimated as many as 40 men had fled.", [
        ("bare_clause", "The army", "estimated", "as many as 40 men had fled", 1)]),
    # pictures
    ("State television broadcast footage of tanks.", [("object", "State television", "broadcast footage of", "tanks", 1)]),
    ("The team shared the prize of the town.", []),
    ("Images shared online, however, show guards leaving.", [
        ("object", "Images shared online", "show", "guards leaving", 1)]),
    # orders
    ("A court barred the mayor from running.", [("object", "A court", "barred", "the mayor from running", 1)]),
    ("A court restrained the guild from striking.", [("object", "A court", "restrained", "the guild from striking", 1)]),
    ("A nurse restrained the man from jumping.", []),
    # nothing was said
    ("The guild did not respond to questions.", []),
    ("The guild has yet to comment on the raid.", []),
    ("The guild responded to questions.", [("object", "The guild", "responded to", "questions", 1)]),
    ("This paper could not confirm the claim.", []),
    ("It was impossible to verify the claim.", []),
    ("The ministry dismissed 40 teachers.", []),
    ("The ministry dismissed the report.", [("object", "The ministry", "dismissed", "the report", 1)]),
    ("Bakers sought shelter in a church.", []),
    ("Bakers sought talks in Lumen.", [("object", "Bakers", "sought", "talks in Lumen", 1)]),
    ("The army released the bakers.", []),
    ("The army released a statement on Monday.", [("object", "The army", "released", "a statement on Monday", 1)]),
    ("The plan foresees a vote.", []),
    ("The envoy foresees a vote.", [("object", "The envoy", "foresees", "a vote", 1)]),
    # a fronted clause without a verb is no content
    ("When contacted, the clerk, Sgt. Bala Idris, confirmed the raid.", [
        ("object", "the clerk, Sgt. Bala Idris", "confirmed", "the raid", 1)]),
    # verbs that look like something else
    ("The guild refused to set a date.", [("infinitive", "The guild", "refused", "to set a date", 1)]),
    ("The guilds reject the offer and demand the release of bakers.", [
        ("object", "The guilds", "reject", "the offer", 1), ("object", "The guilds", "demand", "the release of bakers", 1)]),
    ("The envoy urges security forces to show restraint.", [
        ("object", "The envoy", "urges", "security forces to show restraint", 1)]),
    ("The envoy forces guards to leave.", []),
    ("The suspects deny any part in it.", [("object", "The suspects", "deny", "any part in it", 1)]),
    ("Most voters back the plan.", [("object", "Most voters", "back", "the plan", 1)]),
    ("The mayor sent the workers back the same day.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_every_attribution_of_a_sentence(attributed, text, expected):
    assert attributed(text) == expected


def test_a_headline_that_orders(attributed):
    assert attributed("Junta orders borders closed", "headline") == [("object", "Junta", "orders", "borders closed", 1)]


def test_a_headline_whose_second_verb_looks_like_a_noun(attributed):
    assert attributed("Guild alarmed by raids, calls for calm", "headline") == [
        ("object", "Guild", "alarmed by", "raids", 1), ("object", "Guild", "calls for", "calm", 1)]
    assert attributed("Raids on mills, calls to prayer", "headline") == []


def test_a_headline_that_names_its_speakers_last(attributed):
    assert attributed("“We will not leave,” say Lumen bakers", "headline") == [
        ("inverted", "Lumen bakers", "say", "“We will not leave,”", 1)]


def test_a_place_whose_name_is_a_word_speaks_in_no_headline(attributed):
    told = ("object", "bakers", "denounce", "raids", 1)
    assert attributed("Guinea: bakers denounce raids\n\nThousands marched in Guinea", "headline") == [told]
    assert attributed("Minister: bakers denounce raids\n\nThousands marched in Guinea", "headline") == [
        ("labelled", "Minister", ":", "bakers denounce raids", 1), (*told[:4], 2)]
