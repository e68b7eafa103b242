"""Keyness: which words one outlet uses more than another, with articles and their copies as the unit of chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framelens.errors import FramelensError
from framelens.measure._rows import LEVEL, Floats, finish
from framelens.measure.keyness.articles import REST, Articles, Contrast, Sample, find_contrasts, read_articles
from framelens.measure.keyness.compare import MIN_DOCUMENTS, Found, Settings, check_settings, null_rows, test_all
from framelens.stats.dispersion import deviation_of_proportions
from framelens.stats.keyness import LOG_RATIO
from framelens.stats.proportion import share_intervals

__all__ = ["measure_keyness"]

DRAWS = 20  # of the null check
OTHER_WAY = "The estimate, of all words together and with half a hit for none, points the other way."
_BLOCK = 512  # terms that are laid out in full at a time


def measure_keyness(term_counts: pd.DataFrame, documents: pd.DataFrame, target: str | None = None,
                    reference: str | None = None, *, voice: str | None = None, method: str = "permutation",
                    tables: Mapping[str, pd.DataFrame] | None = None, null_check: bool | int = False,
                    **options: Any) -> pd.DataFrame:
    r"""Measure which terms an outlet uses at another rate than others do, one row a term and contrast.

    ``estimate`` is the log2 rate ratio: 1 is twice as often in ``outlet`` as in ``reference``, −1 half as often, and
    ``more_in`` says in words which of them uses the term more, by the test. To list the keywords of an outlet, take the rows
    whose ``more_in`` is its name and whose ``q_value`` is .05 or less.

    Parameters
    ----------
    term_counts : DataFrame
        ``term_counts``; body and headline count together. It may hold common terms only, as framelens' own does.
    documents : DataFrame
        ``documents``: document_id, outlet, exclusion_reason. To compare by another column, put it into ``outlet``.
    target, reference : str, optional
        Outlets. Without a reference the target stands against all others together ("the rest"), with ``"pairwise"``
        against each of them. Without a target every outlet takes its turn; of two outlets this is one contrast.
    voice : {"narrator", "direct", "indirect"}, optional
        Only words of that voice, and rates per word of that voice; all words together by default.
    method : str
        A test of :func:`framelens.stats.keyness.keyness_test`. The default is calibrated where articles differ in number
        and length; tests that take words for independent draws (``log_likelihood``, ``chi_squared``, ``log_odds``) are
        done only if named, and the note of each row warns of them.
    tables : mapping of table name to DataFrame, optional
        ``sizes`` (the words of each article, by voice: the denominators) and ``copies`` (which articles are one cluster);
        others in it do not matter, so ``annotations.tables`` will do. Without sizes the sums of ``term_counts`` are
        taken, which must then hold every word. Without copies each article is a cluster of its own.
    null_check : bool or int
        Deal the articles out at random (20 times, or as often as is said), to groups of the real number and length of
        articles, and repeat the whole test there, where nothing differs.
    **options
        ``allow_small_n`` (False): test also where simulation says that the test fails, and say so in the note. ``seed``
        (0). Options of the method: ``n_resamples`` (10,000) of the permutation; of the others those of the function
        of that name, such as ``prior="convokit"``, ``correction="quanteda"``, ``cells="two"``.

    Returns
    -------
    DataFrame
        ``estimates``, for each contrast the lowest q first. ``measure`` is "keyness" (of another method with its name, as
        in "keyness_log_likelihood"); ``contrast`` is "A against B", A being ``outlet`` and B ``reference``.

        * ``estimate``, ``ci_low``, ``ci_high``: see above. Of the permutation the rates weigh articles by how bursty the
          term is; of ``log_odds`` the unit is the natural log odds ratio.
        * ``p_value``; ``q_value`` by Benjamini and Hochberg over all that the call tested, which ``family`` names.
        * ``n_units``, ``n_reference``: hits in the outlet and in the reference; ``n_documents``, ``n_clusters``: articles
          and clusters of the contrast that hold the term, at least 3 articles.
        * ``dispersion``: Gries' DP over the articles of the side that uses the term more.
        * Where nothing is tested, the method is "description", there are counts only, and the note says why. Where one side
          has no hit, the note bounds the share of its articles that hold the term.

        With ``null_check`` two rows a contrast more: ``keyness_null``, the mean number of terms with q ≤ .05 where nothing
        differs, and ``keyness_null_share``, the share of all terms tested there that have p ≤ .05.

    Raises
    ------
    SchemaError
        A table is not as declared, tables contradict one another, an outlet or voice is unknown, or the words of the
        articles cannot be known.
    FramelensError
        The method or an option is unknown or not allowed.

    Notes
    -----
    Fewer than 10 clusters of one side alone: counts only. Copies are one cluster; a cluster with articles on both sides
    says nothing of how they differ and does not count. See ``docs/methods/keyness.md`` for what is refused and how often the
    tests err, :func:`framelens.stats.permutation.permutation_test` for the default.

    Examples
    --------
    Ten articles of 300 words with "mob" three or four times, ten with it once or twice:

    >>> ids = [f"a{i:02}" for i in range(20)]
    >>> counts = pd.DataFrame({"document_id": ids, "zone": "body", "voice": "narrator", "term": "mob",
    ...                        "count": [3] * 5 + [4] * 5 + [1] * 8 + [2] * 2})
    >>> documents = pd.DataFrame({"document_id": ids, "outlet": ["Herald"] * 10 + ["Post"] * 10})
    >>> sizes = pd.DataFrame({"document_id": ids, "zone": "body", "voice": "narrator", "n_words": 300, "n_sentences": 15})
    >>> row = measure_keyness(counts, documents, "Herald", "Post", tables={"sizes": sizes}).iloc[0]
    >>> row["contrast"], row["more_in"], float(row["n_units"]), float(row["n_reference"])
    ('Herald against Post', 'Herald', 35.0, 12.0)
    >>> round(float(row["estimate"]), 2), float(row["p_value"]) < 0.001
    (1.51, True)
    """
    settings = check_settings(method, options)
    draws = DRAWS * null_check if isinstance(null_check, bool | np.bool_) else null_check
    if not isinstance(draws, int | np.integer) or draws < 0:
        raise FramelensError(f"null_check is True, False or a number of draws, not {null_check!r}.")
    articles = read_articles(term_counts, documents, voice, {} if tables is None else tables, settings.seed)
    contrasts = find_contrasts(articles, target, reference)
    found = test_all([articles.take(contrast) for contrast in contrasts], settings)
    tests = sum(int(np.isfinite(f.q).sum()) for f in found)
    plural = "s" if len(contrasts) > 1 else ""
    family = f"{settings.measure}{f', {voice}' if voice else ''}: {tests:,} tests in {len(contrasts)} contrast{plural}"
    rows = [_term_rows(articles, contrast, f, settings, family) for contrast, f in zip(contrasts, found, strict=True)]
    if draws:
        rows += null_rows(contrasts, found, draws, settings)
    return finish([row.assign(voice=voice, corrected=False, validated=False) for row in rows])


def _term_rows(articles: Articles, contrast: Contrast, found: Found, settings: Settings, family: str) -> pd.DataFrame:
    """Make the rows of one contrast; one that says why where there is nothing to compare."""
    sample, test, n = found.sample, found.test, len(found.kept)
    names = {"measure": settings.measure, "outlet": contrast.target, "reference": contrast.reference, "contrast": contrast.name}
    excluded = [f"{name}: {said}" for name, said in articles.frame.units["note"].items()
                if said and (contrast.reference == REST or name in (contrast.target, contrast.reference))]
    if test is None:
        why = "a side has no words" if sample.empty else f"no term stands in {MIN_DOCUMENTS} articles"
        note = " ".join([f"Nothing to compare: {why}.", *articles.notes, *excluded])
        return pd.DataFrame([{**names, "unit": LOG_RATIO, "method": "description", "note": note}])
    counts = sample.counts[:, found.kept]
    hits = [np.asarray(counts[half].sum(0)).ravel() for half in (sample.side, ~sample.side)]
    words = [sample.words[half].sum() for half in (sample.side, ~sample.side)]
    tested = np.isfinite(test.p)
    spread = [_dispersion(counts[half], sample.words[half]) for half in (sample.side, ~sample.side)]
    raw = hits[0] * words[1] > hits[1] * words[0]
    more = np.where(tested, test.direction > 0, raw)
    given = np.isfinite(test.low)
    side = pd.Series(np.where(more, contrast.target, contrast.reference), dtype=object)
    rows = pd.DataFrame({
        "unit": test.unit, "term": articles.terms[found.kept], "estimate": test.estimate, "ci_low": test.low,
        "ci_high": test.high, "ci_level": np.where(given, LEVEL, np.nan),
        "more_in": side.where(tested & (test.direction != 0), None),
        "n_documents": np.bincount(counts.tocoo().col, minlength=n), "n_clusters": test.n_clusters,
        "n_units": hits[0], "n_reference": hits[1], "dispersion": np.where(more, *spread), "statistic": test.statistic,
        "p_value": test.p, "q_value": found.q, "family": pd.Series([family] * n, dtype=object).where(tested, None),
        "method": np.where(tested, test.method, "description"),
        "seed": np.where(tested & (settings.method == "permutation"), float(settings.seed), np.nan),
        "note": _notes(contrast, found, hits, [*articles.notes, *excluded]),
    }).assign(**names)
    order = np.lexsort([rows["term"].to_numpy(str), -(hits[0] + hits[1]), -np.abs(np.nan_to_num(test.statistic)),
                        np.nan_to_num(found.q, nan=2.0)])
    return rows.iloc[order]


def _dispersion(counts: sparse.csr_array, words: Floats) -> Floats:
    """Gries' DP of each term over the articles of one side; NaN where it has none."""
    columns = counts.tocsc()
    blocks = [np.asarray(deviation_of_proportions(columns[:, first:first + _BLOCK].toarray(), words))
              for first in range(0, columns.shape[1], _BLOCK)]
    return np.concatenate(blocks)


def _notes(contrast: Contrast, found: Found, hits: Sequence[Floats], corpus: Sequence[str]) -> list[str]:
    """Write what a reader of each row must know."""
    sample, test = found.sample, found.test
    assert test is not None
    one, other, both = test.clusters
    sides = (contrast.target, sample.side), (contrast.reference, ~sample.side)
    words = " against ".join(f"{sample.words[half].sum():,.0f}" for _, half in sides)
    about = f"Words: {words}; clusters: {one} against {other}{f', {both} in both' if both else ''}."
    absent = [_bound(name, sample, half) for name, half in sides]
    method = f"Mind: {test.warning}." if test.warning else ""
    width = f"No interval: {test.interval_reason}." if test.interval_reason else ""
    notes = []
    for j, reason in enumerate(test.reason):
        tested = np.isfinite(test.p[j])
        why = f"Tested in spite of: {reason}; p may be too small." if tested else f"Counts only: {reason}."
        turned = OTHER_WAY if test.estimate[j] * test.direction[j] < 0 else ""
        said = [why if reason else "", *([method, turned, width if np.isnan(test.low[j]) else ""] if tested else []),
                *(text for text, count in zip(absent, hits, strict=True) if count[j] == 0), about, *corpus]
        notes.append(" ".join(part for part in said if part))
    return notes


def _bound(name: str, sample: Sample, half: NDArray[np.bool_]) -> str:
    """Say how many of the articles of a side without a hit may still hold the term: the rule of three over clusters."""
    clusters = np.unique(sample.clusters[half], return_inverse=True)[1]
    words = np.bincount(clusters, sample.words[half])
    most = share_intervals(np.zeros(len(words)), words, level=LEVEL).high[0]
    return f"No hit in {name}: at {LEVEL:.0%} up to {most:.0%} of its articles may hold the term."
