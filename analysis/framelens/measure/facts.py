"""Reported numbers that disagree: who put the dead at 12, who at 26."""

from __future__ import annotations

import pandas as pd

from framelens.annotate.bundle import Annotations
from framelens.annotate.facts import bounds
from framelens.measure._periods import name_periods

__all__ = ["find_disagreements"]

_COLUMNS = tuple((
    "event fact counted document_id outlet published value value_high hedge lowest highest time voice source_name source_type "
    "side disagrees_with earlier_than fact_id").split())
_ADDED = r"\b(?:another|further|additional)\b|(?<!or )\bmore$"


def find_disagreements(annotations: Annotations, *, facts: tuple[str, ...] | None = None, parts: bool = False) -> pd.DataFrame:
    """Lay side by side the numbers that articles on one event report, and tell which cannot both be true.

    Two numbers of one event, fact and kind of people disagree where what their hedges allow has nothing in common (``at least
    12`` and ``9``, not ``at least 12`` and ``15``; see :func:`framelens.annotate.facts.bounds`) and the articles are of one day,
    or one is undated. Where they are of two days the later one may be news, so that it is only named as later. A number within
    one article counts as well: a ministry's beside a rights group's.

    Parameters
    ----------
    annotations : Annotations
        Its tables documents (document_id, outlet, event, published), facts and attributions, in full or text-free form. Articles
        without an event are one event together.
    facts : tuple of str, optional
        Only these ("killed", "injured", …).
    parts : bool
        Whether numbers that are a part of another of their sentence ("including two officers") stand in the table too; they are
        compared with nothing. Nor is what is told as an addition ("another 12", "12 more"): it is no total.

    Returns
    -------
    DataFrame
        A row for each number, by event, fact, who was counted, date and article: ``lowest`` and ``highest`` are what it allows;
        ``disagrees_with`` and ``earlier_than`` name the facts (``fact_id``) of other rows, separated by ``; ``, and are empty
        without any. ``source_name``, ``source_type``, ``side`` are of the innermost attribution; empty in the outlet's own voice.

    Raises
    ------
    SchemaError
        A table is missing, or a date of ``published`` is not ISO 8601.

    Notes
    -----
    ``counted`` is a word, not a definition: "people" may include officers or not, as newsrooms leave it open. That numbers
    disagree is therefore a question to the texts, not a finding about who lies.

    Examples
    --------
    >>> from framelens.pipeline import annotate
    >>> documents = pd.DataFrame({"document_id": ["a", "b"], "outlet": ["Post", "Star"], "event": "blast",
    ...     "published": "2024-05-01",
    ...     "text": ["Police said 12 people were killed.", "At least 26 people were killed, the health ministry said."]})
    >>> table = find_disagreements(annotate(documents))
    >>> table[["outlet", "value", "hedge", "source_type", "disagrees_with"]].fillna("").values.tolist()
    [['Post', 12.0, '', 'police', 'b:f:9-11:killed'], ['Star', 26.0, 'at least', 'government', 'a:f:12-14:killed']]
    """
    found = annotations.facts if facts is None else annotations.facts[annotations.facts["fact"].isin(facts)]
    told = annotations.attributions.set_index("attribution_id")[["source_name", "source_type"]]
    articles = annotations.documents.set_index("document_id").reindex(columns=["outlet", "event", "published"])
    table = found.join(articles, on="document_id").join(told, on="attribution_id")
    table["part"] = table["part"].eq(True).fillna(False).astype(bool)  # a coder's empty cell is no part
    table = table if parts else table[~table["part"]]
    table = table.sort_values(["event", "fact", "counted", "published", "document_id", "start"], ignore_index=True)
    plain = table[["value", "value_high", "hedge"]].astype(object).where(table[["value", "value_high", "hedge"]].notna(), None)
    ends = [bounds(*row) for row in plain.itertuples(index=False)]
    table = table.assign(lowest=[low for low, _ in ends], highest=[high for _, high in ends],
                         side=table["source_type"].map(annotations.sides),
                         day=name_periods(table["published"].replace("", None), "day"))
    against: dict[int, str] = {}
    before: dict[int, str] = {}
    totals = table[~table["part"] & ~table["hedge"].astype("str").str.contains(_ADDED).eq(True)]
    for _, same in totals.groupby(["event", "fact", "counted"], dropna=False, sort=False):
        low, high, names = (same[c].to_numpy() for c in ("lowest", "highest", "fact_id"))
        dated, days = same["day"].notna().to_numpy(), same["day"].fillna("").to_numpy(dtype=object)
        for i, at in enumerate(same.index):
            apart = (low > high[i]) | (high < low[i])
            beside = (days == days[i]) | ~dated | ~dated[i]
            for others, which in ((against, apart & beside), (before, apart & ~beside & (days > days[i]))):
                if which.any():
                    others[at] = "; ".join(names[which])
    named = {column: pd.Series(others, dtype="str").reindex(table.index)
             for column, others in (("disagrees_with", against), ("earlier_than", before))}
    return table.assign(**named).reindex(columns=list(_COLUMNS))
