"""A sentence as the rules read it: words, punctuation, and each quotation as one item, with a class letter for each."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache

from framelens.text.quotes import Quote
from framelens.text.reading.lexis import SURFACE_CODES, settle, word_code
from framelens.text.sentences import TITLES, sentences
from framelens.text.tokens import Known
from framelens.text.view import Sentence, View

__all__ = ["QUOTE", "Reader", "Span", "Stream"]

Span = tuple[int, int]
QUOTE = "“”"  # the normal form of a quotation: no word is spelt so
_MARKS = {",": ",", ";": ";", ":": ":", "(": "(", "[": "(", ")": ")", "]": ")", "—": "-", "–": "-", "…": ".", ".": ".", "?": ".",
          "!": ".", "|": "."}
_TITLES = frozenset(map(str.lower, TITLES)) | {"jr", "sr"}
_TITLE_CASE = 0.6  # from this share of capitals on, among its words of four letters and more, a line is in title case
_LONG_TITLE = 0.9  # the same with a full stop: short sentences may have a speaker with a long title
_BY_CONTEXT = frozenset(":-'’ʼ")  # what it is depends on what stands beside it
_LONGEST_GAP = 12  # characters of a gap between words that is remembered
_CLOSING = ".:;?!…"
_BY_WORDS = re.compile("rDr|nB|sA|D[Nn]|p[JDS]|Pv(?=[,;])|Iu[de]")
_PLURAL_SUBJECT = re.compile("(?:^|[,;.])[DJ0]*SpD?J?[NP]+N(?=h[DNSPUyJ0E])")
_OUTSIDERS = frozenset("agitators forces elements powers actors provocateurs instigators experts observers groups".split())
_COUNTED = frozenset("many few several both".split())
_PLURAL = _COUNTED | frozenset("some most all".split())
_OBJECTS = tuple("DUyhuPqt")  # what follows a verb rather than a noun
_BY_MEANS = frozenset("telephone phone email e-mail radio video text letter".split())
_ROSE = frozenset("fell rose grew".split())  # "rose by a third"
_UNSETTLED = frozenset("show cost reports claims notes states remarks broadcast back forces".split())
_OF_FORCES = frozenset("security armed special defence defense police government coalition peacekeeping".split())
_SHOWING = re.compile(r"S(?:[ngd][^dzvMHIXwh,;:Q]*)?(?:,A,)?$")  # "videos verified by the group | show"
_VERBLESS = re.compile("(?:^|[,;s])[^,;sdzvMHIXw]*$")
_BROADCAST = re.compile("[NSP]N[DNSJ][^dzvMHIX,;]*(?:[,;.]|$)")
_SUBJECT_OF = re.compile("(?:^|[,h]|(?<=S)v)[DJ0NP]*S$")
_SHOWN = re.compile("[DhJSP0NnuU]|z(?=g)|d(?=[NSP])")
_REPORTER = re.compile(r"[,Q](?:D|P|J(?=N)|N(?=[fN]))[DJNSPf']*(?<=[NSP'])$")  # "…, the agency's correspondent | reports"
_FROM_THERE = re.compile(r"(?:p[DJ0NSPYf']+)?\.*$")
_SIGNED = re.compile(r" [–—-]{1,2} [^–—,;:.!?]{3,}\.?$")  # a sentence that ends with who says so
_SIGNATURE = 60  # letters of it at most
_LONGEST_VERB = 40  # characters
_STOP = re.compile(r"[.:?!…]\W*\s")  # without it a quotation is one sentence


@dataclass(slots=True)
class Stream:
    """Parallel items of one sentence: offsets, normal forms, and their class letters as one string.

    Letters are those of :data:`framelens.text.reading.lexis.CLASSES`; beside them ``Q`` is a quotation, ``-`` a
    dash, ``.`` an inner stop, and other punctuation stands for itself.
    """

    view: View
    sentence: Sentence
    starts: list[int]
    ends: list[int]
    norms: list[str]
    codes: str
    quotes: list[Quote]
    high: int  # the item behind the last that is no closing punctuation
    taken: int = 0  # the item behind the last cue
    floor: int = 0  # the item behind the last attribution whose content stands before it

    def __len__(self) -> int:
        return len(self.norms)

    def span(self, low: int, high: int) -> Span:
        """Return the offsets of the items ``low`` to ``high`` (exclusive)."""
        return self.starts[low], self.ends[high - 1]

    def norm(self, at: int) -> str:
        """Return the normal form of an item, empty beyond the sentence."""
        return self.norms[at] if 0 <= at < len(self.norms) else ""

    def code(self, at: int) -> str:
        """Return the class letter of an item, a full stop beyond the sentence."""
        return self.codes[at] if 0 <= at < len(self.codes) else "."

    def capital(self, at: int) -> bool:
        """Tell whether an item begins with a capital."""
        return self.view.text[self.starts[at]].isupper()


_Marks = tuple[tuple[int, int, str, str], ...]  # offsets within a gap, form, letter


def _marks(before: str, gap: str, behind: str) -> _Marks:
    """Return the punctuation between two words, by what stands beside it: offsets within the gap, form, letter."""
    text, low = before + gap + behind, len(before)
    found = []
    at, high = low, low + len(gap)
    while at < high:
        char = text[at]
        if char == ":" and text[at - 1:at].isdigit() and text[at + 1:at + 2].isdigit():
            pass  # the time of day
        elif char in _MARKS:
            found.append((at - low, at - low + 1, char, _MARKS[char]))
        elif char == "-":
            dash = text[at - 1:at].isspace() and text[at + 1:at + 2].isspace()
            stop = at + 1
            while stop < high and text[stop] == "-":
                stop += 1
            if dash or stop - at > 1:
                found.append((at - low, stop - low, "—", "-"))
            at = stop - 1
        elif char in "'’ʼ" and text[at + 1:at + 2] in ("s", "S") and at == low and not text[at + 2:at + 3].isalnum():
            found.append((at - low, at - low + 2, "'s", "'"))
            at += 1
        elif char in "'’ʼ" and at == low and text[at - 1:at] in ("s", "S") and text[at + 1:at + 2] == " ":
            found.append((at - low, at - low + 1, "'s", "'"))
        at += 1
    return tuple(found)


_known_marks = lru_cache(maxsize=10_000)(_marks)  # a few gaps are most gaps
# Marks that mean the same whatever stands beside the gap; None where they may not.
_PLAIN_MARKS: Known[str, _Marks | None] = Known(
    lambda gap: _marks("", gap, "") if _BY_CONTEXT.isdisjoint(gap) else None, most=10_000)


@dataclass(slots=True)
class _Words:
    """What the sentences of an article share: each word's letter, and before which words more than a space stands."""

    view: View
    capitals: list[bool]
    letters: list[str]
    breaks: list[int]

    def read(self, sentence: Sentence, quotes: list[Quote]) -> Stream:
        """Read one sentence, with the quotations that begin or end in it; its letters are still to be settled."""
        view, first, last = self.view, sentence.first, sentence.last
        stream = Stream(view, sentence, [], [], [], "", [], 0)
        letters: list[str] = []
        at, number = sentence.start, first
        for quote in quotes:
            start, end = max(quote.start, sentence.start), min(quote.end, sentence.end)
            if start < at or start >= end or self._tells(quote):
                continue
            number = self._words(stream, letters, number, bisect_left(view.starts, start, number, last), at)
            _punctuation(stream, letters, view.ends[number - 1] if number > first and view.ends[number - 1] > at else at, start)
            stream.starts.append(start)
            stream.ends.append(end)
            stream.norms.append(QUOTE)
            letters.append("Q")
            stream.quotes.append(quote)
            at = end
            number = max(number, bisect_left(view.starts, end, number, max(number, last)))
        rest = number
        number = self._words(stream, letters, number, last, at)
        _punctuation(stream, letters, view.ends[number - 1] if number > rest else at, sentence.end)
        self._first_letters(stream, letters, first, last)
        stream.codes = "".join(letters)
        stream.high = len(letters)
        while stream.high and stream.norms[stream.high - 1] in _CLOSING:
            stream.high -= 1
        return stream

    def _tells(self, quote: Quote) -> bool:
        """Is what stands in quotation marks the verb of the sentence: the council “strongly condemned” the raid?"""
        view = self.view
        if quote.inner_end - quote.inner_start > _LONGEST_VERB or not quote.closed:
            return False
        inside = view.words_in(quote.inner_start, quote.inner_end)
        first, last = inside.start, inside.stop - 1
        if not (0 < len(inside) < 4 and first and inside.stop < len(self.letters)) or (
                view.text[view.ends[first - 1]:quote.start], view.text[quote.end:view.starts[inside.stop]]) != (" ", " "):
            return False
        before, verb, behind = self.letters[first - 1], self.letters[last], self.letters[inside.stop]
        return all(letter == "A" for letter in self.letters[first:last]) and (
            (before in "NSPU" and verb in "dez" and behind in "DSPJNhu0B")
            or (before == "I" and verb in "enJ" and behind in "Bh"))

    def _words(self, stream: Stream, letters: list[str], number: int, stop: int, at: int) -> int:
        """Add the words up to ``stop``, with the punctuation between them; ``at`` is where the text before them ends."""
        view = self.view
        if number >= stop:
            return number
        if at < view.starts[number]:
            _punctuation(stream, letters, at, view.starts[number])
        low = bisect_right(self.breaks, number)
        high = bisect_left(self.breaks, stop, low)
        for cut in (*self.breaks[low:high], stop):
            stream.starts += view.starts[number:cut]
            stream.ends += view.ends[number:cut]
            stream.norms += view.words[number:cut]
            letters += self.letters[number:cut]
            if cut < stop:
                _punctuation(stream, letters, view.ends[cut - 1], view.starts[cut])
            number = cut
        return number

    def _first_letters(self, stream: Stream, letters: list[str], first: int, last: int) -> None:
        """Judge anew the words whose capital tells nothing: a sentence's first, or all of a line in title case."""
        capitals = self.capitals[first:last]
        share = _LONG_TITLE if self.view.text[stream.sentence.end - 1] == "." else _TITLE_CASE
        if 2 * capitals.count(True) > len(capitals) and _title_case(capitals, self.view.words[first:last], share):
            for k, norm in enumerate(stream.norms):
                if norm[0].isalnum() and stream.capital(k):
                    letters[k] = word_code(norm, 1)
        elif stream.norms and capitals and capitals[0] and stream.norms[0] != QUOTE and (
                stream.starts[0] == self.view.starts[first]):
            letters[0] = word_code(stream.norms[0], 1)


def _title_case(capitals: list[bool], words: Sequence[str], share: float) -> bool:
    long = [capital for capital, word in zip(capitals, words, strict=True) if len(word) > 3]
    return len(long) > 2 and sum(long) > share * len(long)


def _punctuation(stream: Stream, letters: list[str], low: int, high: int) -> None:
    """Add the punctuation of a gap between words."""
    if low >= high:
        return
    text, norms = stream.view.text, stream.norms
    gap = text[low:high]
    marks = _PLAIN_MARKS[gap] if high - low <= _LONGEST_GAP else None
    if marks is None:
        # a space parts a mark from what follows, which then changes nothing
        read = _known_marks if high - low <= _LONGEST_GAP else _marks
        marks = read(text[low - 1:low], gap, "" if gap[-1] == " " else text[high:high + 2])
    for begin, stop, norm, letter in marks:
        start, end = low + begin, low + stop
        if norm == "." and norms and start == stream.ends[-1] and (norms[-1] in _TITLES or len(norms[-1]) == 1 or (
                letters[-1] == "P" and end < high and gap == ". " and text[high:high + 1].isupper())):
            continue  # the full stop of a title, an initial or a shortened name parts nothing
        if letter == "'" and letters and letters[-1] in "Uyw":
            letter = "I"  # "he's": is or has
        stream.starts.append(start)
        stream.ends.append(end)
        norms.append(norm)
        letters.append(letter)


def _settled(streams: list[Stream]) -> list[Stream]:
    """Settle the letters of all sentences in one pass."""
    settled = settle("\n".join([s.codes for s in streams])).split("\n") if streams else []
    for stream, codes in zip(streams, settled, strict=True):
        stream.codes = _by_words(stream, codes)
        if not _UNSETTLED.isdisjoint(stream.norms):
            stream.codes = _by_clause(stream.norms, stream.codes)
    return streams


def _by_clause(norms: list[str], codes: str) -> str:
    """Settle what the clause tells: "videos shared by residents show …", "the walkout cost it …", "…, a reporter reports"."""
    for at, norm in enumerate(norms):
        if norm not in _UNSETTLED:
            continue
        code, before, behind = codes[at], codes[at - 1:at], codes[at + 1:at + 2]
        if norm == "forces":  # "urges security forces to act", "rebel forces to leave", "a defence forces spokesman said"
            if code == "z" and (norms[at - 1] in _OF_FORCES or behind == "t" or (behind == "N" and (
                    norms[at + 1].startswith("spokes") or codes[at + 2:at + 3] in tuple("dzMHI")))):
                code = "S"
        elif norm == "back":  # "most voters back the plan"
            if code == "A" and before == "S" and behind in ("D", "P", "u") and _SUBJECT_OF.search(codes, 0, at):
                code = "v"
        elif code not in "NS":
            continue
        elif norm == "show":
            shown = _SHOWN.match(codes, at + 1) if _SHOWING.search(codes, 0, at) else None
            if shown:  # "show guards kicking", "show masked men": no verbs beside it
                code, other = "v", {"z": "S", "d": "J"}.get(shown[0][0], shown[0][0])
                codes = f"{codes[:at + 1]}{other}{codes[at + 2:]}"
        elif norm == "broadcast":  # "state television broadcast footage of …"
            code = "d" if _BROADCAST.match(codes, max(0, at - 1)) and _VERBLESS.search(codes, 0, at) else code
        elif norm == "cost":
            code = "d" if before in ("N", "S", "P") and behind in tuple("Dyu0") else code
        elif _REPORTER.search(codes, 0, at) and _FROM_THERE.fullmatch(codes, at + 1):
            code = "z"
        codes = f"{codes[:at]}{code}{codes[at + 1:]}"
    return codes


def _by_words(stream: Stream, codes: str) -> str:
    """Settle what letters cannot tell: "Roe said by telephone", "so far", "many fear that"."""
    norms = stream.norms
    if "Nh" in codes and (plural := _PLURAL_SUBJECT.search(codes)) and word_code(norms[plural.end() - 1], 0) == "V":
        codes = f"{codes[:plural.end() - 1]}v{codes[plural.end():]}"  # "partners on the ground report that …"
    for match in _BY_WORDS.finditer(codes):
        at = match.start()
        first, second = norms[at], norms[at + 1]
        if (first == "said" and at and (codes[at - 1] in "NSP" or not _BY_MEANS.isdisjoint(norms[at + 2:at + 3]))) or (
                first in _ROSE):
            codes = f"{codes[:at]}d{codes[at + 1:]}"
        elif codes[at] == "P":
            if not first.endswith("s"):  # "a spokesman for the Clinton campaign, said"
                codes = f"{codes[:at + 1]}N{codes[at + 2:]}"
        elif codes[at] == "I":  # "were themselves ordered"
            codes = f"{codes[:at + 1]}An{codes[at + 3:]}" if second.endswith(("self", "selves")) else codes
        elif codes[at] == "r":
            if first == norms[at + 2] == "as" and second in ("many", "much", "few", "little"):  # "as many as 400 people"
                codes = f"{codes[:at]}AAA{codes[at + 3:]}"
        elif first == "so" and second == "far":
            codes = f"{codes[:at]}A{codes[at + 1:]}"
        elif first == "those" and codes[at + 2:at + 3] == "n":  # "those gathered chanted"
            codes = f"{codes[:at + 2]}d{codes[at + 3:]}"
        elif first == "outside" and second in _OUTSIDERS:
            codes = f"{codes[:at]}J{codes[at + 1:]}"
        elif first == "at" and second in ("least", "most"):
            codes = f"{codes[:at]}AA{codes[at + 2:]}"
        elif first in _PLURAL and codes[at - 1:at] not in ("I", "p") and codes[at + 2:at + 3] in (
                _OBJECTS if first in _COUNTED else _OBJECTS[:-1]) and (codes[at + 1] == "n" or word_code(second, 0) == "V"):
            codes = f"{codes[:at + 1]}{'v' if codes[at + 1] == 'N' else 'd'}{codes[at + 2:]}"
    return codes


class Reader:
    """Reads the sentences of an article as streams; what its words are is found once."""

    def __init__(self, view: View, wanted: Set[str]) -> None:
        capitals = [surface[0].isupper() for surface in view.surfaces]
        breaks = [k for k, gap in enumerate(view.gaps[:-1]) if k and gap != " "]
        self.view, self.wanted = view, wanted
        self._words = _Words(view, capitals, list(map(SURFACE_CODES.__getitem__, view.surfaces)), breaks)
        self._known: dict[int, Stream] = {}

    def outer(self) -> list[Stream]:
        """Read the sentences that hold one of the words wanted, or a colon; an outermost quotation is one item."""
        found = self._read(self.view.sentences, [q for q in self.view.quotes if q.level == 1])
        self._known = {stream.sentence.start: stream for stream in found}
        return found

    def sentence(self, at: int) -> Stream:
        """Read one sentence, whatever it holds."""
        sentence = self.view.sentences[at]
        known = self._known.get(sentence.start)
        if known is not None:
            return replace(known, taken=0, floor=0)
        inside = [q for q in self.view.quotes if q.level == 1 and q.start < sentence.end and sentence.start < q.end]
        return _settled([self._words.read(sentence, inside)])[0]

    def plain(self, calls: Callable[[Collection[str]], bool]) -> list[Stream]:
        """Read the sentences whose words ``calls`` asks for, quotation marks left out; what is known is not read again."""
        quoted = [q for q in self.view.quotes if q.level == 1]
        found, fresh = [], []
        at = 0
        for sentence in self.view.sentences:
            while at < len(quoted) and quoted[at].end <= sentence.start:
                at += 1
            if not calls(self.view.words[sentence.first:sentence.last]):
                continue
            whole = at == len(quoted) or quoted[at].start >= sentence.end
            stream = self._known.get(sentence.start) if whole else None
            if stream is None:
                stream = self._words.read(sentence, [])
                fresh.append(stream)
            found.append(stream)
        _settled(fresh)
        return found

    def inner(self, quotes: Sequence[Quote]) -> list[Stream]:
        """Read the sentences inside outermost quotations; a quotation within them is one item."""
        view, parts = self.view, []
        for quote in quotes:
            around, words = view.sentence_at(quote.start), view.words_in(quote.inner_start, quote.inner_end)
            if around is None or self.wanted.isdisjoint(view.words[words.start:words.stop]):
                continue
            outer, text = view.sentences[around], view.text[quote.inner_start:quote.inner_end]
            for start, end in sentences(text) if _STOP.search(text) else [(0, len(text))]:
                low, high = quote.inner_start + start, quote.inner_start + end
                words = view.words_in(low, high)
                parts.append(Sentence(low, high, words.start, words.stop, outer.paragraph, outer.zone))
        return self._read(parts, [q for q in view.quotes if q.level == 2])

    def _read(self, parts: Sequence[Sentence], quotes: list[Quote]) -> list[Stream]:
        view, wanted, at = self.view, self.wanted, 0
        found: list[Stream] = []
        for sentence in parts:
            while at < len(quotes) and quotes[at].end <= sentence.start:
                at += 1
            stop = at
            while stop < len(quotes) and quotes[stop].start < sentence.end:
                stop += 1
            if wanted.isdisjoint(view.words[sentence.first:sentence.last]) and sentence.zone != "headline" and (
                    ":" not in view.text[sentence.start:sentence.end]) and (
                    not _SIGNED.search(view.text, max(sentence.start, sentence.end - _SIGNATURE), sentence.end)):
                continue
            found.append(self._words.read(sentence, quotes[at:stop]))
        return _settled(found)
