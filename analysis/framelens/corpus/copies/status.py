"""Whose text an article is, by what the tables say of it, by its own credits and by those of its copies."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from framelens.lexicon.agencies import UNNAMED, Agencies

__all__ = ["describe"]

_UNKNOWN = ("", "unknown")


@dataclass(frozen=True)
class _Article:
    """What is known of one article; None for what is not. Publisher and origin are named as the list of agencies does."""

    cluster: str
    publisher: str | None
    origin: str | None
    given: str | None  # the origin as the table has it
    outlet: str | None
    site: str | None  # the agency on whose site it appeared
    wrote: tuple[str, ...]  # agencies that the text or the address names as its writer
    lender: str | None  # a copy that holds most of this article, and whose text credits an agency


def describe(documents: pd.DataFrame, cluster: list[str], pairs: pd.DataFrame, credits: pd.DataFrame,
             agencies: Agencies, containment: float) -> list[tuple[str, str | None]]:
    """Give each article its ``copy_status`` and what text and tables say of that; see :func:`find_copies`."""
    names = documents["document_id"].astype(str).tolist()
    credited = _credits(credits)
    writers = {name: list(dict.fromkeys(agency for agency, kind in found if kind != "contributing"))
               for name, found in credited.items()}
    writers = {name: found for name, found in writers.items() if found}
    lenders = _lenders(pairs, writers, containment)
    given = {column: _known(documents, column) for column in ("publisher", "origin", "outlet")}
    named = {column: [value and (agencies.name_of(value) or value.casefold()) for value in given[column]] for column in given}
    articles = [
        _Article(cluster[i], named["publisher"][i], named["origin"][i], given["origin"][i], named["outlet"][i],
                 next((agency for agency, kind in credited.get(name, ()) if kind == "site"), None),
                 tuple(writers.get(lenders.get(name, name), ())), lenders.get(name))
        for i, name in enumerate(names)
    ]
    suppliers = {(a.cluster, a.origin) for a in articles if a.publisher and a.origin and a.publisher != a.origin}
    out = []
    for name, article in zip(names, articles, strict=True):
        objection = _objection(article, agencies)
        words = [f"credits {', '.join(f'{agency} ({kind})' for agency, kind in credited[name])}"] if name in credited else []
        words += [f"its copy {article.lender} credits {' and '.join(article.wrote)}"] if article.lender else []
        words += [objection] if objection else []
        out.append((_status(article, suppliers, agencies, objection), "; ".join(words) or None))
    return out


def _known(documents: pd.DataFrame, column: str) -> list[str | None]:
    """Return a column with None for what is missing or called unknown."""
    if column not in documents:
        return [None] * len(documents)
    given = (value.strip() if isinstance(value, str) else "" for value in documents[column])
    return [None if value.casefold() in _UNKNOWN else value for value in given]


def _credits(credits: pd.DataFrame) -> dict[str, list[tuple[str, str]]]:
    """List the agencies by article, each with its kinds, in the order of the text."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for name, agency, kind in zip(credits["document_id"], credits["news_agency"], credits["kind"], strict=True):
        found.setdefault(str(name), {})[agency, kind] = None
    return {name: list(said) for name, said in found.items()}


def _lenders(pairs: pd.DataFrame, writers: dict[str, list[str]], containment: float) -> dict[str, str]:
    """Find for articles without a credit the copy with one that holds most of them; a short piece in a long one lends nothing."""
    best: dict[str, tuple[float, str]] = {}
    columns = (pairs[c] for c in ("document_id", "other_id", "containment", "other_containment"))
    for a, b, of_a, of_b in zip(*columns, strict=True):
        for one, other, share in ((a, b, of_a), (b, a, of_b)):
            if share >= containment and other in writers and one not in writers:
                best[one] = min(best.get(one, (0.0, "")), (-share, other))
    return {one: other for one, (_, other) in best.items()}


def _status(article: _Article, suppliers: set[tuple[str, str]], agencies: Agencies, objection: str | None) -> str:
    """Decide: by the tables where they say it, else by the text where it does not contradict them."""
    if article.publisher and article.origin:
        if article.publisher != article.origin:
            return "republished"
        return "agency" if (article.cluster, article.origin) in suppliers or agencies.name_of(article.given) else "original"
    if not article.wrote or objection:
        return "unknown"
    publisher = article.publisher or article.site or article.outlet
    return "agency" if publisher is None or publisher in article.wrote else "republished"


def _objection(article: _Article, agencies: Agencies) -> str | None:
    """Say where the credits name another writer than the tables."""
    if not article.origin or not article.wrote or article.origin in article.wrote:
        return None
    own = article.publisher == article.origin and not agencies.name_of(article.given)
    if set(article.wrote) == {UNNAMED} and not own:  # any other origin may be that agency
        return None
    return f"but the table gives {article.given!r} as origin"
