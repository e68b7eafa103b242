"""Cues that need their object or their noun: one invented sentence each, and the plain acts beside them that say nothing."""

from __future__ import annotations

import csv
import re

import pytest

from framelens import io
from framelens.annotate.attribution import read_cues

CASES = [
    # a light verb and the noun that it voices
    ("The envoy expressed deep concern at the raids.", [("noun_cue", "The envoy", "expressed deep concern at", "the raids", 1)]),
    ("The envoy voiced alarm that the raids went on.", [
        ("noun_cue", "The envoy", "voiced alarm", "that the raids went on", 1)]),
    ("The envoy expressed its solidarity with the bakers.", [
        ("object", "The envoy", "expressed", "its solidarity with the bakers", 1)]),
    ("The party expressed regret.", [("object", "The party", "expressed", "regret", 1)]),
    ("The union gave the owners an ultimatum to reopen the mill.", [
        ("noun_cue", "The union", "gave … an ultimatum", "to reopen the mill", 1)]),
    ("The bakers made a plea to the raiders to free their sons.", [
        ("noun_cue", "The bakers", "made a plea to", "the raiders to free their sons", 1)]),
    ("The king conveyed to them his sincere condolences.", [("object", "The king", "conveyed", "his sincere condolences", 1)]),
    ("The king conveyed grain to the port.", []),
    ("The army issued an order to clear the pier.", [("noun_cue", "The army", "issued an order", "to clear the pier", 1)]),
    ("The mill gave support on Monday.", []),
    ("The mayor reiterated his call for calm.", [("object", "The mayor", "reiterated", "his call for calm", 1)]),
    # what is refused, accepted, lifted or upheld is itself something said or decided
    ("The union refused the offer.", [("object", "The union", "refused", "the offer", 1)]),
    ("The horse refused the fence.", []),
    ("The bakers accepted a pay deal.", [("object", "The bakers", "accepted", "a pay deal", 1)]),
    ("The bakers accepted a prize.", []),
    ("The mayor lifted the curfew.", [("object", "The mayor", "lifted", "the curfew", 1)]),
    ("The crane lifted the bus.", []),
    ("The court upheld the ban on marches.", [("object", "The court", "upheld", "the ban on marches", 1)]),
    ("The council suspended campaigning in Lumen.", [("object", "The council", "suspended", "campaigning in Lumen", 1)]),
    ("The council suspended two clerks.", []),
    ("The union disputed that.", [("object", "The union", "disputed", "that", 1)]),
    ("The baker protested his innocence.", [("object", "The baker", "protested", "his innocence", 1)]),
    ("Bakers are opposed to the plan.", [("object", "Bakers", "are opposed to", "the plan", 1)]),
    ("The envoy lodged a protest with the ministry.", [("object", "The envoy", "lodged", "a protest", 1)]),
    ("Word spread that the mayor had fled.", [("noun_cue", None, "Word", "that the mayor had fled", 1)]),
    # acts with the verb of a saying
    ("The army posted guards.", []),
    ("The firm declared bankruptcy.", []),
    ("The fire threatened the mill.", []),
    ("The union threatened a strike.", [("object", "The union", "threatened", "a strike", 1)]),
    ("Police charged the demonstrators.", []),
    # whom, and against or about what
    ("The mayor warned bakers against gathering at the pier.", [
        ("object", "The mayor", "warned", "against gathering at the pier", 1)]),
    ("The guild alerted the mayor to cracks in the wall.", [("object", "The guild", "alerted", "cracks in the wall", 1)]),
    ("The crew were alerted to the fire by a driver.", []),
    ("The mayor assured bakers of their safety.", [("object", "The mayor", "assured", "their safety", 1)]),
    ("The guild briefed the mayor on the raids.", [("object", "The guild", "briefed", "the raids", 1)]),
    ("The baker pleaded not guilty.", [("object", "The baker", "pleaded", "not guilty", 1)]),
    ("The guild noted with concern the raids on mills.", [("object", "The guild", "noted", "the raids on mills", 1)]),
    ("The two guilds agreed on a truce.", [("object", "The two guilds", "agreed on", "a truce", 1)]),
    ("The two guilds agree on little else.", []),
    ("The two guilds agreed on Monday to meet.", [("infinitive", "The two guilds", "agreed", "to meet", 1)]),
    ("The guild judged it rigged.", [("object", "The guild", "judged", "it rigged", 1)]),
    ("The clerk put the number of his dead at eight.", [("object", "The clerk", "put", "the number of his dead at eight", 1)]),
    # nobody is named
    ("It emerged that the mayor had known.", [("impersonal", None, "emerged", "that the mayor had known", 1)]),
    ("The mayor emerged.", []),
    ("Looting was reported in the port.", [("passive", None, "was reported", "Looting … in the port", 1)]),
    ("The theft was reported to police.", []),
    ("The truce is seen by envoys as a trap.", [("passive", "envoys", "is seen by", "The truce … as a trap", 1)]),
    # verbs that look like nouns, and the other way round
    ("The guild estimates that the strike cost it a fortune.", [
        ("that_clause", "The guild", "estimates", "that the strike cost it a fortune", 1)]),
    ("Two men were hurt, a Gleaner correspondent reports from the pier.", [
        ("trailing", "a Gleaner correspondent", "reports", "Two men were hurt", 1)]),
    ("Films circulating on Telegram show guards leaving.", [
        ("object", "Films circulating on Telegram", "show", "guards leaving", 1)]),
    ("Thousands marched calling for bread.", [("object", "Thousands", "calling for", "bread", 1)]),
    ("Six men are held, informs the police of Lumen.", [("inverted", "the police of Lumen", "informs", "Six men are held", 1)]),
    ("This paper gathered that the guards fled.", [("that_clause", "This paper", "gathered", "that the guards fled", 1)]),
    ("A crowd gathered at the pier.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_every_attribution_of_a_sentence(attributed, text, expected):
    assert attributed(text) == expected


def test_a_headline_that_leaves_the_verb_out(attributed):
    assert attributed("Envoys deeply alarmed by raids on mills", "headline") == [
        ("object", "Envoys", "deeply alarmed by", "raids on mills", 1)]


def test_no_form_has_two_readings_of_one_class():
    tables = (read_cues().verbs, read_cues().nouns, read_cues().adjectives)
    assert not [form for table in tables for form, readings in table.items()
                if len({reading.cue_class for reading in readings}) < len(readings)]


def test_both_spellings_of_a_cue_are_read_alike():
    """Where the lexicon has "emphasize" and "emphasise", or "favor" and "favour", they have one class and the same frames."""
    rows = csv.DictReader(io.packaged_text("cues.csv").splitlines())
    given = {(r["lemma"], r["pos"]): (r["cue_class"], frozenset(r["frames"].split())) for r in rows}
    twins = [(lemma, other, pos) for lemma, pos in given
             for british, american in (("ise", "ize"), ("our", "or"), ("isation", "ization"))
             if (other := re.sub(rf"{british}\b", american, lemma)) != lemma and (other, pos) in given]
    assert len(twins) > 15
    assert not [(one, other) for one, other, pos in twins if given[one, pos] != given[other, pos]]
