"""How far TextBlob and VADER agree on real news: the table of docs/methods/tone.md.

    PYTHONPATH=analysis python tests/gates/scorer_agreement.py    # print it; --write puts it into the page

By voice, from the text-free tables of the study of US campaign news.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from scoring import read_us_election

from framelens import measure_scorer_agreement, schema

PAGE = Path(__file__).parents[2] / "docs" / "methods" / "tone.md"
BEGIN, END = "<!-- agreement: python tests/gates/scorer_agreement.py --write -->\n", "<!-- end -->"
COEFFICIENTS = {"scorer_pearson": "Pearson's r", "scorer_spearman": "Spearman's ρ", "scorer_alpha": "Krippendorff's α"}
OPPOSITE, SCORERS = "scorer_opposite_share", ("textblob_polarity", "vader_compound")


def lines() -> Iterator[str]:
    """Write the table, a column for each voice."""
    found = read_us_election()
    rows = {(row.measure, row.voice): row for row in measure_scorer_agreement(found).itertuples()}
    yield f"| {len(found.documents)} articles | {' | '.join(schema.VOICES)} |"
    yield f"| --- |{' --- |' * len(schema.VOICES)}"
    for measure, title in COEFFICIENTS.items():
        cells = [rows[measure, voice] for voice in schema.VOICES]
        yield f"| {title} | {' | '.join(f'{c.estimate:.2f} [{c.ci_low:.2f}, {c.ci_high:.2f}]' for c in cells)} |"
    cells = [rows[OPPOSITE, voice] for voice in schema.VOICES]
    told = " | ".join(f"{c.estimate:.0%} [{100 * c.ci_low:.0f}, {100 * c.ci_high:.0f}]" for c in cells)
    yield f"| opposite signs, where neither is 0 | {told} |"
    zero = (found.sentiment["score"] == 0).groupby([found.sentiment["voice"], found.sentiment["scorer"]]).mean()
    told = " | ".join(", ".join(f"{zero[voice, scorer]:.0%}" for scorer in SCORERS) for voice in schema.VOICES)
    yield f"| segments that TextBlob's polarity, VADER score 0 | {told} |"


def write_page(page: str) -> str:
    """Put the table between its marks in the page."""
    before, found, rest = page.partition(BEGIN)
    assert found, f"the page has no {BEGIN!r}"
    return before + BEGIN + "\n".join(lines()) + "\n" + END + rest.partition(END)[2]


if __name__ == "__main__":
    if "--write" in sys.argv:
        PAGE.write_text(write_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        print("\n".join(lines()))
