"""Ordinary news in which the words of saying say nothing, or say it of another; invented, each beside a near miss that tells."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("text", [
    # what does it says nothing
    "The road points to the old harbour.", "A fractured ankle denied the sprinter a start.", "The recipe calls for three eggs.",
    "A knee injury barred the winger from the relay.", "The tide threatens to carry off the pier.", "The clouds promised rain.",
    "The bell announced the end of the lesson.", "Roe claims a third stage.", "The captain declared the innings at noon.",
    "Shares in the brewer responded to the rate cut.", "The new lens focuses on objects a metre away.",
    # what it is done to
    "The lender charges a fee of two dollars.", "The crash claimed nine lives on the pass.", "The league counts six members.",
    "The carrier ordered 20 aircraft from the maker.", "The buyer rejected 300 parts.", "She wrote songs and a novel.",
    "The judge dismissed two jurors.", "The visitors pressed for a second goal.", "The clerk laid out the papers.",
    "The keeper denied the striker a second goal.", "The bank denied him credit.", "The side can count on three forwards.",
    "The guild voted against a background of rising rents.", "The mill walked back into profit.",
    "The orchestra broadcast its concert.", "The guide points to the exit.", "The cook stands by the stove.",
    "The hotel offers a view of the bay.", "Steel columns support the roof.", "The fort welcomes 40,000 visitors a year.",
    "The striker answered the critics with two goals.", "The guards answered the chants with tear gas.",
    # other words of the clause
    "On Monday, reports to parliament were late.", "The clerk said nothing.", "The dancers moved according to the beat.",
    "The court held a hearing on a man held responsible for the fire.",
    "Homes threatened with floods got pumps.", "The doctor called on Tuesday at the farm.", "The fence was painted white.",
    "The warden issued tickets, citing 40 drivers for speeding.", "Fares vary according to the season and the boat.",
    "Seats are given out according to the number of votes.", "Demand for copper rose by 8 percent.",
    "The demand for homes slowed in May.", "The admission of students begins in August.",
])
def test_acts_that_say_nothing(attributed, text):
    assert attributed(text) == []


@pytest.mark.parametrize(("text", "source", "content"), [
    ("The mayor answered the critics with a statement.", "The mayor", "the critics"),
    ("The surveyor points to cracks in the pier.", "The surveyor", "cracks in the pier"),
    ("The sprinter denied the charge this week.", "The sprinter", "the charge this week"),
    ("The guild calls for an inquiry.", "The guild", "an inquiry"),
    ("The league barred the winger from playing.", "The league", "the winger from playing"),
    ("The dockers threaten to block the pier.", "The dockers", "to block the pier"),
    ("The prices suggest that growth has slowed.", "The prices", "that growth has slowed"),
    ("The guild charges that the lender cheated.", "The guild", "that the lender cheated"),
    ("The cell claimed the attack on the pass.", "The cell", "the attack on the pass"),
    ("The coroner counted 40 dead.", "The coroner", "40 dead"),
    ("The mayor ordered 20 buses to be sent.", "The mayor", "20 buses to be sent"),
    ("The buyer rejected the charge.", "The buyer", "the charge"),
    ("The judge dismissed the charge.", "The judge", "the charge"),
    ("The dockers pressed for a second vote.", "The dockers", "a second vote"),
    ("The clerk laid out the case for a new pier.", "The clerk", "the case for a new pier"),
    ("The guild walked back its threat.", "The guild", "its threat"),
    ("The dockers threatened with a new blockade.", "The dockers", "a new blockade"),
    ("The mayor insisted on Tuesday that the pier was safe.", "The mayor", "that the pier was safe"),
    ("The guild called on Tuesday for a boycott.", "The guild", "a boycott"),
    ("He was painted as a thief.", None, "He … as a thief"),
    ("The carrier halted flights, citing concern for crews.", "The carrier", "concern for crews"),
    ("Two huts burned, according to the season's first report.", "the season's first report", "Two huts burned"),
    ("The guild's demand for higher pay was heard.", "The guild", "higher pay"),
    ("The court held the owner responsible for the fire.", "The court", "the owner responsible for the fire"),
    ("The guild stands by its claim.", "The guild", "its claim"),
    ("The town welcomes the verdict.", "The town", "the verdict"),
    ("A tailor who fled the fire with her cat demands an inquiry.", "A tailor who fled the fire with her cat", "an inquiry"),
    ("The fire and rescue service demands an inquiry.", "The fire and rescue service", "an inquiry"),
    ("The guild offers a compromise.", "The guild", "a compromise"),
    ("The warden told those near the pier to stay at home.", "The warden", "to stay at home"),
    ("The guild rejected calls for a second vote.", "The guild", "calls for a second vote"),
    ("He left the hall, rejecting calls for a second vote.", "He", "calls for a second vote"),
    ("An admission of guilt was read out.", None, "guilt"),
])
def test_near_misses_that_tell(attributed, text, source, content):
    assert (source, content) in [(s, c) for _, s, _, c, _ in attributed(text)]


@pytest.mark.parametrize(("text", "source", "content"), [
    ("Roe will join the club, her agent said on Monday, a day after she left Lima.", "her agent", "Roe will join the club"),
    ("Roe will stay, her agent said, and will play on Friday.", "her agent", "Roe will stay … and will play on Friday"),
    ("The film is, in the words of Roe, a mess.", "Roe", "The film is … a mess"),
    ("The film is a mess, in the words of Roe, a tailor.", "Roe, a tailor", "The film is a mess"),
    ("Nurses, whose union says pay has lagged, marched.", "union", "pay has lagged"),
    ("The minister must decide whether to seek a loan, he told parliament.", "he",
     "The minister must decide whether to seek a loan"),
])
def test_edges_of_asides(attributed, text, source, content):
    found = [(s, c) for _, s, _, c, _ in attributed(text)]
    assert (source, content) in found and not any("told" in c for _, c in found)


def test_who_speaks_in_place_of_a_clause(attributed):
    found = attributed("The lender said rates had peaked, with an aide to the governor adding that cuts might follow.")
    assert {(s, c) for _, s, _, c, _ in found} == {
        ("The lender", "rates had peaked"), ("an aide to the governor", "that cuts might follow")}


@pytest.mark.parametrize(("text", "content"), [
    ("The decision to leave was hers.", "to leave"),
    ("The guild's decision to strike was condemned by owners.", "to strike"),
    ("His refusal to pay led to a long row.", "to pay"),
    ("The promise to pay for huts burned by the mob came too late.", "to pay for huts burned by the mob"),
    ("The claim that the mill had closed was false.", "that the mill had closed"),
    ("The plan to open a mine, which the valley fears, has drawn crowds.", "to open a mine"),
    # no verb of which the noun is the subject
    ("She hailed the decision to leave.", "to leave"),
    ("The guild made a promise to pay those who fled.", "to pay those who fled"),
    ("She rejected the claim that the mill had closed and was sold.", "that the mill had closed and was sold"),
    # objects end before what the narrator goes on to tell
    ("Tenants complain of dirty water, and clerks promise pipes by June.", "dirty water"),
    ("Tenants complain of dirty water, noise and rents.", "dirty water, noise and rents"),
])
def test_content_ends_before_the_verb_of_its_host(attributed, text, content):
    assert content in [c for _, _, _, c, _ in attributed(text)]


@pytest.mark.parametrize("text", [
    "“We Are Lions”: band plays to full house", "Cycling: Roe wins stage", "World Cup: Hosts win opener",
    "Teachers: How to plan a lesson", "Students: Ten tips for exams", "Police dog finds lost child",
])
def test_headlines_of_sport_and_leisure(attributed, text):
    assert [s for _, s, _, _, _ in attributed(text, "headline") if s] == []


@pytest.mark.parametrize(("text", "source"), [
    ("“We are lions”: strikers defy court", "strikers"), ("Teachers: Schools stay shut", "Teachers"),
    ("Police: Ten held after match", "Police"),
])
def test_headlines_that_name_their_speakers_still(attributed, text, source):
    assert source in [s for _, s, _, _, _ in attributed(text, "headline")]
