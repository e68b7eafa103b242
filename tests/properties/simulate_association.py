"""How often a clustered log ratio finds a difference where there is none, and how often alpha's interval holds the truth.

    PYTHONPATH=analysis python tests/properties/simulate_association.py            # print the tables
    PYTHONPATH=analysis python tests/properties/simulate_association.py --write    # put them into docs/methods/association.md

Both groups have the same rate; each article has its own (gamma, variance half its squared mean) and its own length. Coders copy a
unit's true value with probability q and else draw one from the values' distribution, so that nominal alpha is q² in truth.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from framelens.stats.agreement import krippendorff_alpha
from framelens.stats.association import VARIANCES, clustered_log_ratio, log_likelihood

TERMS, CORPORA, TRIALS, RESAMPLES, SEED = 500, 40, 1000, 1000, 20220105
GROUPS = ((10, 10), (30, 30), (100, 100), (110, 10))
SPREADS, RATES = (0.0, 0.7), (2, 20)
CODERS = ((30, 2, 0.9, (0.3, 0.7)), (50, 2, 0.8, (0.5, 0.5)), (50, 3, 0.8, (0.2, 0.3, 0.5)), (100, 3, 0.6, (0.1, 0.9)),
          (200, 4, 0.7, (0.05, 0.15, 0.8)))
DOCUMENT = Path(__file__).parents[2] / "docs" / "methods" / "association.md"
BEGIN, END = "<!-- simulation: begin -->", "<!-- simulation: end -->"


def false_positives(groups: tuple[int, int], spread: float, per_1000: float, *, corpora: int = CORPORA) -> dict[str, float]:
    """Share of p below .05 of each variance and of G², where it is given, in corpora of unlike article lengths."""
    rng = np.random.default_rng([SEED, *groups, int(10 * spread), int(per_1000)])
    first = groups[0]
    found: dict[str, list[float]] = {name: [] for name in (*VARIANCES, "G2")}
    for _ in range(corpora):
        sizes = np.round(600 * np.exp(rng.normal(0, spread, sum(groups)))) + 20
        counts = rng.poisson(per_1000 / 1000 * sizes[:, None] * rng.gamma(2, 0.5, (len(sizes), TERMS)))
        counts = np.minimum(counts, sizes[:, None])
        a, b = (counts[:first], sizes[:first]), (counts[first:], sizes[first:])
        for name in VARIANCES:
            found[name].append(clustered_log_ratio(*a, *b, variance=name).p)
        found["G2"].append(log_likelihood(a[0].sum(0), b[0].sum(0), total_a=a[1].sum(), total_b=b[1].sum()).p)
    return {name: float(np.mean(p[np.isfinite(p)] < 0.05)) for name, p in ((k, np.concatenate(v)) for k, v in found.items())}


def coverage(units: int, coders: int, copied: float, shares: tuple[float, ...], *, trials: int = TRIALS) -> tuple[float, float]:
    """Share of trials with an interval, and of these how many hold q²."""
    rng = np.random.default_rng([SEED, units, coders, int(100 * copied)])
    held = []
    for trial in range(trials):
        truth, guess = rng.choice(len(shares), units, p=shares), rng.choice(len(shares), (coders, units), p=shares)
        codings = np.where(rng.random((coders, units)) < copied, truth, guess)
        result = krippendorff_alpha(codings, "nominal", n_resamples=RESAMPLES, seed=trial)
        if not result.reason:
            held.append(result.ci_low <= copied**2 <= result.ci_high)
    return len(held) / trials, float(np.mean(held))


def lines() -> Iterator[str]:
    """Write both tables."""
    yield f"| articles | log length SD | per 1,000 words | {' | '.join(VARIANCES)} | G² |"
    yield "| --- | --: | --: |" + " --: |" * (len(VARIANCES) + 1)
    for groups in GROUPS:
        for spread in SPREADS:
            for rate in RATES:
                shares = " | ".join(f"{share:.1%}" for share in false_positives(groups, spread, rate).values())
                yield f"| {groups[0]} : {groups[1]} | {spread:g} | {rate} | {shares} |"
    yield ""
    yield "| units | coders | q | shares of the values | alpha | given | coverage |"
    yield "| --: | --: | --: | --- | --: | --: | --: |"
    for cell in CODERS:
        given, held = coverage(*cell)
        units, coders, copied, shares = cell
        values = ", ".join(f"{share:g}" for share in shares)
        yield f"| {units} | {coders} | {copied:g} | {values} | {copied**2:.2f} | {given:.0%} | {held:.1%} |"


def main() -> None:
    """Print the tables, or write them between their marks in the document."""
    tables = "\n".join(lines())
    if "--write" not in sys.argv[1:]:
        print(tables)
        return
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    DOCUMENT.write_text(f"{before}{BEGIN}\n{tables}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
