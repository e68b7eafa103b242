"""Articles whose truth is known: how often a test or an interval is right of a study as large and as uneven as one's own.

The tables of ``docs/methods/statistics.md`` and ``estimates.md`` are made with these (``tests/properties``).
"""

from framelens.stats.simulation.articles import Articles, Design, draw_articles
from framelens.stats.simulation.comparisons import TESTS, TestRates, simulate_tests, word_tests
from framelens.stats.simulation.intervals import Coverage, simulate_contrasts, simulate_intervals
from framelens.stats.simulation.outlets import Outlet, label_rate, label_share, mean_score, overdispersed, word_share

__all__ = ["TESTS", "Articles", "Coverage", "Design", "Outlet", "TestRates", "draw_articles", "label_rate", "label_share",
           "mean_score", "overdispersed", "simulate_contrasts", "simulate_intervals", "simulate_tests", "word_share",
           "word_tests"]
