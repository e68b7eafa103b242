"""Where a long source begins and ends, and its kind.

`tests/known/source_spans.csv` has invented sentences as agencies, local papers, state media and translations write them, the home
of the study, one source in double brackets and its type. Persons and events are invented. They were written before any output was
seen and parted at random: errors in "read" led to rules, of "held" only the figures were looked at. Before any rule on them .85
of the spans of "read" were right and .875 of "held" (types .71 and .74), after them .99 and .95 (.79 and .75).
"""

from __future__ import annotations

import pytest

from framelens import io
from passages import KNOWN, sources_in, unmark

TABLE = io.read_csv(KNOWN / "source_spans.csv")
SAME = 0.9  # Jaccard index of the characters


def read(marked: str, home: str) -> tuple[float, str | None, str | None]:
    """Return how far the nearest source is the one marked, its words and its type."""
    text, start, end = unmark(marked)
    zone = "body" if text.rstrip("\"”").endswith((".", "!")) else "headline"
    best: tuple[float, str | None, str | None] = (0.0, None, None)
    for low, high, row in sources_in(text, home, zone):
        share = max(0, min(high, end) - max(low, start)) / (max(high, end) - min(low, start))
        best = max(best, (share, text[low:high], row["source_type"]), key=lambda found: found[0])
    return best


@pytest.mark.parametrize(("name", "found", "same", "right"), [("read", 0.98, 0.97, 0.78), ("held", 0.97, 0.93, 0.73)])
def test_long_sources(name, found, same, right):
    rows = TABLE[TABLE["list"] == name].sort_values("home")  # the lists of a home are compiled once
    assert len(rows) == 80
    read_ = [(r, *read(r.sentence, r.home)) for r in rows.itertuples()]
    apart = [f"{r.sentence}: {words}" for r, share, words, _ in read_ if share < SAME]
    assert sum(share > 0 for _, share, _, _ in read_) >= found * len(rows)
    assert len(apart) <= (1 - same) * len(rows), "\n".join(apart)
    assert sum(kind == r.type for r, _, _, kind in read_) >= right * len(rows)


# What one rule changes, and the near miss that it must leave alone.
CASES = [
    # names in quotation marks
    "[[Ada “Red” Roe]] said it rained.",
    "[[The platform “Rooms for All”]] said it rained.",
    "Near “The Mill”, [[Ada Roe]] said it rained.",
    # participles
    "[[The mother of a boy shot dead by a patrol]] said it rained.",
    "[[Two men lost at sea for a week]] said it rained.",
    "[[A woman surnamed Roe]] said it rained.",
    "[[A man identified only as Roe]] told police it rained.",
    "[[The Fair Rent Forum, a body set up by the court,]] said it rained.",
    "[[The Fair Rent Forum, a group formed last year,]] said it rained.",
    "Patrols shot at the boat, [[the crew]] said.",
    "Guards came, a crowd moved to the gate, [[the mayor]] said.",
    "According to [[two men held in the raid]], it rained.",
    "[[Those who sheltered in the mill]] said it rained.",
    # an office before a name whose comma is lost
    "[[The Commissioner of Police, Ada Roe]] said it rained.",
    "[[The Chairman, Committee on Mines, Hon. Ada Roe (Reform, Overton),]] said it rained.",
    "The minister, [[Ada Roe]] said on Monday, had left.",
    "The bridge, [[Ada Roe]] said, would close.",
    "On Monday, [[Ada Roe]] said it rained.",
    "Weary of the commissioner, [[Ada Roe]] said it rained.",
    # asides before the verb
    "[[The chair of the board, Ada Roe]], on her side, said it rained.",
    "[[Ada Roe, head of the board]], writing on Telegram, said it rained.",
    "[[Ada Roe]], when asked about the roof, said it rained.",
    "[[Ada Roe, secretary of a league to protect rivers]], said it rained.",
    # names that read as other words, and words as names
    "[[Labour Minister Said bin Ode]] said it rained.",
    "It rained in Overton, said [[Ada Roe]].",
    "According to [[Ada Roe, mayor of Minas do Sul]], it rained.",
    "[[The opposition party Reform]] dismissed the charge.",
    "[[Police]] blame Reform for the fire.",
    "[[A group loyal to the crown]] claimed the attack.",
    "[[The head of that office, Ada Roe]], said it rained.",
    # shortened titles
    "[[Pol. Col. Ada Roe]] said it rained.",
    "[[Station Officer (SO) of Overton Md. Shah Roe]] said it rained.",
    "[[House Mines Committee Chairman Rep. Ada Roe]] said it rained.",
    "[[Acting Detective Inspector Ada Roe]] said it rained.",
    # translated turns
    "As reported by [[the deputy governor Ada Roe]], the bridge is shut.",
    "As it was told by [[the chairwoman of the board Ada Roe]], the bridge is shut.",
]


@pytest.mark.parametrize("sentence", CASES)
def test_rules_and_their_near_misses(sentence):
    share, words, _ = read(sentence, "Norway")
    assert share >= SAME, words
