"""Quotations that no cue took: introduced by a colon, continued from before, fragments, scare quotes."""

from __future__ import annotations

import re
from itertools import pairwise

from framelens.annotate.attribution.clauses import Candidate
from framelens.annotate.attribution.speakers import read_speaker
from framelens.text.quotes import Quote
from framelens.text.reading.stream import Reader, Span
from framelens.text.view import View

__all__ = ["assign_quotations"]

SCARE_WORDS = 5  # a quotation of up to five words without any source is a scare quote
_LIST = re.compile(r":\s*\n\s*((?:[-–—•*·][ \t]*[^\n]+\s*)+)")
LEAST_WORDS = 4  # in a shorter quotation no attribution is sought


def assign_quotations(view: View, found: list[Candidate], reader: Reader) -> list[Quote]:
    """Give every quotation without an owner to the attribution that it continues, or make it one of its own.

    Candidates without content (a cue and a colon at the end of a sentence) wait for the quotation that follows;
    those that get none are removed. Returned are the quotations that may hold attributions themselves: whole in one
    attribution, and longer than a scare quote.
    """
    outer = [q for q in view.quotes if q.level == 1]
    unopened = {q.start for q in outer if q.start == q.inner_start}  # begins with a word, but is nobody's name
    found[:] = [c for c in found if not (c.source and c.source[0] in unopened)]
    for earlier, later in reversed(list(pairwise(outer))):
        # a quotation that goes on in the next paragraph is its speaker's who is named there
        if later.continues and (owner := _owner(found, later)) and not _owner(found, earlier):
            owner.contents.append((earlier.start, earlier.end))
    for candidate in found:
        if candidate.rule == "labelled" and candidate.cue < candidate.contents:
            candidate.contents = [_to_paragraph_end(view, *candidate.contents[0])]
        elif candidate.contents and view.text.startswith(":", candidate.contents[-1][1]) and (
                listed := _LIST.match(view.text, candidate.contents[-1][1])):
            candidate.contents.append((listed.start(1), listed.start(1) + len(listed[1].rstrip())))  # "calls on Roe to: – …"
    for quote in outer:
        if not _owner(found, quote) and view.words_in(quote.start, quote.end) and not _is_cue(found, quote):
            _assign(view, quote, found, reader)
    found[:] = [c for c in found if c.contents]
    return [q for q in outer if len(view.words_in(q.inner_start, q.inner_end)) >= LEAST_WORDS and (
        owner := _owner(found, q)) and owner.kind != "scare_quote"
        and any(s <= q.inner_start and q.inner_end <= e for s, e in owner.contents)]


def _to_paragraph_end(view: View, start: int, end: int) -> Span:
    """Give a labelled speaker («ROE: …») the rest of the paragraph."""
    at = view.sentence_at(start)
    if at is None:
        return start, end
    last = max((s.end for s in view.sentences[at:at + 40] if s.paragraph == view.sentences[at].paragraph), default=end)
    return start, max(end, last)


def _assign(view: View, quote: Quote, found: list[Candidate], reader: Reader) -> None:
    span = (quote.start, quote.end)
    at = view.sentence_at(quote.start)
    if at is None:
        return
    speaker = None if quote.continues else read_speaker(reader.sentence(at), span)
    if speaker:
        found.append(speaker)
        return
    if quote.continues or _alone(view, quote, at):
        opened = next((c for c in found if not c.contents and view.sentence_at(c.cue[0][0]) == at - 1), None)
        turn = opened or _turn(view, found, quote, at)
        if turn:
            turn.contents.append(span)
            return
        before = _spoke(view, found, quote, at)
        if before:
            found.append(Candidate("speaker_before", "speech", [], "", "", before.source, [span]))
            return
    elif fragment := _fragment(view, quote, found, at):
        fragment.contents.append(span)
        return
    scare = len(view.words_in(*span)) <= SCARE_WORDS and quote.closed and not quote.continues
    rule = "scare_quote" if scare else "unattributed_quotation"
    found.append(Candidate(rule, "scare_quote" if scare else "speech", [], "", "", None, [span]))


def _owner(found: list[Candidate], quote: Quote) -> Candidate | None:
    """Return the attribution whose content touches a quotation."""
    start, end = quote.start, quote.end
    for candidate in found:  # asked of every quotation: plain loops, as a generator takes twice the time
        for s, e in candidate.contents:
            if s < end and start < e:
                return candidate
    return None


def _is_cue(found: list[Candidate], quote: Quote) -> bool:
    """Is a quotation the verb itself: the council “strongly condemned” the raid?"""
    return any(s < quote.end and quote.start < e for c in found for s, e in c.cue)


def _alone(view: View, quote: Quote, at: int) -> bool:
    """Does the quotation fill its sentence (or sentences)?"""
    last = view.sentence_at(quote.end - 1)
    if last is None:
        return False
    inside = len(view.words_in(quote.start, quote.end))
    return inside == view.sentences[last].last - view.sentences[at].first


def _end(candidate: Candidate) -> int:
    """Return where the last word of an attribution ends, cue and source included."""
    ends = [e for _, e in (*candidate.contents, *candidate.cue)]
    return max(*ends, candidate.source[1]) if candidate.source else max(ends)


def _turn(view: View, found: list[Candidate], quote: Quote, at: int) -> Candidate | None:
    """Find the attribution that a quotation goes on with: the one quoted in the sentence before, in its paragraph."""
    paragraph = view.sentences[at].paragraph
    for candidate in reversed(found):
        if candidate.kind == "scare_quote" or not candidate.contents or min(candidate.contents)[0] > quote.start:
            continue
        if not (candidate.source or candidate.rule == "unattributed_quotation"):
            continue
        place = view.sentence_at(_end(candidate) - 1)
        if place is None or not at - 1 <= place <= at or not _quoted(view, candidate):
            continue
        apart = view.sentences[place].paragraph != paragraph
        if apart and not quote.continues:
            continue
        return candidate
    return None


def _quoted(view: View, candidate: Candidate) -> bool:
    return any(s <= q.inner_start and q.inner_end <= e for q in view.quotes if q.level == 1 for s, e in candidate.contents)


def _spoke(view: View, found: list[Candidate], quote: Quote, at: int) -> Candidate | None:
    """Find who spoke last in this paragraph or the one before."""
    near = [c for c in found if c.source and c.contents and c.kind in ("speech", "claim") and c.contents[0][0] < quote.start]
    if not near:
        return None
    last = max(near, key=lambda c: (_end(c), _quoted(view, c)))
    place = view.sentence_at(_end(last) - 1)
    if place is None or view.sentences[at].paragraph - view.sentences[place].paragraph not in (0, 1):
        return None
    return last


def _fragment(view: View, quote: Quote, found: list[Candidate], at: int) -> Candidate | None:
    """Find the attribution that a fragment in quotation marks belongs to: the last one before it in its sentence."""
    start = view.sentences[at].start
    before = [c for c in found if c.source and c.contents and c.cue and start <= c.cue[0][0] < quote.start
              and c.kind != "scare_quote"]
    return max(before, key=lambda c: c.cue[0][0]) if before else None
