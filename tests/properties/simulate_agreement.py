"""How often the intervals of score agreement hold the true value: `python tests/properties/simulate_agreement.py`.

Articles of unequal length; two scores of a segment share the article's tone and the segment's, and each is 0 where its scorer
knows no word, as of news. The true value is that of a very large sample.
"""

from __future__ import annotations

import numpy as np

from framelens.stats.scores import STATISTICS, score_agreement

RUNS, TRUE_ARTICLES = 1000, 40_000


def draw(rng: np.random.Generator, articles: int, between: float, zeros: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw segments of some articles: two scores and the article of each."""
    length = 1 + rng.negative_binomial(2, 0.1, articles)
    article = np.repeat(np.arange(articles), length)
    shared = np.sqrt(between) * rng.normal(size=articles)[article] + np.sqrt(1 - between) * rng.normal(size=len(article))
    scores = [np.tanh(0.4 * (shared + rng.normal(size=len(article)))) * (rng.random(len(article)) > zeros) for _ in "xy"]
    return scores[0], scores[1], article


def main() -> None:
    """Print coverage by statistic, number of articles, share of variance between articles and share of zeros."""
    rng = np.random.default_rng(0)
    print(f"{'articles':>9}{'between':>9}{'zeros':>7}" + "".join(f"{name:>10}" for name in STATISTICS))
    for between, zeros in ((0.05, 0.5), (0.3, 0.5), (0.3, 0.8)):
        x, y, _ = draw(rng, TRUE_ARTICLES, between, zeros)
        true = {name: function(x, y) for name, (_, function) in STATISTICS.items()}
        for articles in (10, 20, 50):
            held = dict.fromkeys(STATISTICS, 0)
            for _ in range(RUNS):
                sample = draw(rng, articles, between, zeros)
                for name in STATISTICS:
                    found = score_agreement(*sample, statistic=name)
                    held[name] += found.ci_low <= true[name] <= found.ci_high
            print(f"{articles:9}{between:9}{zeros:7}" + "".join(f"{n / RUNS:10.3f}" for n in held.values()), flush=True)


if __name__ == "__main__":
    main()
