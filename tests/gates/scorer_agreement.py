"""How far TextBlob and VADER agree on real news: `FRAMELENS_MATERIAL=… python tests/gates/scorer_agreement.py`.

PolNeAR's training articles and the seeds, by voice; and what the neutraliser changes there. No sentence is printed.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))
from scoring import read_polnear

from framelens import annotate, measure_scorer_agreement, measure_tone, read_corpus


def main() -> None:
    """Print the tables of docs/methods/tone.md."""
    material = Path(os.environ["FRAMELENS_MATERIAL"])
    for name, documents in (("PolNeAR train", read_polnear(material, "train").documents),
                            ("seeds", read_corpus(material / "seeds"))):
        found = annotate(documents.assign(outlet=name), study={"tone": {"neutralise": "events"}})
        agreement = measure_scorer_agreement(found)
        told = [f"{row.estimate:.2f} [{row.ci_low:.2f}, {row.ci_high:.2f}]" for row in agreement.itertuples()]
        told = [f"{text}, n {row.n_units:.0f}" for text, row in zip(told, agreement.itertuples(), strict=True)]
        print(f"{name}: {len(documents)} articles")
        print(agreement.assign(told=told).set_index(["measure", "voice"])["told"].unstack().to_string(), "\n")
        means = measure_tone(found, n_resamples=200).pivot_table(index="scorer", columns="voice", values="estimate")
        scores = found.sentiment.assign(zero=found.sentiment["score"] == 0)
        zero = scores.pivot_table(index="scorer", columns="voice", values="zero")
        print(pd.concat({"mean": means, "share of 0": zero}, axis=1).round(3).to_string(), "\n")


if __name__ == "__main__":
    main()
