"""Paragraphs and sentences with offsets; sentencex behind a wrapper that never changes the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, pairwise

__all__ = ["TITLES", "paragraphs", "sentences"]

# sentencex panics on some Unicode spaces: it is handed a copy of the same length in which they are plain ones.
# Spelt out, as the same set by its class ([^\S ]) is sought at half the pace; a test holds the two together.
_SPACE = re.compile("[\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_LINE = re.compile(r"\S(?:[^\n\r\u2028\u2029]*\S)?")
_LOWER = re.compile(r"\s*[\"'”’)\]]*\s*[a-z]")
TITLES = frozenset((
    "Mr Mrs Ms Dr Prof Gen Col Capt Lt Sgt Maj Sen Rep Gov Rev St No vs Adm Cmdr Supt Insp Brig Hon Ing Engr Comr Atty ASP DSP "
    "Fr Cpl Amb Barr Cde Cmdt Hj Dra Sra Md Pol Ven Msgr Cllr Mt Eng Ir"
).split())
_OPENING = "“\"‘"
_DANGLING = re.compile(rf"\s[{_OPENING}]\s*\Z")
_LONGEST_TITLE = 8  # with its stop and what parts it from the word before
_ENDS_OPEN = re.compile(rf"\b(?:[A-Z]|{'|'.join(sorted(TITLES))})\.\s*$")


# “Who are they?” Roe asked: who speaks belongs to what is said, though a question mark stands between.
_SAID = "said says asked asks told tells wrote writes added adds replied tweeted recalled shouted continued explained".split()
_CLOSING = "\"”’'"
_QUESTION = re.compile(rf"[?!…]['’]{{0,2}}[{_CLOSING}]$")
_SPEAKER = re.compile(rf"(?:(?!(?:But|And|When|As|If|After|In|On)\b)[\w.’'-]+,?\s+){{1,6}}?(?:{'|'.join(_SAID)})\b(?!\s*:)")


# "… before 11 p.m. “We stay,” …": the stop ends the sentence too, unless a day or a time zone follows.
_AFTER_TIME = re.compile(
    r"(?<=\b[ap]\.m\.)\s+(?=[“\"‘]?[A-Z])(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z]{2,4}\b|Eastern|Central|Pacific|Mountain|Local)")


def paragraphs(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the lines of ``text[start:end]`` that hold more than space, without their outer space."""
    end = len(text) if end is None else end
    for match in _LINE.finditer(text, start, end):
        yield match.span()


def sentences(text: str, unheeded: Sequence[tuple[int, int, bool]] = ()) -> list[tuple[int, int]]:
    """Split one paragraph into sentences; return half-open offsets without outer space.

    A quotation stays with the words that introduce or follow it. Every character that is not space lies in
    exactly one sentence.

    Parameters
    ----------
    text : str
        The paragraph.
    unheeded : sequence of (start, end, opens)
        Quotation marks that must hold nothing together, because one of them is lost; does it stand before its word?

    Returns
    -------
    list of (start, end)

    Examples
    --------
    >>> text = "“Stop,” said Capt. Roe. She left at 5 p.m. on Monday."
    >>> [text[s:e] for s, e in sentences(text)]
    ['“Stop,” said Capt. Roe.', 'She left at 5 p.m. on Monday.']
    """
    from sentencex import segment  # a compiled library: loaded on first use

    plain = read = _SPACE.sub(" ", text)
    for start, end, opens in unheeded:  # an opening mark becomes part of its word, a closing one space
        cover = ("A" if not read[end:end + 1].islower() else "a") if opens else " "
        read = f"{read[:start]}{cover * (end - start)}{read[end:]}"
    out: list[tuple[int, int]] = []
    joined = False
    carried = -1
    ends = accumulate(map(len, segment("en", read)))  # the parts are all of the text: offsets are sums of lengths
    for start, end in pairwise(chain((0,), ends)):
        if carried >= 0:
            start, carried = carried, -1
        piece = plain[start:end]
        right = start + len(piece.rstrip())
        if end < len(plain) and right > start and plain[right - 1] in _OPENING and (
                dangling := _DANGLING.search(plain, max(start, end - 6), end)):
            end, carried = dangling.start(), dangling.end() - 1  # an opening mark belongs to the sentence that it opens
            piece = plain[start:end]
            right = start + len(piece.rstrip())
        left = end - len(piece.lstrip())
        if left >= right:
            continue
        if ".m." in piece and not joined:
            for gap in _AFTER_TIME.finditer(plain, left, right):
                out.append((left, gap.start()))
                left = gap.end()
        # a piece that goes on in lower case, or follows an initial or a title, is no new sentence
        if out and (joined or _LOWER.match(plain, left) or (plain[out[-1][1] - 1] in _CLOSING and (
                _QUESTION.search(plain[max(out[-1][0], out[-1][1] - 4):out[-1][1]]) and _SPEAKER.match(plain, left, right)))):
            out[-1] = (out[-1][0], right)
        else:
            out.append((left, right))
        joined = plain[right - 1] == "." and bool(_ENDS_OPEN.search(plain[max(left, right - _LONGEST_TITLE):right]))
    return out
