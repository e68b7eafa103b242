"""Attributions as agencies, local papers, state media and machine translation write them; invented, with near misses."""

from __future__ import annotations

import pytest

CASES = [  # text, then source and content of attributions that must be among those found
    # a noun phrase with a relative clause, and a time within that
    ("The widow of a driver who died after a collision with a tram near Lomba said on Sunday that nobody had apologised.",
     ("The widow of a driver who died after a collision with a tram near Lomba", "that nobody had apologised")),
    ("Traders whose stalls burned down after the blast in the market said they had lost everything.",
     ("Traders whose stalls burned down after the blast in the market", "they had lost everything")),
    ("Two people died after a clash with guards, officials said.", ("officials", "Two people died after a clash with guards")),
    ("An aide familiar with the talks, speaking on condition of anonymity because she was not allowed to brief the press, "
     "said the deal was dead.", ("An aide familiar with the talks", "the deal was dead")),
    ("While the family of one of the dead, who is called Sy, 19 years, rejected this account.",
     ("the family of one of the dead, who is called Sy, 19 years", "this account")),
    ("The minister, who from Bari has expressed closeness to the wounded, left.", ("who", "closeness to the wounded")),
    # titles with a full stop, a dateline with a bar
    ("Minister of Works Hon. Peter Lowe said in a message that the bridge would open.",
     ("Minister of Works Hon. Peter Lowe", "that the bridge would open")),
    ("“We hold the town,” read a statement by Brig. Gen. Tomas Reba.",
     ("a statement by Brig. Gen. Tomas Reba", "“We hold the town,”")),
    ("GARISSA | Kenya has accused its neighbour of shelling a village.", ("Kenya", "its neighbour of shelling a village")),
    # machine translation
    ("The head of the committee, the priest Aram Ter, in his turn has stated, that the tents will stay.",
     ("The head of the committee, the priest Aram Ter", "that the tents will stay")),
    ("The president Julio Parra, that is in visit in Rome, wrote in the network X that he will not resign.",
     ("The president Julio Parra, that is in visit in Rome", "that he will not resign")),
    ("Twelve persons were detained, informs the press service of the ministry.",
     ("the press service of the ministry", "Twelve persons were detained")),
    ("“They hit us first and hard,” replies instead Carla Neri.", ("Carla Neri", "“They hit us first and hard,”")),
    ("“The pits stay open,” the head of the union, Ivo Belev, commented before journalists.",
     ("the head of the union, Ivo Belev", "“The pits stay open,”")),
    ("By his words, the drivers will wait until the council signs.", ("his", "the drivers will wait until the council signs")),
    ("By the information of the health ministry, nine persons received injuries.",
     ("the health ministry", "nine persons received injuries")),
    ("“We go to talk, but the engines stay off,” Belev is adamant.", ("Belev", "“We go to talk, but the engines stay off,”")),
    ("For the Greens, the eviction was “a provocation”.", ("the Greens", "the eviction was “a provocation”")),
    ("The Union is said “worried” by the arrests.", ("The Union", "“worried” by the arrests")),
    ("The president appealed both sides to return to the table.", ("The president", "both sides to return to the table")),
    # letters that look like quotation marks
    ("A lawyer for two of the men, ‘Ana Fo‘ou, alleges they were kicked.", ("A lawyer for two of the men, ‘Ana Fo‘ou",
                                                                          "they were kicked")),
    ("Governor ‘Abd al-Rahman of Sana‘a said the road was open, and called the rebels ‘bandits’.",
     ("Governor ‘Abd al-Rahman of Sana‘a", "the rebels ‘bandits’")),
    # verbs that stand first, objects before a quotation
    ("Said Banda: “He went out for flour.”", ("Banda", "“He went out for flour.”")),
    ("State radio has called the turmoil in the South “a farce of puppets”.",
     ("State radio", "the turmoil in the South “a farce of puppets”")),
    # nouns whose owner stands before or behind them
    ("Guards denied media reports that the gang had crossed the river.", ("media", "that the gang had crossed the river")),
    ("He dismissed opposition allegations of fraud.", ("opposition", "fraud")),
    ("The court noted the refusal of the army to hand over the tapes.", ("the army", "to hand over the tapes")),
    ("She spoke of a promise by the governor to free the boys.", ("the governor", "to free the boys")),
    ("Many hid in the hills for fear of being arrested.", ("Many", "being arrested")),
    # what was heard, what banners bear, what images show
    ("Neighbours heard a man shout “Get down!” before the shots.", ("a man", "“Get down!” before the shots")),
    ("Two hundred stood at the gate with banners that read “Not one metre more”.", ("banners", "“Not one metre more”")),
    ("Women held signs reading “Where is my son?” outside the mine.", ("signs", "“Where is my son?”")),
    ("Videos verified by the newspaper show guards in black striking men who sit on the road.",
     ("Videos verified by the newspaper", "guards in black striking men who sit on the road")),
    ("Footage circulated online appears to show a lorry driving into the crowd.",
     ("Footage circulated online", "a lorry driving into the crowd")),
    # who goes on: the speaker, not whom the speech is of
    ("Premier Ho said the cabinet would ask the court to strike down the law, calling it “a coup”.",
     ("Premier Ho", "it “a coup”")),
    ("The rights centre said the raid recalled older crimes and demanded that the archive be opened.",
     ("The rights centre", "that the archive be opened")),
    ("Police said the driver refused to stop, adding that two pistols were found.", ("Police", "that two pistols were found")),
    ("The verdict prompted Roe to accuse the judge of bias.", ("Roe", "the judge of bias")),
    ("Spokesman Ren told a daily news briefing that it was calm and denied that the church was shut.",
     ("Spokesman Ren", "that the church was shut")),
    # sources behind the cue: a name behind an office, a relative clause, a participle, a place that is the source's own
    ("“We will see them in court,” said its president, Hernan Quiroga, at the gate.",
     ("its president, Hernan Quiroga", "“We will see them in court,”")),
    ("According to the ministry, Roe was held on Monday.", ("the ministry", "Roe was held on Monday")),
    ("According to a summary, Roe, a clerk, fled.", ("a summary", "Roe, a clerk, fled")),
    ("“They saw empty streets,” said Hnin Oo, a researcher at a university in Rangun.",
     ("Hnin Oo, a researcher at a university in Rangun", "“They saw empty streets,”")),
    ("“We stay,” said Roe at a rally in Town.", ("Roe", "“We stay,”")),
    ("Most oppose the plan, according to a poll published on Sunday by the firm Andina.",
     ("a poll published on Sunday by the firm Andina", "Most oppose the plan")),
    ("“Nobody came,” said a relative of a patient who saw it.", ("a relative of a patient who saw it", "“Nobody came,”")),
    ("“We hold the town,” said Col. Reba, who called the vote “a fraud”.", ("Col. Reba", "“We hold the town,”")),
    ("The main opposition party UNITA dismissed the charge.", ("The main opposition party UNITA", "the charge")),
    ("Partners on the ground report that four schools are full.", ("Partners on the ground", "that four schools are full")),
    ("“Our boys are tired of being targets,” it is read in a note.", ("a note", "“Our boys are tired of being targets,”")),
    ("By words of the inhabitant, people stay at home.", ("the inhabitant", "people stay at home")),
    ("Roe, who took office promising calm, left.", ("who", "calm")),
    ("We heard someone shout “Aim”.", ("someone", "“Aim”")),
    ("Another tweeted, “Nobody here is above the rules.”", ("Another", "“Nobody here is above the rules.”")),
    ("Said Dora Poynt, who grew up beside the mill, “We were proud of him.”",
     ("Dora Poynt, who grew up beside the mill", "“We were proud of him.”")),
    ("The officer, speaking before the court closed, said nobody was hurt.", ("The officer", "nobody was hurt")),
    ("The town was calm, state news agency TIA said citing police.", ("police", "The town was calm")),
    ("He met the men who fled after guards said the camp was shut.", ("guards", "the camp was shut")),
    # where contents end and go on
    ("“It is a lie,” Roe told a news briefing, and accused the paper of treason.", ("Roe", "“It is a lie,”")),
    ("Hundreds marched to the court chanting “We want results” before soldiers fired.", ("Hundreds", "“We want results”")),
    ("It called on Britain, which trains the guards, to suspend its aid.",
     ("It", "Britain, which trains the guards, to suspend its aid")),
    ("The people demand that the prince step down.", ("The people", "that the prince step down")),
    ("Colonel Warsame, who put the number of his dead at eight, left.", ("who", "the number of his dead at eight")),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:50] for text, _ in CASES])
def test_an_attribution_as_the_press_of_the_world_writes_it(attributed, text, expected):
    assert expected in [(source, content) for _, source, _, content, _ in attributed(text)]


@pytest.mark.parametrize("text", [
    "No group immediately claimed responsibility.",
    "For three days the road was shut, and nobody passed.",
    "By the time of the vote, the square was full.",
    "READ TOO: Fishermen go back to the river after five years",
    "Disclaimer: This text was made by a machine.",
    "Banners hung along the road.",
    "In view of the strike, the school was shut.",
])
def test_what_looks_like_one_and_is_none(attributed, text):
    assert attributed(text) == []


def test_a_single_mark_before_a_name_still_opens_a_quotation(attributed):
    assert attributed("‘We stay,’ said Mira Quell.") == [("inverted", "Mira Quell", "said", "‘We stay,’", 1)]
    assert attributed("He heard Roe say ‘Go’ twice.")[0][3].startswith("‘Go’")


@pytest.mark.parametrize(("text", "source", "content"), [
    ("Riot in Makeni: “We Did Not Order Anybody to Shoot” – Minister", "Minister", "“We Did Not Order Anybody to Shoot”"),
    ("“They came at night” – villagers", "villagers", "“They came at night”"),
    ("“I saw it all” – Mary Chanda", "Mary Chanda", "“I saw it all”"),
])
def test_who_stands_behind_the_dash_of_a_headline_said_what_is_quoted(attributed, text, source, content):
    assert [(s, c) for _, s, _, c, _ in attributed(text, "headline")] == [(source, content)]


def test_a_noun_behind_the_dash_of_a_headline_is_no_speaker(attributed):
    assert [s for _, s, _, _, _ in attributed("“Bloody Sunday” – a timeline", "headline")] == [None]
