"""One conclusion under every choice: on the invented demonstration and on PolNeAR train, each outlet against the others.

    FRAMELENS_MATERIAL=… PYTHONPATH=analysis python tests/gates/multiverse.py            # print the tables
    FRAMELENS_MATERIAL=… PYTHONPATH=analysis python tests/gates/multiverse.py --write    # put them into docs/methods

Who is compared was settled before any multiverse was made: the outlet of which one would expect it, against every other.
Only counts and names of outlets are printed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "properties"))
from scoring import annotate_demo, read_polnear
from tables import METHODS, show

from framelens.annotate.bundle import Annotations
from framelens.measure.balance import measure_balance
from framelens.measure.multiverse import measure_multiverse
from framelens.pipeline import annotate

DOCUMENT = METHODS / "labelling.md"
OWN = ("voice=narrator", "voice=narrator+indirect")


@dataclass(frozen=True)
class Question:
    """Whose labels of a group are asked for: one outlet against each other."""

    corpus: str
    annotations: Annotations
    outlet: str
    group: str

    def multiverses(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Make a multiverse against every other outlet, by name."""
        only = {"measure": "label_choice_share", "zone": "body", "group": self.group, "stance": "delegitimising"}
        for other in sorted(set(self.annotations.documents["outlet"].astype(str)) - {self.outlet}):
            yield other, measure_multiverse(self.annotations, measure_balance, sides=(self.outlet, other), only=only)


def read_questions(material: Path) -> Iterator[Question]:
    """Ask both: of the demonstration with `protest`, of PolNeAR train with `migration`."""
    yield Question("demo", annotate_demo(), "Maravel Herald", "protesters")
    train = annotate(read_polnear(material, "train").documents, "migration")
    yield Question("PolNeAR train", train, "breitbart", "migrants")


def lines(questions: Iterator[Question]) -> Iterator[str]:
    """Write a row for each two outlets: default, range, voices, agreement, tests."""
    yield ("| corpus, group | contrast | specifications | default | lowest | highest | narrator | and indirect | same side | "
           "tested, p ≤ .05 | p ≤ .05, other side |")
    yield "| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |"
    for question in questions:
        for other, table in question.multiverses():
            curve = table[~table["measure"].str.startswith("multiverse_")]
            median = table[table["measure"] == "multiverse_median"].set_index("spec")["estimate"]
            of = table.drop_duplicates("measure").set_index("measure")
            same, tested = of.loc["multiverse_same_direction"], of.loc["multiverse_significant"]
            reversed_ = of.loc["multiverse_reversed", "estimate"]
            voices = " | ".join(number(median.get(voice)) for voice in OWN)
            p = f"{tested['n_units']:.0f}, {tested['estimate'] * tested['n_units']:.0f}" if tested["n_units"] else "0"
            back = f"{reversed_ * tested['n_units']:.0f}" if tested["n_units"] else "–"
            yield (f"| {question.corpus}, {question.group} | {question.outlet} minus {other} | "
                   f"{of.loc['multiverse_count', 'estimate']:.0f} | {number(of.loc['multiverse_default', 'estimate'])} | "
                   f"{number(curve['estimate'].min())} | {number(curve['estimate'].max())} | {voices} | "
                   f"{number(same['estimate'], '.0%')} | {p} | {back} |")


def number(value: float | None, form: str = "+.2f") -> str:
    """Write a number, or a dash where there is none."""
    return "–" if value is None or pd.isna(value) else format(value, form)


if __name__ == "__main__":
    folder = os.environ.get("FRAMELENS_MATERIAL")
    if not folder:
        sys.exit("Set FRAMELENS_MATERIAL to the folder of the development texts.")
    show(lines(read_questions(Path(folder))), "multiverses", DOCUMENT)
