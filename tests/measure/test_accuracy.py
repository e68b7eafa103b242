"""Accuracy counted by hand, by a second way, and by what must hold of any two annotations."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.measure.accuracy import measure_accuracy
from framelens.stats.proportion import share_intervals

GOLD = {  # two articles: three attributions, one nested; three labels
    "a": '<src a="1">Maravel One</src> <cue a="1">said</cue> <con a="1" type="indirect" kind="speech" by="state_media">'
         '<src a="2">police</src> <cue a="2">believe</cue> <con a="2" type="indirect" kind="attitude" by="police" in="1">'
         'the <label g="protesters" s="neutral" v="indirect">marchers</label> are gone</con></con>.',
    "b": '“<con a="1" type="direct" kind="speech" by="person">We stay</con>,” <cue a="1">said</cue> <src a="1">Mira Quell</src>. '
         'The <label g="protesters" s="delegitimising" v="narrator">mob</label> met '
         '<label g="security" s="neutral" v="narrator">troops</label>.',
}
FOUND = {
    "a": '<src a="1">Maravel One</src> said <con a="1" type="indirect" kind="claim" by="police">police <cue a="1">believe</cue> '
         'the <label g="event" s="neutral" v="indirect">marchers</label> are gone</con>.',
    "b": '“<con a="1" type="direct" kind="speech" by="person">We stay</con>,” said Mira <src a="1">Quell</src>. '
         '<label g="protesters" s="delegitimising" v="direct">The mob</label> met troops.',
}


def values(estimates):
    """Give estimates by measure and what tells its rows apart."""
    columns = ["contrast", "group", "voice", "source_type"]
    names = [" ".join([row.measure, *(v for v in (getattr(row, c) for c in columns) if isinstance(v, str))])
             for row in estimates.itertuples()]
    return dict(zip(names, estimates["estimate"], strict=True))


@pytest.fixture(scope="module")
def estimates(coded):
    return measure_accuracy(coded(FOUND), coded(GOLD))


# Counted by hand

@pytest.mark.parametrize(("name", "expected"), [
    # content tokens, gold: a "police believe the marchers are gone", b "We stay"; found: the same six and two
    ("token_precision role=content", 1), ("token_recall role=content", 1),
    ("token_precision role=cue", 1), ("token_recall role=cue", 1 / 3),  # believe; said, believe, said
    ("token_precision role=source", 1), ("token_recall role=source", 3 / 5), ("token_f1 role=source", 2 * 3 / 8),
    ("attribution_precision match=relaxed", 1), ("attribution_recall match=relaxed", 2 / 3),
    ("attribution_f1 match=relaxed", 0.8), ("attribution_recall match=strict", 2 / 3),
    ("attribution_f1 match=relaxed_and_source", 0.8),  # a: Maravel One; b: one of two tokens
    ("attribution_recall level=1", 1), ("attribution_recall level=nested", 0),
    ("attribution_recall kind=speech", 1), ("attribution_precision kind=claim", 1), ("attribution_recall kind=attitude", 0),
    ("attribution_precision rule=coded", 1), ("attribution_f1 type=indirect", 2 * 1 * 0.5 / 1.5),
    ("source_accuracy", 1), ("source_touched", 1), ("source_exact", 0.5), ("source_accuracy type=direct", 1),
    ("type_accuracy", 1), ("kind_accuracy", 0.5), ("source_type_accuracy", 0.5), ("source_type_accuracy state_media", 0),
    ("density_mae", 0), ("density_bias", 0),
    ("mention_precision", 1), ("mention_recall", 2 / 3), ("mention_f1", 0.8),
    ("mention_recall protesters", 1), ("mention_precision event", 1), ("mention_recall security", 0),
    ("mention_group_accuracy", 0.5), ("mention_stance_accuracy", 1), ("mention_voice_accuracy", 0.5),
    ("mention_voice_accuracy narrator", 0), ("mention_voice_accuracy indirect", 1),
])
def test_known_answers(estimates, name, expected):
    assert values(estimates)[name] == pytest.approx(expected)


def test_what_has_no_case_is_said(estimates):
    rows = estimates.set_index(["measure", "contrast"])
    assert rows.loc[("attribution_precision", "level=nested"), "note"] == "Nothing to measure: no predicted attributions."
    assert rows.loc[("attribution_f1", "kind=claim"), "note"] == "Nothing to find: the gold has none."
    assert np.isnan(rows.loc[("attribution_f1", "kind=claim"), "estimate"])
    assert rows.loc[("attribution_f1", "kind=attitude"), "estimate"] == 0, "found none of one"
    assert "here 2" in rows.loc[("attribution_f1", "match=relaxed"), "note"], "two articles carry no interval"


def test_the_share_of_words_attributed(coded):
    words = "one, two, three, four five six seven eight."
    said_ = '<con a="1" type="indirect" kind="speech" by="x">{}</con>'
    gold = coded({"a": words.replace("two, three", said_.format("two, three")), "b": words})
    found = coded({"a": words.replace("two", said_.format("two")), "b": said_.format(words)})
    estimates = values(measure_accuracy(found, gold))
    assert estimates["density_mae"] == pytest.approx((1 / 8 + 8 / 8) / 2)
    assert estimates["density_bias"] == pytest.approx((-1 / 8 + 8 / 8) / 2)


def test_half_of_the_tokens_is_the_least_that_pairs(coded):
    def found(words):
        text = "Roe said the pier is safe."
        return coded({"a": text.replace(words, f'<con a="1" type="indirect" kind="speech" by="x">{words}</con>')})

    gold = found("the pier is safe")
    for words, relaxed, strict, strict_words in (("is safe", 1, 0, 0), ("safe", 0, 0, 0), ("the pier is safe.", 1, 0, 1),
                                                 ("said the pier is safe.", 1, 0, 0), ("the pier is safe", 1, 1, 1)):
        estimates = values(measure_accuracy(found(words), gold))
        assert [estimates[f"attribution_recall match={m}"] for m in ("relaxed", "strict", "strict_words")] == [
            relaxed, strict, strict_words], words


def test_an_outer_and_an_inner_attribution_of_one_content_find_their_likes(coded):
    outer = '<src a="1">Maravel One</src>, <cue a="2">citing</cue> <src a="2">police</src>, <cue a="1">said</cue> '
    speech = 'type="indirect" kind="speech"'
    inner = f'<con a="1" {speech} by="state_media"><con a="2" {speech} by="police" in="1">'
    gold = coded({"a": f"{outer}{inner}all is calm</con></con>."})
    swapped = {"1": "2", "2": "1"}
    marks = re.sub(r'(a|in)="([12])"', lambda m: f'{m[1]}="{swapped[m[2]]}"', f"{outer}{inner}all is calm</con></con>.")
    estimates = values(measure_accuracy(coded({"a": marks}), gold))  # the same, numbered the other way round
    for name in ("source_accuracy", "source_type_accuracy", "level_accuracy", "parent_accuracy"):
        assert estimates[name] == 1
    inner_only = ('Maravel One, <cue a="1">citing</cue> <src a="1">police</src>, said '
                  f'<con a="1" {speech} by="police">all is calm</con>.')
    estimates = values(measure_accuracy(coded({"a": inner_only}), gold))
    assert estimates["attribution_recall match=relaxed"] == 0.5
    assert estimates["source_type_accuracy"] == 1, "paired with the inner, not with the outer"
    alone = marks.replace(' in="2"', "")  # found side by side
    estimates = values(measure_accuracy(coded({"a": alone}), gold))
    assert (estimates["source_accuracy"], estimates["level_accuracy"], estimates["parent_accuracy"]) == (1, 0, 0)


def test_level_and_scare_quotes(coded):
    gold = coded({**GOLD, "c": 'The <con a="1" type="direct" kind="scare_quote" by="unnamed">“heroes”</con> left.'})
    found = coded({**FOUND, "c": "The “heroes” left."})
    rows = measure_accuracy(found, gold, level=1, scare_quotes=False).set_index(["measure", "contrast"])
    assert rows.loc[("attribution_recall", "match=relaxed"), ["estimate", "n_units"]].tolist() == [1, 2]
    assert rows.loc[("attribution_recall", "kind=scare_quote"), "n_units"] == 0
    rows = measure_accuracy(found, gold).set_index(["measure", "contrast"])
    assert rows.loc[("attribution_recall", "match=relaxed"), ["estimate", "n_units"]].tolist() == [0.5, 4]


# By a second way: other tokens, other sets, pairs sought by brute force

WORDS = 24
TEXT = " ".join(f"w{i}" for i in range(WORDS))
STARTS = [m.start() for m in re.finditer("w", TEXT)]
spans = st.tuples(st.integers(0, WORDS - 1), st.integers(1, 6)).map(lambda s: (s[0], min(WORDS, s[0] + s[1])))
said = st.fixed_dictionaries({
    "content": st.lists(spans, min_size=1, max_size=2), "source": st.lists(spans, max_size=1), "cue": st.lists(spans, max_size=1),
    "type": st.sampled_from(("direct", "mixed", "indirect")), "kind": st.sampled_from(("speech", "claim")),
    "source_type": st.sampled_from(("police", "witness"))})
labels = st.lists(spans.map(lambda s: {"start": STARTS[s[0]], "end": STARTS[s[1] - 1] + 2, "group": "event", "stance": "neutral",
                                       "voice": "narrator"}), max_size=4)
article = st.tuples(st.lists(said, max_size=4), labels)
corpora = st.lists(st.tuples(article, article), min_size=1, max_size=10)
few = settings(max_examples=6)  # of several articles each: what costs is the table of estimates, not the articles


def tabulate(articles):
    """Make a bundle of drawn articles; words are numbered, offsets are theirs."""
    rows, spans_, mentions = [], [], []
    for d, (attributions, marked) in enumerate(articles):
        for number, drawn in enumerate(attributions):
            name = {"attribution_id": f"d{d}:{number}", "document_id": f"d{d}"}
            rows.append({**name, **{c: drawn[c] for c in ("type", "kind", "source_type")}, "level": 1})
            spans_ += [{**name, "role": role, "start": STARTS[a], "end": STARTS[b - 1] + 2}
                       for role in schema.ROLES for a, b in drawn[role]]
        mentions += [{"document_id": f"d{d}", **m} for m in marked]
    documents = pd.DataFrame({"document_id": [f"d{d}" for d in range(len(articles))], "outlet": "Post", "text": TEXT})
    return Annotations({
        "documents": documents,
        "attributions": pd.DataFrame(rows, columns=["attribution_id", "document_id", "type", "kind", "source_type", "level"]),
        "attribution_spans": pd.DataFrame(spans_, columns=["attribution_id", "document_id", "role", "start", "end"]),
        "mentions": pd.DataFrame(mentions, columns=["document_id", "start", "end", "group", "stance", "voice"])})


def sets(attributions):
    return [{role: {w for a, b in drawn[role] for w in range(a, b)} for role in schema.ROLES} for drawn in attributions]


def by_brute_force(pairs):
    """Count tokens and pairs with sets of word numbers; None where two pairs are equally good."""
    n = dict.fromkeys(("tok", "tok_found", "tok_gold", "found", "gold", "paired", "source", "sourced"), 0)
    for (gold, _), (found, _) in pairs:
        gold, found = sets(gold), sets(found)
        g, f = (set().union(*(s["content"] for s in side)) if side else set() for side in (gold, found))
        n["tok"], n["tok_found"], n["tok_gold"] = n["tok"] + len(g & f), n["tok_found"] + len(f), n["tok_gold"] + len(g)
        n["found"], n["gold"] = n["found"] + len(found), n["gold"] + len(gold)
        grid = {(i, j): len(a["content"] & b["content"]) / len(a["content"] | b["content"])
                for i, a in enumerate(gold) for j, b in enumerate(found)}
        grid = {ij: v for ij, v in grid.items() if v >= 0.5}
        if len(set(grid.values())) < len(grid):
            return None
        while grid:
            i, j = max(grid, key=grid.get)
            grid = {(k, m): v for (k, m), v in grid.items() if k != i and m != j}
            n["paired"] += 1
            a, b = gold[i]["source"], found[j]["source"]
            n["sourced"] += bool(a)
            n["source"] += bool(a) and len(a & b) / len(a | b) >= 0.5
    return n


@few
@given(corpora)
def test_a_second_count_agrees(pairs):
    pairs = [pair for pair in pairs if by_brute_force([pair])]
    if not pairs:
        return
    n = by_brute_force(pairs)
    estimates = values(measure_accuracy(tabulate([f for _, f in pairs]), tabulate([g for g, _ in pairs])))
    for name, hits, of in (("token_precision role=content", "tok", "tok_found"), ("token_recall role=content", "tok", "tok_gold"),
                           ("attribution_precision match=relaxed", "paired", "found"),
                           ("attribution_recall match=relaxed", "paired", "gold"), ("source_accuracy", "source", "sourced")):
        expected = n[hits] / n[of] if n[of] else np.nan
        assert estimates[name] == pytest.approx(expected, nan_ok=True), name


# What holds of any two annotations

@few
@given(st.lists(article, min_size=1, max_size=10))
def test_gold_against_itself_is_right_throughout(articles):
    bundle = tabulate(articles)
    rows = measure_accuracy(bundle, bundle)
    shares = rows.loc[rows["unit"] == "share", "estimate"].dropna()
    assert (shares == 1).all()
    assert (rows.loc[rows["measure"].str.startswith("density"), "estimate"] == 0).all()


@few
@given(corpora)
def test_swapping_the_sides_swaps_precision_and_recall(pairs):
    gold, found = tabulate([g for g, _ in pairs]), tabulate([f for _, f in pairs])
    one, other = values(measure_accuracy(found, gold)), values(measure_accuracy(gold, found))
    for name, estimate in one.items():
        measure = name.split()[0]
        if measure.endswith("_precision"):
            assert estimate == pytest.approx(other[name.replace("_precision", "_recall")], nan_ok=True), name
        elif measure.endswith("_f1") and not np.isnan([estimate, other[name]]).any():
            assert estimate == pytest.approx(other[name]), name
    assert one["density_bias"] == pytest.approx(-other["density_bias"])
    assert one["density_mae"] == pytest.approx(other["density_mae"])


@few
@given(corpora, spans)
def test_a_false_attribution_never_raises_precision_nor_changes_recall(pairs, place):
    gold, found = [g for g, _ in pairs], [f for _, f in pairs]
    words = set(range(*place)) - {w for drawn in sets(gold[0][0]) for w in drawn["content"]}
    if not words:
        return
    false = {"content": [(w, w + 1) for w in words], "source": [], "cue": [], "type": "direct", "kind": "claim",
             "source_type": "police"}
    more = [([*found[0][0], false], found[0][1]), *found[1:]]
    before, after = (values(measure_accuracy(tabulate(f), tabulate(gold))) for f in (found, more))
    for name in before:
        if name.startswith(("token_precision role=content", "attribution_precision match=")):
            assert after[name] <= before[name] or np.isnan(before[name]), name
        if name.startswith(("token_recall role=content", "attribution_recall match=")):
            assert after[name] == pytest.approx(before[name], nan_ok=True), name


@few
@given(corpora, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(pairs, random):
    gold, found = tabulate([g for g, _ in pairs]), tabulate([f for _, f in pairs])
    mixed = [Annotations({name: table.sample(frac=1, random_state=random.randrange(99)) for name, table in b.tables.items()})
             for b in (found, gold)]
    pd.testing.assert_frame_equal(measure_accuracy(*mixed), measure_accuracy(found, gold))


# Intervals

@pytest.fixture(scope="module")
def many():
    """Thirty articles of four attributions each, some of which are found, with false ones and wrong types."""
    rng = np.random.default_rng(5)
    gold, found = [], []
    for _ in range(30):
        told = [{"content": [(w, w + 4)], "source": [], "cue": [(w + 4, w + 5)], "kind": "speech", "source_type": "police",
                 "type": str(rng.choice(["direct", "indirect"]))} for w in (0, 6, 12, 18)]
        gold.append((told, []))
        kept = [{**t, "type": "mixed" if rng.random() < 0.2 else t["type"]} for t in told if rng.random() < 0.7]
        false = {**told[0], "content": [(4, 6)]}
        found.append(([*kept, *([false] if rng.random() < 0.4 else [])], []))
    return tabulate(found), tabulate(gold)


def test_intervals_are_those_of_the_clusters(many):
    found, gold = many
    documents = gold.documents["document_id"]
    copies = pd.DataFrame({"document_id": documents, "cluster_id": [f"d{i - i % 2}" for i in range(30)]})
    rows = measure_accuracy(found, Annotations({**gold.tables, "copies": copies}), seed=3)
    row = rows[(rows["measure"] == "attribution_f1") & (rows["contrast"] == "match=relaxed")].iloc[0]
    # All that was kept pairs with its own, and nothing that is false with any: hits are the contents of four words.
    ours, theirs = (b.attribution_spans.query("role == 'content'") for b in (found, gold))
    hits = ours[ours["end"] - ours["start"] > 9]
    of_cluster = copies.set_index("document_id")["cluster_id"]
    n_hits, n_ours, n_theirs = (t["document_id"].map(of_cluster).value_counts().reindex(sorted({*of_cluster}), fill_value=0)
                                for t in (hits, ours, theirs))
    expected = share_intervals(2 * n_hits, n_ours + n_theirs)
    assert row[["estimate", "ci_low", "ci_high"]].tolist() == pytest.approx(
        [expected.estimate[0], expected.low[0], expected.high[0]])
    assert row[["n_documents", "n_clusters", "ci_level", "method"]].tolist() == [30, 15, 0.95, expected.method]
    assert pd.isna(row["seed"])


def test_the_interval_of_f1_by_type_is_the_percentile_of_a_plain_loop(many):
    row = measure_accuracy(*many).query("measure == 'attribution_f1' and contrast == 'type=direct'").iloc[0]
    assert row["method"] == "cluster bootstrap, percentile, 2000 resamples"
    rates = values(measure_accuracy(*many))
    precision, recall = (rates[f"attribution_{m} type=direct"] for m in ("precision", "recall"))
    assert precision != recall
    assert row["estimate"] == pytest.approx(2 * precision * recall / (precision + recall))
    each = measure_accuracy(*many, by="document_id").query("contrast == 'type=direct'").fillna({"estimate": 0})
    precision, recall = (each[each["measure"] == f"attribution_{m}"] for m in ("precision", "recall"))
    counts = np.stack([c for part in (precision, recall) for c in (part["estimate"] * part["n_units"], part["n_units"])], axis=1)
    rng, drawn = np.random.default_rng(1), []
    for _ in range(4000):
        hit, found, right, gold = counts[rng.integers(0, 30, 30)].sum(0).astype(float)
        drawn.append(2 * (hit / found) * (right / gold) / (hit / found + right / gold))
    assert [row["ci_low"], row["ci_high"]] == pytest.approx(np.quantile(drawn, [0.025, 0.975]), abs=0.015)


def test_by_outlet_is_each_outlet_by_itself(many):
    found, gold = many
    outlets = ["Post" if i % 2 else "Bugle" for i in range(30)]
    split = [Annotations({**b.tables, "documents": b.documents.assign(outlet=outlets)}) for b in many]
    rows = measure_accuracy(*split, by="outlet")
    assert rows["outlet"].unique().tolist() == ["Bugle", "Post"]
    own = gold.documents.loc[[o == "Post" for o in outlets], "document_id"]
    alone = measure_accuracy(found, Annotations({n: t[t["document_id"].isin(own)] for n, t in gold.tables.items()}))
    assert values(rows[rows["outlet"] == "Post"]) == pytest.approx(values(alone), nan_ok=True)
