"""Persons across articles: what one article leaves unsaid of a person, the others of the corpus may say."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from framelens import schema
from framelens.annotate.sources.phrase import PRIVATE

__all__ = ["unify_sources"]

AGREE = 2 / 3  # share of the articles that describe a person which must agree
# A person whom an article does not describe is typed "person"; a rank alone ("Capt Roe") does not say of which force.
_UNSURE = ("person", "military")


def unify_sources(attributions: pd.DataFrame) -> pd.DataFrame:
    """Give persons whom one article names without a word about them the type that the other articles give.

    Names are compared by first and last word, so that a middle initial parts nobody; a surname alone is never enough.
    A type is taken over where at least two thirds of the other articles that describe the bearer agree.

    Parameters
    ----------
    attributions : DataFrame
        ``attributions`` of a whole corpus, sources assigned by :func:`framelens.assign_sources`.

    Returns
    -------
    DataFrame
        The same rows; ``source_type`` changed from "person" (or from "military", which a rank alone gives) for
        persons with a name of two words or more, and with it the ``originator_type`` and ``conduit_type`` that repeat
        it. ``voice.source_type`` of these attributions must follow.

    Examples
    --------
    >>> rows = pd.DataFrame({"attribution_id": ["x", "y"], "document_id": ["d", "e"], "type": "direct",
    ...     "kind": "speech", "rule": "inverted", "source_name": "Ada Roe", "source_type": ["person", "police"],
    ...     "originator_type": ["person", "police"], "level": 1, "n_words": 5})
    >>> unify_sources(rows)["source_type"].tolist()
    ['police', 'police']
    """
    out = schema.validate(attributions, "attributions")
    words = out["source_name"].str.casefold().str.split()
    keys = words.map(lambda w: f"{w[0]} {w[-1]}" if isinstance(w, list) and len(w) > 1 else None)
    told = out[keys.notna() & ~out["source_type"].isin(PRIVATE)]
    votes: dict[str, dict[str, str]] = {}  # key → article → type, the first if an article gives several
    for key, document, kind in zip(keys[told.index], told["document_id"], told["source_type"], strict=True):
        votes.setdefault(key, {}).setdefault(document, kind)
    changed: dict[str, tuple[str, str]] = {}
    columns = (out["attribution_id"], out["document_id"], out["source_type"], keys)
    for name, document, held, key in zip(*columns, strict=True):
        if key not in votes or held not in _UNSURE:
            continue
        others = Counter(kind for other, kind in votes[key].items() if other != document)
        kind, count = others.most_common(1)[0] if others else ("", 0)
        if count and kind != held and count >= AGREE * others.total():
            changed[name] = (held, kind)
    for name, (old, new) in changed.items():
        own = out["attribution_id"] == name
        out.loc[own & (out["originator_type"] == old), "originator_type"] = new
        out.loc[own & (out["conduit_type"] == old), "conduit_type"] = new
        out.loc[own, "source_type"] = new
        out.loc[(out["parent_id"] == name) & (out["conduit_type"] == old), "conduit_type"] = new
        outer = out.loc[own, "parent_id"].iloc[0]
        passed = (out["attribution_id"] == outer) & (out["originator_type"] == old) & (out["source_type"] != old)
        out.loc[passed, "originator_type"] = new
    return out
