"""Contrasts where nothing differs: `compare` on PolNeAR's articles, train and dev, dealt out at random, beside tests of units.

    FRAMELENS_MATERIAL=… PYTHONPATH=analysis python tests/gates/compare_nulls.py            # print the table
    FRAMELENS_MATERIAL=… PYTHONPATH=analysis python tests/gates/compare_nulls.py --write    # put it into docs/methods

Articles of one outlet, or all, become two outlets by chance. The ordinary test takes every attribution or label for an
independent draw: the z test of two shares, or of two Poisson rates. Only shares of wrong answers are printed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import norm

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "properties"))
from scoring import part, read_polnear
from tables import METHODS, show

from framelens import annotate, compare, measure_labelling, measure_sourcing, measure_tone
from framelens.annotate.bundle import Annotations
from framelens.measure._rows import MIN_RESAMPLES

DRAWS, SEED = 10, 20220108
KEY = ["measure", "zone", "voice", "group", "stance", "source_type", "side", "scorer", "target_group"]
MEASURES = (measure_sourcing, measure_labelling, measure_tone)
# articles of the first and of all; whether of each outlet or of the whole
DESIGNS = {"one outlet, 66 : 66": (66, 132, True),
           "one outlet, 20 : 20": (20, 40, True), "one outlet, 112 : 20": (112, 132, True),
           "one outlet, 110 : 10": (110, 120, True), "all, 132 : 792": (132, 924, False)}


def read_annotations(material: Path) -> Annotations:
    """Annotate all articles."""
    return annotate(pd.concat([read_polnear(material, name).documents for name in ("train", "dev")], ignore_index=True))


def draws(found: Annotations, design: str, rng: np.random.Generator) -> Iterator[Annotations]:
    """Deal articles out to two outlets that do not differ."""
    n_first, n, each = DESIGNS[design]
    documents = found.documents
    groups = [rows for _, rows in documents.groupby("outlet")] if each else [documents]
    for _ in range(DRAWS):
        for rows in groups:
            taken = rng.permutation(rows["document_id"].to_numpy(str))[:n]
            names = pd.Series("B", taken).where(np.arange(n) >= n_first, "A")
            dealt = part(found, taken)
            said = dealt.documents.assign(outlet=dealt.documents["document_id"].map(names))
            yield Annotations({**dealt.tables, "documents": said}, dealt.about)


def unit_tests(found: Annotations, measure: Callable[..., pd.DataFrame]) -> pd.Series:
    """Return the p of the ordinary test of each share and rate of attributions or labels, by the columns that name it."""
    told = measure(found, n_resamples=MIN_RESAMPLES)
    counted = told["unit"].isin(["share", "per 1,000 words"])  # a mean has no such test, and nobody takes words for draws
    told = told[counted & ~told["measure"].str.contains("words_share")].set_index(KEY)
    a, b = (told[told["outlet"] == name] for name in "AB")
    b = b.reindex(a.index)
    n_a, n_b = a["n_units"].astype(float), b["n_units"].astype(float)
    share = a["unit"] == "share"
    pooled = (a["estimate"] * n_a + b["estimate"] * n_b) / (n_a + n_b)
    pooled = pooled.clip(0, 1)  # sums of floats
    z_share = (a["estimate"] - b["estimate"]) / np.sqrt(pooled * (1 - pooled) * (1 / n_a + 1 / n_b))
    exposed_a, exposed_b = n_a / a["estimate"], n_b / b["estimate"]
    rate = (n_a + n_b) / (exposed_a + exposed_b)
    z_rate = (a["estimate"] - b["estimate"]) / np.sqrt(rate * (1 / exposed_a + 1 / exposed_b))
    return pd.Series(2 * norm.sf(z_share.where(share, z_rate).abs()), a.index)


def lines(found: Annotations) -> Iterator[str]:
    """Write the table."""
    yield "| articles | measure | comparisons | tests each | **p ≤ .05** | any Holm | any BH | of units: p ≤ .05 | any Holm |"
    yield "| --- | --- | --: | --: | --: | --: | --: | --: | --: |"
    for design in DESIGNS:
        rng = np.random.default_rng([SEED, *design.encode()])
        rows: dict[str, list[tuple[float, ...]]] = {measure.__name__: [] for measure in MEASURES}
        for dealt in draws(found, design, rng):
            for measure in MEASURES:
                rows[measure.__name__].append(one(dealt, measure))
        for name, values in rows.items():
            tested, wrong, holm, bh, plain_tested, plain, plain_holm = np.array(values, float).T
            many = tested.sum() > 0
            ordinary = f"{plain.sum() / plain_tested.sum():.1%} | {np.mean(plain_holm):.1%}" if plain_tested.sum() else "– | –"
            ours = f"**{wrong.sum() / tested.sum():.1%}** | {holm.mean():.1%} | {bh.mean():.1%}" if many else "– | – | –"
            yield f"| {design} | `{name}` | {len(values)} | {tested.mean():.1f} | {ours} | {ordinary} |"


def one(dealt: Annotations, measure: Callable[..., pd.DataFrame]) -> tuple[float, ...]:
    """Count tests, wrong ones, whether Holm or BH leaves any, and the same of the ordinary tests of the same numbers."""
    ours = compare(dealt, measure).set_index(KEY)
    ours = ours[ours["p_value"].notna()]
    bh = compare(dealt, measure, adjust="fdr_bh")["q_value"]
    plain = unit_tests(dealt, measure).reindex(ours.index).dropna()
    return (len(ours), (ours["p_value"] <= 0.05).sum(), (ours["q_value"] <= 0.05).any(), (bh <= 0.05).any(),
            len(plain), (plain <= 0.05).sum(), (plain * len(plain) <= 0.05).any())


if __name__ == "__main__":
    folder = os.environ.get("FRAMELENS_MATERIAL")
    if not folder:
        sys.exit("Set FRAMELENS_MATERIAL to the folder of the development texts.")
    show(lines(read_annotations(Path(folder))), "polnear contrasts", METHODS / "comparisons.md")
