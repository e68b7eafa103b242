from __future__ import annotations

import held_out
import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.lexicon import parse_lexicon, read_lexicon
from framelens.pipeline import annotate
from framelens.workbench.candidates import _cosines, find_candidates

SEEDS = range(5)


@pytest.fixture(scope="module")
def held(demo, demo_study):
    lexicon = read_lexicon("protest")
    return pd.concat([held_out.hold_out(demo, lexicon, seed=seed, study=demo_study.settings).assign(seed=seed) for seed in SEEDS])


def test_held_out_terms_return_far_sooner_than_by_frequency(held):
    """Known terms of the demonstration, taken out in five folds, five times: floors below what docs/workbench.md has."""
    ours, frequency = ({k: held_out.recall(held, way, k) for k in (50, 100)} for way in ("ours", "frequency"))
    assert ours[50] > 0.5 and ours[100] > 0.6
    assert ours[50] > frequency[50] + 0.25 and ours[100] > frequency[100] + 0.2
    for _, part in held.groupby("seed"):
        assert held_out.recall(part, "ours", 50) > held_out.recall(part, "frequency", 50)


def test_the_page_on_the_workbench_has_the_figures_that_are_measured(held, root):
    page = (root / "docs" / "workbench.md").read_text(encoding="utf-8")
    back = held[held["ours"] <= 100]
    shares = [[held_out.recall(held, way, k) for way in ("ours", "frequency")] for k in (20, 50, 100)]
    told = [f"| {k} | {ours:.2f} | {frequency:.2f} |" for k, (ours, frequency) in zip((20, 50, 100), shares, strict=True)]
    told.append(f"the suggested group is right for {back['group_right'].mean():.2f}")
    told.append(f"three labels or more in the demonstration corpus ({held['term'].nunique()})")
    assert [line for line in told if line not in page] == []


LEXICON = parse_lexicon('[lexicon]\nname = "t"\nversion = "1"\n[groups.people.neutral]\nterms = ["marcher", "striker"]\n'
                        '[groups.force.neutral]\nterms = [{term = "police", inflect = "none"}]')


def candidates(*texts, **options):
    documents = pd.DataFrame({"document_id": [f"d{i}" for i in range(len(texts))], "outlet": "P", "text": texts})
    return find_candidates(annotate(documents, LEXICON), **options)


TEXT = ("Dozens of marchers threw stones. Dozens of strikers threw eggs. The gleeners threw stones. Dozens of gleeners sang. "
        "A gleener fled. The red bus, a red bus, one red bus. Kessim fled, then Kessim sang, and Kessim threw stones.")


def test_slots_evidence_and_suggestion():
    table = candidates(TEXT).set_index("candidate")
    first = table.iloc[0]
    assert first.name == "gleener"
    assert first["forms"] == "gleener, gleeners"
    assert (first["frequency"], first["n_documents"], first["group"]) == (3, 1, "people")
    assert "dozens of _ (1)" in first["slots"] or "of _ (1)" in first["slots"]
    assert "kessim" not in table.index  # a name, by its capitals
    assert "red bus" in table.index and table.loc["red bus", "score"] < first["score"]
    assert "red bus" not in candidates(TEXT, max_words=1)["candidate"].tolist()
    assert len(candidates(TEXT, n=2)) == 2
    assert candidates(TEXT, min_count=5).empty


def test_the_score_is_the_cosine_of_positive_pmi_vectors():
    """By hand: one label and one word in the same slots, one word in others."""
    table = candidates("The marchers fled. The gleeners fled. A bus waits.", min_count=1).set_index("candidate")
    assert table.loc["gleeners", "score"] == pytest.approx(1)
    assert table.loc["gleeners", "similarity"] == pytest.approx(1)
    assert table.loc["bus", "score"] == 0
    assert table.loc["bus", ["nearest", "group"]].tolist() == ["", ""]


def test_cosines_against_a_dense_reckoning():
    """Positive PMI by its formula on a table in which some cells are below chance."""
    rng = np.random.default_rng(1)
    found, known = (rng.integers(0, 5, (size, 6)).astype(float) for size in (4, 3))
    everything = found.sum(0) + known.sum(0) + 7

    def vectors(table):
        with np.errstate(divide="ignore"):
            pmi = np.log2(table * everything.sum() / np.outer(table.sum(1), everything))
        assert (pmi[np.isfinite(pmi)] < 0).any()
        return np.where(pmi > 0, pmi, 0)

    u, v = vectors(found), vectors(known)
    expected = u @ v.T / np.outer(np.linalg.norm(u, axis=1), np.linalg.norm(v, axis=1))
    np.testing.assert_allclose(_cosines(sparse.csr_matrix(found), sparse.csr_matrix(known), everything), expected)


def test_a_group_alone_and_forms_of_the_lexicon():
    text = "The police charged. The police charged. The marchers sang. The gleeners sang. The bailiffs charged."
    of_force = candidates(text, group="force", min_count=1)["candidate"].tolist()
    assert of_force[0] == "bailiffs"
    assert "marchers" not in of_force
    every = parse_lexicon('[lexicon]\nname = "u"\nversion = "1"\n[groups.x.neutral]\nterms = ["bailiff"]')
    assert "bailiffs" not in candidates(text, group="force", min_count=1, lexicon=every)["candidate"].tolist()


def test_what_cannot_be_asked(demo):
    with pytest.raises(SchemaError, match=r"no label of group 'event'.*force"):
        candidates("The police charged.", group="event")
    with pytest.raises(SchemaError, match="max_words is 1 or 2, not 3"):
        candidates(TEXT, max_words=3)
    with pytest.raises(SchemaError, match="min_count is 1 or more"):
        candidates(TEXT, min_count=0)
    with pytest.raises(SchemaError, match="text-free"):
        find_candidates(Annotations(demo.tables, demo.about, "text_free"))
