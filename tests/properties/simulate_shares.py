"""How often intervals of shares, and of contrasts of two outlets, hold the truth where it is known.

    PYTHONPATH=analysis python tests/properties/simulate_shares.py            # print the tables
    PYTHONPATH=analysis python tests/properties/simulate_shares.py --write    # put them into docs/methods/statistics.md

Articles differ in length and in their own share or rate, as in ``simulate_intervals.py``, whose cells these are.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from framelens.stats.proportion import SHARE_METHODS
from framelens.stats.simulation import label_rate, label_share, simulate_contrasts, simulate_intervals, word_share

sys.path.insert(0, str(Path(__file__).parent))
from tables import show

SIZES = (10, 20, 50, 150)
SHARES = (*(label_share(p, 10, icc) for p in (0.02, 0.05, 0.1, 0.3, 0.5) for icc in (0.1, 0.3)), label_share(0.1, 3, 0.1),
          label_share(0.3, 6, 0.1, copies=0.5), label_share(0.1, 10, 0.1, spread=1.2), label_share(0.3, 10, 0.3, spread=1.2),
          label_share(0.3, 10, 0.1, spread=2), word_share(0.1, 8))
GROUPS = ((10, 10), (20, 20), (50, 50), (150, 150), (110, 10), (132, 792))
PAIRS = (*((cell, contrast) for cell in (label_share(0.05, 10, 0.1), label_share(0.1, 10, 0.1), label_share(0.3, 10, 0.3),
                                         label_share(0.1, 10, 0.1, spread=1.2)) for contrast in ("difference", "log odds ratio")),
         *((cell, contrast) for cell in (label_rate(2, 1), label_rate(10, 4), label_rate(10, 1), label_rate(10, 4, spread=1.2))
           for contrast in ("difference", "log ratio")))


def percent(value: float) -> str:
    """Print a share, or that there is none."""
    return "–" if np.isnan(value) else f"{value:.1%}"


def share_lines() -> Iterator[str]:
    """Write the table of shares."""
    methods = (*SHARE_METHODS, "studentised")
    yield ("| outlet | articles | two-sided | " + " | ".join(methods)
           + " | width of the first | of the last | bounds given | hold |")
    yield "| --- | --: | --: |" + " --: |" * (len(methods) + 4)
    for cell in SHARES:
        for n in SIZES:
            r = simulate_intervals(cell, n)
            yield (f"| {cell.name} | {n} | {r.given[methods[0]]:.0%} | " + " | ".join(percent(r.held[k]) for k in methods)
                   + f" | {r.width[methods[0]]:.3g} | {r.width['studentised']:.3g} | {r.given['bounds']:.1%} | "
                   + f"{percent(r.held['bounds'])} |")


def contrast_lines() -> Iterator[str]:
    """Write the table of contrasts."""
    yield "| outlets | contrast | articles | given by CR2 | **CR2 holds 0** | given by the bootstrap | studentised holds 0 |"
    yield "| --- | --- | --: | --: | --: | --: | --: |"
    for cell, contrast in PAIRS:
        for groups in GROUPS:
            r = simulate_contrasts(cell, groups, contrast=contrast)
            boot = f"{r.given['studentised']:.0%} | {percent(r.held['studentised'])}" if "studentised" in r.given else "– | –"
            what = f"{cell.name} | {contrast} | {groups[0]} : {groups[1]}"
            yield f"| {what} | {r.given['CR2']:.0%} | **{percent(r.held['CR2'])}** | {boot} |"


if __name__ == "__main__":
    show(share_lines(), "shares")
    show(contrast_lines(), "contrasts")
