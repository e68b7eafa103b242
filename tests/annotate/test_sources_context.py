"""What the article around a source says of it: who protests, who opposes, whose release it is, which country is meant."""

from __future__ import annotations

import re

import pytest

from framelens import schema
from framelens.annotate.sources import read_gazetteer, sources_of
from framelens.annotate.sources.cause import _CALLING, _CALLS
from framelens.text.view import read_view

NORWAY = read_gazetteer({"home": ["Norway"]})


def source_type(marked: str) -> str:
    """Type the source "{1s|…}" of a text in which "{1c|…}" is the content."""
    text, spans, kind = marked, [], "speech"
    while found := re.search(r"\{1([sc])(?:/(\w+))?\|([^}]*)\}", text):
        text = text[:found.start()] + found[3] + text[found.end():]
        kind = found[2] or kind
        spans.append({"attribution_id": "1", "document_id": "d", "role": {"s": "source", "c": "content"}[found[1]],
                      "start": found.start(), "end": found.start() + len(found[3])})
    row = {"attribution_id": "1", "document_id": "d", "type": "indirect", "kind": kind, "rule": "hand", "source": None,
           "source_type": "unnamed", "parent_id": None, "level": 1, "n_words": 1}
    view = read_view("d", text, [(0, len(text), "body", "all")], measured=schema.MEASURED_ZONES)
    return sources_of(view, [row], spans, NORWAY)[0]["source_type"]


CASES = [
    # groups that are told to act, and their named members
    ("The bakers' strike went on, and a march followed.\n\n{1s|The bakers} said {1c|they would stay}.", "protester"),
    ("Flour sold well. Bread was dear.\n\n{1s|The bakers} said {1c|they would stay}.", "person"),
    ("A march and a protest were held by striking carters.\n\n{1s|Their federation} said {1c|it was dear}.", "protester"),
    # parties and armed groups by what the article calls them
    ("The opposition party Green Fjord lost.\n\n{1s|Green Fjord leader Ada Roe} said {1c|it was over}.", "opposition"),
    ("The ruling party Green Fjord won.\n\n{1s|Green Fjord party leader Ada Roe} said {1c|it was over}.", "politician"),
    # politicians who accuse the government, wherever they do so; not those of the ruling party, and not a parliament
    ("{1s|Senator Ada Roe} accused {1c/claim|the government of lying}.", "opposition"),
    ("Senator Ada Roe, of the ruling party, left. {1s|Ada Roe} accused {1c/claim|the government of lying}.", "politician"),
    ("{1s|Senator Ada Roe} accused {1c/claim|the hauliers of lying}.", "politician"),
    ("{1s|Senator Ada Roe} said {1c|the vote was rigged}.", "opposition"),
    ("{1s|Parliament} condemned {1c/claim|the government for lying}.", "politician"),
    ("{1s|The Green Party} called for {1c|early elections}.", "opposition"),
    # an office is not its holder
    ("{1s|The prime minister's office} said {1c|it rained}.", "government"),
    ("{1s|The prime minister} said {1c|it rained}.", "president"),
    # police by rank and by their press words
    ("{1s|Police Media Spokesman Nils Lund} said {1c|it rained}.", "police"),
    ("{1s|SSP Nils Lund} said {1c|it rained}.", "police"),
    # a foreign ministry where another country is the scene
    ("In Stockholm, {1s|the foreign ministry} said {1c|it rained}.", "foreign_government"),
    ("In Oslo, {1s|the foreign ministry} said {1c|it rained}.", "government"),
    # who calls a protest, and one whose union or group does
    ("Stone Fjord called a strike. A march followed.\n\n{1s|Stone Fjord} said {1c|it was dear}.", "protester"),
    ("Ada Roe led the talks. Bread was dear.\n\n{1s|Stone Fjord} said {1c|it was dear}.", "person"),
    ("The strike was called by a drivers' collective; a march followed.\n\n{1s|The collective} said {1c|no}.", "protester"),
    ("A march by carters met a strike.\n\n{1s|The carters' committee} said {1c|it was dear}.", "protester"),
    # rivals, the ousted, lists of parties
    ("{1s|His rival, senator Ada Roe,} said {1c|it rained}.", "opposition"),
    ("{1s|The ousted government} said {1c|it rained}.", "opposition"),
    # groups for a cause, councils of the United Nations, heads of a junta
    ("{1s|Lawyers for Peace} said {1c|it rained}.", "civil_society"),
    ("{1s|The Human Rights Council} said {1c|it rained}.", "international_org"),
    ("{1s|The junta leader} said {1c|it rained}.", "president"),
    # a release of the United Nations
    ("UN press release. Borland: a fire.\n\n{1s|The Humanitarian Coordinator} said {1c|it rained}.", "international_org"),
    # who has witnessed it, and who only cares for the hurt
    ("{1s|a shop owner} who witnessed the incident said {1c|it was loud}.", "witness"),
    ("{1s|A medical source} said {1c|two were hurt}.", "person"),
    # what shows something
    ("{1s|Footage broadcast by a local radio station} showed {1c/evidence|a fire}.", "document"),
]


@pytest.mark.parametrize(("text", "kind"), CASES)
def test_what_the_article_tells_around_a_source(text, kind):
    assert source_type(text) == kind


def test_a_mark_within_the_words_that_begin_a_sentence_breaks_nothing():
    """What stands behind the mark does not begin the sentence, but is the only group that "they" could mean."""
    assert source_type("The tide, police told us, was high. {1s|They} said {1c|it rained}.") == "police"


@pytest.mark.parametrize(("title", "pronoun"), [
    ("Army spokesman", "She"), ("Ombudsman", "She"), ("German baker", "She"), ("Prison director", "She"),
    ("Army spokesman", "He")])
def test_a_title_in_man_tells_no_gender(title, pronoun):
    said = source_type(f"{title} Ada Roe came. {{1s|{pronoun}}} said {{1c|it rained}}.")
    assert said == source_type(f"{{1s|{title} Ada Roe}} said {{1c|it rained}}.")


@pytest.mark.parametrize("name", ["Anas al-Rowi", "Karim el-Rowi", "Maria dos Rowis", "Ada d'Estroe"])
def test_a_name_with_a_small_article_is_one(name):
    assert source_type(f"Army officer {name} came. {{1s|He}} said {{1c|it rained}}.") == "military"


def test_its_president_is_of_the_body_before():
    assert source_type("The bank lost. “Bread,” said {1s|its president Ada Roe}, {1c|“is dear”}.") == "company"


def test_a_group_that_no_list_knows_is_they():
    text = "Officials told us so. Northern carters have %s the road. {1s|They} said {1c|it rained}."
    assert [source_type(text % verb) for verb in ("mended", "blocked")] == ["person", "protester"]


@pytest.mark.parametrize("text", [
    "a march organised by the Tarn Union", "a sit-in called by Northwind", "the stoppage convened by Hill Voices",
    "a rally staged by Dawn", "at the call of the Orchard League", "the Tarn Union, which has called for a strike",
    "Northwind leads the protest", "Hill Voices ratified on Monday a walkout", "Dawn resumed its march",
    "the Pier Guild extended the long dock blockade",
])
def test_whoever_calls_is_sought_where_the_words_for_it_stand(text):
    assert not _CALLS.search(text) or _CALLING.search(text)
    assert bool(_CALLS.search(text)) == ("its march" not in text)  # the rule needs an article
