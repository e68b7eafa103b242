"""Keyness where nothing differs, and where words were planted: PolNeAR's articles, train and dev.

    FRAMELENS_MATERIAL=… PYTHONPATH=analysis python tests/gates/keyness_nulls.py            # print the tables
    FRAMELENS_MATERIAL=… PYTHONPATH=analysis python tests/gates/keyness_nulls.py --write    # put them into docs/methods

Articles of one outlet are split at random, or all articles relabelled at random: no word differs but by chance. A word is
planted by thinning it in one group, each hit kept with a chance of 1/2 or 1/3. Only counts are printed.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "properties"))
from scoring import read_polnear
from tables import show

from framelens import schema
from framelens.corpus.copies import find_copies
from framelens.stats.multiplicity import adjust
from framelens.stats.permutation import permutation_test
from framelens.stats.rates import RATE_TESTS, rate_test
from framelens.stats.simulation import word_tests
from framelens.text.tokens import NUMBER, normal, spans

DRAWS, RESAMPLES, POWER_RESAMPLES, SEED = 20, 2000, 10_000, 20220107
LEAST, PLANTED, RATIOS = 3, 40, (2, 3)  # a word stands in 3 articles or more
TESTS = ("framelens", "G2", "chi2", "log-odds z", *RATE_TESTS)


@dataclass(frozen=True)
class Articles:
    """Counts (articles × words), sizes, outlets and clusters of copies."""

    counts: sparse.csr_array
    sizes: np.ndarray
    outlets: np.ndarray
    clusters: np.ndarray

    def take(self, rows: np.ndarray) -> Articles:
        """Take some articles, and of the words those that stand in enough of them."""
        part = self.counts[rows]
        kept = np.flatnonzero(np.asarray((part > 0).sum(0)).ravel() >= LEAST)
        return Articles(part[:, kept], self.sizes[rows], self.outlets[rows], self.clusters[rows])


def read_articles(material: Path) -> Articles:
    """Count the words of all articles; numbers are left out, as in framelens' term counts."""
    documents = pd.concat([read_polnear(material, part).documents for part in ("train", "dev")], ignore_index=True)
    documents = schema.validate(documents, "documents")
    zones = documents[["document_id"]].assign(start=0, end=documents["text"].str.len(), kind="body", rule="whole text")
    words = [Counter(w for s, e in spans(text) if not NUMBER.search(w := normal(text[s:e]))) for text in documents["text"]]
    vocabulary = {word: j for j, word in enumerate(sorted(set().union(*words)))}
    rows = np.repeat(np.arange(len(words)), [len(w) for w in words])
    columns = [vocabulary[word] for found in words for word in found]
    data = np.array([n for found in words for n in found.values()], float)
    counts = sparse.csr_array((data, (rows, columns)), shape=(len(words), len(vocabulary)))
    return Articles(counts, np.asarray(counts.sum(1)).ravel(), documents["outlet"].astype(str).to_numpy(),
                    find_copies(documents, zones)["cluster_id"].to_numpy())


def shorten(articles: Articles, first: np.ndarray, rng: np.random.Generator, keep: float) -> Articles:
    """Keep each word of the first group with some chance: shorter articles of the same rates."""
    counts = articles.counts.tocoo()
    data = np.where(first[counts.row], rng.binomial(counts.data.astype(int), keep), counts.data)
    thinned = sparse.csr_array((data, counts.coords), shape=counts.shape)
    thinned.eliminate_zeros()
    return Articles(thinned, np.asarray(thinned.sum(1)).ravel(), articles.outlets, articles.clusters)


Comparison = tuple[Articles, np.ndarray]


def halves(articles: Articles, rng: np.random.Generator, n_first: int, n: int, keep: float = 1.0) -> Iterator[Comparison]:
    """Split each outlet at random into n_first articles and the rest of n."""
    for outlet in np.unique(articles.outlets):
        mine = articles.take(rng.permutation(np.flatnonzero(articles.outlets == outlet))[:n])
        first = np.arange(len(mine.sizes)) < n_first
        yield (shorten(mine, first, rng, keep) if keep < 1 else mine), first


def relabelled(articles: Articles, rng: np.random.Generator, n_first: int) -> Iterator[Comparison]:
    """Call n_first of all articles the first group."""
    yield articles.take(rng.permutation(len(articles.sizes))), np.arange(len(articles.sizes)) < n_first


def p_values(articles: Articles, first: np.ndarray, seed: int,
             n_resamples: int = RESAMPLES) -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]:
    """Return the p of every test (NaN where it gives none), and what framelens hands to BH and the family-wise p."""
    ours = permutation_test(articles.counts, articles.sizes, first, clusters=articles.clusters, n_resamples=n_resamples,
                            seed=seed)
    dense = articles.counts.toarray()
    return {"framelens": ours.p, **word_tests(dense, articles.sizes, first),
            **{m: rate_test(dense, articles.sizes, first, method=m)[1] for m in RATE_TESTS}}, ours.p_bh, ours.p_max


DESIGNS = {
    "one outlet, 66 : 66": lambda a, rng: halves(a, rng, 66, 132),
    "one outlet, 66 : 66, first cut to 40 %": lambda a, rng: halves(a, rng, 66, 132, keep=0.4),
    "one outlet, 110 : 10": lambda a, rng: halves(a, rng, 110, 120),
    "all, 132 : 792": lambda a, rng: relabelled(a, rng, 132),
}


def null_lines(articles: Articles) -> Iterator[str]:
    """Write what each test finds where nothing differs."""
    yield "| groups | comparisons | test | words tested | p ≤ .05 | comparisons with a BH hit | BH hits a comparison |"
    yield "| --- | --: | --- | --: | --: | --: | --: |"
    for name, design in DESIGNS.items():
        rng = np.random.default_rng([SEED, *name.encode()])
        rows = {test: [] for test in (*TESTS, "framelens, max-T")}
        for _ in range(DRAWS):
            for part, first in design(articles, rng):
                p, p_bh, p_max = p_values(part, first, int(rng.integers(1 << 31)))
                for test, values in p.items():
                    given = ~np.isnan(values)
                    hits = int((adjust(p_bh if test == "framelens" else values) <= 0.05).sum())
                    share = (values[given] <= 0.05).mean() if given.any() else np.nan
                    rows[test].append((given.sum(), share, hits > 0, hits))
                hits = int((p_max <= 0.05).sum())
                rows["framelens, max-T"].append(((~np.isnan(p_max)).sum(), np.nan, hits > 0, hits))
        for test, found in rows.items():
            words, share, any_hit, hits = np.array(found, float).T
            wrong = "–" if np.isnan(share).all() else f"{np.nanmean(share):.1%}"
            yield (f"| {name} | {len(found)} | {test} | {words.mean():,.0f} | {wrong} | {any_hit.mean():.1%} | "
                   f"{hits.mean():,.2f} |")


def power_lines(articles: Articles) -> Iterator[str]:
    """Write how many planted words each test finds: thinned in the first group, or in the second."""
    yield "| groups | thinned in | ratio | " + " | ".join(f"{test}: p ≤ .05, BH" for test in TESTS) + " |"
    yield "| --- | --- | --: |" + " --: |" * len(TESTS)
    for name in ("one outlet, 66 : 66", "one outlet, 110 : 10", "all, 132 : 792"):
        for where, ratio in ((w, r) for w in ("first", "second") for r in RATIOS):
            rng = np.random.default_rng([SEED, ratio, *where.encode(), *name.encode()])
            found: dict[str, list[np.ndarray]] = {test: [] for test in TESTS}
            for part, first in DESIGNS[name](articles, rng):
                hits = np.asarray(part.counts.sum(0)).ravel()
                less = first if where == "first" else ~first
                enough = hits * min(part.sizes[first].sum(), part.sizes[~first].sum()) / part.sizes.sum() >= 5 * ratio
                words = rng.permutation(np.flatnonzero(enough))[:PLANTED]
                counts = part.counts.tocoo()
                thin = less[counts.row] & np.isin(counts.col, words)
                data = np.where(thin, rng.binomial(counts.data.astype(int), 1 / ratio), counts.data)
                planted = Articles(sparse.csr_array((data, counts.coords), shape=counts.shape), part.sizes, part.outlets,
                                   part.clusters)
                p, p_bh, _ = p_values(planted, first, int(rng.integers(1 << 31)), POWER_RESAMPLES)
                for test, values in p.items():
                    q = adjust(p_bh if test == "framelens" else values)
                    found[test].append(np.stack([values[words] <= 0.05, q[words] <= 0.05]))
            shares = {test: np.concatenate(f, axis=1).mean(1) for test, f in found.items()}
            yield f"| {name} | {where} | {ratio} | " + " | ".join(f"{shares[t][0]:.0%}, {shares[t][1]:.0%}" for t in TESTS) + " |"


if __name__ == "__main__":
    folder = os.environ.get("FRAMELENS_MATERIAL")
    if not folder:
        sys.exit("Set FRAMELENS_MATERIAL to the folder of the development texts.")
    corpus = read_articles(Path(folder))
    print(f"{len(corpus.sizes)} articles, {len(np.unique(corpus.clusters))} clusters, {corpus.sizes.sum():,.0f} words")
    show(null_lines(corpus), "polnear nulls")
    show(power_lines(corpus), "polnear power")
