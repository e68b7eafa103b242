"""What the article around a source says of it: who protests, who opposes, whose release it is, which country is meant."""

from __future__ import annotations

import re

import pytest

from framelens import schema
from framelens.annotate.sources import read_gazetteer, sources_of
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
    # an office is not its holder
    ("{1s|The prime minister's office} said {1c|it rained}.", "government"),
    ("{1s|The prime minister} said {1c|it rained}.", "president"),
    # police by rank and by their press words
    ("{1s|Police Media Spokesman Nils Lund} said {1c|it rained}.", "police"),
    ("{1s|SSP Nils Lund} said {1c|it rained}.", "police"),
    # a foreign ministry where another country is the scene
    ("In Stockholm, {1s|the foreign ministry} said {1c|it rained}.", "foreign_government"),
    ("In Oslo, {1s|the foreign ministry} said {1c|it rained}.", "government"),
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
    """What stands behind the mark does not begin the sentence, so that nobody is known whom "they" could mean."""
    assert source_type("The tide, police told us, was high. {1s|They} said {1c|it rained}.") == "unnamed"
