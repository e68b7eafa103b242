"""Sources that stand apart from their verb: one invented sentence each, all its attributions by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from framelens import find_attributions
from framelens.annotate.sources import assign_sources

CASES = [
    # a speaker behind the quotation, in English by way of other languages
    ("«We stay», has declared the head of the guild, Per Lund.", [
        ("inverted", "the head of the guild", "has declared", "«We stay»", 1)]),
    ("“We came because the well ran dry,” has pointed out Ada Berg, neighbour of Lumen.", [
        ("inverted", "Ada Berg, neighbour of Lumen", "has pointed out", "“We came because the well ran dry,”", 1)]),
    ("“We came because the well ran dry,” confided to us Ada Berg.", [
        ("inverted", "Ada Berg", "confided", "“We came because the well ran dry,”", 1)]),
    ("«The raiders will not have a rest», he has hammered.", [
        ("trailing", "he", "has hammered", "«The raiders will not have a rest»", 1)]),
    ("“We came because the well ran dry,” affirms a baker under cover of night.", [
        ("inverted", "a baker under cover of night", "affirms", "“We came because the well ran dry,”", 1)]),
    ("The rain is no gift, it is a flood”, he said.", [
        ("trailing", "he", "said", "The rain is no gift, it is a flood”", 1)]),
    # an age, a time or a deputy between the source and its description or verb
    ("“We stay,” said Ada Berg, 51, a cook who joined the blockade.", [
        ("inverted", "Ada Berg, 51, a cook who joined the blockade", "said", "“We stay,”", 1)]),
    ("The council, through its clerk for markets, Per Lund, said that the pier was closed.", [
        ("that_clause", "The council", "said", "that the pier was closed", 1)]),
    ("The harbour office, in turn, called the march a farce.", [
        ("object", "The harbour office", "called", "the march a farce", 1)]),
    ("The mayor, while visiting Lumen, said the pier was closed.", [
        ("bare_clause", "The mayor", "said", "the pier was closed", 1)]),
    ("Speaking to the Gleaner, an officer, who had just arrived, said the pier was closed.", [
        ("bare_clause", "an officer, who had just arrived", "said", "the pier was closed", 1)]),
    ("A film widely shared in Lumen shows that guards left.", [
        ("that_clause", "A film widely shared in Lumen", "shows", "that guards left", 1)]),
    ("The Harbour Hopes group, which led the march, rejected the charge.", [
        ("object", "The Harbour Hopes group, which led the march", "rejected", "the charge", 1)]),
    ("A defence forces spokesman said the camp was empty.", [
        ("bare_clause", "A defence forces spokesman", "said", "the camp was empty", 1)]),
    # whose subject it is: the nearest clause, not the place behind it
    ("The town stood still as bakers marched to demand flour.", [("object", "bakers", "marched to demand", "flour", 1)]),
    ("Six mourners had walked to the mayor’s office shouting “Resign”.", [
        ("before_quotation", "Six mourners", "shouting", "“Resign”", 1)]),
    ("Lund had the hope that it would rain.", [("noun_cue", "Lund", "hope", "that it would rain", 1)]),
    ("“I was misled,” the baker Per Lund was quoted by the Gleaner as saying.", [
        ("quoted_as_saying", "the Gleaner", "was quoted", "“I was misled,”", 1),
        ("citing", "the baker Per Lund", "as saying", "“I was misled,”", 2)]),
    ("The clerk said that six men were hurt and accused rally leaders of theft.", [
        ("that_clause", "The clerk", "said", "that six men were hurt", 1),
        ("object", "The clerk", "accused", "rally leaders of theft", 1)]),
    # what somebody saw, or a film shows; what a court holds
    ("Bakers blocked the bridge, a Gleaner reporter saw.", [
        ("trailing", "a Gleaner reporter", "saw", "Bakers blocked the bridge", 1)]),
    ("Bakers blocked the bridge, a neighbour saw.", []),
    ("Women in blue could be seen in footage.", [("passive", "footage", "could be seen", "Women in blue", 1)]),
    ("Women in blue could be seen in town.", []),
    ("The court held that the march was lawful.", [("that_clause", "The court", "held", "that the march was lawful", 1)]),
    ("The bolt held that day.", []),
    ("The mayor has vowed a “clean sweep” of the quays.", [
        ("object", "The mayor", "has vowed", "a “clean sweep” of the quays", 1)]),
    # nobody has called on them as yet
    ("The army may be called on to guard the bridges.", []),
    ("A source said on condition of anonymity the army had left.", [
        ("bare_clause", "A source", "said", "the army had left", 1)]),
    ("According to news sent by Per Lund, buses stopped by noon.", [
        ("according_to", "news sent by Per Lund", "According to", "buses stopped by noon", 1)]),
    ("The pier was open, according to the state-run Harbour News.", [
        ("according_to", "the state-run Harbour News", "according to", "The pier was open", 1)]),
]
HEADLINES = [
    ("Korvia says army back in Lumen", [("bare_clause", "Korvia", "says", "army back in Lumen", 1)]),
    ("March grows, police say 'thugs' behind fire at pier", [("bare_clause", "police", "say", "'thugs' behind fire at pier", 1)]),
    ("Bakers lift blockade, vow to return", [("infinitive", "Bakers", "vow", "to return", 1)]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_every_attribution_of_a_sentence(attributed, text, expected):
    assert attributed(text) == expected


@pytest.mark.parametrize(("text", "expected"), HEADLINES, ids=[text for text, _ in HEADLINES])
def test_headlines(attributed, text, expected):
    assert attributed(text, "headline") == expected


def types_in(text):
    documents = pd.DataFrame({"document_id": ["d"], "text": [text], "exclusion_reason": [None]})
    zones = pd.DataFrame({"document_id": ["d"], "start": [0], "end": [len(text)], "kind": ["body"], "rule": ["x"]})
    return assign_sources(*find_attributions(documents, zones), documents, zones)["source_type"].tolist()


@pytest.mark.parametrize(("text", "kinds"), [
    ("The march went on. Thousands demanded bread.", ["protester"]),
    ("The market went on. Thousands demanded bread.", ["unnamed"]),
    ("The march went on. Residents demanded bread.", ["protester"]),
    ("The march went on. Police demanded silence.", ["police"]),
    ("The march went on. Those gathered demanded bread.", ["protester"]),
    ("Bakers took to the streets. The strike was a long strike. Bakers said it was late.", ["protester"]),
    ("Bakers took a break. The strike was a long strike. Bakers said it was late.", ["person"]),
    ("The Harbour Hopes group, which organised the march for the strike, said it was late. Its spokesman Per Lund said no.",
     ["protester", "protester"]),
    ("A police spokesperson said it was late. The mayor said it was cold. The spokesperson said it was wet.",
     ["police", "government", "police"]),
    ("The scientists said it was late. The court held that it was cold. They said no.", ["expert", "government", "expert"]),
    ("Speaking to the press, an officer of the army, who had just arrived, said it was late.", ["military"]),
    ("President Ada Berg left. Berg, an economist, said it was late.", ["president"]),
    ("President Ada Berg left. Berg, who took office in May, said it was late. The president’s office said no.",
     ["president", "government"]),
    ("The harbour ministry said it was late. It rained, the statement said, and Reuters reported that it was cold.",
     ["government", "government", "news_agency"]),
])
def test_types_of_sources_that_the_article_tells(text, kinds):
    assert types_in(text) == kinds
