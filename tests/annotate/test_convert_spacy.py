"""Attributions from spaCy: Docs parsed by hand, triples of any extractor, and every measure upon them."""

from __future__ import annotations

import re
from collections import namedtuple

import pandas as pd
import pytest

import framelens as fl
from framelens import schema
from framelens.errors import SchemaError
from framelens.text.marks import read_marks

spacy_tokens = pytest.importorskip("spacy.tokens", reason="needs spaCy")
from spacy.vocab import Vocab  # noqa: E402


def documents_of(**texts):
    rows = {"document_id": list(texts), "outlet": "Post", "text": list(texts.values())}
    return schema.validate(pd.DataFrame(rows), "documents")


def parse(text, *sentences):
    """Build a Doc from a parse by hand: each word "text|lemma|pos|dep|head", the head numbered within its sentence."""
    words, lemmas, pos, deps, heads, spaces, at = [], [], [], [], [], [], 0
    for sentence in sentences:
        first = len(words)
        for item in sentence.split():
            word, lemma, tag, dep, head = item.split("|")
            gap = text.index(word, at) - at
            if gap > spaces[-1] if spaces else gap:  # line breaks are a token, as spaCy has it
                start = at + (spaces[-1] if spaces else 0)
                words.append(text[start:at + gap])
                for values, value in ((lemmas, ""), (pos, "SPACE"), (deps, "dep"), (heads, len(words) - 2), (spaces, False)):
                    values.append(value)
                first += 1
            at += gap + len(word)
            for values, value in ((words, word), (lemmas, lemma), (pos, tag), (deps, dep), (heads, first + int(head)),
                                  (spaces, text[at:at + 1] == " ")):
                values.append(value)
    doc = spacy_tokens.Doc(Vocab(), words=words, spaces=spaces, heads=heads, deps=deps, pos=pos, lemmas=lemmas)
    assert doc.text == text
    return doc


CASES = {
    "ccomp": ("Mira Quell said that the quay was shut.", [
        "Mira|Mira|PROPN|compound|1 Quell|Quell|PROPN|nsubj|2 said|say|VERB|ROOT|2 that|that|SCONJ|mark|6 the|the|DET|det|5 "
        "quay|quay|NOUN|nsubj|6 was|be|AUX|ccomp|2 shut|shut|ADJ|acomp|6 .|.|PUNCT|punct|2"],
        [("Mira Quell", "said", "that the quay was shut", "indirect", "speech", "ccomp")]),
    "inverted": ("“We stay,” said Roe.", [
        "“|“|PUNCT|punct|5 We|we|PRON|nsubj|2 stay|stay|VERB|ccomp|5 ,|,|PUNCT|punct|5 ”|”|PUNCT|punct|5 said|say|VERB|ROOT|5 "
        "Roe|Roe|PROPN|nsubj|5 .|.|PUNCT|punct|5"],
        [("Roe", "said", "“We stay,”", "direct", "speech", "ccomp")]),
    "parataxis": ("“We stay,” said Roe.", [  # Universal Dependencies
        "“|“|PUNCT|punct|2 We|we|PRON|nsubj|2 stay|stay|VERB|root|2 ,|,|PUNCT|punct|5 ”|”|PUNCT|punct|2 "
        "said|say|VERB|parataxis|2 Roe|Roe|PROPN|nsubj|5 .|.|PUNCT|punct|2"],
        [("Roe", "said", "“We stay,”", "direct", "speech", "parataxis")]),
    "conjunction": ("Roe denied the charge and said order reigned.", [
        "Roe|Roe|PROPN|nsubj|1 denied|deny|VERB|ROOT|1 the|the|DET|det|3 charge|charge|NOUN|dobj|1 and|and|CCONJ|cc|1 "
        "said|say|VERB|conj|1 order|order|NOUN|nsubj|7 reigned|reign|VERB|ccomp|5 .|.|PUNCT|punct|1"],
        [("Roe", "denied", "the charge", "indirect", "claim", "object"), ("Roe", "said", "order reigned", "indirect", "speech",
                                                                         "ccomp")]),
    "infinitive": ("Dockers vowed to march.", [
        "Dockers|docker|NOUN|nsubj|1 vowed|vow|VERB|ROOT|1 to|to|PART|aux|3 march|march|VERB|xcomp|1 .|.|PUNCT|punct|1"],
        [("Dockers", "vowed", "to march", "indirect", "attitude", "xcomp")]),
    "accuse": ("The mayor accused them of theft.", [
        "The|the|DET|det|1 mayor|mayor|NOUN|nsubj|2 accused|accuse|VERB|ROOT|2 them|they|PRON|dobj|2 of|of|ADP|prep|2 "
        "theft|theft|NOUN|pobj|4 .|.|PUNCT|punct|2"],
        [("The mayor", "accused", "them of theft", "indirect", "claim", "object")]),
    "passive": ("They were accused of theft by the mayor.", [
        "They|they|PRON|nsubjpass|2 were|be|AUX|auxpass|2 accused|accuse|VERB|ROOT|2 of|of|ADP|prep|2 theft|theft|NOUN|pobj|3 "
        "by|by|ADP|agent|2 the|the|DET|det|7 mayor|mayor|NOUN|pobj|5 .|.|PUNCT|punct|2"],
        [("the mayor", "accused", "They … of theft", "indirect", "claim", "object")]),
    "according_to": ("The quay was shut, according to dockers.", [
        "The|the|DET|det|1 quay|quay|NOUN|nsubj|2 was|be|AUX|ROOT|2 shut|shut|ADJ|acomp|2 ,|,|PUNCT|punct|2 "
        "according|accord|VERB|prep|2 to|to|ADP|prep|5 dockers|docker|NOUN|pobj|6 .|.|PUNCT|punct|2"],
        [("dockers", "according to", "The quay was shut", "indirect", "speech", "according_to")]),
    "according_to_ud": ("The quay was shut, according to dockers.", [
        "The|the|DET|det|1 quay|quay|NOUN|nsubj|3 was|be|AUX|cop|3 shut|shut|ADJ|root|3 ,|,|PUNCT|punct|7 "
        "according|accord|VERB|case|7 to|to|ADP|fixed|5 dockers|docker|NOUN|obl|3 .|.|PUNCT|punct|3"],
        [("dockers", "according to", "The quay was shut", "indirect", "speech", "according_to")]),
    "relative": ("Roe, who says it rained, left.", [
        "Roe|Roe|PROPN|nsubj|7 ,|,|PUNCT|punct|0 who|who|PRON|nsubj|3 says|say|VERB|relcl|0 it|it|PRON|nsubj|5 "
        "rained|rain|VERB|ccomp|3 ,|,|PUNCT|punct|0 left|leave|VERB|ROOT|7 .|.|PUNCT|punct|7"],
        [("Roe", "says", "it rained", "indirect", "speech", "ccomp")]),
    "no_cue": ("Roe saw the quay.", [
        "Roe|Roe|PROPN|nsubj|1 saw|xyzzy|VERB|ROOT|1 the|the|DET|det|3 quay|quay|NOUN|dobj|1 .|.|PUNCT|punct|1"], []),
    "turn": ("“We stay,” said Roe. “We wait.”", [
        "“|“|PUNCT|punct|5 We|we|PRON|nsubj|2 stay|stay|VERB|ccomp|5 ,|,|PUNCT|punct|5 ”|”|PUNCT|punct|5 said|say|VERB|ROOT|5 "
        "Roe|Roe|PROPN|nsubj|5 .|.|PUNCT|punct|5",
        "“|“|PUNCT|punct|2 We|we|PRON|nsubj|2 wait|wait|VERB|ROOT|2 .|.|PUNCT|punct|2 ”|”|PUNCT|punct|2"],
        [("Roe", "said", "“We stay,” … “We wait.”", "direct", "speech", "ccomp")]),
    "scare": ("The “stroll” went on.", [
        "The|the|DET|det|2 “|“|PUNCT|punct|2 stroll|stroll|NOUN|nsubj|4 ”|”|PUNCT|punct|2 went|go|VERB|ROOT|4 on|on|ADP|prt|4 "
        ".|.|PUNCT|punct|4"],
        [(None, None, "“stroll”", "direct", "scare_quote", "scare_quote")]),
}


@pytest.mark.parametrize("name", CASES)
def test_constructions_of_the_parse(name):
    text, sentences, wanted = CASES[name]
    attributions, spans = fl.attributions_from_spacy({"a": parse(text, *sentences)}, documents_of(a=text))
    found = []
    for row in attributions.itertuples():
        own = spans[spans["attribution_id"] == row.attribution_id]
        told = {role: " … ".join(text[s:e] for s, e in zip(part["start"], part["end"], strict=True))
                for role, part in own.groupby("role")}
        found.append((told.get("source"), told.get("cue"), told["content"], row.type, row.kind, row.rule.removeprefix("spacy: ")))
    assert found == wanted


def test_forms_serve_where_a_doc_has_no_lemmas():
    text, sentences, _ = CASES["ccomp"]
    bare = [re.sub(r"\|[^|]*\|([A-Z]+)\|", r"||\1|", s) for s in sentences]
    attributions, _ = fl.attributions_from_spacy({"a": parse(text, *bare)}, documents_of(a=text))
    assert attributions["cue_lemma"].tolist() == ["say"]


def test_docs_that_do_not_fit_are_named():
    text, sentences, _ = CASES["ccomp"]
    doc, documents = parse(text, *sentences), documents_of(a=text)
    with pytest.raises(SchemaError, match=r"character 39 ' was shut.' instead of ' was shut.\\n'.*without cleaning"):
        fl.attributions_from_spacy({"a": doc}, documents_of(a=text + "\n"))
    with pytest.raises(SchemaError, match="'b' has no text in documents"):
        fl.attributions_from_spacy({"a": doc, "b": doc}, documents)
    with pytest.raises(SchemaError, match="no Doc for 'b'"):
        fl.attributions_from_spacy({"a": doc}, documents_of(a=text, b="More."))
    excluded = documents_of(a=text, b="More.").assign(exclusion_reason=[None, "sport"])
    assert len(fl.attributions_from_spacy({"a": doc}, excluded)[0]) == 1
    flat = spacy_tokens.Doc(Vocab(), words=[w.text for w in doc], spaces=[bool(w.whitespace_) for w in doc])
    with pytest.raises(SchemaError, match="no dependency parse"):
        fl.attributions_from_spacy({"a": flat}, documents)


DQTriple = namedtuple("DQTriple", ["speaker", "cue", "content"])


def test_triples_of_any_extractor():
    text, sentences, _ = CASES["inverted"]
    doc, documents = parse(text, *sentences), documents_of(a=text)

    def direct_quotations(doc):
        yield DQTriple(speaker=[doc[6]], cue=[doc[5]], content=doc[0:5])

    doc.spans["content"] = [doc[0:5]]
    ways = {
        "direct_quotations": direct_quotations,
        "triples": {"a": [((16, 19), (10, 15), [(0, 3), (4, 10)])]},  # pieces that only space parts are one, and are trimmed
        "span groups": lambda doc: [(doc[6], doc[5:6], s) for s in doc.spans["content"]],
    }
    for name, triples in ways.items():
        attributions, spans = fl.attributions_from_spacy({"a": doc}, documents, triples=triples)
        row = attributions.loc[0]
        assert row[["source", "cue", "cue_lemma", "cue_class", "type", "rule"]].tolist() == [
            "Roe", "said", "say", "reporting", "direct", f"spacy: {name if name == 'direct_quotations' else 'triples'}"]
        assert spans.loc[spans["role"] == "content", ["start", "end"]].values.tolist() == [[0, 10]]
    for broken, words in [([(None, None, None)], "no content"), ([("Roe", None, (0, 3))], "'Roe' is no span"),
                          ([(None, (0, 99))], "no .source, cue, content."), ([(None, None, (0, 99))], r"\[0, 99\) is no span")]:
        with pytest.raises(SchemaError, match=words):
            fl.attributions_from_spacy({"a": doc}, documents, triples={"a": broken})


def test_a_parsed_article_runs_through_every_measure():
    parts = [CASES[name] for name in ("inverted", "accuse", "scare", "according_to")]
    text = "\n\n".join(part[0] for part in parts)
    documents = documents_of(a=text)
    zones = fl.find_zones(documents)
    docs = {"a": parse(text, *(s for part in parts for s in part[1]))}
    attributions, spans = fl.attributions_from_spacy(docs, documents, zones=zones)
    attributions = fl.assign_sources(attributions, spans, documents, zones)
    assert attributions.loc[attributions["source"] == "The mayor", "source_type"].tolist() == ["government"]
    found = fl.annotate(documents, tables={"zones": zones, "attributions": attributions, "attribution_spans": spans})
    estimates = fl.measure_sourcing(found).set_index("measure")["estimate"]
    words = found.sizes["n_words"].sum()
    assert estimates["attribution_density"] == 1000 * 3 / words
    assert estimates["attributed_words_share"] == (2 + 3 + 4) / words
    assert estimates["reported_speech_words_share"] == (2 + 3 + 4) / words
    for measure in (fl.measure_labelling, fl.measure_tone):
        assert len(measure(found))


# The demonstration: its gold marks, taken up by spaCy's own spans, run through everything

@pytest.fixture(scope="module")
def marked(root):
    found = {p.stem: read_marks(p.read_bytes().decode("utf-8"), p.stem) for p in sorted((root / "data/demo/gold").glob("*.txt"))}
    return {name: found[name] for name in list(found)[:8]}


def flat_doc(text):
    """Cut a text into words, marks and line breaks, as a tokenizer does."""
    words = [m.group() for m in re.finditer(r"\w+|[^\w\s]|\s(?!\S)\s*|(?<! ) (?= )|[^\S ]+| ", text)]
    merged: list[str] = []
    spaces: list[bool] = []
    for word in words:
        if word == " " and merged and not spaces[-1]:
            spaces[-1] = True
        else:
            merged.append(word)
            spaces.append(False)
    doc = spacy_tokens.Doc(Vocab(), words=merged, spaces=spaces)
    assert doc.text == text
    return doc


def test_gold_marks_of_the_demonstration_run_through_every_measure(marked):
    documents = documents_of(**{name: m.text for name, m in marked.items()})
    docs = {name: flat_doc(m.text) for name, m in marked.items()}

    def gold(doc):
        name = next(n for n, d in docs.items() if d is doc)
        for one in marked[name].attributions:
            parts = {role: [doc.char_span(s["start"], s["end"], alignment_mode="expand") for s in marked[name].spans
                            if s["number"] == one["number"] and s["role"] == role] for role in schema.ROLES}
            yield parts["source"], parts["cue"], parts["content"]

    zones = fl.find_zones(documents)
    attributions, spans = fl.attributions_from_spacy(docs, documents, zones=zones, triples=gold)
    assert len(attributions) == sum(len(m.attributions) for m in marked.values())
    attributions = fl.assign_sources(attributions, spans, documents, zones)
    found = fl.annotate(documents, tables={"zones": zones, "attributions": attributions, "attribution_spans": spans})
    outer = attributions[attributions["level"] == 1]
    assert attributions["level"].max() > 1
    sourcing = fl.measure_sourcing(found).set_index("measure")
    words = found.sizes.loc[found.sizes["zone"].isin(schema.MEASURED_ZONES), "n_words"].sum()
    assert sourcing.loc["attribution_density", "estimate"] == pytest.approx(1000 * len(outer) / words)
    narrator = sourcing.loc[sourcing["voice"] == "narrator", "estimate"].iloc[0]
    assert sourcing.loc["attributed_words_share", "estimate"] == pytest.approx(1 - narrator)
    for measure in (fl.measure_labelling, fl.measure_tone):
        assert (measure(found)["n_units"] > 0).any()
