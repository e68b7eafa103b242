"""Nouns of people that count by their clause, adjectives that decide a stance, names and modifiers that are no labels."""

from __future__ import annotations

import pytest

from framelens.annotate.labels import label_finder
from framelens.errors import LexiconError
from framelens.lexicon import parse_lexicon, read_lexicon
from framelens.text.view import read_view

HEAD = '[lexicon]\nname = "t"\nversion = "1"\n'
ROLES = HEAD + """
[contexts.topic]
words = ["unrest"]
labels = ["event"]
own_event = true
[roles.protesting]
acts = ["march", "block the road", "go on strike", "clash with police"]
acted_on = ["disperse"]
before = ["march of", "striking"]
[roles.shouting]
acts = ["shout"]
article = ["topic"]
[groups.people]
side = "challenger"
names = false
not_before = ["leader*"]
modifiers = {delegitimising = ["rowdy"], legitimising = ["peaceful"]}
[groups.people.delegitimising]
terms = [{term = "vandal", article = ["topic"]}]
[groups.people.neutral]
terms = ["marcher", {terms = ["nurses", "teachers"], role = ["protesting", "shouting"], carries = true},
  {terms = ["people", "residents"], role = "protesting"}, {terms = ["workers", "women"], role = "protesting", inherits = true},
  {term = "the detained", inflect = "none"}]
[groups.event]
side = "challenger"
[groups.event.neutral]
terms = [{term = "march", pos = "noun", case = "lower"}, "sit-in"]
"""


def rows(text, lexicon=ROLES, study=None):
    view = read_view("d", text, [(0, len(text), "body", "x")], measured=("body",))
    return label_finder(parse_lexicon(lexicon), study)(view)


def found(text, lexicon=ROLES):
    return [r["surface"] for r in rows(text, lexicon)]


@pytest.mark.parametrize("text, expected", [
    ("People marched. People sleep.", ["People"]),
    ("Hundreds of people from the hills were marching.", ["people"]),
    ("Residents who had lost their homes marched on the town hall.", ["Residents"]),
    ("Residents, most of them old, blocked the road.", ["Residents"]),
    ("People have gone on strike.", ["People"]),
    ("People slept as nurses marched.", ["nurses"]),  # another subject takes over
    ("People said nurses marched.", ["nurses"]),
    ("Police dispersed hundreds of angry residents.", ["residents"]),
    ("Residents were dispersed. Residents were blocked.", ["Residents"]),  # done to them, where it is listed
    ("People joined by nurses marched.", ["People", "nurses"]),
    ("A march of some 300 residents began.", ["march", "residents"]),
    ("The striking nurses ate.", ["nurses"]),
    ("Teachers, nurses and residents marched.", ["Teachers", "nurses", "residents"]),  # a list has one verb
    ("Residents saw the march of time.", ["march"]),  # a noun is no act
    ("Nurses marched. The nurses ate. Teachers ate.", ["Nurses", "nurses"]),  # kept through the article
    ("Residents marched. The residents ate.", ["Residents"]),  # but not by words for anybody
    ("The nurses' march began. Two nurses ate.", ["march", "nurses"]),  # the event's name proves, and is one label
    ("The workers ate. Nurses marched. The workers ate. Workers ate.", ["Nurses", "workers"]),  # those told of before
    ("Residents marched. The workers ate.", ["Residents"]),  # who must be of a trade
    ("Women marched. The women ate. These women ate. Old women ate.", ["Women", "women", "women"]),  # or have had the same name
    ("The detained slept. The detained chanted. The detained were old.", ["The detained"] * 3),
    ("The detained nurses slept. The detained old men slept.", []),  # a participle before its noun
    ("Nurses marched. Residents were shot.", ["Nurses"]),
    ("Nurses shouted.", []),  # an act of many kinds needs the topic
    ("Nurses shouted. There was unrest.", ["Nurses"]),
    ("Nurses shouted. There was a sit-in.", ["Nurses", "sit-in"]),  # which a label of the event proves as well
    ("Vandals came.", []),
    ("Vandals came to the sit-in.", ["Vandals", "sit-in"]),
])
def test_a_clause_gives_a_role(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize("text, expected", [
    ("Marchers sang.", [("Marchers", "neutral", "none")]),
    ("The peaceful marchers sang.", [("peaceful marchers", "legitimising", "challenger")]),
    ("Rowdy young marchers sang.", [("Rowdy young marchers", "delegitimising", "official")]),
    ("The “peaceful” marchers sang.", [("marchers", "neutral", "none")]),  # the writer's marks part them
    ("They were peaceful. Marchers sang.", [("Marchers", "neutral", "none")]),
    ("Peaceful and old marchers sang.", [("marchers", "neutral", "none")]),
    ("Peaceful people marched.", [("Peaceful people", "legitimising", "challenger")]),
])
def test_an_adjective_decides_the_stance_of_a_neutral_label(text, expected):
    assert [(r["surface"], r["stance"], r["favours"]) for r in rows(text)] == expected


@pytest.mark.parametrize("text, expected", [
    ("The marcher sang. The marcher leaders sang.", ["marcher"]),  # a modifier
    ("The marcher Ada Roe sang. A marcher, Ada Roe, sang.", ["marcher"]),  # a single named person
    ("He leads the League of Marchers there. The town has Marchers.", ["Marchers"]),  # a name
    ("Two Marchers Sing at Last as Town Looks On", ["Marchers"]),  # capitals throughout tell nothing
    ("In March a march came.", ["march"]),
    ("The students’ march began.", ["march"]),
])
def test_names_and_modifiers_are_no_labels(text, expected):
    assert found(text) == expected


def test_an_article_on_the_event_of_its_study_needs_no_other_proof():
    study = {"event": {"places": ["Port Carrow"]}}
    assert [r["surface"] for r in rows("Vandals came to Port Carrow.", study=study)] == ["Vandals"]
    assert rows("Vandals came to Hillford.", study=study) == rows("Vandals came to Port Carrow.") == []


@pytest.mark.parametrize("change, words", [
    (('own_event = true', 'own_event = "yes"'), ["contexts.topic.own_event", "true or false"]),
    (('acts = ["shout"]\n', 'acs = ["shout"]\n'), ["roles.shouting.acs", "acts, acted_on, before, article"]),
    (('acts = ["shout"]\narticle', 'article'), ["roles.shouting", "needs acts, acted_on or before"]),
    (('role = "protesting"}', 'role = "sleeping"}'), ["no role 'sleeping'", "protesting, shouting"]),
    (('role = "protesting"}', 'carries = true}'), ["carries", "needs a role"]),
    (('carries = true', 'carries = "yes"'), ["carries", "true or false", "'yes'"]),
    (('role = "protesting", inherits = true}', 'inherits = true}'), ["inherits", "needs a role"]),
    (('terms = ["people", "residents"], role', 'terms = [], role'), ["terms[2].terms", "list of words"]),
    (('case = "lower"', 'case = "upper"'), ["'upper'", "lower"]),
    (('names = false', 'names = "no"'), ["groups.people.names", "true or false"]),
    (('modifiers = {', 'modifiers = {neutral = ["old"], '), ["modifiers.neutral", "delegitimising, legitimising"]),
    (('article = ["topic"]}', 'after = ["topic"]}'), ["'topic' has labels", "only article"]),
])
def test_a_broken_role_is_named(change, words):
    assert change[0] in ROLES
    with pytest.raises(LexiconError) as error:
        parse_lexicon(ROLES.replace(*change, 1), "mine.toml")
    for word in ["mine.toml", *words]:
        assert word in str(error.value)


def test_an_extension_builds_on_the_roles_of_its_base():
    mine = parse_lexicon(HEAD + 'extends = "protest"\n[roles.fasting]\nacts = ["fast"]\n[groups.protesters.neutral]\n'
                         'terms = [{terms = ["nuns"], role = ["protesting", "fasting"], carries = true}]\n')
    view = read_view("d", text := "Nuns fasted. Nuns left.", [(0, len(text), "body", "x")], measured=("body",))
    assert [r["surface"] for r in label_finder(mine)(view)] == ["Nuns", "Nuns"]
    assert set(read_lexicon("protest").roles) < set(mine.roles)
    assert mine.groups["protesters"]["not_before"] == read_lexicon("protest").groups["protesters"]["not_before"]


@pytest.mark.parametrize("text, contested", [
    ("The so-called marchers came.", True), ("Suspected marchers came.", True),
    ("What the interior ministry calls marchers came.", True), ("They spoke of allegations of marchers.", True),
    ("They were branded as marchers.", True), ("They were described by the ministry as marchers.", True),
    ("They denied being marchers.", True), ("She denied that they were marchers.", True),
    ("The marchers, as the mayor calls them, came.", True), ("The marchers as the mayor knows came.", False),
    ("The mayor called the marchers at noon.", False), ("He denied the marchers a permit.", False),
    ("He described the marchers.", False),
])
def test_the_writers_distance(text, contested):
    assert [r["contested"] for r in rows(text)] == [contested]
