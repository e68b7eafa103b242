"""Attributions made elsewhere: the spans of coders."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framelens as fl
from framelens import schema
from framelens.annotate.convert import merge_spans
from framelens.errors import SchemaError

TEXT = "Mira Quell, a dock worker, said that police had said: “Go home.” The union’s “stroll” went on."
CONTENT = "that police had said: “Go home.”"


def documents_of(**texts):
    rows = {"document_id": list(texts), "outlet": "Post", "text": list(texts.values())}
    return schema.validate(pd.DataFrame(rows), "documents")


def span(article, words, role, attribution, **told):
    start = article.index(words)
    return {"document_id": "a", "attribution": attribution, "role": role, "start": start, "end": start + len(words), **told}


def coded():
    return pd.DataFrame([
        span(TEXT, "Mira Quell, a dock worker,", "source", 1), span(TEXT, "said", "cue", 1),
        span(TEXT, CONTENT, "content", 1, kind="speech"),
        span(TEXT, "police", "source", 2), span(TEXT, "had said", "cue", 2), span(TEXT, "“Go home.”", "content", 2),
        span(TEXT, "“stroll”", "content", 3, kind="scare_quote", text="“stroll”"),
    ])


def test_spans_of_coders_become_valid_tables():
    attributions, spans = fl.attributions_from_spans(coded(), documents_of(a=TEXT))
    columns = ["attribution_id", "type", "kind", "source", "cue", "level", "parent_id", "n_words", "rule", "source_type"]
    assert attributions[columns].astype(object).where(attributions[columns].notna(), None).values.tolist() == [
        ["a:1", "mixed", "speech", "Mira Quell, a dock worker,", "said", 1, None, 6, "given", "unnamed"],
        ["a:2", "direct", "speech", "police", "had said", 2, "a:1", 2, "given", "unnamed"],
        ["a:3", "direct", "scare_quote", None, None, 1, None, 1, "given", "unnamed"]]
    assert attributions[["cue_lemma", "cue_class", "confidence", "source_name"]].isna().all().all()
    texts = [TEXT[s:e] for s, e in zip(spans["start"], spans["end"], strict=True)]
    assert texts[:3] == ["Mira Quell, a dock worker,", "said", CONTENT]


def test_what_coders_tell_is_kept_and_parents_may_be_told():
    rows = coded()
    rows.loc[rows["attribution"] == 2, ["parent", "source_type", "type", "cue_class", "kind"]] = [
        float("nan"), "police", "indirect", "claim", None]
    rows["parent"] = rows["parent"].astype(object)
    attributions, _ = fl.attributions_from_spans(rows, documents_of(a=TEXT))
    assert attributions["level"].tolist() == [1, 1, 1]  # the column is there, and no parent told: none
    assert attributions.loc[1, ["type", "kind", "source_type"]].tolist() == ["indirect", "claim", "police"]
    rows.loc[3, "parent"] = 1.0  # a number with gaps beside it reads as a float
    attributions, _ = fl.attributions_from_spans(rows, documents_of(a=TEXT))
    assert attributions.loc[1, ["parent_id", "level"]].tolist() == ["a:1", 2]


def test_pieces_of_a_content_are_one_attribution():
    text = "“Go,” she said, “and rest.”"
    rows = pd.DataFrame([span(text, "“Go,”", "content", "x"), span(text, "“and rest.”", "content", "x"),
                         span(text, "she", "source", "x")])
    attributions, spans = fl.attributions_from_spans(rows, documents_of(a=text))
    assert attributions.loc[0, ["type", "n_words", "attribution_id"]].tolist() == ["direct", 3, "a:x"]
    assert (spans["role"] == "content").sum() == 2


@pytest.mark.parametrize(("change", "words"), [
    (lambda t: t.drop(columns="role"), ["column 'role'", "missing"]),
    (lambda t: t.assign(attribution=[None, *[1] * 6]), ["column 'attribution': row 0", "missing"]),
    (lambda t: t.assign(role="speaker"), ["'speaker' is not allowed", "source, cue, content"]),
    (lambda t: t.assign(document_id="b"), ["'b' has no text"]),
    (lambda t: t.assign(end=999), ["attribution '1'", "beyond the text", "UTF-16"]),
    (lambda t: t.assign(text="other"), ["'other' is not what stands at", "'Mira Quell, a dock worker,'"]),
    (lambda t: t[t["role"] != "content"], ["no span of role 'content'"]),
    (lambda t: t.assign(kind=["speech", "claim", *["speech"] * 5]), ["column 'kind': 'speech' and 'claim'", "one value"]),
    (lambda t: t.assign(kind="rumour"), ["'rumour' is not allowed"]),
    (lambda t: t.assign(parent=9), ["not marked: 'a:9'"]),
    (lambda t: t.assign(parent=t["attribution"]), ["stands in itself"]),
])
def test_errors_of_coders_tables_name_the_place(change, words):
    with pytest.raises(SchemaError) as error:
        fl.attributions_from_spans(change(coded()), documents_of(a=TEXT))
    assert all(word in str(error.value) for word in words), str(error.value)


def test_no_span_gives_empty_tables():
    for table in fl.attributions_from_spans(coded().iloc[:0], documents_of(a=TEXT)):
        assert table.empty


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda p: (p[0], p[0] + p[1])), min_size=1, max_size=8))
def test_levels_follow_from_containment(spans):
    text = "word " * 10
    spans = list(dict.fromkeys(spans))
    rows = pd.DataFrame([{"document_id": "a", "attribution": i, "role": "content", "start": s, "end": e}
                         for i, (s, e) in enumerate(spans)])
    attributions, _ = fl.attributions_from_spans(rows, documents_of(a=text))
    parents = attributions.set_index("attribution_id")["parent_id"]
    for i, (s, e) in enumerate(spans):
        holders = [(b - a, j) for j, (a, b) in enumerate(spans) if a <= s and e <= b and j != i]
        wanted = {j for size, j in holders if size == min(holders)[0]}
        assert (parents[f"a:{i}"] in {f"a:{j}" for j in wanted}) if wanted else pd.isna(parents[f"a:{i}"])
    assert sum(e - s for s, e in merge_spans(spans)) == len({c for s, e in spans for c in range(s, e)})


def test_the_worked_example_of_the_guide(root, tmp_path, monkeypatch):
    """What docs/bring-your-own.md shows runs, and gives what it says."""
    guide = (root / "docs" / "bring-your-own.md").read_text(encoding="utf-8")
    files = dict(re.findall(r"<!-- file: (\S+) -->\n```\w*\n(.*?)```", guide, re.DOTALL))
    code = re.findall(r"<!-- run -->\n```python\n(.*?)```", guide, re.DOTALL)
    results = re.findall(r"<!-- result -->\n```text\n(.*?)```", guide, re.DOTALL)
    assert len(files) == guide.count("<!-- file:") >= 3 and len(code) == len(results) == guide.count("<!-- run -->") >= 5
    for name, content in files.items():
        Path(tmp_path / name).parent.mkdir(exist_ok=True)
        Path(tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict = {}
    for part, result in zip(code, results, strict=True):
        lines = part.rstrip().splitlines()
        exec("\n".join(lines[:-1]), names)
        assert str(eval(lines[-1], names)).split() == result.split()
