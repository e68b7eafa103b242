"""The tests of all contrasts of a call, adjusted together; and the same where nothing differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framelens.errors import FramelensError
from framelens.measure._rows import Floats
from framelens.measure.keyness.articles import Contrast, Sample
from framelens.stats._checks import flag, whole
from framelens.stats.keyness import METHODS, KeynessTest, deal_out, keyness_test
from framelens.stats.multiplicity import adjust

__all__ = ["MIN_DOCUMENTS", "Found", "Settings", "check_settings", "null_rows", "test_all"]

MIN_DOCUMENTS = 3  # articles of a contrast that hold a term, below which it is left out
KEY = 0.05  # q at which a term is counted as a keyword by the null check


@dataclass(frozen=True)
class Settings:
    """What is to be done."""

    method: str
    allow_small_n: bool
    seed: int
    options: Mapping[str, Any]

    @property
    def measure(self) -> str:
        """The name of the measure: of other methods with theirs, so that results of several can share a table."""
        return "keyness" if self.method == "permutation" else f"keyness_{self.method}"


@dataclass(frozen=True)
class Found:
    """What the test of one contrast found in the terms that stand in enough articles; no test where there is none."""

    sample: Sample
    kept: NDArray[np.intp]
    test: KeynessTest | None
    q: Floats


def check_settings(method: str, options: Mapping[str, Any]) -> Settings:
    """Sort the options into ours and those of the method; refuse others."""
    if method not in METHODS:
        raise FramelensError(f"method is one of {', '.join(METHODS)}, not {method!r}.")
    own = {name: value for name, value in options.items() if name not in ("allow_small_n", "seed")}
    unknown = sorted(set(own) - set(METHODS[method]))
    if unknown:
        raise FramelensError(f"{unknown[0]!r} is no option of measure_keyness with method={method!r}. Allowed: "
                             f"{', '.join(['allow_small_n', 'seed', *METHODS[method]])}.")
    return Settings(method, flag("allow_small_n", options.get("allow_small_n", False)), whole("seed", options.get("seed", 0), 0),
                    own)


def test_all(samples: Sequence[Sample], settings: Settings) -> list[Found]:
    """Test every contrast, and adjust over all of them together."""
    found: list[tuple[NDArray[np.intp], KeynessTest | None]] = []
    for sample in samples:
        held = np.bincount(sample.counts.tocoo().col, minlength=sample.counts.shape[1])
        kept = np.flatnonzero(held >= MIN_DOCUMENTS)
        if sample.empty or not len(kept):
            found.append((kept[:0], None))
            continue
        found.append((kept, keyness_test(
            sample.counts[:, kept], sample.words, sample.side, clusters=sample.clusters, method=settings.method,
            allow_small_n=settings.allow_small_n, seed=settings.seed, options=settings.options)))
    q = adjust(np.concatenate([np.empty(0), *(test.p_bh for _, test in found if test)]), "fdr_bh")
    parts = np.split(q, np.cumsum([len(kept) for kept, _ in found]))[:-1]  # behind the last end there is nothing
    return [Found(sample, kept, test, part) for sample, (kept, test), part in zip(samples, found, parts, strict=True)]


def null_rows(contrasts: Sequence[Contrast], found: Sequence[Found], draws: int, settings: Settings) -> list[pd.DataFrame]:
    """Repeat the test on articles dealt out at random, and say what it finds there: two rows a contrast."""
    able = [i for i, f in enumerate(found) if f.test is not None]
    keys, low, tests = (np.zeros((draws, len(found))) for _ in range(3))
    for draw in range(draws):
        again = replace(settings, seed=int(np.random.default_rng([settings.seed, draw]).integers(1 << 31)))
        dealt = [_deal(found[i], again.seed) for i in able]
        for i, null in zip(able, test_all(dealt, again), strict=True):
            p = null.test.p if null.test else np.empty(0)
            keys[draw, i], low[draw, i], tests[draw, i] = (null.q <= KEY).sum(), (p <= KEY).sum(), np.isfinite(p).sum()
    rows = []
    for i, (contrast, f) in enumerate(zip(contrasts, found, strict=True)):
        n, method = tests[:, i].sum(), f.test.method if f.test else settings.method
        note = (f"Where nothing differs: any term with q ≤ {KEY:g} in {(keys[:, i] > 0).sum()} of {draws} draws, "
                f"{tests[:, i].mean():,.0f} terms tested in each. In the articles as they are: {(f.q <= KEY).sum()}.")
        row = {"outlet": contrast.target, "reference": contrast.reference, "contrast": contrast.name, "seed": settings.seed,
               "method": f"{method}; articles dealt out at random, {draws} draws",
               "note": note if n else "Nothing is tested where articles are dealt out at random."}
        shares = (("null", "terms", keys[:, i].mean(), keys[:, i].sum()), ("null_share", "share", low[:, i].sum() / max(n, 1), n))
        rows.append(pd.DataFrame([{**row, "measure": f"{settings.measure}_{name}", "unit": unit, "n_units": units,
                                   "estimate": value if n else np.nan} for name, unit, value, units in shares]))
    return rows


def _deal(found: Found, seed: int) -> Sample:
    """Deal the articles of a contrast out at random, the same way whatever other contrasts and rarer terms there are."""
    sample = found.sample
    return Sample(*deal_out(sample.counts[:, found.kept], sample.words, sample.side, sample.clusters,
                            np.random.default_rng(seed)), sample.clusters)
