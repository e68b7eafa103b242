"""How well reported numbers are found: the table of docs/methods/facts.md.

    python tests/gates/facts.py                                      # print it; --write puts it into the page
    FRAMELENS_MATERIAL=folder python tests/gates/facts.py --write    # with the five real articles, which the page shows
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd
import scoring

from framelens import io, measure_accuracy
from framelens.annotate.bundle import Annotations
from framelens.pipeline import annotate
from report import value

MARKS = scoring.KNOWN / "facts"
PARALLEL = scoring.KNOWN / "parallel"
PAGE = Path(__file__).parents[2] / "docs" / "methods" / "facts.md"
BEGIN, END = "<!-- accuracy: python tests/gates/facts.py --write -->\n", "<!-- end -->"
SETS = {"world_g": "invented world news, set g (not read)", "seeds": "five real articles (not read)",
        "parallel": "three invented events (read)", "second": "second reader of the three events"}
NUMBERS = {"precision": "fact_precision", "recall": "fact_recall", "value": "fact_value_accuracy", "hedge": "fact_hedge_accuracy",
           "part": "fact_part_accuracy"}
UNMARKED = {"parallel": ("part",), "second": ("part",)}  # what these marks do not say
MISSING = "–"


@cache
def read_parallel() -> pd.DataFrame:
    """Read the articles of the three invented events."""
    corpus = io.read_csv(PARALLEL / "corpus.csv")
    return corpus.assign(text=[io.read_text(PARALLEL / "texts" / f"{d}.txt") for d in corpus["document_id"]])


def read_marks(name: str, documents: pd.DataFrame) -> Annotations:
    """Read a reader's marks of reported numbers."""
    rows = io.read_csv(MARKS / f"{name}.csv").astype({"start": int, "end": int, "value": float, "value_high": float})
    rows = rows.assign(part=rows["part"] == "True", hedge=rows["hedge"].str.lower())
    return Annotations({"documents": documents.reset_index(drop=True), "facts": rows})


@cache
def measure(name: str) -> pd.DataFrame | None:
    """Measure framelens, or the second reader, against the marks of a set; None where the texts are not there."""
    if name == "world_g":
        return measure_accuracy(scoring.annotate_world(), read_marks(name, scoring.read_world("g").documents))
    if name == "seeds":
        material = os.environ.get("FRAMELENS_MATERIAL")
        if not material:
            return None
        found = scoring.annotate_seeds(Path(material))
        return measure_accuracy(found, read_marks(name, found.documents))
    documents = read_parallel()
    found = read_marks("parallel_second", documents) if name == "second" else annotate(documents)
    return measure_accuracy(found, read_marks("parallel", documents))


def lines() -> Iterator[str]:
    """Write the table, a row for each set whose texts are there."""
    yield f"| | numbers marked | {' | '.join(NUMBERS)} |"
    yield f"| --- | --: |{' --: |' * len(NUMBERS)}"
    for name, title in SETS.items():
        found = measure(name)
        if found is not None:
            row = found[(found["measure"] == "fact_recall") & found["fact"].isna()].iloc[0]
            cells = [MISSING if label in UNMARKED.get(name, ()) else _number(found, column) for label, column in NUMBERS.items()]
            yield f"| {title} | {row['n_units']:.0f} | {' | '.join(cells)} |"


def _number(found: pd.DataFrame, column: str) -> str:
    return f"{value(found, column):.3f}".removeprefix("0")


def main(write: bool) -> None:
    """Print the table, or put it into the page."""
    table = "\n".join(lines()) + "\n"
    if not write:
        print(table, end="")
        return
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    PAGE.write_text(before + BEGIN + table + END + rest.partition(END)[2], encoding="utf-8")


if __name__ == "__main__":
    import sys

    main("--write" in sys.argv)
