"""One conclusion under every choice: on the invented demonstration and on PolNeAR train, each outlet against the others.

    FRAMELENS_MATERIAL=… PYTHONPATH=analysis python tests/gates/multiverse.py            # print the tables
    FRAMELENS_MATERIAL=… PYTHONPATH=analysis python tests/gates/multiverse.py --write    # put them into docs/methods

The outlet of which one would expect more delegitimising labels stands against every other, so that no pair is picked.
Only counts and names of outlets are printed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
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


def lines(questions: Iterable[Question]) -> Iterator[str]:
    """Write a row for each two outlets: default, range, voices, agreement, tests."""
    heads = ("corpus, group", "contrast", "specifications", "labels, default", "default", "lowest", "highest", "narrator",
             "and indirect", "same side", "tested", "p ≤ .05, same side", "p ≤ .05, other side")
    yield f"| {' | '.join(heads)} |"
    yield f"| --- | --- |{' --: |' * (len(heads) - 2)}"
    for question in questions:
        for other, table in question.multiverses():
            curve = table[~table["measure"].str.startswith("multiverse_")]
            median = table[table["measure"] == "multiverse_median"].set_index("spec")["estimate"]
            of = table.drop_duplicates("measure").set_index("measure")
            tested = int(of.loc["multiverse_significant", "n_units"])
            hits = [f"{of.loc[f'multiverse_{name}', 'estimate'] * tested:.0f}" if tested else "–"
                    for name in ("significant", "reversed")]
            default = of.loc["multiverse_default"]
            cells = [f"{question.corpus}, {question.group}", f"{question.outlet} minus {other}",
                     f"{of.loc['multiverse_count', 'estimate']:.0f}", f"{default['n_units']:.0f}",
                     *map(number, [default["estimate"], curve["estimate"].min(), curve["estimate"].max(), *map(median.get, OWN)]),
                     number(of.loc["multiverse_same_direction", "estimate"], ".0%"), f"{tested}", *hits]
            yield f"| {' | '.join(cells)} |"


def number(value: float | None, form: str = "+.2f") -> str:
    """Write a number, or a dash where there is none."""
    return "–" if value is None or pd.isna(value) else format(value, form)


if __name__ == "__main__":
    folder = os.environ.get("FRAMELENS_MATERIAL")
    if not folder:
        sys.exit("Set FRAMELENS_MATERIAL to the folder of the development texts.")
    show(lines(read_questions(Path(folder))), "multiverses", DOCUMENT)
