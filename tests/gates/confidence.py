"""How often each rule is right on PolNeAR train: made into the packaged table that fills ``attributions.confidence``.

    FRAMELENS_MATERIAL=… python tests/gates/confidence.py > analysis/framelens/lexicons/rules.csv
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from scoring import annotate_polnear, read_polnear

from framelens.measure._spans import find_corpus, pair_contents, read_said

LEAST = 30  # so many attributions of a rule and kind stand for themselves; fewer are counted with the rule's other kinds
PRIOR = 10  # so many of average rightness are added to a rule, so that a small number says little
Counts = Counter[tuple[str, str]]


def count(material: Path, compartment: str) -> tuple[Counts, Counts]:
    """Count outermost attributions by rule and kind: those made, and those whose content people marked too."""
    gold = read_polnear(material, compartment)
    found = annotate_polnear(gold)
    corpus = find_corpus(found, gold)
    ours, theirs = (read_said(side, corpus, 1, False, name)[0] for side, name in ((found, "predicted"), (gold, "gold")))
    made, right = Counter(), Counter()
    for document_id, said in ours.items():
        paired = {j for _, j in pair_contents(theirs.get(document_id, []), said)}
        for number, attribution in enumerate(said):
            for kind in (attribution.row["kind"], ""):
                made[attribution.row["rule"], kind] += 1
                right[attribution.row["rule"], kind] += number in paired
    return made, right


def table(made: Counts, right: Counts) -> str:
    """Write the packaged table: a row for every rule, and for each of its kinds that is common."""
    total = sum(n for (_, kind), n in made.items() if not kind)
    average = sum(n for (_, kind), n in right.items() if not kind) / total
    lines = ["rule,kind,n,confidence"]
    for (rule, kind), n in sorted(made.items()):
        if not kind or n >= LEAST:
            lines.append(f"{rule},{kind},{n},{(right[rule, kind] + PRIOR * average) / (n + PRIOR):.2f}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(table(*count(Path(os.environ["FRAMELENS_MATERIAL"]), "train")), end="")
