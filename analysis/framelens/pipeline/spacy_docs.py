"""Attributions from parsed texts: spaCy Docs, or what any extractor found in them, as tables.

spaCy is never imported: a Doc is whatever has its attributes, so that versions and imitations serve alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from framelens.annotate.attribution import read_cues
from framelens.annotate.attribution.cues import CueLexicon
from framelens.annotate.convert import Found, Span, build_tables, views_of
from framelens.errors import SchemaError
from framelens.pipeline.spacy_rules import Verbs, find_in_parse
from framelens.text.spans import merge_spans
from framelens.text.view import View

__all__ = ["attributions_from_spacy"]

Triples = Iterable[tuple[Any, Any, Any]]
SHOWN = 20  # characters that an error shows of a text


def attributions_from_spacy(docs: Mapping[str, Any], documents: pd.DataFrame, *, zones: pd.DataFrame | None = None,
                            triples: Callable[[Any], Triples] | Mapping[str, Triples] | None = None,
                            cues: CueLexicon | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make attributions of parsed texts: by the dependency parse, or of what your own extractor found.

    Parameters
    ----------
    docs : mapping of str to spaCy Doc
        ``document_id`` → the Doc made of ``documents.text``, unchanged. Without ``triples`` it needs a dependency parse
        (English labels of spaCy's or Universal Dependencies' kind); lemmas and parts of speech help.
    documents : DataFrame
        ``documents``, with texts.
    zones : DataFrame, optional
        ``zones``, from :func:`framelens.find_zones`. They help to tell quotations apart.
    triples : callable or mapping, optional
        Takes the place of the parse: a function Doc → (source, cue, content) for each attribution, such as
        ``textacy.extract.direct_quotations``, or ``document_id`` → such triples. Each of the three is a Span, a Token,
        a pair of character offsets, a list of these, or None; content may not be empty.
    cues : CueLexicon, optional
        By default the packaged one.

    Returns
    -------
    attributions, attribution_spans : DataFrame
        Valid under these names. ``rule`` is "spacy: …" with the construction or the name of the extractor; ``level`` and
        ``parent_id`` follow from containment; ``cue_class`` and ``kind`` from the cue, where the lexicon has it;
        ``source_type`` is "unnamed" until :func:`framelens.assign_sources` types it; ``confidence`` is empty.

    Raises
    ------
    SchemaError
        A Doc is missing, of an unknown article, without a parse, or of another text; a triple is not as described.

    Notes
    -----
    By default, as in the Gender Gap Tracker (Asr et al. 2021, PLoS ONE 16(1): e0245533): a verb of the cue lexicon with a
    subject (or agent) and a content that one of its frames allows (a clausal complement or parataxis, an infinitive, an
    object, an object and a preposition); "according to"; then quotations that no verb governs: the next sentence of
    the same turn, a fragment in the sentence of an attribution, a scare quote of up to five words, or a quotation
    without source.

    Examples
    --------
    >>> documents = pd.DataFrame({"document_id": ["a"], "text": ["Roe said: “We stay.”"]})
    >>> class Doc:
    ...     text = "Roe said: “We stay.”"
    >>> attributions, _ = attributions_from_spacy({"a": Doc()}, documents, triples={"a": [((0, 3), (4, 8), (10, 20))]})
    >>> attributions[["source", "cue_lemma", "type", "rule"]].values.tolist()
    [['Roe', 'say', 'direct', 'spacy: triples']]
    """
    _check_docs(docs, documents)
    verbs = Verbs.read(cues or read_cues())
    name = getattr(triples, "__name__", "triples")
    rule = "triples" if name == "<lambda>" else name

    def read(view: View) -> list[Found]:
        doc = docs[view.document_id]
        if triples is None:
            return find_in_parse(doc, view, verbs)
        given = triples.get(view.document_id, ()) if isinstance(triples, Mapping) else triples(doc)
        return [_read_triple(triple, view, verbs, rule) for triple in given]

    wanted = documents[documents["document_id"].astype(str).isin(docs)]
    return build_tables((view, read(view)) for view in views_of(wanted, zones))


def _check_docs(docs: Mapping[str, Any], documents: pd.DataFrame) -> None:
    """Hold the Docs against the articles: one each, of the same text."""
    texts = {str(name): text for name, text in zip(documents["document_id"], documents["text"], strict=True)
             if isinstance(text, str)}
    strange = [name for name in docs if name not in texts]
    if strange:
        raise SchemaError(f"docs: {strange[0]!r} has no text in documents. Mend the name, or add the article.")
    reasons = documents["exclusion_reason"] if "exclusion_reason" in documents else pd.Series(None, documents.index, dtype="str")
    bare = [str(name) for name, why in zip(documents["document_id"], reasons, strict=True)
            if pd.isna(why) and str(name) in texts and str(name) not in docs]
    if bare:
        named = ", ".join(map(repr, bare[:3])) + (f" and {len(bare) - 3} more" if len(bare) > 3 else "")
        raise SchemaError(f"docs: no Doc for {named}: without one an article would count as one that attributes nothing. Parse "
                          "it, or leave it out of documents.")
    for name, doc in docs.items():
        if doc.text != texts[name]:
            raise SchemaError(_difference(name, doc.text, texts[name]))


def _difference(name: str, parsed: str, text: str) -> str:
    """Say where two texts part."""
    at = next((i for i, (a, b) in enumerate(zip(parsed, text, strict=False)) if a != b), min(len(parsed), len(text)))
    here, there = (t[max(0, at - SHOWN // 2):at + SHOWN // 2] for t in (parsed, text))
    return (f"docs[{name!r}]: its text is not documents.text: at character {at} {here!r} instead of {there!r}. Offsets would "
            "not fit: build the Doc from documents.text as it is, without cleaning.")


def _read_triple(triple: Any, view: View, verbs: Verbs, rule: str) -> Found:
    """Read one triple of an extractor."""
    where = f"triples of {view.document_id!r}"
    if not isinstance(triple, tuple | list) or len(triple) != 3:
        raise SchemaError(f"{where}: {triple!r} is no (source, cue, content). Give three; None for a source or cue not known.")
    source, cue, content = (_spans_in(part, view.text, where) for part in triple)
    if not content:
        raise SchemaError(f"{where}: {triple!r} has no content. Give what is said, thought or shown as the third.")
    lemma, cue_class = verbs.look_up([view.text[s:e] for s, e in cue])
    return Found(content, cue, source, {"cue_lemma": lemma, "cue_class": cue_class, "rule": f"spacy: {rule}"})


def _spans_in(part: Any, text: str, where: str) -> list[Span]:
    """Return the offsets of a Span, a Token, a pair of offsets or a list of these; neighbours that only space parts as one."""
    spans = [_trim(span, text) for span in _flat(part, where)]
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            raise SchemaError(f"{where}: [{start}, {end}) is no span of the text ({len(text)} characters). Give half-open "
                              "offsets of characters in documents.text.")
    out: list[Span] = []
    for start, end in merge_spans(spans):
        if out and text[out[-1][1]:start].isspace():
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def _flat(part: Any, where: str) -> list[Span]:
    if part is None:
        return []
    if hasattr(part, "start_char"):
        return [(part.start_char, part.end_char)]
    if hasattr(part, "idx"):
        return [(part.idx, part.idx + len(part.text))]
    if isinstance(part, tuple | list) and len(part) == 2 and all(isinstance(offset, int) for offset in part):
        return [(part[0], part[1])]
    if isinstance(part, str) or not isinstance(part, Iterable):
        raise SchemaError(f"{where}: {part!r} is no span. Give a Span, a Token, a pair of character offsets, a list of these, or "
                          "None.")
    return [span for piece in part for span in _flat(piece, where)]


def _trim(span: Span, text: str) -> Span:
    """Take white space off both ends."""
    start, end = span
    while start < end and text[start:start + 1].isspace():
        start += 1
    while end > start and text[end - 1:end].isspace():
        end -= 1
    return start, end
