"""How well the referent of labels is told, against readers' marks: ``python tests/gates/referents.py --write``."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pandas as pd
import scoring

from framelens import io
from framelens.stats.bootstrap import ratio_intervals

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "methods" / "labelling.md"
OWN = "own event"


@cache
def pair_referents() -> pd.DataFrame:
    """Return each marked label that is found (the nearest of its group at the same place), with both referents."""
    marks = io.read_csv(scoring.KNOWN / "referent" / "demo.csv").astype({"start": int, "end": int})
    gold = scoring.read_demo().mentions[["document_id", "start", "end", "group"]]
    marks = marks.merge(gold, on=["document_id", "start", "end"], validate="one_to_one")
    ours = scoring.annotate_demo().mentions[["document_id", "start", "end", "group", "referent"]]
    pairs = marks.merge(ours, on=["document_id", "group"], suffixes=("", "_found"))
    pairs = pairs[(pairs["start_found"] < pairs["end"]) & (pairs["start"] < pairs["end_found"])]
    pairs = pairs.drop_duplicates(["document_id", "start", "end", "group"])
    return pairs.assign(referent_found=pairs["referent_found"].fillna("")).reset_index(drop=True)


def measure_referents() -> pd.DataFrame:
    """Return precision, recall and agreement with 95 % intervals over articles."""
    pairs = pair_referents()
    marked, found = pairs["referent"] == OWN, pairs["referent_found"] == OWN
    rows = []
    own, rest = marked & found, ~marked & ~found
    for measure, hit, of in (("precision of own event", own, found), ("recall of own event", own, marked),
                             ("precision of the rest", rest, ~found), ("recall of the rest", rest, ~marked)):
        sums = pd.DataFrame({"hit": hit, "of": of}).groupby(pairs["document_id"]).sum()
        boot = ratio_intervals(sums[["hit"]].to_numpy(float), sums[["of"]].to_numpy(float), method="percentile", scale="share")
        rows.append((measure, int(hit.sum()), int(of.sum()), boot.estimate[0], boot.low[0], boot.high[0], boot.reason[0]))
    return pd.DataFrame(rows, columns=["measure", "hits", "of", "estimate", "low", "high", "reason"])


def write_table(measured: pd.DataFrame) -> str:
    """Write the table of the page."""
    lines = ["| | right | of | share | 95 % |", "| --- | ---: | ---: | ---: | --- |"]
    for row in measured.itertuples():
        interval = row.reason or f"{row.low:.2f} to {row.high:.2f}"
        lines.append(f"| {row.measure} | {row.hits} | {row.of} | {row.estimate:.2f} | {interval} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tests" / "properties"))
    import tables

    tables.show(write_table(measure_referents()).splitlines(), "referent", PAGE)
