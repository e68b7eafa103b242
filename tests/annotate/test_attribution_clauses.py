"""Clauses, verdicts, polls and conduits: one invented sentence each, all its attributions by hand."""

from __future__ import annotations

import pytest

CASES = [
    ("Roe, who estimated that a third of the union had left, said he would stay.", [
        ("that_clause", "who", "estimated", "that a third of the union had left", 1),
        ("bare_clause", "Roe, who estimated that a third of the union had left", "said", "he would stay", 1),
    ]),
    ("The minister was asked whether the army would step in.", [
        ("asked", None, "was asked", "whether the army would step in", 1),
    ]),
    ("Reporters were told by the spokesman that the road was closed.", [
        ("passive", "the spokesman", "were told by", "that the road was closed", 1),
    ]),
    ("He voiced fear, and most believe the count was rigged.", [
        ("object", "He", "voiced", "fear", 1),
        ("bare_clause", "most", "believe", "the count was rigged", 1),
    ]),
    ("The ministry said in a statement posted on its site that the road was closed.", [
        ("that_clause", "The ministry", "said", "that the road was closed", 1),
    ]),
    ("The union said in a video posted online on Monday the march would go on.", [
        ("bare_clause", "The union", "said", "the march would go on", 1),
    ]),
    ("A statement posted on the site said the road was closed.", [
        ("bare_clause", "A statement posted on the site", "said", "the road was closed", 1),
    ]),
    ("A clerk who asked not to be named said the road was closed.", [
        ("object", "who", "asked", "not to be named", 1),
        ("bare_clause", "A clerk who asked not to be named", "said", "the road was closed", 1),
    ]),
    ("The chief, speaking in the capital, blamed outside agitators for the fire.", [
        ("object", "The chief", "blamed", "outside agitators for the fire", 1),
    ]),
    ("The clerk, in a televised address, vowed a tough response.", [("object", "The clerk", "vowed", "a tough response", 1)]),
    ("The union urged both sides to show restraint.", [
        ("object", "The union", "urged", "both sides to show restraint", 1),
    ]),
    ("The man was known to neighbours.", []),
    ("Many fear that talks will fail.", [("that_clause", "Many", "fear", "that talks will fail", 1)]),
    ("Some blame the army for the deaths.", [("object", "Some", "blame", "the army for the deaths", 1)]),
    ("Police have so far refused to give a figure.", [("infinitive", "Police", "have so far refused", "to give a figure", 1)]),
    ("The army has in recent weeks accused rebels of theft.", [
        ("object", "The army", "has in recent weeks accused", "rebels of theft", 1),
    ]),
    ("It is the first time the army has acknowledged losses.", [("object", "the army", "has acknowledged", "losses", 1)]),
    ("The army fired to clear the road, officials and witnesses said.", [
        ("trailing", "officials and witnesses", "said", "The army fired to clear the road", 1),
    ]),
    ("Police put the toll at two.", [("object", "Police", "put", "the toll at two", 1)]),
    ("An opposition party put the toll at more than 60.", [
        ("object", "An opposition party", "put", "the toll at more than 60", 1),
    ]),
    ("The government, formed by rebels, welcomed the strike.", [
        ("object", "The government, formed by rebels", "welcomed", "the strike", 1),
    ]),
    ("KFOR, which has troops in the country, called on both sides to leave.", [
        ("object", "KFOR, which has troops in the country", "called on", "both sides to leave", 1),
    ]),
    ("The poll, released on Monday by the institute, showed a drop.", [
        ("object", "The poll, released on Monday by the institute", "showed", "a drop", 1),
    ]),
    ("A source revealed, on Tuesday, the killing of a guard.", [("object", "A source", "revealed", "the killing of a guard", 1)]),
    ("The office is concerned about reports that guards fired.", [
        ("object", "The office", "is concerned about", "reports that guards fired", 1),
        ("noun_cue", None, "reports", "that guards fired", 2),
    ]),
    ("She is critical of the plan.", [("object", "She", "is critical of", "the plan", 1)]),
    ("The union remains wary of the deal.", [("object", "The union", "remains wary of", "the deal", 1)]),
    ("The port was shut, a claim the mayor rejected as baseless.", [
        ("extracted", "the mayor", "rejected", "a claim … as baseless", 1),
    ]),
    ("The port was shut, a charge Roe denies.", [("extracted", "Roe", "denies", "a charge", 1)]),
    ("Police fired, an allegation which the chief denied.", [("extracted", "the chief", "denied", "an allegation", 1)]),
    ("Two people are feared dead.", [("reputed", None, "are feared", "Two people … dead", 1)]),
    ("The search for six people believed to be alive went on.", [("reduced", None, "believed", "six people … to be alive", 1)]),
    ("Four men were found guilty of theft by a court in Roeville.", [
        ("passive", "a court in Roeville", "were found", "Four men … guilty of theft", 1),
    ]),
    ("The court found him guilty of theft.", [("object", "The court", "found", "him guilty of theft", 1)]),
    ("A judge ruled the ban unlawful.", [("object", "A judge", "ruled", "the ban unlawful", 1)]),
    ("The same poll found support at a low.", [("object", "The same poll", "found", "support at a low", 1)]),
    ("Denying the charge, the colonel said the gate was open.", [
        ("object", "the colonel", "Denying", "the charge", 1),
        ("bare_clause", "the colonel", "said", "the gate was open", 1),
    ]),
    ("After saying he was tired, the mayor left.", [("bare_clause", "the mayor", "saying", "he was tired", 1)]),
    ("While some say the dam holds, others doubt it.", [
        ("bare_clause", "some", "say", "the dam holds", 1),
        ("object", "others", "doubt", "it", 1),
    ]),
    ("“They fired,” said a resident, quoted by local media.", [
        ("as_clause", "local media", "quoted by", "“They fired,”", 1),
        ("inverted", "a resident", "said", "“They fired,”", 2),
    ]),
    ("“It is a lie,” he was quoted as saying by the agency.", [
        ("quoted_as_saying", "the agency", "was quoted as saying", "“It is a lie,”", 1),
        ("citing", "he", "was quoted as saying", "“It is a lie,”", 2),
    ]),
    ("“Stay home,” Roe said on Monday, as quoted by the agency.", [
        ("as_clause", "the agency", "as quoted by", "“Stay home,”", 1),
        ("trailing", "Roe", "said", "“Stay home,”", 2),
    ]),
    ("The crowd shouted “Shame!” and left.", [("before_quotation", "The crowd", "shouted", "“Shame!”", 1)]),
    ("At least 12 people died, a man who gave his name as Ali said.", [
        ("trailing", "a man who gave his name as Ali", "said", "At least 12 people died", 1),
    ]),
    ("The party has called a two-day strike.", [("object", "The party", "has called", "a two-day strike", 1)]),
    ("The union called on workers to stay out until the law is withdrawn.", [
        ("object", "The union", "called on", "workers to stay out until the law is withdrawn", 1),
    ]),
    ("Roe vowed to march if the talks fail.", [("infinitive", "Roe", "vowed", "to march if the talks fail", 1)]),
    ("The United Nations says at least 114 people have been killed.", [
        ("bare_clause", "The United Nations", "says", "at least 114 people have been killed", 1),
    ]),
    ("Guards opened fire at 01:20, she said.", [("trailing", "she", "said", "Guards opened fire at 01:20", 1)]),
    ("Those gathered chanted “Out!”", [("before_quotation", "Those gathered", "chanted", "“Out!”", 1)]),
    ("He said some guards wanted to leave.", [
        ("bare_clause", "He", "said", "some guards wanted to leave", 1),
        ("infinitive", "some guards", "wanted", "to leave", 2),
    ]),
    ("Records show it, and experts say the figure is low.", [
        ("object", "Records", "show", "it", 1),
        ("bare_clause", "experts", "say", "the figure is low", 1),
    ]),
    ("The army assured the public it would stay out.", [("bare_clause", "The army", "assured", "it would stay out", 1)]),
    ("Workers voted to keep the gate shut.", [("infinitive", "Workers", "voted", "to keep the gate shut", 1)]),
    ("The union distanced itself from the attack.", [("object", "The union", "distanced itself from", "the attack", 1)]),
    ("The council warned against outside interference.", [
        ("object", "The council", "warned against", "outside interference", 1),
    ]),
    ("The president on Monday ordered an inquiry.", [("object", "The president", "ordered", "an inquiry", 1)]),
    ("The deputy, who last week ordered an inquiry, left.", [("object", "who", "ordered", "an inquiry", 1)]),
    ("Troops shot 12 people, 10 percent of them minors, the group said.", [
        ("trailing", "the group", "said", "Troops shot 12 people, 10 percent of them minors", 1),
    ]),
    ("Roe said that the dam holds, and has ordered repairs.", [
        ("that_clause", "Roe", "said", "that the dam holds", 1),
        ("object", "Roe", "has ordered", "repairs", 1),
    ]),
    ("Thousands of students demanding a refund returned to the square.", [
        ("object", "Thousands of students", "demanding", "a refund", 1),
    ]),
    ("A critic called Roe a liar.", [("object", "A critic", "called", "Roe a liar", 1)]),
    ("Half the town said it was safe.", [("bare_clause", "Half the town", "said", "it was safe", 1)]),
    ("Police banned the march so the crowd went home.", [("object", "Police", "banned", "the march", 1)]),
    ("There is some doubt that the dam holds.", [("noun_cue", None, "doubt", "that the dam holds", 1)]),
    ("He was found guilty of killing by strangling a guard.", [
        ("passive", None, "was found", "He … guilty of killing by strangling a guard", 1),
    ]),
    ("Three men believed to have fled by boat were caught.", [
        ("reduced", None, "believed", "Three men … to have fled by boat", 1),
    ]),
    ("The minister denied the claim until he resigned.", [("object", "The minister", "denied", "the claim", 1)]),
    ("ROE: We will stay.", [("labelled", "ROE", ":", "We will stay.", 1)]),
    # contents that go on, and contents that stop
    ("Police said nine men were held and later freed, and that two officers were hurt.", [
        ("bare_clause", "Police", "said", "nine men were held and later freed, and that two officers were hurt", 1),
    ]),
    ("A spokesman said that Peru supports Chile and stands ready to help.", [
        ("that_clause", "A spokesman", "said", "that Peru supports Chile and stands ready to help", 1),
        ("object", "Peru", "supports", "Chile", 2),
    ]),
    ("The mayor said the port was shut and wants a vote.", [
        ("bare_clause", "The mayor", "said", "the port was shut", 1),
        ("object", "The mayor", "wants", "a vote", 1),
    ]),
    ("The strike goes on, said the union, hours after police had come.", [
        ("inverted", "the union", "said", "The strike goes on", 1),
    ]),
    ("The family says that the devils who want to burn the house will be burnt.", [
        ("that_clause", "The family", "says", "that the devils who want to burn the house will be burnt", 1),
        ("infinitive", "who", "want", "to burn the house", 2),
    ]),
    ("According to reports from our office, members of the guard on 17 April fired on people near the plant.", [
        ("according_to", "reports from our office", "According to",
         "members of the guard on 17 April fired on people near the plant", 1),
    ]),
    ("According to Roe, head of the union, the strike goes on.", [
        ("according_to", "Roe, head of the union", "According to", "the strike goes on", 1),
    ]),
    ("The council condemned in the strongest terms the attack on the depot.", [
        ("object", "The council", "condemned", "the attack on the depot", 1),
    ]),
    ("We welcome the move.", [("object", "We", "welcome", "the move", 1)]),
    ("They said they feared for their jobs.", [
        ("bare_clause", "They", "said", "they feared for their jobs", 1),
        ("object", "they", "feared for", "their jobs", 2),
    ]),
    ("The police have cleared the road, informed the ministry.", [
        ("inverted", "the ministry", "informed", "The police have cleared the road", 1),
    ]),
    # no attribution
    ("Guards charged the crowd with batons.", []),
    ("Two more suspects are in the cells and 43 suspects that were freed went home.", []),
    ("Published: 9 October is a holiday here.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:40] for text, _ in CASES])
def test_every_attribution_of_a_sentence(attributed, text, expected):
    assert attributed(text) == expected


@pytest.mark.parametrize("text", [
    "Police fired back at rioters near the bridge.",
    "Marchers pushed back against the shields.",
    "The army held that ridge for a month.",
    "The men gathered that day.",
    "The lawyer certified that document.",
    "The nurse calculated 12 doses.",
    "The patient was critical at noon.",
    "The players were tired of running.",
    "The prince was happy at school.",
    "Roe, cited by police for speeding, paid a fine.",
    "The driver stopped, cited by police for speeding.",
    "Residents called police during the protest.",
    "A guard called his wife from the rally.",
    "The mayor put the keys on two desks.",
    "Workers put the boxes at two gates.",
    "The goal put the score at two.",
    "Thousands mourned the miners.",
    "Troops blocked the road and cleared the square.",
    "The court heard the case on Monday.",
    "Water reached the roofs and the road was closed.",
])
def test_plain_narration_attributes_nothing(attributed, text):
    assert attributed(text) == []


@pytest.mark.parametrize(("text", "source", "content"), [
    ("Dozens hurt in march: ministry", "ministry", "Dozens hurt in march"),
    ("Three dead as troops enter town — MPA", "MPA", "Three dead as troops enter town"),
    ("Minister: No talks with strikers", "Minister", "No talks with strikers"),
])
def test_headlines_that_name_their_source_first_or_last(attributed, text, source, content):
    assert attributed(text, "headline") == [("labelled", source, attributed(text, "headline")[0][2], content, 1)]


@pytest.mark.parametrize("text", [
    "Three shot in Portville — one by police", "Strike enters third week — no deal for unions",
    "March in Portville: tear gas from police",
    "Mayor hit by egg: VIDEO", "STRIKE ENDS IN PORTVILLE: DEAL",
])
def test_headlines_that_name_no_source(attributed, text):
    assert attributed(text, "headline") == []


def test_a_place_before_a_colon_is_no_speaker(attributed):
    assert attributed("Portville: The sit-in entered its sixth day.\nFew came to the square in Portville.") == []
