"""The known numbers of the notebook on tone."""

from __future__ import annotations

import numpy as np
from scipy.stats import spearmanr

from framelens.stats.agreement import krippendorff_alpha


def tone(demo, real, outlet) -> dict:
    """Tell the numbers of the notebook on tone from the scores; of the invented sentences from the libraries' lexicons."""
    rows = demo.sentiment.assign(outlet=demo.sentiment["document_id"].map(outlet)).query("voice == 'narrator'")
    every = rows.query("target_group == 'any'")
    x, y = (every[every["scorer"] == name].sort_values(["document_id", "start"])["score"].to_numpy()
            for name in ("textblob_polarity", "vader_compound"))
    both = (x != 0) & (y != 0)
    near = rows.query("window == '8 words' and scorer == 'vader_compound_without_events'")
    theirs = real.sentiment.query("voice == 'narrator' and target_group == 'any'")
    good, bad, soup = 0.7, -0.7, [f"The soup {words}." for words in (
        "is good", "isn't bad", "is not very good", "is no longer good", "is hardly good")]
    blob = [good, bad, -0.5 * good / 1.3, good, good]  # "very" has the intensity 1.3, by which a "not" before it divides
    vader = [1.9, 0.74 * 2.5, -0.74 * (1.9 + 0.293), -1.2 - 0.74 * 1.9, 1.9 - 0.293]  # good 1.9, bad -2.5, no -1.2
    others = {"It failed to be good soup.": ((good - 0.5) / 2, 1.9 - 2.3), **dict.fromkeys(
        ("Guards killed four bakers.", "Bakers killed four guards."), (-0.2, -3.5))}
    sums = [*vader, *(v for _, v in others.values())]
    return {"overall": {"scorer_pearson": np.corrcoef(x, y)[0, 1], "scorer_spearman": spearmanr(x, y).statistic,
                        "scorer_alpha": krippendorff_alpha([x, y], "interval", n_resamples=0).alpha,
                        "scorer_opposite_share": (np.sign(x) != np.sign(y))[both].mean()},
            "negation": {"textblob_polarity": dict(zip([*soup, *others], [*blob, *(p for p, _ in others.values())], strict=True)),
                         "vader_compound": {text: round(s / np.sqrt(s * s + 15), 4)
                                            for text, s in zip([*soup, *others], sums, strict=True)}},
            "neutral": every.groupby(["outlet", "scorer"])["score"].mean().unstack().to_dict(),
            "around": near.groupby(["outlet", "target_group"])["score"].mean().unstack().to_dict(),
            "kazakhstan": theirs.groupby(["document_id", "scorer"])["score"].mean().unstack().to_dict()}
