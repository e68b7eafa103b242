"""Phrases of who does and who suffers: where they begin and end, and their heads."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from framelens.text.reading.phrases import CLAUSE, TIME_NOUNS
from framelens.text.reading.stream import Span, Stream

__all__ = ["ARTICLES", "PARTITIVE", "PEOPLE", "SEEN", "Groups", "Reading", "base_left", "base_right", "clause_words", "heads"]

_BASE = frozenset("DNSPJ0'A")
_ABOUT = frozenset("about around over under above".split())  # before a number: "arrested about 400 protesters"
_COUNTS = frozenset("dozens scores hundred hundreds thousand thousands".split())
PARTITIVE = frozenset((
    "dozen dozens hundred hundreds thousand thousands score scores ten tens lot lots number numbers group groups crowd "
    "crowds member members handful some most many several few none all each both one two three four five half majority rest "
    "remainder thousand million couple pair unit units column columns convoy contingent body bodies line lines row rows "
    "wave waves part parts percent % any more other others mass masses team teams squad squads life lives kind kinds sort "
    "section sections band bands bunch faction factions string series spate any throng throngs mob cordon cordons minority "
    "third quarter element elements set sets people men round rounds clothes heads faces"
).split())
ARTICLES = frozenset("the a an his her its their this that these those".split())
_THESE = frozenset("those these".split())
PEOPLE = ("protesters", "security")
SEEN = frozenset("show shows heard seen watched filmed".split())
_LONGEST = 14  # items


@dataclass(slots=True)
class Groups:
    """The labels of an article: which group a word names."""

    starts: list[int]
    rows: list[Mapping[str, Any]]

    @classmethod
    def read(cls, mentions: Iterable[Mapping[str, Any]]) -> Groups:
        """Sort the mentions of one article."""
        rows = sorted(mentions, key=lambda m: (m["start"], m["end"]))
        return cls([m["start"] for m in rows], rows)

    def at(self, start: int, end: int) -> str | None:
        """Return the group of the label that holds a word."""
        k = bisect_right(self.starts, start) - 1
        return self.rows[k]["group"] if k >= 0 and self.rows[k]["end"] >= end else None

    def between(self, start: int, end: int) -> set[str]:
        """Return the groups of the labels that begin between two offsets."""
        return {row["group"] for row in self.rows[bisect_left(self.starts, start):bisect_left(self.starts, end)]}


@dataclass(slots=True)
class Reading:
    """A sentence with the labels of its article and the sets of nouns."""

    stream: Stream
    groups: Groups
    sets: Mapping[str, frozenset[str]]
    protesting: frozenset[str] = frozenset()  # who protests in this article: "nurses", where it tells of striking nurses
    others: frozenset[str] = frozenset()  # who does not, whatever the labels say: "rebels", in news of a war
    named: Mapping[str, str] = field(default_factory=dict)  # groups of surnames: "Roe", where it tells of "Ana Roe, a marcher"
    speeches: Sequence[tuple[int, int, str]] = ()  # what people of a group are said to have said
    protests: bool = False  # whether the article has labels of protesters or of their protest
    before: tuple[str | None, str | None] = (None, None)  # groups of who did it and who suffered it in the sentence before

    def speaker_at(self, offset: int) -> str | None:
        """Return the group of who says what stands at an offset, the innermost if several do."""
        said = [(end - start, group) for start, end, group in self.speeches if start <= offset < end]
        return min(said)[1] if said else None

    def group_at(self, item: int) -> str | None:
        """Return the group that an item names by a label."""
        return self.groups.at(self.stream.starts[item], self.stream.ends[item])

    def tells_of_force(self, span: Span) -> bool:
        """Do the words around a clause tell of force rather than of a contest: police, wounded, village; not ads, matches, goals?

        A sentence with neither takes the word of its neighbours.
        """
        low, high = span
        norms = self.stream.norms
        own = [*norms[:low], *norms[high:]]
        signs, contest = self.sets["signs"], self.sets["contest"]
        if contest.isdisjoint(own) and not signs.isdisjoint(own):
            return True
        weight = sum(norm in signs for norm in own) - sum(norm in contest for norm in own)
        weight += sum(self.group_at(item) in PEOPLE for item in range(len(norms)) if not low <= item < high)
        if weight == 0 and signs.isdisjoint(own):
            return self._around_force()
        return weight >= 0

    def _around_force(self) -> bool:
        view = self.stream.view
        at = view.sentence_at(self.stream.starts[0]) or 0
        first, last = view.sentences[max(0, at - 2)].first, view.sentences[min(len(view.sentences) - 1, at + 2)].last
        words = view.words[first:last]
        return not self.sets["signs"].isdisjoint(words) and 2 * sum(w in self.sets["contest"] for w in words) < sum(
            w in self.sets["signs"] for w in words)

    def tells_of_shots(self) -> bool:
        """Are there shots in this sentence or in one beside it?"""
        view = self.stream.view
        at = view.sentence_at(self.stream.starts[0]) or 0
        beside = view.sentences[max(0, at - 1)].first, view.sentences[min(len(view.sentences) - 1, at + 1)].last
        return not self.sets["shots"].isdisjoint(view.words[slice(*beside)])

    def natural_causes(self, span: Span) -> bool:
        """Do the sentences before tell of a disaster, an accident or an illness, and this one of no force?"""
        view = self.stream.view
        at = view.sentence_at(self.stream.starts[0]) or 0
        words = view.words[view.sentences[max(0, at - 3)].first:view.sentences[min(len(view.sentences) - 1, at + 1)].last]
        own = self.stream.norms
        return not self.sets["natural"].isdisjoint(words) and self.sets["signs"].isdisjoint(
            norm for k, norm in enumerate(own) if not span[0] <= k < span[1])

    def is_a(self, item: int, names: Iterable[str]) -> bool:
        """Is an item, the head of a phrase, of one of these sets?"""
        norm, code = self.stream.norms[item], self.stream.codes[item]
        for name in names:
            if norm in self.sets[name]:
                return True
            if name == "person" and (code in "UuP0D" or norm in self.sets["security"] or norm in self.sets["pronoun"] or (
                    self.group_at(item) in PEOPLE)):
                return True
            if name == "crowd" and (code in "Uu0D" or self.group_at(item) == "protesters"):
                return True
            if code == "y" and name in ("place", "thing", "vehicle"):
                return True
            if name == "event" and self.group_at(item) == "event":
                return True
            if name == "proper" and code == "P":
                return True
        return False


def base_right(stream: Stream, at: int) -> Span | None:
    """Find the noun phrase that begins at an item or behind adverbs, with "of …" and coordination, or None."""
    codes, top = stream.codes, min(len(stream), at + _LONGEST)
    while at < top and codes[at] == "A":
        at += 1
    if at >= top:
        return None
    if codes[at] in "Uuy":
        return at, at + 1
    k, noun = at, False
    while k < top:
        code = codes[k]
        if noun and stream.norms[k] == "break" and stream.norm(k + 1) == "out":
            break  # "clashes with officers break out": a verb read as a noun
        if code in "NSPZ0" or (code == "Y" and not noun):
            if code == "Y":
                return None
            noun = True
        elif code == "D":
            if noun and codes[k - 1] != "f":
                break
            noun = noun or (codes[k + 1:k + 2] not in tuple("DNSPJ0'AgnV") and stream.norm(k + 1) != "than")
            bare = codes[k + 1:k + 2] == "J" and codes[k + 2:k + 3] not in tuple("NSPJ'-0")
            if not noun and bare and stream.norms[k] in _THESE:
                return at, k + 2  # "those responsible"
        elif code in "J'":
            behind = code == "J" and noun and codes[k - 1] in "NSP" and codes[k + 1:k + 2] not in tuple("NSPJ'")
            if behind and stream.norms[k] != "military":
                break
            if noun and stream.norms[k] in ("last", "next") and stream.norm(k + 1) in TIME_NOUNS:
                break  # "shot a clerk last month"
        elif code in "gn" and k + 1 < top and codes[k + 1] in "NS" and (not noun or codes[k - 1] in "Dc0J"):
            pass
        elif code == "A":
            if noun:
                break
        elif code == "f" and noun and codes[k + 1:k + 2] in ("U", "u"):
            return at, k + 2  # "61 of them"
        elif (code == "f" and noun) or (code in "c," and noun and k + 1 < top and _goes_on(stream, k)):
            pass
        elif (code == "p" and codes[k + 1:k + 2] == "0" and not noun) or (code in "pt" and _rounds(stream, k)):
            pass  # "about 50", "more than 50", "a mob of about 50"
        else:
            break
        k += 1
    while k > at and codes[k - 1] in "c,fDA" and not (codes[k - 1] == "D" and k - 1 == at):
        k -= 1
    return (at, k) if k > at and noun else None


def _goes_on(stream: Stream, at: int) -> bool:
    """Does another member of the phrase follow a conjunction or comma, rather than a clause?"""
    codes = stream.codes
    following = codes[at + 1:at + 2]
    if codes[at] == ",":
        stop = codes.find("c", at + 1, at + 8)
        return (stop > 0 and following in tuple("DNSPJ0") and not set(codes[at + 1:stop]) - _BASE - set(",f")
                and not CLAUSE.match(codes, stop + 1) and codes[stop + 1:stop + 2] in tuple("DNSPJ0"))
    return following in tuple("DNSPJ0") and not CLAUSE.match(codes, at + 1)


def _rounds(stream: Stream, at: int) -> bool:
    """Does a preposition belong to the number behind it: "a crowd of | about 400", "more | than 400", "of | up to 400"?"""
    norm, before = stream.norms[at], stream.code(at - 1)
    if norm in ("up", "to"):
        up = at if norm == "up" else at - 1
        rounded = (stream.norm(up), stream.norm(up + 1)) == ("up", "to")
        return rounded and stream.code(up - 1) == "f" and stream.code(up + 2) == "0"
    return stream.codes[at] == "p" and stream.code(at + 1) == "0" and (norm == "than" or before == "f")


def _counted_end(stream: Stream, low: int, high: int) -> int:
    """Return where the bare number ends that stands behind "a mob of": "about 400", "300 to 400"; 0 for "400 rioters"."""
    k, counted = low, False
    while k < high:
        number = stream.codes[k] == "0" or stream.norms[k] in _COUNTS
        if not (number or stream.codes[k] in "DA" or (stream.codes[k] in "ptc" and (
                stream.code(k + 1) == "0" or stream.norm(k + 1) in ("to", "more")))):
            break
        counted = counted or number
        k += 1
    return k if counted and (k == high or stream.codes[k] in "cwhgp,(") else 0


def base_left(stream: Stream, high: int, *, of: bool = True) -> Span | None:
    """Find the noun phrase that ends before an item, with "of …" (if asked for) but without other prepositions."""
    codes = stream.codes
    if high and codes[high - 1] in "Uyu":
        return high - 1, high
    low = high
    if low and codes[low - 1] == "z" and codes[low:low + 1] in tuple("HIMX"):
        low -= 1  # "the forces had": a noun read as a verb
    while low and (codes[low - 1] in "NSPJ0'DZYn" or (codes[low - 1] == "f" and low < high and of) or (
            codes[low - 1] == "c" and low < high and codes[low - 2:low - 1] in tuple("NSP0"))):
        if codes[low - 1] == "n" and (low == high or codes[low] not in "NS" or codes[low - 2:low - 1] in tuple("HIAMU")):
            break
        if stream.norms[low - 1] in SEEN and low < high:
            break  # "videos show officers beating", read as a noun; "heard glass break", read as a participle
        if low < high and codes[low] == "D" and codes[low - 1] not in "fcD":
            break  # a phrase begins with its article
        low -= 1
    while low < high and codes[low] in "fc'Y":
        low += 1
    if low >= high:
        return None
    if set(codes[low:high]) <= set("JDn'") and (codes[high - 1] != "D" or stream.norms[high - 1] in ARTICLES - _THESE):
        return None
    return low, high


def heads(stream: Stream, span: Span) -> list[int]:
    """Find the head of each member of a phrase: its last noun before a preposition, or what "dozens of" counts."""
    codes, out = stream.codes, list[int]()
    low, high = span
    if high - low == 1:
        return [low]
    k = low
    while k < high:
        head, start = -1, k
        while k < high and (codes[k] in _BASE or codes[k] in "ZVUuyYgn" or _rounds(stream, k) or (
                k == start and stream.norms[k] in _ABOUT and stream.code(k + 1) == "0" and stream.code(k + 2) in "NSPJ")):
            if head >= 0 and codes[head] in "NSPZUu" and codes[k] in "gn" and codes[k + 1:k + 2] not in tuple("NSP"):
                return [*out, head]  # "persons lying on the ground"
            if codes[k] in "NSPZVUuyg" or (codes[k] in "0D" and head < 0):
                head = k
            if codes[k] == "D" and k > start and codes[k - 1] in "NSP" and stream.norms[k] in ARTICLES:
                break
            k += 1
        if head < 0 and k > start:
            head = k - 1
        if k < high and codes[k] == "f" and head >= 0 and (stream.norms[head] in PARTITIVE or codes[head] in "0D"):
            end = _counted_end(stream, k + 1, high) if codes[head] in "NS" else 0
            k = end or k + 1
            if not end:
                continue
        if head >= 0:
            out.append(head)
        while k < high and codes[k] != "c" and not (codes[k] == "," and codes.find("c", k, min(high, k + 8)) > 0):
            if codes[k] in "wh(":
                return out
            k += 1
        k += 1
    return out


def clause_words(stream: Stream, low: int, high: int) -> Sequence[str]:
    """Return the words around a clause."""
    return [*stream.norms[max(0, low - 8):low], *stream.norms[high:high + 10]]
