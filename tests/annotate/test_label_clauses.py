"""How the clause of a noun of people is followed, and which of two labels in one phrase counts; also in the packaged lexicon."""

from __future__ import annotations

import pytest

from framelens.annotate.labels import label_finder
from framelens.lexicon import parse_lexicon, read_lexicon
from framelens.text.view import read_view

SMALL = parse_lexicon("""
[lexicon]
name = "t"
version = "1"
[roles.protesting]
acts = ["march", "sing", "fight", "attack", "kill", "block the road", "block the highway"]
acted_on = ["disperse"]
before = ["crackdown on", "march of"]
[groups.people]
side = "challenger"
names = false
not_before = ["camp", "union*", "attack*"]
modifiers = {delegitimising = ["masked"]}
[groups.people.delegitimising]
terms = ["rioter", "mob"]
[groups.people.neutral]
terms = ["crowd", "demonstrator", {terms = ["residents", "students", "women", "those"], role = "protesting"},
  {terms = ["workers", "mill workers", "nurses"], role = "protesting", carries = true}]
[groups.forces]
side = "official"
not_before = ["station*"]
[groups.forces.neutral]
terms = ["officer", "special force", {term = "national guard", inflect = "none"}, {term = "police", inflect = "none"}]
""")
PROTEST = read_lexicon("protest")
FINDERS = {id(lexicon): label_finder(lexicon) for lexicon in (SMALL, PROTEST)}


def found(text, lexicon=SMALL):
    view = read_view("d", text, [(0, len(text), "body", "x")], measured=("body",))
    return [r["surface"] for r in FINDERS[id(lexicon)](view)]


@pytest.mark.parametrize("text, expected", [
    ("Residents blocked the highway. Residents blocked the window.", ["Residents"]),
    ("Residents blocked the Gorna Valley highway. Students blocked the main highway.", ["Residents", "Students"]),  # its name
    ("Residents blocked the door, the new highway opened.", []),
    ("Students vowed to march. Residents were asked to march.", ["Students"]),  # a will is theirs, a request is not
    ("Students decided to leave and women sang.", ["women"]),
    ("Women with painted faces sang.", ["Women"]),  # no verb
    ("Women painted the wall as crowds sang.", ["crowds"]),
    ("Residents, fed up with power cuts, marched.", ["Residents"]),
    ("Residents, 40 of them from the hills, marched.", ["Residents"]),
    ("Residents came at dawn and sang.", ["Residents"]),  # the second verb of one subject
    ("Residents came at dawn with women and sang.", ["Residents"]),  # not of the noun before "and"
    ("Residents came at dawn as a choir sang.", []),
    ("Residents said a choir came and sang.", []),  # somebody else's, told by them
    ("Residents and police fought in the alleys.", ["Residents", "police"]),
    ("Those killed were old. Those killed in the fire were old. Those who killed were old.", ["Those"]),  # done to them
    ("A crackdown on S. Korean residents began.", ["residents"]),
    ("A march of about 300 residents began.", ["residents"]),
])
def test_the_clause_is_followed_to_its_verb(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize("text, expected", [
    ("Workers marched. The mill workers ate.", ["Workers", "mill workers"]),  # the head noun keeps it
    ("Mill workers marched. The workers ate. The nurses ate.", ["Mill workers", "workers"]),
    ("Residents marched. The residents ate.", ["Residents"]),
])
def test_a_role_is_kept_by_the_head_noun(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize("text, expected", [
    ("Rioters attacked the post. The rioter attacks were many.", ["Rioters"]),  # a plural is a subject, a singular a modifier
    ("Demonstrators camp in the square. The demonstrator camp is full.", ["Demonstrators"]),
    ("The “rioter” camp was cleared.", []),  # in quotation marks it modifies all the same
    ("The rioters' camp was cleared.", ["rioters"]),
    ("Workers marched. The workers' union ate.", ["Workers"]),  # but an institution of theirs is none of them
    ("Special forces stations are closed.", []),  # the plural of a body modifies
])
def test_what_only_modifies_the_next_noun_is_no_label(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize("text, expected", [
    ("A crowd of angry women marched.", ["crowd"]),
    ("A crowd of masked students marched.", ["masked students"]),  # the stance is not lost
    ("A mob of students marched.", ["mob"]),
    ("A mob of demonstrators came.", ["mob"]),
    ("The mob of rioters fled.", ["rioters"]),  # both have a stance
    ("A crowd of demonstrators came.", ["demonstrators"]),  # who needs no clause says more than "crowd"
    ("Officers of the national guard came.", ["Officers"]),
    ("Officers in front of the national guard came.", ["Officers", "national guard"]),
    ("A crowd, of demonstrators mostly, came.", ["crowd", "demonstrators"]),
    ("The officers saw a crowd of police.", ["officers", "crowd", "police"]),  # of different groups
])
def test_a_crowd_and_those_it_is_made_of_are_one_label(text, expected):
    assert found(text) == expected


TOPIC = " It was a day of unrest."


@pytest.mark.parametrize("text, expected", [
    ("Rioters attacked the customs house.", ["Rioters"]),
    ("Thousands rally in Orlovsk. Thousands of Norwegians took to the streets. Norwegians ate.", ["Thousands", "Norwegians"]),
    ("Police arrested 34 people on charges of rioting." + TOPIC, ["Police", "people", "rioting"]),
    ("Police arrested 34 people near the border." + TOPIC, ["Police"]),  # nobody says for what
    ("The gunmen chased the demonstrators. Then the gunmen left." + TOPIC, ["demonstrators", "gunmen"]),
    ("Women were caned like thieves. The thieves left." + TOPIC, ["thieves"]),
    ("Those attacks were few. Those who attack will pay." + TOPIC, ["Those who"]),
    ("Gatherings of more than five are banned. A gathering was held." + TOPIC, ["gathering"]),
    ("The dockers have been on strike since May.", ["dockers", "strike"]),
    ("This is not protest, it is terror. We do not protest." + TOPIC, ["protest", "terror"]),
    ("A spokesman for the national army spoke. The army spoke.", ["army"]),  # one person's office
    ("Ada Roe, head of the harbour police, spoke. Then police spoke.", ["police"]),
    ("The Armed Forces reported a fire.", ["Armed Forces"]),
    ("“Our members sang hymns,” said the secretary. The nurses are on strike.", ["Our members", "nurses", "strike"]),
    ("“Our members want lower rates,” said the secretary of the bank.", []),
    ("OMON fighters beat him. The fighters beat him.", ["OMON fighters"]),
    ("The sergeant left. Sergeant Ada Roe left. Police left.", ["sergeant", "Police"]),
])
def test_the_packaged_lexicon_on_clauses(text, expected):
    unrest = ["unrest"] if text.endswith(TOPIC) else []
    assert found(text, PROTEST) == expected + unrest


def test_everyday_news_is_no_protest():
    text = ("The union asked workers to vote. Union members like the mayor. City staffers were suspended. The actions "
            "of the board drew praise. Washington operatives met Norwegians at the hotel. Factory owners came in March.")
    assert found(text, PROTEST) == []
