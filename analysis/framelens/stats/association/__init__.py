"""Keyness: how much, and how surely, a term belongs to one of two groups of texts.

Token-level statistics take whole count vectors over one vocabulary, ``a`` and ``b``; their sums are the totals unless
``total_a`` and ``total_b`` say otherwise. They treat words as independent draws, which words of one article are not: they rank
terms and reproduce published numbers. :func:`clustered_log_ratio` takes articles as its unit.
Formulas, variants and who uses them: ``docs/methods/association.md``.
"""

from framelens.stats.association.clustered import VARIANCES, ClusteredLogRatio, clustered_log_ratio
from framelens.stats.association.effects import EffectSize, log_ratio, odds_ratio, percent_difference, pmi, simple_maths
from framelens.stats.association.odds import PRIORS, LogOdds, log_odds, scaled_prior
from framelens.stats.association.significance import (
    CORRECTIONS,
    BayesFactor,
    Significance,
    bayes_factor,
    chi_squared,
    log_likelihood,
)

__all__ = ["CORRECTIONS", "PRIORS", "VARIANCES", "BayesFactor", "ClusteredLogRatio", "EffectSize", "LogOdds", "Significance",
           "bayes_factor", "chi_squared", "clustered_log_ratio", "log_likelihood", "log_odds", "log_ratio", "odds_ratio",
           "percent_difference", "pmi", "scaled_prior", "simple_maths"]
