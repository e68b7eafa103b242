"""Names that articles on one event spell in several ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pandas as pd

from framelens.annotate.bundle import Annotations
from framelens.annotate.parallel.statements import event_of
from framelens.annotate.parallel.words import fold, spelt_alike
from framelens.text.reading.stream import Reader
from framelens.text.view import View, read_views

__all__ = ["find_spellings"]

_NAME = re.compile("PP+")
_COLUMNS = ["event", "usual", "spelling", "document_id", "start", "end"]


def find_spellings(annotations: Annotations) -> pd.DataFrame:
    """Find full names that articles on one event spell in several ways: one word the same, another a letter or two apart.

    Parameters
    ----------
    annotations : Annotations
        With texts; the tables documents and zones.

    Returns
    -------
    DataFrame
        ``event`` (empty without one), ``usual`` (the spelling of most articles, then the first in the alphabet), ``spelling``,
        ``document_id`` and the offsets of each place where the name is spelt otherwise. Transliterations differ honestly; a
        paraphrasing machine that takes a name for a word leaves no name, and is not found here.

    Examples
    --------
    >>> from framelens.pipeline import annotate
    >>> texts = ["Police said Saltana Roen left.", "Police said Saltana Roen left.", "Then Sultana Roen spoke."]
    >>> documents = pd.DataFrame({"document_id": list("abc"), "outlet": list("PST"), "event": "march", "text": texts})
    >>> find_spellings(annotate(documents)).values.tolist()
    [['march', 'Saltana Roen', 'Sultana Roen', 'c', 5, 17]]
    """
    events = event_of(annotations)
    found: dict[str, list[tuple[str, str, int, int]]] = {}
    for view in read_views(annotations.documents, annotations.zones):
        found.setdefault(events[view.document_id], []).extend(_names(view))
    rows = []
    for event, names in sorted(found.items()):
        counts = Counter(name for name, _ in {(name, document_id) for name, document_id, _, _ in names})
        usual = sorted(counts, key=lambda name: (-counts[name], name))
        kept: dict[str, str] = {}
        for k, name in enumerate(usual):
            kept[name] = next((kept[other] for other in usual[:k] if _one_name(other, name)), name)
        rows += [(event, kept[name], name, document_id, start, end)
                 for name, document_id, start, end in names if kept[name] != name]
    return pd.DataFrame(sorted(rows), columns=_COLUMNS)


def _names(view: View) -> Iterator[tuple[str, str, int, int]]:
    """Yield the runs of two capitalised words and more that no dictionary knows."""
    for stream in Reader(view, frozenset()).plain(lambda words: True):
        for match in _NAME.finditer(stream.codes):
            start, end = stream.span(*match.span())
            yield " ".join(view.text[start:end].split()), view.document_id, start, end


def _one_name(one: str, other: str) -> bool:
    a, b = fold(one).split(), fold(other).split()
    return len(a) == len(b) and sum(x == y for x, y in zip(a, b, strict=True)) == len(a) - 1 and all(
        map(spelt_alike, a, b))
