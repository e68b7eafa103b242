"""Key word in context and the quotations of a speaker: every number leads back to its sentences."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import numpy as np
import pandas as pd

from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.report.sentences import around, find_limits
from framelens.text.tokens import normal, read_phrase, spans
from framelens.text.trie import Trie

__all__ = ["find_in_context", "find_labels_in_context", "find_quotations"]

_SPACE = re.compile(r"\s+")
_QUOTATION = ("attribution_id", "document_id", "outlet", "published", "source_name", "source_type", "type", "kind",
              "cue_lemma", "level", "start", "end", "source", "content", "sentence")
_TEXTUAL = ("source", "content", "sentence")  # what a text-free bundle cannot show
_CONTEXT = ["document_id", "outlet", "start", "end", "left", "match", "right", "zone", "voice", "source_type"]
_CHOICES = ("term", "group", "stance", "favours", "referent", "zone", "voice", "source_type", "outlet", "document_id")
_AMBIGUOUS = ("raise", "whole", "all")
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})  # no accents: letters
_SUFFIXES = ("jr", "sr", "ii", "iii")
_GAP = " … "
NAMED = 8  # names that an error lists


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
    pattern = read_phrase(term)
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
                    rows.append((document_id, outlets[document_id], start, end, *_context(text, start, end, width), zone, voice,
                                 source_type))
    return pd.DataFrame(rows, columns=_CONTEXT).astype({"start": "int64", "end": "int64"})


def _context(text: str, start: int, end: int, width: int) -> tuple[str, str, str]:
    """Return what stands left of a span, the span, and what stands right of it."""
    left, right = text[max(0, start - width):start], text[end:end + width]
    return _SPACE.sub(" ", left), text[start:end], _SPACE.sub(" ", right)


def find_labels_in_context(annotations: Annotations, *, width: int = 40, **chosen: str | list[str] | None) -> pd.DataFrame:
    """Find the labels of a term, group, stance, voice or outlet, each with its context: what the lexicon took for a label.

    :func:`find_in_context` finds words, whatever they are; this one shows labels after conditions, with all that was said of
    them.

    Parameters
    ----------
    annotations : Annotations
        With texts; the text-free form cannot show a context.
    width : int
        Characters of context on each side.
    **chosen : str or list of str
        Which labels, by any of ``term, group, stance, favours, referent, zone, voice, source_type, outlet, document_id``; with
        several a label must fit all. None takes any.

    Returns
    -------
    DataFrame
        ``document_id, outlet, start, end, left, match, right, zone, voice, source_type`` as in :func:`find_in_context`, then
        ``term, group, stance, negated, contested``; in the order of the corpus. No row where nothing fits.

    Raises
    ------
    SchemaError
        The bundle is text-free, or a column or a value is not in it; the message lists what there is.

    Examples
    --------
    >>> from framelens.pipeline import annotate
    >>> text = "Police said rioters had fled. A mob stayed."
    >>> documents = pd.DataFrame({"document_id": ["a"], "outlet": ["Post"], "text": [text]})
    >>> found = find_labels_in_context(annotate(documents), stance="delegitimising", voice="narrator")
    >>> found[["left", "match", "right", "term"]].values.tolist()
    [['Police said rioters had fled. A ', 'mob', ' stayed.', 'mob']]
    """
    if annotations.form != "full":
        raise SchemaError("A text-free bundle holds no sentences. Run from the texts to see labels in context.")
    documents = annotations.documents.set_index("document_id")
    types = annotations.attributions.set_index("attribution_id")["source_type"]
    rows = annotations.mentions.assign(outlet=annotations.mentions["document_id"].map(documents["outlet"]),
                                       source_type=annotations.mentions["attribution_id"].map(types))
    every = rows
    for column, value in chosen.items():
        if column not in _CHOICES:
            raise SchemaError(f"{column!r} is nothing to choose labels by. Choose by {', '.join(_CHOICES)}.")
        if value is None:
            continue
        wanted = [value] if isinstance(value, str) else list(value)
        known = sorted(set(every[column].dropna()) | set(annotations.groups if column == "group" else ()))
        if strange := [v for v in wanted if v not in known]:
            raise SchemaError(f"No label has {column} {strange[0]!r}. There is: {', '.join(known) or 'none'}.")
        rows = rows[rows[column].isin(wanted)]
    texts = documents["text"]
    places = zip(*(rows[c].tolist() for c in ("document_id", "start", "end")), strict=True)
    contexts = [_context(texts[d], s, e, width) for d, s, e in places]
    for i, name in enumerate(("left", "match", "right")):
        rows = rows.assign(**{name: pd.Series([c[i] for c in contexts], index=rows.index, dtype="str")})
    rows = rows[[*_CONTEXT, "term", "group", "stance", "negated", "contested"]]
    return rows.sort_values(["document_id", "start"], ignore_index=True)


def find_quotations(annotations: Annotations, speaker: str, *, ambiguous: str = "raise") -> pd.DataFrame:
    """Find everything that a speaker is said to have said, thought, wanted or shown: one row an attribution.

    Parameters
    ----------
    annotations : Annotations
        Its tables documents, attributions and attribution_spans, and sentences for the context; in full or
        text-free form.
    speaker : str
        A whole name or its end (a surname, "interior ministry"), as in ``source_name``. Accents, case, a middle name
        and a title before the name do not matter.
    ambiguous : {"raise", "whole", "all"}
        What to do where the name fits several sources ("Roe": Ada Roe and Bo Roe): raise an error that lists them,
        take those of that whole name, or take all.

    Returns
    -------
    DataFrame
        ``attribution_id, document_id, outlet, published, source_name, source_type, type, kind, cue_lemma, level, start,
        end`` and, in full form, ``source`` (as it stands), ``content`` (pieces joined by " … ") and ``sentence`` (the
        sentences in which source, cue and content stand). ``[start, end)`` runs from the first to the last character of
        the content. By article and place; level 2 and more stand in another's words. No row where nobody fits.

    Raises
    ------
    SchemaError
        The name holds no word, or it fits several sources and ``ambiguous`` is "raise".

    Examples
    --------
    >>> from framelens.pipeline import annotate
    >>> documents = pd.DataFrame({"document_id": ["a"], "outlet": ["Post"],
    ...     "text": ["“We stay,” said Zoë Quell. Police disagreed. Quell said the quay was ours."]})
    >>> find_quotations(annotate(documents), "quell")[["source_name", "source", "content"]].values.tolist()
    [['Zoë Quell', 'Zoë Quell', '“We stay,”'], ['Zoë Quell', 'Quell', 'the quay was ours']]
    """
    if ambiguous not in _AMBIGUOUS:
        raise SchemaError(f"ambiguous is one of {', '.join(_AMBIGUOUS)}, not {ambiguous!r}.")
    table = annotations.attributions
    names = _find_names(table["source_name"].dropna(), speaker, ambiguous)
    found = table[table["source_name"].isin(names)]
    if annotations.form == "full":
        found = found.assign(**_read_evidence(annotations, found))
    contents = annotations.attribution_spans
    contents = contents[(contents["role"] == "content") & contents["attribution_id"].isin(found["attribution_id"])]
    place = contents.groupby("attribution_id").agg(start=("start", "min"), end=("end", "max"))
    told = annotations.documents.set_index("document_id").reindex(columns=["outlet", "published"])
    out = found.join(place, on="attribution_id").join(told, on="document_id")
    columns = [c for c in _QUOTATION if annotations.form == "full" or c not in _TEXTUAL]
    out = out.reindex(columns=columns).sort_values(["document_id", "start", "level"], ignore_index=True)
    return out.astype({"start": "Int64", "end": "Int64"} if out["start"].isna().any() else {"start": "int64", "end": "int64"})


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name without case, accents and generational suffix."""
    out = []
    for start, end in spans(name):
        bare = unicodedata.normalize("NFKD", normal(name[start:end]).translate(_PLAIN))
        out.append("".join(c for c in bare if not unicodedata.combining(c)).casefold().rstrip("."))
    return tuple(out[:-1] if len(out) > 1 and out[-1] in _SUFFIXES else out)


def _fits(name: tuple[str, ...], asked: tuple[str, ...]) -> bool:
    """Does a name end as asked, or agree in first and last word, or stand behind a title?"""
    if not name:
        return False
    several = min(len(name), len(asked)) > 1
    return name[-len(asked):] == asked or (several and (
        (name[0], name[-1]) == (asked[0], asked[-1]) or asked[-len(name):] == name))


def _find_names(names: pd.Series, speaker: str, ambiguous: str) -> set[str]:
    """Find the source names that a speaker goes by; several sources only where that is asked for."""
    asked = _words(speaker)
    if not asked:
        raise SchemaError(f"{speaker!r} holds no word. Give a name as in attributions.source_name.")
    counts = Counter(names)
    fitting = {name: words for name, words in ((n, _words(n)) for n in counts) if _fits(words, asked)}
    if ambiguous == "whole":
        return {name for name, words in fitting.items() if words == asked}
    bearers = {(words[0], words[-1]) for words in fitting.values()}
    if len(bearers) > 1 and ambiguous == "raise":
        known = sorted(fitting, key=lambda name: (-counts[name], name))
        listed = ", ".join(f"{name} ({counts[name]})" for name in known[:NAMED])
        more = f" and {len(known) - NAMED} more" if len(known) > NAMED else ""
        raise SchemaError(f"{speaker!r} fits several sources: {listed}{more}. Give one in full; or take those of just that "
                          "name with ambiguous='whole', or all with ambiguous='all'.")
    return set(fitting)


def _read_evidence(annotations: Annotations, found: pd.DataFrame) -> dict[str, list[str | float]]:
    """Read source, content and sentences of attributions from the texts."""
    texts = dict(zip(annotations.documents["document_id"], annotations.documents["text"], strict=True))
    places = annotations.attribution_spans
    places = places[places["attribution_id"].isin(found["attribution_id"])].sort_values("start")
    parts: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for name, role, start, end in zip(*(places[c] for c in ("attribution_id", "role", "start", "end")), strict=True):
        parts.setdefault((name, role), []).append((int(start), int(end)))
    limits = find_limits(annotations)
    out: dict[str, list[str | float]] = {name: [] for name in _TEXTUAL}
    for name, document_id in zip(found["attribution_id"], found["document_id"], strict=True):
        text, own = texts[document_id], {role: parts.get((name, role), []) for role in ("source", "cue", "content")}
        out["source"].append(_GAP.join(text[s:e] for s, e in own["source"]) or np.nan)
        out["content"].append(_GAP.join(text[s:e] for s, e in own["content"]) or np.nan)
        span = [place for places_ in own.values() for place in places_]
        low, high = around(limits.get(document_id), span) if span else (0, 0)
        out["sentence"].append(text[low:high] or np.nan)
    return out
