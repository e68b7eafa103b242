"""From candidates to rows: quotations without a cue, doubles, nesting, types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from framelens.annotate.attribution.clauses import Candidate
from framelens.annotate.attribution.confidence import confidence_of
from framelens.text.reading.stream import Span
from framelens.text.spans import merge_spans
from framelens.text.view import View

__all__ = ["resolve"]

_DIRECT = 0.9  # share of the words in quotation marks from which an attribution is direct


@dataclass(slots=True)
class _Placed:
    """A candidate with its merged content and its place in the nest."""

    candidate: Candidate
    spans: tuple[Span, ...]
    low: int
    high: int
    level: int = 1
    parent: int | None = None


def _place(found: list[Candidate]) -> list[_Placed]:
    """Sort candidates by content; of those with the same content keep the first with a source, unless one cites the other."""
    out: dict[tuple[tuple[Span, ...], bool], _Placed] = {}
    for candidate in found:
        spans = tuple(merge_spans(candidate.contents))
        key = (spans, candidate.cites)
        held = out.get(key)
        if held is None or (held.candidate.source is None and candidate.source is not None):
            out[key] = _Placed(candidate, spans, spans[0][0], spans[-1][1])
    return sorted(out.values(), key=lambda p: (p.low, -p.high, p.candidate.cites, p.spans))


def _covers(outer: _Placed, inner: Sequence[Span]) -> bool:
    """Does each of some spans stand in a span of an attribution?"""
    for low, high in inner:  # asked of every pair that overlaps: plain loops, as generators take twice the time
        for start, end in outer.spans:
            if start <= low and high <= end:
                break
        else:
            return False
    return True


def _size(placed: _Placed) -> int:
    return sum(e - s for s, e in placed.spans)


def _nest(placed: list[_Placed]) -> None:
    """Find for each attribution the smallest other one in whose content it stands, cue and all."""
    around: list[int] = []
    for i, inner in enumerate(placed):
        around = [j for j in around if placed[j].high > inner.low]
        parts = (*inner.candidate.cue[:1], *inner.spans)
        best: int | None = None
        for j in around:
            outer = placed[j]
            if outer.spans == inner.spans:
                holds = inner.candidate.cites and not outer.candidate.cites
            else:
                holds = _covers(outer, parts)
            if holds and (best is None or _size(outer) < _size(placed[best])):
                best = j
        inner.parent = best
        inner.level = placed[best].level + 1 if best is not None else 1
        around.append(i)


def _quoted(view: View, level: int) -> bytearray:
    """Say of each word, by a one, whether it stands in quotation marks of a level or deeper."""
    marks = bytearray(len(view.starts))
    for quote in view.quotes:
        if quote.level < level:
            continue
        inside = view.words_in(quote.inner_start, quote.inner_end)
        marks[inside.start:inside.stop] = b"\1" * len(inside)
    return marks


def resolve(view: View, found: list[Candidate]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Turn the candidates of an article into rows of ``attributions`` and ``attribution_spans``.

    Parameters
    ----------
    view : View
        The article.
    found : list of Candidate
        From the rules, sentence by sentence, each with content.

    Returns
    -------
    attributions, spans : lists of dict
        ``source_name``, ``source_type``, ``originator_type`` and ``conduit_type`` are left to
        :func:`framelens.annotate.sources.assign_sources`.
    """
    placed = _place(found)
    _nest(placed)
    # An id is made of the content's offsets alone: those of source and cue do not leave the house.
    ids = [f"{view.document_id}:a:{'+'.join([f'{s}-{e}' for s, e in p.spans])}{':cited' if p.candidate.cites else ''}"
           for p in placed]
    # What somebody reports who is quoted is direct where marks within the quotation say so.
    inner = any(p.candidate.inside for p in placed)
    marks, text = (_quoted(view, 1), _quoted(view, 2) if inner else b""), view.text
    attributions: list[dict[str, Any]] = []
    spans: list[dict[str, Any]] = []
    for name, p in zip(ids, placed, strict=True):
        c = p.candidate
        ranges = [view.words_in(s, e) for s, e in p.spans]
        n_words = sum(map(len, ranges))
        quoted = marks[c.inside]
        share = sum([quoted.count(1, r.start, r.stop) for r in ranges]) / n_words if n_words else 0.0
        attributions.append({
            "attribution_id": name, "document_id": view.document_id,
            "type": "direct" if share >= _DIRECT else "mixed" if share > 0 else "indirect", "kind": c.kind,
            "cue": " … ".join([text[s:e] for s, e in c.cue]) or None, "cue_lemma": c.lemma or None,
            "cue_class": c.cue_class or None, "rule": c.rule, "source": text[slice(*c.source)] if c.source else None,
            "source_name": None, "source_type": "unnamed", "originator_type": None, "conduit_type": None, "level": p.level,
            "parent_id": ids[p.parent] if p.parent is not None else None, "n_words": n_words,
            "confidence": confidence_of(c.rule, c.kind),
        })
        for role, parts in (("content", p.spans), ("cue", c.cue), ("source", (c.source,) if c.source else ())):
            spans += [{"attribution_id": name, "document_id": view.document_id, "role": role, "start": s, "end": e}
                      for s, e in parts]
    return attributions, spans
