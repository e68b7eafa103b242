"""Copies in real news against plain sets, and the page that tells of them."""

from __future__ import annotations

import re
import sys
from itertools import combinations
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import copies as script

from framelens.corpus.copies import CONTAINMENT, SHINGLE
from framelens.text.tokens import normal, spans

PAIRS = 7  # in PolNeAR train and dev, counted by sets over whole texts before there was anything here


@pytest.fixture(scope="module")
def found(material):
    return script.polnear(material)


def written(name: str) -> list[str]:
    """What the page has between its marks."""
    page = script.DOCUMENT.read_text(encoding="utf-8")
    return re.search(rf"<!-- {name}: begin -->\n(.*)\n<!-- {name}: end -->", page, re.S)[1].splitlines()


def test_the_page_says_how_often_clusters_chain():
    assert written("chains") == list(script.chain_lines())


@pytest.mark.material
def test_the_page_says_what_is_found(found, material):
    assert written("pairs") == list(script.pair_lines(found))
    assert written("credits") == list(script.credit_lines(found))
    assert written("seeds") == list(script.seed_lines(material))


def test_the_page_has_costs_for_every_size_and_lsh_beside_them():
    rows = [row.split("|") for row in written("costs")[2:]]
    assert [int(row[1].replace(",", "")) for row in rows] == list(script.SIZES)
    assert sum("LSH" in row for row in written("lsh")) == 3


@pytest.mark.material
@pytest.mark.parametrize("split", ["words of the package", "word characters"])
def test_every_pair_is_found_and_no_false_one(found, split):
    """Sets of tuples of words over the bodies; each pair of articles compared, no index."""
    body = found["zones"].query("kind == 'body'")
    texts = found["documents"].set_index("document_id")["text"]
    words: dict[str, list[str]] = {name: [] for name in texts.index}
    for row in body.itertuples():
        piece = texts[row.document_id][row.start:row.end]
        words[row.document_id] += ([normal(piece[s:e]) for s, e in spans(piece)] if split == "words of the package"
                                   else re.findall(r"\w+", piece.lower()))
    runs = {name: {tuple(own[i:i + SHINGLE]) for i in range(len(own) - SHINGLE + 1)} for name, own in words.items()}
    plain = {}
    for a, b in combinations(sorted(runs), 2):
        if runs[a] and runs[b] and not runs[a].isdisjoint(runs[b]):
            shared = len(runs[a] & runs[b])
            if shared / min(len(runs[a]), len(runs[b])) >= CONTAINMENT:
                plain[a, b] = (shared, shared / len(runs[a]), shared / len(runs[b]), shared / len(runs[a] | runs[b]))
    columns = ["shared_runs", "containment", "other_containment", "jaccard"]
    ours = {(row.document_id, row.other_id): tuple(getattr(row, c) for c in columns) for row in found["pairs"].itertuples()}
    assert len(ours) == PAIRS and ours.keys() == plain.keys()
    if split == "words of the package":
        assert ours == plain


@pytest.mark.material
def test_copied_spans_of_real_news_are_equal_words(found):
    texts = found["documents"].set_index("document_id")["text"]
    for row in found["spans"].itertuples():
        one, other = texts[row.document_id][row.start:row.end], texts[row.other_id][row.other_start:row.other_end]
        assert [normal(one[s:e]) for s, e in spans(one)] == [normal(other[s:e]) for s, e in spans(other)]
    totals = found["spans"].groupby(["document_id", "other_id"])["n_words"].sum()
    for row in found["pairs"].itertuples():
        assert totals[row.document_id, row.other_id] == row.shared_words
        assert totals[row.other_id, row.document_id] == row.other_shared_words


@pytest.mark.material
def test_a_study_of_the_seed_articles_says_what_its_table_and_the_texts_say(material, root, monkeypatch):
    from framelens import read_study

    monkeypatch.setenv("FRAMELENS_TEXTS", str(material / "seeds"))
    annotations, source = read_study(root / "data" / "kazakhstan-2022").annotate()
    status = annotations.copies.set_index("document_id")["copy_status"]
    assert source == "texts"
    assert {name[:3]: value for name, value in status.items()} == {
        "000": "unknown", "001": "unknown", "002": "republished", "003": "unknown", "004": "agency"}


def test_the_example_of_the_page_shows_the_copied_sentence():
    code = re.search(r"```python\n(.*?)```", script.DOCUMENT.read_text(encoding="utf-8"), re.S)[1]
    scope: dict = {}
    exec(code, scope)
    assert all(len(scope["found"].tables[name]) for name in ("copies", "copy_pairs", "copied_spans", "credits"))
    assert scope["found"].copies["copy_status"].tolist() == ["republished", "republished"]
    parts = scope["spans"]
    hit = parts[(parts.start < parts.end_sentence) & (parts.end > parts.start_sentence)]
    assert hit[["document_id", "sentence", "other_id", "n_words"]].values.tolist() == [["a", 0, "b", 21], ["b", 0, "a", 21]]
