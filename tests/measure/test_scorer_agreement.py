"""Agreement of scorers by outlet and voice: a second way by pandas, what counts, and what it refuses."""

from __future__ import annotations

import numpy as np
import pytest

from framelens.errors import SchemaError
from framelens.measure.contrasts import compare
from framelens.measure.scorer_agreement import measure_scorer_agreement

TWO = ("textblob_polarity", "vader_compound")


@pytest.fixture(scope="module")
def scored(corpus):
    rng = np.random.default_rng(5)
    documents = [{"document_id": f"{o}{i}", "outlet": o, "exclusion_reason": "no body" if i == 9 else None}
                 for o in ("Bugle", "Herald") for i in range(13)]
    rows = []
    for document in documents:
        for sentence in range(9):
            tone = rng.normal()
            for name in TWO:
                score = round(float(np.tanh(tone + rng.normal())), 3) * (rng.random() > 0.3)
                rows.append({"document_id": document["document_id"], "sentence": sentence, "start": 9 * sentence,
                             "end": 9 * sentence + 8, "voice": "narrator" if sentence % 3 else "direct", "scorer": name,
                             "score": score})
    extra = [{**rows[0], "target_group": "police", "score": 1.0}, {**rows[1], "target_group": "police", "score": -1.0}]
    return corpus(documents=documents, sentiment=rows + extra)


def test_agrees_with_pandas(scored, pick):
    found = measure_scorer_agreement(scored)
    kept = scored.documents[scored.documents["exclusion_reason"].isna()]
    table = scored.sentiment[scored.sentiment["target_group"] == "any"].merge(kept[["document_id", "outlet"]], on="document_id")
    wide = table.pivot(index=["outlet", "voice", "document_id", "sentence"], columns="scorer", values="score").reset_index()
    assert len(found) == 2 * 3 * 4
    for (outlet, voice), part in wide.groupby(["outlet", "voice"]):
        one, two = (part[name] for name in TWO)
        told = part[(one != 0) & (two != 0)]
        opposite = np.sign(told[TWO[0]]) != np.sign(told[TWO[1]])
        for name, value, rows in (("pearson", one.corr(two), part), ("spearman", one.corr(two, method="spearman"), part),
                                  ("opposite_share", opposite.mean(), told)):
            row = pick(found, outlet=outlet, voice=voice, measure=f"scorer_{name}")
            assert row["estimate"] == pytest.approx(value)
            behind = (len(rows), rows["document_id"].nunique())
            assert (row["n_units"], row["n_clusters"], row["scorer"], row["reference"]) == (*behind, *TWO)
            assert row["ci_low"] < row["estimate"] < row["ci_high"] or row["note"].startswith("Described only")
        assert pick(found, outlet=outlet, voice=voice, measure="scorer_pearson")["method"] != "description"
    none = pick(found, outlet="Bugle", voice="indirect", measure="scorer_alpha")
    assert np.isnan(none["estimate"]) and none["note"].startswith("Nothing to measure")


def test_the_other_way_round_is_the_same(scored):
    one, other = measure_scorer_agreement(scored), measure_scorer_agreement(scored, scorers=TWO[::-1])
    assert np.allclose(one["estimate"], other["estimate"], equal_nan=True)
    assert set(other["scorer"]) == {TWO[1]}


def test_few_articles_are_described_or_warned_of(corpus):
    rows = [{"document_id": d, "sentence": i, "start": 9 * i, "end": 9 * i + 8, "scorer": name, "score": value}
            for d in "abcd" for i in range(6) for name, value in zip(TWO, (i / 9 + ord(d) % 7 / 9, i % 3 / 5), strict=True)]
    few = corpus(documents=[{"document_id": d} for d in "abcd"], sentiment=rows)
    asked = "measure == 'scorer_pearson' and voice == 'narrator'"
    plain, forced = (measure_scorer_agreement(few, allow_small_n=flag).query(asked).iloc[0] for flag in (False, True))
    assert (plain["method"], np.isnan(plain["ci_low"])) == ("description", True)
    assert plain["note"] == "Described only: an interval needs 10 syndication clusters with scored segments; here 4."
    assert forced["ci_low"] < forced["estimate"] < forced["ci_high"]
    assert forced["note"].startswith("Small numbers")


@pytest.mark.parametrize(("scorers", "words"), [
    (("textblob_polarity", "vader"), "'vader'.*textblob_polarity"), (("vader_compound",), "two"), ("vader_compound", "two"),
    (("vader_compound", "vader_compound"), "two"),
])
def test_a_scorer_that_is_not_there_is_named(scored, scorers, words):
    with pytest.raises(SchemaError, match=words):
        measure_scorer_agreement(scored, scorers=scorers)


def test_opposite_signs_can_be_compared(scored):
    found = compare(scored, measure_scorer_agreement, only={"voice": "narrator"})
    assert list(found["measure"]) == ["scorer_opposite_share"] and found["p_value"].notna().all()
