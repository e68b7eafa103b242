"""Loaded words: where the wording praises, blames, dramatises, or makes a claim look surer or more doubtful than it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from framelens import schema
from framelens.annotate.loaded.lexicon import Entry, LoadedLexicon, parse_loaded, read_loaded
from framelens.text.reading.lexis import word_code
from framelens.text.view import Sentence, View, read_views
from framelens.text.wordclass import word_class

__all__ = ["LoadedLexicon", "find_loaded", "loaded_of", "parse_loaded", "read_loaded"]

Row = dict[str, Any]
_NEAR = 2  # words on either side in which a word of `unless` makes the sense plain
_REACH = 6  # words in which an object before an infinitive may stand
# Class letters (framelens.text.reading.lexis.CLASSES) of the word behind an entry, by what the entry needs there.
_BEHIND = {
    "adj": frozenset("JAen"), "noun": frozenset("NSPJVZeng0"), "object": frozenset("DuUyPNSJ0gVZ"),
    "prep": frozenset("pBtfr"), "to": frozenset("t"), "bare": frozenset("vVIHXA"), "past": frozenset("end"),
}
_OBJECT = frozenset("DuUyP0")
_QUESTIONS = frozenset("hqw")
_NUMERALS = frozenset("one two three four five six seven eight nine ten eleven twelve dozen dozens half".split())
_EITHER = frozenset("VZvzJ")  # noun or verb by its neighbours


def loaded_of(view: View, mentions: Iterable[Mapping[str, Any]], lexicon: LoadedLexicon) -> list[Row]:
    """Find the loaded words of one article; return rows of ``loaded`` without voice.

    Parameters
    ----------
    view : View
        The article.
    mentions : iterable of mappings
        Its labels (start, end): what stands in one is counted there and not again.
    lexicon : LoadedLexicon
        From :func:`read_loaded`.
    """
    labels = {k for m in mentions for k in view.words_in(m["start"], m["end"])}
    rows: list[Row] = []
    free = 0
    for at in lexicon.find(view.words):
        number = view.sentence_at(view.starts[at])
        if at < free or number is None:
            continue
        sentence = view.sentences[number]
        found = _match(view, sentence, at, lexicon)
        if found is None or not labels.isdisjoint(range(at, at + found[0])):
            continue
        free = at + found[0]
        start, end, entry = view.starts[at], view.ends[free - 1], found[1]
        rows.append({"loaded_id": f"{view.document_id}:w:{start}-{end}", "document_id": view.document_id,
                     "start": start, "end": end, "surface": view.text[start:end], "term": entry.term,
                     "loaded_class": entry.loaded_class, "zone": sentence.zone, "voice": None, "attribution_id": None})
    return rows


def _match(view: View, sentence: Sentence, at: int, lexicon: LoadedLexicon) -> tuple[int, Entry] | None:
    """Return the first reading that fits, with its length in words: phrases before single words."""
    if _is_name(view, sentence, at):
        return None
    words = view.words
    longer = lexicon.phrases.get((words[at], words[at + 1]), ()) if at + 1 < sentence.last else ()
    for form, entry in (*longer, *lexicon.words.get(words[at], ())):
        stop = at + len(form)
        if stop <= sentence.last and view.words[at:stop] == form and _fits(view, sentence, (at, stop), entry):
            return len(form), entry
    return None


def _is_name(view: View, sentence: Sentence, at: int) -> bool:
    """Has the word a capital that neither a sentence's begin nor a quotation or colon before it explains: May, Grace?"""
    return (view.surfaces[at][0].isupper() and at > sentence.first and view.gaps[at] == " " and sentence.zone == "body")


def _fits(view: View, sentence: Sentence, span: tuple[int, int], entry: Entry) -> bool:
    at, stop = span
    if any(view.gaps[k] != " " for k in range(at + 1, stop)):
        return False
    if entry.unless and not entry.unless.isdisjoint((
            *view.words[max(sentence.first, at - _NEAR):at], *view.words[stop:min(sentence.last, stop + _NEAR)])):
        return False
    return _is_pos(view, sentence, span, entry.pos) and _has_needs(view, sentence, span, entry.needs)


def _code(view: View, sentence: Sentence, at: int) -> str:
    """Return the class letter of a word of the sentence, by itself; empty beyond it."""
    if not sentence.first <= at < sentence.last:
        return ""
    capital = view.surfaces[at][0].isupper() and sentence.zone == "body"
    return word_code(view.words[at], 2 * (capital and at > sentence.first))


def _is_pos(view: View, sentence: Sentence, span: tuple[int, int], pos: str) -> bool:
    """Is the word used as that part of speech? Only of words that may be noun or verb need the neighbours be asked."""
    at, stop = span
    if pos in ("adverb", "phrase"):
        return True
    last = at if pos == "verb" else stop - 1
    code = _code(view, sentence, last)
    if pos == "verb" and code in ("N", "S"):
        code = "V"
    if code not in _EITHER or (pos == "adjective" and code == "J"):
        return True
    low, high = last, last + 1
    while low > max(sentence.first, last - 3) and view.gaps[low] == " ":
        low -= 1
    while high < min(sentence.last, last + 3) and view.gaps[high] == " ":
        high += 1
    return (word_class(view.words[low:high], last - low) == "verb") == (pos == "verb")


def _has_needs(view: View, sentence: Sentence, span: tuple[int, int], needs: str) -> bool:
    if not needs:
        return True
    at, stop = span
    if needs == "det":
        return at > sentence.first and view.gaps[at] == " " and _code(view, sentence, at - 1) in ("D", "J", "'")
    joined = stop < sentence.last and view.gaps[stop] == " "
    code = _code(view, sentence, stop) if joined else ""
    if needs == "number":
        return code == "0" or (joined and view.words[stop] in _NUMERALS)
    if needs == "alone":
        return code not in _OBJECT
    if needs == "that":
        return code in _QUESTIONS
    if needs == "objto":
        return code in _BEHIND["object"] and "to" in view.words[stop:min(sentence.last, stop + _REACH)]
    return code in _BEHIND[needs]


def find_loaded(documents: pd.DataFrame, zones: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Find loaded words in headline and body, in whatever voice.

    Parameters
    ----------
    documents, zones, mentions : DataFrame
        Tables of these names; words of a label are its own and not found again.

    Returns
    -------
    DataFrame
        ``loaded``; ``voice`` and ``attribution_id`` are filled where the voices are known (:func:`framelens.annotate`).

    References
    ----------
    Hyland, K. (2005). Metadiscourse. London: Continuum.
    Recasens, M., Danescu-Niculescu-Mizil, C., & Jurafsky, D. (2013). Linguistic models for analyzing and detecting biased
    language. ACL 2013, 1650-1659.

    Examples
    --------
    >>> text = "The mayor so bravely managed to leave, so he claimed."
    >>> documents = pd.DataFrame({"document_id": ["a"], "text": [text], "exclusion_reason": [None]})
    >>> zones = pd.DataFrame({"document_id": ["a"], "start": [0], "end": [len(text)], "kind": ["body"], "rule": ["default"]})
    >>> found = find_loaded(documents, zones, schema.empty("mentions"))
    >>> found[["surface", "term", "loaded_class"]].values.tolist()  # doctest: +NORMALIZE_WHITESPACE
    [['so', 'so', 'intensifier'], ['bravely', 'bravely', 'evaluative'], ['managed', 'manage', 'implicative'],
     ['claimed', 'claim', 'assertive']]
    """
    by_document = schema.rows_by_document(mentions)
    lexicon = read_loaded()
    rows = [row for view in read_views(documents, zones)
            for row in loaded_of(view, by_document.get(view.document_id, []), lexicon)]
    return schema.validate(pd.DataFrame(rows), "loaded") if rows else schema.empty("loaded")
