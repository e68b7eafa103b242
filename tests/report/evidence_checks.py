"""What holds of the evidence of any table of estimates: it adds up to the numbers, and each row is of what its estimate says."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framelens.report.evidence import find_evidence
from framelens.schema import MEASURED_ZONES

WIDE = {"narrator+indirect": ["narrator", "indirect"]}
# What of an item's own row must be as the row of estimates says, where that says anything; of a share, of its hits.
AGREE = {
    "label": ("mentions", "mention_id", ("zone", "voice", "group", "stance", "term")),
    "clause": ("agency", "clause_id", ("voice", "construction")),
    "attribution": ("attributions", "attribution_id", ()),
}


def sums(evidence: pd.DataFrame, estimates: pd.DataFrame, rows: pd.Series | None = None, column: str = "n_units") -> pd.Series:
    kept = evidence if rows is None else evidence[rows]
    return kept.groupby("estimate_row")[column].sum().reindex(estimates.index).fillna(0.0)


def hold(found, estimates: pd.DataFrame) -> pd.DataFrame:
    """Find the evidence of all rows, and hold it against their numbers by other ways than the measures'."""
    estimates = estimates.reset_index(drop=True)
    evidence = find_evidence(found, estimates)
    reasons = evidence.attrs["reasons"]
    assert set(evidence["estimate_row"]) | set(reasons) == set(estimates.index)
    assert not set(evidence["estimate_row"]) & set(reasons)
    drawn = estimates["measure"].str.endswith(("_null", "_null_share", "_thinned", "_excess"))
    others = estimates["reference"].notna() & estimates["contrast"].isna() & estimates["scorer"].isna()  # of other news
    known = estimates[~drawn & ~others & ~estimates["measure"].str.startswith("multiverse_")]
    assert set(estimates.index) - set(known.index) <= set(reasons)
    both = known["n_units"].fillna(0) + known["n_reference"].fillna(0)
    assert np.allclose(sums(evidence, known), both)
    _hold_estimates(evidence, known)
    _hold_rows(found, evidence, known)
    return evidence


def _hold_estimates(evidence: pd.DataFrame, estimates: pd.DataFrame) -> None:
    """Make shares, counts and means again from their evidence."""
    one_sided = estimates["reference"].isna() & estimates["estimate"].notna()
    hits, every = sums(evidence, estimates, evidence["hit"]), sums(evidence, estimates)
    shares = estimates[one_sided & (estimates["unit"] == "share")]
    assert np.allclose(shares["estimate"], (hits / every)[shares.index])
    counts = estimates[one_sided & estimates["measure"].str.endswith(("_count", "_documents"))]
    assert np.allclose(counts["estimate"], hits[counts.index])
    means = estimates[one_sided & estimates["measure"].isin(["mean_sentiment", "words_per_sentence"])]
    assert np.allclose(means["estimate"], (sums(evidence, estimates, column="value") / every)[means.index])
    balances = estimates[one_sided & (estimates["measure"] == "label_balance")]
    assert np.allclose(balances["estimate"], np.log((hits + 0.5) / (every - hits + 0.5))[balances.index])


def _hold_rows(found, evidence: pd.DataFrame, estimates: pd.DataFrame) -> None:
    """Look every item up in its own table: zone, voice, group, outlet, period and exclusion are what the estimate says."""
    about = found.documents.set_index("document_id")
    said = ["measure", "outlet", "contrast", "reference", "group", "stance", "referent", "contested", "zone", "voice",
            "construction", "term", "period"]
    joined = evidence[["estimate_row", "contrast_side", "document_id", "item", "item_id", "hit"]].join(
        estimates[said], on="estimate_row")
    own = about.reindex(columns=["outlet", "publisher", "published", "exclusion_reason"])
    joined = joined.join(own.add_prefix("own_"), on="document_id")
    assert joined["own_exclusion_reason"].isna().all()
    described = joined[joined["reference"].isna()]
    outlets = described[described["outlet"].notna()]
    assert (outlets["outlet"] == outlets["own_outlet"].fillna("unknown")).all()
    dated = described[described["period"].str.fullmatch(r"\d{4}-\d\d", na=False)]
    assert (dated["period"] == dated["own_published"].str[:7]).all()
    plain = joined["contrast"].str.fullmatch("[^=]+ (?:minus|over|against) [^=]+", na=False)
    named = joined[plain & ~joined["contrast_side"].isin(["rest", "the rest"])]
    assert ((named["contrast_side"] == named["own_outlet"]) | (named["contrast_side"] == named["own_publisher"])).all()
    for item, (name, key, columns) in AGREE.items():
        own = joined[(joined["item"] == item) & joined["hit"]]
        table = getattr(found, name).set_index(key).reindex(own["item_id"])
        for column in columns:
            said, there = own[column].reset_index(drop=True), table[column].reset_index(drop=True)
            asked = said.notna() & ~own["measure"].str.startswith("loaded").reset_index(drop=True)
            fits = (said == there) | pd.Series([w in WIDE and v in WIDE[w] for w, v in zip(said, there, strict=True)])
            assert fits[asked].all(), (item, column)
        if item == "label":
            assert not table["negated"].astype(bool).any() and table["zone"].isin(MEASURED_ZONES).all()
            for measured, value in ((False, False), (True, True)):
                rows = (own["contested"] == measured).fillna(False).to_numpy(bool)
                assert (table["contested"].to_numpy(bool)[rows] == value).all()
            rows = (own["referent"] == "own event").to_numpy(bool)
            assert not table["referent"].isin(["other", "generic"]).to_numpy(bool)[rows].any()


def shows(found, evidence: pd.DataFrame) -> None:
    """Hold what is shown against the texts: the words at their offsets, within their sentences."""
    texts = found.documents.set_index("document_id")["text"]
    placed = evidence[evidence["start"].notna()]
    assert len(placed)
    for row in placed.drop_duplicates(["document_id", "start", "end", "sentence_start", "sentence_end"]).itertuples():
        text = texts[row.document_id]
        assert row.surface == text[row.start:row.end] and row.passage == text[row.sentence_start:row.sentence_end]
        assert row.sentence_start <= row.start and row.end <= row.sentence_end


