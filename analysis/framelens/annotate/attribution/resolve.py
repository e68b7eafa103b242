"""From candidates to rows: quotations without a cue, conflicts, nesting, types."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from framelens.annotate.attribution.clauses import Candidate
from framelens.text.quotes import Quote
from framelens.text.view import View

__all__ = ["Resolved", "resolve"]

Span = tuple[int, int]
SCARE_WORDS = 5  # a quotation of up to five words without any source is a scare quote
_DIRECT = 0.9  # share of the words in quotation marks from which an attribution is direct


@dataclass(slots=True)
class Resolved:
    """An attribution with its place in the nest."""

    candidate: Candidate
    level: int = 1
    parent: int | None = None
    spans: list[Span] = field(default_factory=list)


def _covers(outer: list[Span], inner: Span) -> bool:
    return any(s <= inner[0] and inner[1] <= e for s, e in outer)


def _size(spans: list[Span]) -> int:
    return sum(e - s for s, e in spans)


def _merge(spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _alone(view: View, quote: Quote) -> bool:
    """Does the quotation fill its sentence (or sentences)?"""
    at = view.sentence_at(quote.start)
    last = view.sentence_at(quote.end - 1)
    if at is None or last is None:
        return False
    outside = sum(1 for k in range(at, last + 1)
                  for w in view.words_in(view.sentences[k].start, view.sentences[k].end)
                  if not quote.start <= view.starts[w] < quote.end)
    return outside == 0


def _colon(view: View, quote: Quote) -> Span | None:
    """Find the speaker of «Roe: “…”» at the start of a sentence."""
    at = view.sentence_at(quote.start)
    if at is None:
        return None
    lead = view.text[view.sentences[at].start:quote.start].rstrip()
    if lead.endswith(":") and 0 < len(lead[:-1].split()) <= 8:
        return view.sentences[at].start, view.sentences[at].start + len(lead) - 1
    return None


def _previous(view: View, quote: Quote, found: list[Candidate]) -> Candidate | None:
    """Find the speaker of a quotation that stands alone: the last spoken attribution of this or the paragraph before."""
    at = view.sentence_at(quote.start)
    if at is None:
        return None
    paragraph = view.sentences[at].paragraph
    near = [c for c in found if c.source and c.kind in ("speech", "claim") and c.contents[0][0] < quote.start]
    if not near:
        return None
    last = max(near, key=lambda c: max(e for _, e in c.contents))
    place = view.sentence_at(max(e for _, e in last.contents) - 1)
    if place is None or not paragraph - 1 <= view.sentences[place].paragraph <= paragraph:
        return None
    return last


def _loose_quotes(view: View, found: list[Candidate]) -> None:
    """Give every quotation that no rule took an attribution of its own, or to the one that it continues."""
    outer = [q for q in view.quotes if q.level == 1]
    for earlier, later in reversed(list(pairwise(outer))):
        # a quotation that goes on in the next paragraph is its speaker's who is named there
        if later.continues and (owner := _owner(found, (later.start, later.end))) and not _owner(
                found, (earlier.start, earlier.end)):
            owner.contents.append((earlier.start, earlier.end))
    for quote in outer:
        span = (quote.start, quote.end)
        if _owner(found, span):
            continue
        n_words = len(view.words_in(*span))
        if not n_words:
            continue
        before = _previous(view, quote, found) if quote.continues or _alone(view, quote) else None
        speaker = _colon(view, quote)
        if speaker:
            found.append(Candidate("colon", "speech", None, "", "", speaker, [span]))
        elif before and (quote.continues or _same_turn(view, before, quote)):
            before.contents.append(span)
        elif before:
            found.append(Candidate("speaker_before", "speech", None, "", "", before.source, [span]))
        elif fragment := _fragment(view, quote, found):
            fragment.contents.append(span)
        else:
            scare = n_words <= SCARE_WORDS and quote.closed and not quote.continues
            found.append(Candidate("scare_quote" if scare else "unattributed_quotation", "scare_quote" if scare else "speech",
                                   None, "", "", None, [span]))


def _owner(found: list[Candidate], span: Span) -> Candidate | None:
    """Return the attribution whose content touches a quotation."""
    return next((c for c in found if any(s < span[1] and span[0] < e for s, e in c.contents)), None)


def _same_turn(view: View, before: Candidate, quote: Quote) -> bool:
    """Is the quotation the next sentence of the same paragraph, after a quotation of the same speaker?"""
    end = max(e for _, e in before.contents)
    if before.cue:
        end = max(end, before.cue[1])
    if before.source:
        end = max(end, before.source[1])
    here, there = view.sentence_at(quote.start), view.sentence_at(end - 1)
    quoted = any(q.level == 1 and _covers(before.contents, (q.inner_start, q.inner_end)) for q in view.quotes)
    return (here is not None and there is not None and quoted and here - there <= 1
            and view.sentences[here].paragraph == view.sentences[there].paragraph)


def _fragment(view: View, quote: Quote, found: list[Candidate]) -> Candidate | None:
    """Find the attribution that a fragment in quotation marks belongs to: the last one before it in its sentence."""
    at = view.sentence_at(quote.start)
    if at is None:
        return None
    start = view.sentences[at].start
    before = [c for c in found if c.source and c.kind != "scare_quote" and c.cue and start <= c.cue[0] < quote.start]
    return max(before, key=lambda c: c.cue[0] if c.cue else -1) if before else None


def _quoted_share(view: View, contents: list[Span]) -> float:
    """Return the share of the content's words that stand in quotation marks."""
    words = [w for s, e in contents for w in view.words_in(s, e)]
    if not words:
        return 0.0
    quoted = sum(any(q.inner_start <= view.starts[w] < q.inner_end for q in view.quotes) for w in words)
    return quoted / len(words)


def _nest(found: list[Candidate]) -> list[Resolved]:
    """Find for each attribution the smallest other one in whose content it stands."""
    out = [Resolved(c, spans=_merge(c.contents)) for c in found]
    for i, inner in enumerate(out):
        anchor = inner.candidate.cue or inner.spans[0]
        best: int | None = None
        for j, outer in enumerate(out):
            if i == j:
                continue
            inside = _covers(outer.spans, anchor) and all(_covers(outer.spans, s) for s in inner.spans)
            same = outer.spans == inner.spans
            holds = (inside and not same) or (same and inner.candidate.cites and not outer.candidate.cites)
            if holds and (best is None or _size(out[best].spans) > _size(outer.spans)):
                best = j
        inner.parent = best
    for resolved in out:
        seen, at = set(), resolved.parent
        while at is not None and at not in seen:
            seen.add(at)
            resolved.level += 1
            at = out[at].parent
    return out


def _drop_doubles(found: list[Candidate]) -> list[Candidate]:
    """Keep one of attributions with the same content (the first with a source), unless one cites the other."""
    kept: list[Candidate] = []
    for candidate in found:
        twin = next((k for k in kept if _merge(k.contents) == _merge(candidate.contents)), None)
        if twin is None or candidate.cites:
            kept.append(candidate)
        elif twin.source is None and candidate.source is not None:
            kept[kept.index(twin)] = candidate
    return kept


def resolve(view: View, found: list[Candidate]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Turn the candidates of an article into rows of ``attributions`` and ``attribution_spans``.

    Parameters
    ----------
    view : View
        The article.
    found : list of Candidate
        From the rules, sentence by sentence.

    Returns
    -------
    attributions, spans : lists of dict
        ``source_name``, ``source_type``, ``originator_type`` and ``conduit_type`` are left to
        :func:`framelens.annotate.sources.assign_sources`.
    """
    found = list(found)
    _loose_quotes(view, found)
    found = _drop_doubles(sorted(found, key=lambda c: (min(c.contents), c.cites, c.cue or (0, 0))))
    resolved = _nest(found)
    # An id is made of the content's offsets alone: those of source and cue do not leave the house.
    ids = [f"{view.document_id}:a:{'+'.join(f'{s}-{e}' for s, e in r.spans)}{':cited' if r.candidate.cites else ''}"
           for r in resolved]
    attributions: list[dict[str, Any]] = []
    spans: list[dict[str, Any]] = []
    for name, r in zip(ids, resolved, strict=True):
        c = r.candidate
        share = _quoted_share(view, r.spans)
        attributions.append({
            "attribution_id": name, "document_id": view.document_id,
            "type": "direct" if share >= _DIRECT else "mixed" if share > 0 else "indirect", "kind": c.kind,
            "cue": view.text[slice(*c.cue)] if c.cue else None, "cue_lemma": c.lemma or None,
            "cue_class": c.cue_class or None, "rule": c.rule, "source": view.text[slice(*c.source)] if c.source else None,
            "source_name": None, "source_type": "unnamed", "originator_type": None, "conduit_type": None, "level": r.level,
            "parent_id": ids[r.parent] if r.parent is not None else None,
            "n_words": sum(len(view.words_in(s, e)) for s, e in r.spans), "confidence": None,
        })
        parts = [("content", s) for s in r.spans]
        parts += [(role, span) for role, span in (("cue", c.cue), ("source", c.source)) if span]
        spans += [{"attribution_id": name, "document_id": view.document_id, "role": role, "start": s, "end": e}
                  for role, (s, e) in parts]
    return attributions, spans
