from __future__ import annotations

import pickle
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens.annotate.labels import find_mentions, label_finder
from framelens.errors import LexiconError
from framelens.lexicon import parse_lexicon, read_lexicon
from framelens.text.view import read_view

HEAD = '[lexicon]\nname = "t"\nversion = "1"\n'
SMALL = HEAD + """
[contexts.protest_action]
words = ["protest*", "took to the streets"]
[groups.protesters]
side = "challenger"
exceptions = ["mob mentality"]
[groups.protesters.delegitimising]
terms = ["rioter", "mob", "angry mob", {term = "thug", forms = ["thuggery"]}, "hooligan*"]
[groups.protesters.neutral]
terms = [{term = "people", inflect = "none", when = ["protest_action"], side = "after", window = 4}, "anti-government protester",
  {term = "youth", unless = ["football"]}, {term = "militant", article = ["protest"]}]
[groups.security]
side = "official"
exceptions = ["police station"]
[groups.security.neutral]
terms = [{term = "police", inflect = "none"}, "riot police", {term = "the group", inflect = "none", after = ["alliance"]}]
[groups.event]
side = "challenger"
[groups.event.delegitimising]
terms = [{term = "riot", pos = "noun"}]
[groups.event.neutral]
terms = [{term = "attack", pos = "noun"}, {term = "march", pos = "noun", exceptions = ["march on"]}]
[groups.event.legitimising]
terms = ["uprising"]
"""


def found(text, lexicon=SMALL):
    view = read_view("d", text, [(0, len(text), "body", "x")], measured=("body",))
    return [r["surface"] for r in label_finder(parse_lexicon(lexicon))(view)]


@pytest.mark.parametrize("text, expected", [
    ("The art of the mobile party.", []),  # no part of a word
    ("An angry mob and two mobs.", ["angry mob", "mobs"]),  # the longest, no double counting
    ("Riot police near the police station.", ["Riot police"]),
    ("The police’s van. POLICE!", ["police", "POLICE"]),
    ("It was mob mentality.", []),
    ("Hooligans and hooliganism and thuggery.", ["Hooligans", "hooliganism", "thuggery"]),
    ("An anti-riot squad.", []),
    ("Anti-government protesters and anti government protester.", ["Anti-government protesters", "anti government protester"]),
    ("People took to the streets. People sleep. Protests by people.", ["People"]),
    ("Youths at the football. Youths came.", ["Youths"]),
    ("They attack at dawn; the attack failed. To attack is war.", ["attack"]),
    ("They riot. The riot grew. They march, the march, a march on the capital.", ["riot", "march"]),
    ("The alliance sent men. The group said so. It rained. It rained. It rained. The group left.", ["The group"]),
    ("A riot, police said.", ["riot", "police"]),  # a comma parts words
    ("Militants came.", []),
    ("Militants came. The protest went on.", ["Militants"]),
])
def test_what_counts_as_a_label(text, expected):
    assert found(text) == expected


def test_flags():
    text = "They were not rioters. So-called rioters met “rioters”. No angry mob came. “The mob and all its many friends,” he said."
    view = read_view("d", text, [(0, len(text), "body", "x")], measured=("body",))
    rows = label_finder(parse_lexicon(SMALL))(view)
    assert [(r["surface"], r["negated"], r["scare_quoted"], r["contested"]) for r in rows] == [
        ("rioters", True, False, False), ("rioters", False, False, True), ("rioters", False, True, False),
        ("angry mob", True, False, False), ("mob", False, False, False)]


@pytest.mark.parametrize("change, words", [
    (("delegitimising]", "delegitimizing]"), ["line", "groups.protesters.delegitimizing", "legitimising"]),
    (('"rioter",', '"rioter", 7,'), ["groups.protesters.delegitimising.terms[1]", "7"]),
    (('side = "after"', 'side = "behind"'), ["line 13", "'behind'", "before, after, both"]),
    (("window = 4", "window = 0"), ["window", "from 1"]),
    (('when = ["protest_action"]', 'when = ["no_context"]'), ["no_context", "protest_action"]),
    (('"uprising"', '"rioter"'), ["'rioter' stands twice", "protesters delegitimising"]),
    (('pos = "noun"}]\n[groups.event.neutral]', 'pos = "thing"}]\n[groups.event.neutral]'), ["'thing'", "noun, verb, adjective"]),
    (('inflect = "none", when', 'inflekt = "none", when'), ["unknown key 'inflekt'", "inflect"]),
    (('version = "1"', ''), ["lexicon.version", "missing"]),
    (("[groups.event]", "[groups.event"), ["not valid TOML"]),
    (('side = "official"', 'side = "state"'), ["'state'", "challenger, official, none"]),
])
def test_a_broken_lexicon_is_named_by_file_key_and_remedy(change, words):
    assert change[0] in SMALL
    with pytest.raises(LexiconError) as error:
        parse_lexicon(SMALL.replace(*change, 1), "mine.toml")
    for word in ["mine.toml", *words]:
        assert word in str(error.value)


def test_an_unknown_lexicon_names_the_packaged_ones():
    with pytest.raises(LexiconError, match=r"Packaged: .*protest"):
        read_lexicon("protests")


def test_a_study_extends_a_packaged_lexicon():
    mine = parse_lexicon(HEAD + 'extends = "protest"\n[groups.protesters]\n[groups.protesters.neutral]\nterms = ["rioter", "marcher of mine"]\n')
    stances = {(t.term, t.stance) for t in mine.terms}
    assert ("rioter", "neutral") in stances
    assert ("rioter", "delegitimising") not in stances
    assert ("marcher of mine", "neutral") in stances
    assert mine.groups["protesters"]["side"] == "challenger", "what the extension does not say stays"
    assert mine.sha256 != read_lexicon("protest").sha256


def test_the_packaged_lexicon():
    lexicon = read_lexicon("protest")
    assert len({(t.term, t.group) for t in lexicon.terms}) >= 300
    for group in ("protesters", "event", "security"):
        assert list(lexicon.groups[group]["stances"]) == ["delegitimising", "neutral", "legitimising"]
    assert lexicon.references
    favours = {t.term: t.favours for t in lexicon.terms}
    assert favours["rioter"] == "official"
    assert favours["uprising"] == "challenger"
    assert favours["police"] == "none"
    again = pickle.loads(pickle.dumps(lexicon))
    assert again.terms == lexicon.terms
    assert again.sha256 == lexicon.sha256


WORDS = st.lists(st.sampled_from("police mob angry rioters riot the group alliance people protested , . “ ” 's station".split()), max_size=30)


@given(WORDS)
def test_mentions_never_overlap_and_stand_where_they_say(words):
    text = " ".join(words)
    view = read_view("d", text, [(0, len(text), "body", "x")] if text else [], measured=("body",))
    rows = label_finder(parse_lexicon(SMALL))(view)
    assert all(text[r["start"]:r["end"]] == r["surface"] for r in rows)
    assert all(a["end"] <= b["start"] for a, b in pairwise(rows))


def test_mentions_stand_in_body_and_headline_only(make_documents):
    import pandas as pd

    documents = make_documents("Mob\nBy A. Mob\nThe mob.")
    zones = pd.DataFrame({"document_id": "d0", "start": [0, 4, 14], "end": [4, 14, 22],
                          "kind": ["headline", "byline", "body"], "rule": "x"})
    mentions = find_mentions(documents, zones, parse_lexicon(SMALL))
    assert mentions["zone"].tolist() == ["headline", "body"]
    assert mentions["mention_id"].is_unique
    excluded = documents.assign(exclusion_reason="double")
    assert len(find_mentions(excluded, zones, parse_lexicon(SMALL))) == 0
