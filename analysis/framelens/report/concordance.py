"""Key word in context: every number leads back to its sentences."""

from __future__ import annotations

import re

import pandas as pd

from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.text.tokens import normal, spans
from framelens.text.trie import Trie

__all__ = ["find_in_context"]

_SPACE = re.compile(r"\s+")


def find_in_context(annotations: Annotations, term: str, *, width: int = 40) -> pd.DataFrame:
    """Find a word or phrase in headline and body, with its context and voice.

    Parameters
    ----------
    annotations : Annotations
        With texts; the text-free form cannot show a context.
    term : str
        Words; a trailing ``*`` on a word is a wildcard. Case does not matter.
    width : int
        Characters of context on each side.

    Returns
    -------
    DataFrame
        ``document_id, outlet, start, end, left, match, right, zone, voice, source_type``; line breaks in the context
        are shown as spaces.

    Raises
    ------
    SchemaError
        The bundle is text-free, or the term holds no word.

    Examples
    --------
    >>> from framelens.pipeline import annotate
    >>> documents = pd.DataFrame({"document_id": ["a"], "outlet": ["Post"], "text": ["Police said rioters had fled."]})
    >>> find_in_context(annotate(documents), "rioter*")[["left", "match", "right", "voice"]].values.tolist()
    [['Police said ', 'rioters', ' had fled.', 'indirect']]
    """
    if annotations.form != "full":
        raise SchemaError("A text-free bundle holds no sentences. Run from the texts to see words in context.")
    found = [(s, e) for s, e in spans(term)]
    pattern = [normal(term[s:e]) + ("*" if term[e:e + 1] == "*" else "") for s, e in found]
    if not pattern:
        raise SchemaError(f"{term!r} holds no word. Give a word, a phrase, or a word with a trailing *.")
    trie = Trie([(pattern, True)])
    outlets = annotations.documents.set_index("document_id")["outlet"]
    texts = annotations.documents.set_index("document_id")["text"]
    rows = []
    for document_id, segments in annotations.voice.groupby("document_id", sort=False):
        text = texts[document_id]
        places = spans(text)
        words = [normal(text[s:e]) for s, e in places]
        parts = zip(segments["start"].astype(int), segments["end"].astype(int), segments["zone"], segments["voice"],
                      segments["source_type"], strict=True)
        for low, high, zone, voice, source_type in parts:
            for at, (start, _) in enumerate(places):
                if not low <= start < high:
                    continue
                for size, _ in trie.matches(words, at)[:1]:
                    end = places[at + size - 1][1]
                    left, right = text[max(0, start - width):start], text[end:end + width]
                    rows.append((document_id, outlets[document_id], start, end, _SPACE.sub(" ", left), text[start:end],
                                 _SPACE.sub(" ", right), zone, voice, source_type))
    columns = ["document_id", "outlet", "start", "end", "left", "match", "right", "zone", "voice", "source_type"]
    return pd.DataFrame(rows, columns=columns).astype({"start": "int64", "end": "int64"})
