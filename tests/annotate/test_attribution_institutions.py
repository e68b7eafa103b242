"""Long sentences of institutions: who speaks through what, and where the next one begins to speak; invented, by hand."""

from __future__ import annotations

import pytest

from framelens.annotate.sources import read_gazetteer
from passages import read

# each case: the text, and the source and content of each of its attributions
CASES = [
    # what is between a body and its verb is the medium, though it was itself sent, aired or posted
    ("The Water Office, in a note sent to its clerks, denied that the dam leaked.", [
        ("The Water Office", "that the dam leaked")]),
    ("The Water Office, in a notice aired on Monday, announced the closure of two locks.", [
        ("The Water Office", "the closure of two locks")]),
    ("The Water Office shut two locks, in a dispute that grew, and a driver denied that the dam leaked.", [
        ("a driver", "that the dam leaked")]),
    # the next speaker behind "and", named in commas or told of by a participle
    ("Moravia said it had shut its office, and its envoy, Rui Campos, urged sailors to leave.", [
        ("Moravia", "it had shut its office"), ("its envoy, Rui Campos", "sailors to leave")]),
    ("The council urged both towns to open the lock, and a clerk speaking on condition of anonymity said that boats sank.", [
        ("The council", "both towns to open the lock"), ("a clerk speaking on condition of anonymity", "that boats sank")]),
    ("Moravia said it had shut its office, and its pier, a wooden one, stood open.", [
        ("Moravia", "it had shut its office, and its pier, a wooden one, stood open")]),
    ("The dock was shut, with guards saying boats had sunk and clerks reporting a fire.", [
        ("guards", "boats had sunk"), ("clerks", "a fire")]),
    ("Guards said boats had sunk and clerks running away had wept.", [
        ("Guards", "boats had sunk and clerks running away had wept")]),
    # a relative clause around its speaker, not the sentence before it
    ("The mayor lost two boats, which, he said, were new.", [("he", "which … were new")]),
    ("The mayor lost two boats, whose crews, he added, are safe.", [("he", "whose crews … are safe")]),
    ("The mayor, who lost two boats, is tired, he said.", [("he", "The mayor, who lost two boats, is tired")]),
    # an infinitive whose verb stands in quotation marks
    ("The mayor advised captains to “mind the lock”.", [("The mayor", "captains to “mind the lock”")]),
    # a report that speaks is a source, one that is only told of a cue
    ("The report of the lock office said the gate had failed.", [("The report of the lock office", "the gate had failed")]),
    # what a noun of claims is of: who makes them, or what they say
    ("The lock office rejected the accusations of the opposition.", [
        ("The lock office", "the accusations of the opposition")]),
    ("The lock office rejected accusations of theft.", [
        ("The lock office", "accusations of theft"), (None, "theft")]),
    # what ends a content: a participle of saying behind “…,”, one behind "while", the speaker and whom he told
    ("The mayor called the strike “a gift to thieves,” adding that the pier was shut.", [
        ("The mayor", "the strike “a gift to thieves,”"), ("The mayor", "that the pier was shut")]),
    ("The mayor affirmed that the pier was shut, while regretting the loss of two boats.", [
        ("The mayor", "that the pier was shut"), ("The mayor", "the loss of two boats")]),
    ("The mayor affirmed that guards slept, while eating bread.", [("The mayor", "that guards slept, while eating bread")]),
    ("The guild hopes that it will rain, a clerk told reporters, noting that the wells are dry.", [
        ("The guild", "that it will rain"), ("a clerk", "The guild hopes that it will rain"),
        ("a clerk", "that the wells are dry")]),
    ("Contacted for comment, the lock keeper, Ada Berg, said boats sank.", [("the lock keeper, Ada Berg", "boats sank")]),
    ("Armed with nets, the men, most of them young, said boats sank.", [("the men, most of them young", "boats sank")]),
    # a source in commas behind "that" says what follows
    ("The office reports that, according to its clerks, two locks leak.", [
        ("The office", "that, according to its clerks, two locks leak"), ("its clerks", "two locks leak")]),
    # what stands behind the word that it is called by
    ("The mayor dismissed as “loose” a report calling it a leak.", [
        ("The mayor", "“loose” a report calling it a leak"), ("a report", "it a leak")]),
    ("The pier, described as “new” a year ago, sank.", [(None, "“new” a year ago")]),
    ("Men described as “rogue” officers left.", [(None, "“rogue” officers")]),
    ("Accusations of “theft” against the crews are old.", [(None, "“theft” against the crews")]),
    # what is wished ends before the verb of the clause around it
    ("The mayor said that those who sought to seize the pier would be held.", [
        ("The mayor", "that those who sought to seize the pier would be held"), ("who", "to seize the pier")]),
    ("The mayor said that those who wanted to take boats are being held.", [
        ("The mayor", "that those who wanted to take boats are being held"), ("who", "to take boats")]),
    ("Reports of a leak alarmed the town.", [(None, "a leak")]),
]


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[text[:40] for text, _ in CASES])
def test_who_speaks_in_long_sentences(attributed, text, wanted):
    assert sorted((s or "", c) for _, s, _, c, _ in attributed(text)) == sorted((s or "", c) for s, c in wanted)


@pytest.mark.parametrize(("phrase", "kind"), [
    ("Chairman of the Transitional Sovereignty Council General Ada Berg", "president"),
    ("Sovereign Council Chairman Lt. Gen. Ada Berg", "president"),
    ("the head of the Presidential Leadership Council", "president"),
    ("Vice Chairman of the Sovereign Council Ada Berg", "government"),
    ("a member of the Sovereign Council", "government"),
    ("the chairman of the Presidential Advisory Council", "government"),
    ("the president of the student council", "protester"),
    ("President of Norway Ada Berg", "president"),
    ("Public Prosecutor Advocate Ada Berg", "government"),
    ("Advocate Ada Berg", "civil_society"),
    ("hospital staff", "person"),
    ("the hospital", "civil_society"),
    ("President of Norway Red Cross", "civil_society"),
])
def test_offices_before_a_name(type_of, phrase, kind):
    assert type_of(phrase, read_gazetteer({})) == kind


@pytest.mark.parametrize(("text", "kind"), [
    ("Interior Minister Per Lund Berg came at noon. [[Lund]] said it rained.", "government"),
    ("Interior Minister Per Lund Berg met Ada Lund, a surgeon. [[Lund]] said it rained.", "person"),
])
def test_the_first_of_two_surnames(text, kind):
    assert read(text) == kind
