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
    text = ("They were not rioters. So-called rioters met “rioters”. No angry mob came. "
            "“The mob and all its many friends,” he said.")
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
    mine = parse_lexicon(HEAD + 'extends = "protest"\n[groups.protesters]\n[groups.protesters.neutral]\n'
                         'terms = ["rioter", "marcher of mine"]\n')
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


WORDS = st.lists(st.sampled_from("police mob angry rioters riot the group alliance people protested , . “ ” 's station".split()),
                 max_size=30)


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


ONE = '[groups.event.neutral]\nterms = ["march"]\n'


def with_term(term):
    return HEAD + f"[groups.event.neutral]\nterms = [{term}]\n"


@pytest.mark.parametrize("text, words", [
    (HEAD + 'languag = "en"\n' + ONE, ["line 4", "lexicon.languag", "language"]),
    (HEAD + 'title = 5\n' + ONE, ["line 4", "lexicon.title", "string"]),
    (HEAD + '[groups.event]\nsid = "official"\n' + ONE, ["line 5", "groups.event.sid", "side"]),
    (HEAD + ONE + 'term = ["x"]\n', ["groups.event.neutral.term", "terms, references"]),
    (HEAD + ONE + 'references = "x"\n', ["line 6", "groups.event.neutral.references", "list"]),
    (HEAD + ONE + '[group.security]\n', ["key group:", "groups"]),
    (HEAD + '[groups.event]\nside = "official"\n', ["line 4", "groups.event", "a stance with terms"]),
    (HEAD + '[groups.event.neutral]\nterms = []\n', ["line 5", "groups.event.neutral.terms", "at least one"]),
    (HEAD + 'extends = "protest"\n[groups.event.neutral]\nterms = []\n', ["groups.event.neutral.terms", "at least one"]),
    (HEAD + 'extends = "protest"\n[groups.mine]\nside = "none"\n', ["groups.mine", "a stance with terms"]),
    (HEAD + 'extends = "protest"\n[groups.event]\nside = "official"\n', ["groups.event.side", "'challenger'"]),
    (HEAD + '[groups.event]\nneutral = ["x"]\n', ["line 5", "groups.event.neutral", "table"]),
    (with_term('"*riot"'), ["line 5", "groups.event.neutral.terms[0].term", "'*riot'", "end of a word"]),
    (with_term('"r*t"'), ["'r*t'", "end of a word"]),
    (with_term('"march *"'), ["'march *'", "end of a word"]),
    (with_term('{term = "riot", forms = ["rio*ts"]}'), ["terms[0].forms", "'rio*ts'", "end of a word"]),
    (with_term('{term = "riot", when = ["*x"]}'), ["terms[0].when", "'*x'", "end of a word"]),
    (with_term('{term = "riot", window = 3}'), ["line 5", "terms[0].window", "when or unless"]),
    (with_term('{term = "riot", side = "after"}'), ["line 5", "terms[0].side", "when or unless"]),
    (with_term('{term = "riot", when = ["x"], window = true}'), ["terms[0].window", "whole number", "True"]),
    (with_term('{term = "riot", when = [["a"]]}'), ["line 5", "terms[0].when", "phrases", "['a']"]),
    (with_term('{term = "riot", after = 5}'), ["line 5", "terms[0].after", "phrases", "5"]),
    (HEAD + '[groups]\nx = 5\n', ["line 5", "groups.x", "table [groups.x]", "5"]),
    ('references = "x"\n' + HEAD + ONE, ["line 1", "references", "table", "'x'"]),
    (HEAD + ONE + '[references]\na = 5\n', ["line 7", "references.a", "string"]),
    (HEAD + ONE + '[contexts]\nfoo = 5\n', ["line 7", "contexts.foo", "[contexts.foo]", "words"]),
    (HEAD + ONE + '[contexts.foo]\nwrds = ["a"]\n', ["line 7", "contexts.foo.wrds", "words"]),
    (HEAD + ONE + '[contexts.foo]\nwords = [["a"]]\n', ["line 7", "contexts.foo.words", "phrases"]),
    ('contexts = 5\n' + HEAD + ONE, ["line 1", "contexts", "5"]),
])
def test_a_mistake_is_never_taken_in_silence(text, words):
    with pytest.raises(LexiconError) as error:
        parse_lexicon(text, "mine.toml")
    for word in ["mine.toml", *words]:
        assert word in str(error.value)


def test_a_context_may_be_a_plain_list():
    text = with_term('{term = "riot", when = "foo"}') + '[contexts]\nfoo = ["crowd*"]\n'
    assert found("A riot of crowds. A riot of colour.", text) == ["riot"]
    assert parse_lexicon(text).terms[0].when.patterns == (("crowd*",),)


def test_a_group_of_an_extension_may_hold_settings_only():
    mine = parse_lexicon(HEAD + 'extends = "protest"\n[groups.protesters]\ntitle = "Them"\nexceptions = ["mob of mine"]\n')
    assert mine.groups["protesters"]["title"] == "Them"
    assert ("mob", "of", "mine") in mine.groups["protesters"]["exceptions"]
    assert mine.terms == read_lexicon("protest").terms


def test_a_term_with_a_capital_is_a_name_itself():
    own = '[groups.protesters.neutral]\nterms = [{term = "Bucket Brigade", inflect = "none"}]\n'
    text = ("Lena Marsh of the Bucket Brigade spoke. "
            "On Friday the Bucket Brigade met some people from the Union of Protesters there.")
    view = read_view("d", text, [(0, len(text), "body", "x")], measured=("body",))
    found = label_finder(parse_lexicon(HEAD + 'extends = "protest"\n' + own))(view)
    assert [(m["surface"], m["group"]) for m in found] == [("Bucket Brigade", "protesters")] * 2


def test_a_term_of_an_extension_favours_by_the_side_of_the_group_extended():
    mine = parse_lexicon(HEAD + 'extends = "protest"\n[groups.protesters.delegitimising]\nterms = ["wrecker of mine"]\n')
    assert mine.terms[-1].favours == "official"


def test_a_base_is_sought_from_the_folder_of_the_lexicon(tmp_path, monkeypatch):
    place = tmp_path / "in" / "deep"
    place.mkdir(parents=True)
    (tmp_path / "in" / "base.toml").write_text(HEAD + ONE)
    (place / "mine.toml").write_text(HEAD + 'extends = "../base.toml"\n[groups.event.legitimising]\nterms = ["uprising"]\n')
    monkeypatch.chdir(tmp_path)
    assert [t.term for t in read_lexicon("in/deep/mine.toml").terms] == ["march", "uprising"]
    monkeypatch.chdir(place)
    assert [t.term for t in read_lexicon("mine.toml").terms] == ["march", "uprising"]
    (tmp_path / "in" / "base.toml").unlink()
    with pytest.raises(LexiconError, match=r"mine\.toml, line 4, key lexicon\.extends: .*base\.toml"):
        read_lexicon(place / "mine.toml")


@pytest.mark.parametrize("extends", [{"a": "a"}, {"a": "b", "b": "a"}, {"a": "b", "b": "c", "c": "./b"}])
def test_a_lexicon_that_extends_itself_is_refused(tmp_path, extends):
    for name, base in extends.items():
        (tmp_path / f"{name}.toml").write_text(HEAD + f'extends = "{base}.toml"\n' + ONE)
    with pytest.raises(LexiconError, match=r"\.toml, line 4, key lexicon\.extends: .* extends itself"):
        read_lexicon(tmp_path / "a.toml")


def test_an_extension_of_an_unknown_lexicon_names_its_file():
    with pytest.raises(LexiconError, match=r"mine\.toml, line 4, key lexicon\.extends: .*'protests'.*Packaged: "):
        parse_lexicon(HEAD + 'extends = "protests"\n' + ONE, "mine.toml")
