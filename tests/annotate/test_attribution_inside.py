"""Attributions inside quotations, speakers beside any verb, passives and counts: invented sentences, read by hand."""

from __future__ import annotations

import pytest

from framelens.annotate.attribution import attributions_of, read_cues
from framelens.text.view import read_view


def found(text, zone="body"):
    """Rule, source, cue, content, type and level of every attribution."""
    attributions, spans = attributions_of(read_view("d", text, [(0, len(text), zone, "x")], measured=("body", "headline")),
                                          read_cues())
    own = {a["attribution_id"]: [text[s["start"]:s["end"]] for s in spans
                                 if s["attribution_id"] == a["attribution_id"] and s["role"] == "content"] for a in attributions}
    return [(a["rule"], a["source"], a["cue"], " … ".join(own[a["attribution_id"]]), a["type"], a["level"]) for a in attributions]


def test_what_somebody_who_is_quoted_says_of_others_is_nested():
    text = "“I want peace. The mayor said the dam holds,” Roe said."
    assert found(text) == [
        ("trailing", "Roe", "said", "“I want peace. The mayor said the dam holds,”", "direct", 1),
        ("object", "I", "want", "peace", "indirect", 2),
        ("bare_clause", "The mayor", "said", "the dam holds", "indirect", 2)]


def test_marks_within_a_quotation_make_the_inner_one_direct():
    text = "“The guard shouted, ‘Go home at once,’ and we ran,” said Roe."
    inner = [a for a in found(text) if a[-1] == 2]
    assert [(a[1], a[2], a[3], a[4]) for a in inner] == [("The guard", "shouted", "‘Go home at once,’", "direct")]


@pytest.mark.parametrize("text", [
    "“Ask me when the floor is dry,” said Roe.",  # an imperative reports nothing
    "“Nobody asked me about the plan,” said Roe.",
    "They met for “a talk he said”.",  # too short, and nobody's
])
def test_what_is_no_attribution_inside_a_quotation(text):
    assert all(a[-1] == 1 for a in found(text))


def test_nobody_is_no_source():
    assert not found("Nobody said the dam held. No one claimed it.")
    assert found("Nobody wants war.")  # an attitude that somebody reports of all


@pytest.mark.parametrize("text, expected", [
    # a speaker beside a verb that no list holds
    ("“Let us finish the wall now,” Roe bleated.", ("trailing", "Roe", "bleated", "“Let us finish the wall now,”")),
    ("“Let us finish the wall now!” bleated Mira Roe.", ("inverted", "Mira Roe", "bleated", "“Let us finish the wall now!”")),
    ("Roe went even further: “It is over.”", ("colon", "Roe", "went even further:", "“It is over.”")),
    ("The mayor was blunt about the odds on Monday morning in Town: “We will lose.”",
     ("colon", "The mayor", ":", "“We will lose.”")),
    ("Mira Roe, a clerk: “It is over.”", ("colon", "Mira Roe, a clerk", ":", "“It is over.”")),
    ("“We will lose it all,” Roe said by telephone.", ("trailing", "Roe", "said", "“We will lose it all,”")),
])
def test_speakers_beside_any_verb_or_before_a_colon(text, expected):
    assert [a[:4] for a in found(text)] == [expected]


@pytest.mark.parametrize("text", ["She starred in “The Long Hour of the Town,” a film.",
                                  "They met at “The Old Mill and Barn,” an inn."])
def test_a_title_is_not_spoken(text):
    assert all(a[1] is None for a in found(text))


@pytest.mark.parametrize("text, expected", [
    ("The raid, described as a drill by the army, will end.", ("reduced", "the army", "described as", "a drill")),
    ("Roe met a man accused of arson.", ("reduced", None, "accused", "a man … of arson")),
    ("The guards, whom the pact described as peacekeepers, would stay.", ("object", "the pact", "described as", "peacekeepers")),
    ("Police counted 800 people.", ("object", "Police", "counted", "800 people")),
    ("The hospital counts seven dead.", ("object", "The hospital", "counts", "seven dead")),
    ("The ministry admits to three dead.", ("object", "The ministry", "admits to", "three dead")),
    ("They blame whoever ordered the raid.", ("object", "They", "blame", "whoever ordered the raid")),
    ("It was a drill, in the words of a clerk.", ("in_account", "a clerk", "in the words of", "It was a drill")),
    ("She was wrong, as quoted by Herald.", ("as_clause", "Herald", "as quoted by", "She was wrong")),
    ("The dam holds, Roe argues; the chief left.", ("trailing", "Roe", "argues", "The dam holds")),
    ("Roe called that report “a stunt”.", ("object", "Roe", "called", "that report “a stunt”")),
    ("The ministry criticises the strike.", ("object", "The ministry", "criticises", "the strike")),
    ("Rallies were banned.", ("passive", None, "were banned", "Rallies")),
])
def test_passives_counts_and_accounts(text, expected):
    assert expected in [a[:4] for a in found(text)]


def test_counting_without_a_number_is_no_speech():
    assert not found("Police counted the votes twice. They recorded two songs.")


def test_a_passive_with_its_agent_names_who_quotes_and_who_is_quoted():
    assert [(a[1], a[2], a[5]) for a in found("A guard, Ferrin Lot, was quoted by Maravel One as saying he heard glass.")] == [
        ("Maravel One", "was quoted", 1), ("A guard, Ferrin Lot", "as saying", 2)]
    assert [(a[1], a[5]) for a in found("Maravel One quoted a guard, Ferrin Lot, as saying he heard glass.")] == [
        ("Maravel One", 1), ("a guard, Ferrin Lot", 2)]


@pytest.mark.parametrize("text, content", [
    ("Dozens Reported Dead in Quell, Troops Arrive", "Dozens … Dead in Quell"),
    ("Three feared dead after collapse", "Three … dead"),
])
def test_headlines_leave_the_auxiliary_out(text, content):
    assert [(a[0], a[1], a[3]) for a in found(text, "headline")] == [("reputed", None, content)]


def test_what_an_agency_passes_on_holds_what_its_speaker_said():
    text = "“They were found,” said Mira Roe, a clerk, on the channel Quell, according to ORT."
    assert [(a[1], a[5]) for a in found(text)] == [("ORT", 1), ("Mira Roe, a clerk", 2)]
