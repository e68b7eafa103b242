"""Attributions in English that follows the words of another language, and in clipped headlines; invented, with near misses."""

from __future__ import annotations

import pytest

from framelens.annotate.attribution.cues import read_cues
from framelens.annotate.parallel.words import CALQUES, news_stems, stem


@pytest.mark.parametrize(("text", "source", "content"), [
    ("The guild esteems that the mill is lost.", "The guild", "that the mill is lost"),
    ("The mill is lost, esteemed the guild.", "the guild", "The mill is lost"),
    ("The bridge was mined, signaled the organization.", "the organization", "The bridge was mined"),
    ("The mayor has qualified the march of “farce”.", "The mayor", "the march of “farce”"),
    ("The clerk qualified as “thieves” the men that burned the toll.", "The clerk", "“thieves” the men that burned the toll"),
    ("The envoy described as false the reports from the pier.", "The envoy", "false the reports from the pier"),
    ("The envoy seems to qualify as false the reports from the pier.", "The envoy", "false the reports from the pier"),
    ("The association menaces to seize the hall.", "The association", "to seize the hall"),
    ("The prefect does not exclude to prolong the curfew.", "The prefect", "to prolong the curfew"),
    ("The ministry discarded that the guards had fired.", "The ministry", "that the guards had fired"),
    ("The league demanded for an inquiry.", "The league", "an inquiry"),
    ("The governor stressed on the need for calm.", "The governor", "the need for calm"),
    ("The bishop called to dialogue.", "The bishop", "dialogue"),
    ("The bishops invite the parties to the dialogue.", "The bishops", "the parties to the dialogue"),
    ("The committee called the citizens to go out on Friday.", "The committee", "the citizens to go out on Friday"),
    ("The branch decided a general strike.", "The branch", "a general strike"),
    ("The bishop considers that the strike is just.", "The bishop", "that the strike is just"),
    ("The consul manifested his concern over the raid.", "The consul", "the raid"),
    ("“They shot at the boats,” told to the agency a fisherman.", "a fisherman", "“They shot at the boats,”"),
    ("“We want bread”, has hammered the leader Mara Quell before the press.", "the leader Mara Quell", "“We want bread”"),
    ("“The fight goes on,” sentenced the docker.", "the docker", "“The fight goes on,”"),
    ("As told in the press service of the port, six men were held.", "the press service of the port", "six men were held"),
    ("The shops have opened again – police.", "police", "The shops have opened again"),
    ("“Nobody was held” – police spokesman Tomas Reba.", "police spokesman Tomas Reba", "“Nobody was held”"),
    ("Two roads are shut.\n- Governor: curfew stays until Friday", "Governor", "curfew stays until Friday"),
    ("The road stays shut, has warned the prefect.", "the prefect", "The road stays shut"),
    ("As clarified the port office, two men were hurt.", "the port office", "two men were hurt"),
    ("The league asked to the state to open the gates.", "The league", "to the state to open the gates"),
    ("The drivers have threatened with a new blockade.", "The drivers", "a new blockade"),
    ("The families accuse the guards to have burned the mill.", "The families", "the guards to have burned the mill"),
    ("In the note it is said that the guards acted alone.", "the note", "that the guards acted alone"),
    ("The guards dealt with it, the mayor said.", "the mayor", "The guards dealt with it"),
    ("The crew vowed to cut the cable.", "The crew", "to cut the cable"),
])
def test_calques_and_clipped_lines(attributed, text, source, content):
    assert (source, content) in [(s, c) for _, s, _, c, _ in attributed(text)]


@pytest.mark.parametrize("text", [
    "He discarded the wrapper that the wind had carried in.",
    "The league excluded the club that had cheated.",
    "The claim was qualified by three amendments.",
    "The storm menaced the coast for two days.",
    "Firefighters were called to the blaze at noon.",
    "She called her mother to pick up the children.",
    "They invited the neighbours to the wedding.",
    "Voters decided the election in the last hour.",
    "The team contested the final on Sunday.",
    "He had only one enemy – the police.",
    "She worked two jobs – nurse and cook.",
    "The virus manifested itself in the lungs.",
    "The men were punished according to law.",
    "It is worth noting that the port was shut.",
    "He threatened with a knife.",
    "The road, as reported the week before, was shut.",
    "Supply and demand this year were in balance.",
])
def test_good_english_with_the_same_words_attributes_nothing(attributed, text):
    assert attributed(text) == []


@pytest.mark.parametrize(("text", "source", "content"), [
    ("Tenure illegal, minister tells clerks", "minister", "Tenure illegal"),
    ("Curfew will be lifted, assures prefect", "prefect", "Curfew will be lifted"),
    ("Vote was free and fair, say NPA observers", "NPA observers", "Vote was free and fair"),
    ("Bakers’ strike illegal: Labour court", "Labour court", "Bakers’ strike illegal"),
    ("Official: situation in Torma under full control", "Official", "situation in Torma under full control"),
    ("Security source: dismantling of a cell in the east", "Security source", "dismantling of a cell in the east"),
    ("MVD: in the centre of Karsk forty men were held", "MVD", "in the centre of Karsk forty men were held"),
    ("Farmers resume the closing of roads and demand the release of Roe", "Farmers", "the release of Roe"),
    ("Dockers reopen harbour gate, demand talks", "Dockers", "talks"),
    ("Minister urges calm, vows to punish looters", "Minister", "calm"),
    ("“They shot my son” – Mother of slain student", "Mother of slain student", "“They shot my son”"),
])
def test_headlines_of_local_papers(attributed, text, source, content):
    assert (source, content) in [(s, c) for _, s, _, c, _ in attributed(text, "headline")]


@pytest.mark.parametrize("text", [
    "Strikes, protest marches hit capital", "Floods, landslides kill 12 in hills", "Official: A life in files",
    "South Korva: roads are shut", "Storm kills four, leaves 300 homeless",
])
def test_headlines_in_which_nobody_speaks(attributed, text):
    assert attributed(text, "headline") == []


def test_words_of_translations_are_cues_and_no_words_of_news():
    """A rewriting that says "menaced" for "threatened" stays odd."""
    cues = read_cues()
    known = {cue.lemma for table in (cues.verbs, cues.nouns, cues.adjectives) for found in table.values() for cue in found}
    assert known >= CALQUES
    assert {stem("menaced"), stem("esteemed")}.isdisjoint(news_stems()) and stem("threatened") in news_stems()
