"""Attributions of invented sentences: source, cue and content by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from framelens.annotate.attribution import attributions_of, read_cues
from framelens.annotate.attribution.cues import parse_cues
from framelens.annotate.voice import assign_voice, voice_of
from framelens.errors import CueError
from framelens.text.reading.stream import Reader
from framelens.text.view import read_view


def read(text):
    return read_view("d", text, [(0, len(text), "body", "x")], measured=("body",))


def found(text):
    view = read(text)
    attributions, spans = attributions_of(view, read_cues())
    out = []
    for a in attributions:
        parts = [text[s["start"]:s["end"]] for s in spans
                 if s["attribution_id"] == a["attribution_id"] and s["role"] == "content"]
        out.append((a["source"], a["cue"], " … ".join(parts), a["type"], a["level"]))
    return out


@pytest.mark.parametrize("text, expected", [
    # quotations before, after and around the speaker
    ("“We stay,” said Mira Quell.", [("Mira Quell", "said", "“We stay,”", "direct", 1)]),
    ("“We stay,” she said. “We wait.”", [("she", "said", "“We stay,” … “We wait.”", "direct", 1)]),
    ("Mira Quell said: “We stay.”", [("Mira Quell", "said:", "“We stay.”", "direct", 1)]),
    ("“We stay,” Mira Quell, a student, said, “and we wait.”",
     [("Mira Quell, a student", "said", "“We stay,” … “and we wait.”", "direct", 1)]),
    # indirect speech
    ("The ministry said on Monday that the port was closed.",
     [("The ministry", "said", "that the port was closed", "indirect", 1)]),
    ("Officials said the port was closed.", [("Officials", "said", "the port was closed", "indirect", 1)]),
    ("The port was closed, officials said.", [("officials", "said", "The port was closed", "indirect", 1)]),
    ("The port was closed, said Joss Delmare, the mayor.",
     [("Joss Delmare, the mayor", "said", "The port was closed", "indirect", 1)]),
    ("Sefa Oduya, who leads the group, told reporters that two men were missing.",
     [("Sefa Oduya, who leads the group", "told", "that two men were missing", "indirect", 1)]),
    ("According to the hospital, seven people died.", [("the hospital", "According to", "seven people died", "indirect", 1)]),
    ("Seven people died, according to the hospital.", [("the hospital", "according to", "Seven people died", "indirect", 1)]),
    # mixed
    ("The mayor said the fire was “a wound” to the town.",
     [("The mayor", "said", "the fire was “a wound” to the town", "mixed", 1)]),
    # claims, attitudes, decrees
    ("The minister accused the union of sabotage.", [("The minister", "accused", "the union of sabotage", "indirect", 1)]),
    ("The president blamed bandits for the fire.", [("The president", "blamed", "bandits for the fire", "indirect", 1)]),
    ("Dockers vowed to stop the ships.", [("Dockers", "vowed", "to stop the ships", "indirect", 1)]),
    ("The mayor urged residents to stay at home.", [("The mayor", "urged", "residents to stay at home", "indirect", 1)]),
    ("The union denied the charge.", [("The union", "denied", "the charge", "indirect", 1)]),
    # other constructions
    ("It was order, as the ministry put it.", [("the ministry", "put it", "It was order", "indirect", 1)]),
    ("They met what the president called “bandits”.", [("the president", "called", "“bandits”", "direct", 1)]),
    ("The leader is believed to have fled.", [(None, "is believed", "The leader … to have fled", "indirect", 1)]),
    ("The clerk was quoted as saying the vault was empty.",
     [("The clerk", "was quoted as saying", "the vault was empty", "indirect", 1)]),
    ("There were reports of gunfire near the quay.", [(None, "reports of", "gunfire near the quay", "indirect", 1)]),
    ("He left a statement that called for calm.", [("that", "called for", "calm", "indirect", 1)]),  # not "a statement that …"
    # coordination
    ("The mayor blamed the vendor and conceded that the audit was late.",
     [("The mayor", "blamed", "the vendor", "indirect", 1), ("The mayor", "conceded", "that the audit was late", "indirect", 1)]),
    # nothing is said
    ("The crowd crossed the bridge and the rain stopped.", []),
    # a scare quote has no source
    ("The “helpers” went home.", [(None, None, "“helpers”", "direct", 1)]),
])
def test_constructions(text, expected):
    assert found(text) == expected


def test_nesting():
    rows = found("Sefa Oduya said that the ministry had denied the deaths.")
    assert [(r[0], r[4]) for r in rows] == [("Sefa Oduya", 1), ("the ministry", 2)]
    text = "Sefa Oduya said that the ministry had denied the deaths."
    attributions, _ = attributions_of(read(text), read_cues())
    assert attributions[1]["parent_id"] == attributions[0]["attribution_id"]


def test_a_cited_source_is_nested_in_the_one_that_cites_it():
    for text in ("Channel One, citing officials, reported that two men were missing.",
                 "Two men were missing, Channel One reported, citing officials."):
        rows = {r[0]: (r[2].rstrip("."), r[4]) for r in found(text)}
        outer, inner = rows["Channel One"], rows["officials"]
        assert outer[0] == inner[0]
        assert "two men were missing" in outer[0].lower()
        assert (outer[1], inner[1]) == (1, 2)


def test_an_absolute_construction_has_its_own_subject():
    assert found("Troops met the crowd, with police saying that ten had died.")[0][:2] == ("police", "saying")


def test_a_quotation_over_paragraphs_is_one_attribution():
    text = "“We came early,” said Ana Roe.\n“We saw it all.\n“Then we left.”"
    view = read_view("d", text, [(0, len(text), "body", "x")], measured=("body",))
    attributions, _ = attributions_of(view, read_cues())
    assert {a["source"] for a in attributions} == {"Ana Roe"}
    voice = voice_of(view, *attributions_of(view, read_cues()))
    assert all(v["voice"] == "direct" for v in voice if "saw" in text[v["start"]:v["end"]])


def test_a_speaker_named_in_a_later_paragraph_owns_the_whole_quotation():
    text = "“We saw rioters.\n“They burned cars,” said Ana Roe.\nRain fell."
    attributions, spans = attributions_of(read(text), read_cues())
    assert [(a["source"], a["kind"]) for a in attributions] == [("Ana Roe", "speech")]
    assert [text[s["start"]:s["end"]] for s in spans if s["role"] == "content"] == ["“We saw rioters.", "“They burned cars,”"]


def test_an_odd_number_of_marks_is_normal_input():
    assert found("“We stay, she said. They left.")


def test_every_rule_gives_spans_in_the_text_and_unique_ids(material):
    import gzip
    import json

    with gzip.open(material / "corpora" / "polnear" / "train.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(120), lines, strict=False)]
    rules = set()
    for text in texts:
        attributions, spans = attributions_of(read(text), read_cues())
        ids = [a["attribution_id"] for a in attributions]
        assert len(ids) == len(set(ids))
        assert all(0 <= s["start"] < s["end"] <= len(text) for s in spans)
        assert {s["attribution_id"] for s in spans} == set(ids)
        rules |= {a["rule"] for a in attributions}
    assert len(rules) >= 15, rules


def test_the_voice_partition_covers_body_and_headline(make_documents):
    text = "Crowd: “We stay”\nPolice said the square was calm. “No,” said Ana Roe."
    documents = make_documents(text)
    zones = pd.DataFrame({"document_id": "d0", "start": [0, 17], "end": [17, len(text)], "kind": ["headline", "body"],
                          "rule": "x"})
    view = read_view("d0", text, [(0, 17, "headline", "x"), (17, len(text), "body", "x")], measured=("body", "headline"))
    attributions, spans = attributions_of(view, read_cues())
    voice = assign_voice(documents, zones, pd.DataFrame(attributions), pd.DataFrame(spans))
    assert voice["start"].tolist()[0] == 0
    assert voice["end"].tolist()[-1] == len(text)
    assert (voice["end"].to_numpy()[:-1] == voice["start"].to_numpy()[1:]).all()
    by_word = {w: voice.loc[(voice.start <= text.index(w)) & (text.index(w) < voice.end), "voice"].item()
               for w in ("We", "Police", "square", "No", "Ana")}
    assert by_word == {"We": "direct", "Police": "narrator", "square": "indirect", "No": "direct", "Ana": "narrator"}


@pytest.mark.parametrize("text, words", [
    ("lemma,pos\n", ["row 1", "lemma, pos, cue_class, frames, forms"]),
    ("lemma,pos,cue_class,frames,forms\nsay,verb,reporting,q x,\n", ["row 2", "frames", "q x"]),
    ("lemma,pos,cue_class,frames,forms\nsay,adverb,reporting,q,\n", ["row 2", "pos", "verb, noun, adjective"]),
    ("lemma,pos,cue_class,frames,forms\nsay,verb,speaking,q,\n", ["row 2", "cue_class", "evidence"]),
])
def test_a_broken_cue_list_is_named_by_row_and_column(text, words):
    with pytest.raises(CueError) as error:
        parse_cues(text, "mine.csv")
    for word in ["mine.csv", *words]:
        assert word in str(error.value)


def test_a_quotation_is_one_item_of_its_sentence():
    text = "She called it “a long, long day”, and left."
    view = read(text)
    stream = Reader(view, frozenset(["called"])).outer()[0]
    assert stream.codes == "UdyQ,cd."
    assert stream.norms == ["she", "called", "it", "“”", ",", "and", "left", "."]
