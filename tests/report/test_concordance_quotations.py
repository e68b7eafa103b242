"""All quotations of a speaker: names however they are written, evidence as it stands, with and without texts."""

from __future__ import annotations

import pandas as pd
import pytest
from click.testing import CliRunner

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.cli import cli
from framelens.errors import SchemaError
from framelens.report.concordance import find_quotations

TEXT = ("Zoë Quéll-Nørgaard said: “We stay.” Ada Roe, citing Bo Roe, said the quay was shut.\n\n"
        "“Go,” Quéll-Nørgaard added, “and rest.” Ada M. Roe Jr left.")
SAID = [  # source_name, source, cue, contents, level
    ("Zoë Quéll-Nørgaard", "Zoë Quéll-Nørgaard", "said", ["“We stay.”"], 1),
    ("Ada Roe", "Ada Roe", "said", ["the quay was shut"], 1),
    ("Bo Roe", "Bo Roe", "citing", ["the quay was shut"], 2),
    ("Zoë Quéll-Nørgaard", "Quéll-Nørgaard", "added", ["“Go,”", "“and rest.”"], 1),
    ("Ada M. Roe Jr", None, None, ["left"], 1),
    (None, None, None, ["rest"], 1),
]


@pytest.fixture(scope="module")
def found():
    rows, spans = [], []
    for number, (name, source, cue, contents, level) in enumerate(SAID):
        rows.append({"attribution_id": f"x{number}", "document_id": "a", "type": "direct", "kind": "speech", "cue_lemma": cue,
                     "rule": "mine", "source": source, "source_name": name, "source_type": "person", "level": level,
                     "n_words": 2})
        for role, parts in (("source", [source]), ("cue", [cue]), ("content", contents)):
            for words in filter(None, parts):
                at = TEXT.rindex(words) if number >= 3 else TEXT.index(words)
                spans.append({"attribution_id": f"x{number}", "document_id": "a", "role": role, "start": at,
                              "end": at + len(words)})
    ends = [TEXT.index("Ada Roe") - 1, TEXT.index("\n"), TEXT.index("Ada M.") - 1, len(TEXT)]
    starts = [0, ends[0] + 1, ends[1] + 2, ends[2] + 1]
    sentences = [{"document_id": "a", "sentence": i, "start": s, "end": e, "paragraph": 0, "zone": "body"}
                 for i, (s, e) in enumerate(zip(starts, ends, strict=True))]
    documents = {"document_id": ["a"], "outlet": ["Post"], "published": ["2024-03-04"], "text": [TEXT]}
    columns = schema.TABLES["attributions"].columns
    tables = {"documents": documents, "attributions": pd.DataFrame(rows).reindex(columns=list(columns)), "sentences": sentences,
              "attribution_spans": spans}
    return Annotations({name: schema.validate(pd.DataFrame(table), name) for name, table in tables.items()})


@pytest.mark.parametrize("asked", ["Zoë Quéll-Nørgaard", "zoe quell-norgaard", "QUELL-NØRGAARD", "Zoe M. Quell-Norgaard",
                                   "Ms Zoe Quéll‑Nørgaard"])
def test_any_spelling_of_a_name_finds_all_that_its_bearer_said(found, asked):
    rows = find_quotations(found, asked)
    assert rows["attribution_id"].tolist() == ["x0", "x3"]
    assert rows["source"].tolist() == ["Zoë Quéll-Nørgaard", "Quéll-Nørgaard"]
    assert rows["content"].tolist() == ["“We stay.”", "“Go,” … “and rest.”"]
    assert rows["sentence"].tolist() == ["Zoë Quéll-Nørgaard said: “We stay.”", "“Go,” Quéll-Nørgaard added, “and rest.”"]
    assert rows[["outlet", "published", "cue_lemma", "level"]].values.tolist() == [["Post", "2024-03-04", "said", 1],
                                                                                  ["Post", "2024-03-04", "added", 1]]
    assert [TEXT[s:e] for s, e in zip(rows["start"], rows["end"], strict=True)][1] == "“Go,” Quéll-Nørgaard added, “and rest.”"


def test_a_surname_of_several_is_refused_by_name_unless_all_or_whole_are_asked_for(found):
    with pytest.raises(SchemaError, match=r"'roe' fits several sources: Ada M. Roe Jr \(1\), Ada Roe \(1\), Bo Roe \(1\)\."):
        find_quotations(found, "roe")
    assert find_quotations(found, "roe", ambiguous="all")["attribution_id"].tolist() == ["x1", "x2", "x4"]
    assert find_quotations(found, "Bo Roe")["level"].tolist() == [2]
    assert find_quotations(found, "Ada Roe")["attribution_id"].tolist() == ["x1", "x4"]  # a middle name parts nobody
    assert find_quotations(found, "Ada Roe", ambiguous="whole")["attribution_id"].tolist() == ["x1"]
    assert find_quotations(found, "Ada Roe Jr.", ambiguous="whole")["attribution_id"].tolist() == ["x1"]


@pytest.mark.parametrize("asked", ["Oe", "Ada", "Ada Quell", "Bo"])
def test_a_part_of_a_name_that_is_not_its_end_finds_nobody(found, asked):
    rows = find_quotations(found, asked)
    assert rows.empty
    assert list(rows.columns) == list(find_quotations(found, "Bo Roe").columns)


def test_without_texts_the_places_stay_and_the_words_go(found):
    tables = {name: schema.text_free(table, name) for name, table in found.tables.items()}
    full, free = (find_quotations(a, "Quell-Norgaard") for a in (found, Annotations(tables, form="text_free")))
    assert set(full.columns) - set(free.columns) == {"source", "content", "sentence"}
    pd.testing.assert_frame_equal(full[list(free.columns)], free, check_dtype=False)


def test_bad_questions_are_named(found):
    with pytest.raises(SchemaError, match="holds no word"):
        find_quotations(found, " – ")
    with pytest.raises(SchemaError, match="raise, whole, all, not 'first'"):
        find_quotations(found, "Roe", ambiguous="first")


def test_a_bundle_without_sentences_shows_the_spans(found):
    bare = Annotations({name: table for name, table in found.tables.items() if name != "sentences"})
    assert find_quotations(bare, "Bo Roe")["sentence"].tolist() == ["citing Bo Roe, said the quay was shut"]


def test_quotes_on_the_command_line(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("“We stay,” said Ada Roe. It rained.\n", encoding="utf-8")
    run = CliRunner()
    done = run.invoke(cli, ["quotes", str(folder), "roe"])
    assert done.exit_code == 0, done.output
    assert "a  Ada Roe (direct speech, level 1): “We stay,”" in done.stdout
    assert run.invoke(cli, ["annotate", str(folder), "--out", str(tmp_path / "out")]).exit_code == 0
    again = run.invoke(cli, ["quotes", str(tmp_path / "out"), "roe", "--quiet"])
    assert again.stdout.splitlines() == ["a  Ada Roe (direct speech, level 1): “We stay,”"]
