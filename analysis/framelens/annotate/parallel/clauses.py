"""The clauses of an article and what each tells: its acts, those they befall, names, numbers, source and remaining words."""

from __future__ import annotations

import csv
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from framelens import io
from framelens.annotate.parallel.alignment import word
from framelens.annotate.parallel.words import Synonyms, fold, number_at, read_synonyms, stem
from framelens.text.reading.phrases import CLAUSE
from framelens.text.reading.stream import Reader, Stream
from framelens.text.view import View

__all__ = ["FACTS", "Clause", "Rows", "agrees", "harm_of", "read_clauses"]

Row = Mapping[str, Any]
_VERBS = frozenset("dzvengV")
_TELLS = _VERBS | {"0"}
_SILENT = frozenset("UyupfBtrcbswhqMHXIE',;:()-.Q")
_SAID = frozenset(("speech", "claim", "evidence", "scare_quote"))
_LIGHT = frozenset((
    "be do have go come get make take give put set let keep say said told tell call called lead led use used show shown include "
    "including become became remain carry according").split())
_DULL = frozenset((
    "year month week day time thing way part number lot group other others more most some many such last next first own new "
    "late early local pm am a.m. p.m. later earlier morning afternoon evening also country place").split())
_CLASSES = {"die": "kill", "abduct": "detain", "beat": "strike_hit", "hit": "strike_hit", "fight": "clash",
            "bomb": "explode", "injure": "injure", "force": "disperse", "torture": "strike_hit"}
FACTS = {"killed": "kill", "injured": "injure", "casualties": "injure", "detained": "detain", "hospitalised": "hospitalise",
          "deployed": "deploy", "released": "release", "missing": "lose", "displaced": "evacuate"}
_OPENING, _CLOSING = "“\"'‘«„", "”\"'’»,.“"
_TITLES = frozenset("head doctor spokesman minister ministry official_thing officer lawyer union".split())
_BEFORE = frozenset("pcbswhrqt")
_NONE = frozenset("no nobody none without not never nothing neither".split())
_GROUPS = frozenset(("protesters", "security"))
_FINITE_SOON = re.compile(r"[^,;:.\-swhdzMHIX]{1,9}[dzMHIX]")
_ABSOLUTE = re.compile(r"[DNSPJ0f']{1,8}A?[gne]")  # "with police saying", "with 300 injured"
_PARTICIPLE = re.compile(r"[JNS]{0,2}[en]")
_YEAR = re.compile(r"19\d\d|20\d\d")
_ASIDE = re.compile(r"(?:^|[^IHXAUyDNSP0J'])[neg][^dzvHMIXVneg]*$")  # "the boat, built in", "a strike ending in"
_BOUND = re.compile(r"[A,]*")


@dataclass(frozen=True)
class Clause:
    """A clause: where it stands (offsets, items of its sentence), and what it tells.

    ``silent`` are its sentence's items of sources and cues; ``words`` the concepts by which it is compared, ``told`` those of
    its words in order, each with the word's stem, ``main`` that of its main verb, ``acts`` those that something happens by,
    ``whom`` the groups that an act befalls, by act. ``senses`` are what the words of its sentence stand for, ``years`` those in
    which it places something. ``speech`` is its attribution; ``agency`` and ``facts`` are the rows that stand in it.
    """

    document_id: str
    sentence: int
    start: int
    end: int
    low: int
    high: int
    stream: Stream
    silent: frozenset[int]
    words: frozenset[str]
    told: tuple[tuple[str, str], ...]
    main: str | None
    senses: frozenset[str]
    acts: frozenset[str]
    whom: Mapping[str, frozenset[str]]
    speech: Row | None
    years: frozenset[str]
    agency: tuple[Row, ...]
    facts: tuple[Row, ...]


@dataclass(frozen=True)
class Rows:
    """The rows of one article that its clauses are read with, each kind sorted by start."""

    mentions: Sequence[Row]
    agency: Sequence[Row]
    facts: Sequence[Row]
    voice: Sequence[Row]
    attributions: Mapping[str, Row]
    spans: Sequence[Row]

    def within(self, rows: Sequence[Row], start: int, end: int) -> list[Row]:
        """Return those of the rows that begin in ``[start, end)``."""
        starts = [row["start"] for row in rows]
        return list(rows[bisect_left(starts, start):bisect_left(starts, end)])

    def voice_at(self, offset: int) -> Row | None:
        """Return the row of ``voice`` that holds an offset."""
        k = bisect_right([row["start"] for row in self.voice], offset) - 1
        return self.voice[k] if k >= 0 and offset < self.voice[k]["end"] else None


@cache
def _harms() -> Mapping[str, str]:
    """Read the class of each entry of the lexicon of violence, by its dictionary form."""
    rows = csv.DictReader(io.packaged_text("violence.csv").splitlines())
    return {row["lemma"]: _CLASSES.get(row["class"], row["class"]) for row in rows if row["class"]}


def harm_of(lemma: str) -> str | None:
    """Return the act that an entry of the lexicon of violence stands for."""
    return _harms().get(lemma)


def read_clauses(view: View, rows: Rows) -> list[Clause]:
    """Read the clauses of one article that tell something.

    Parameters
    ----------
    view : View
        The article.
    rows : Rows
        What else is known of it.
    """
    synonyms = read_synonyms()
    reader = Reader(view, frozenset())
    found = []
    for stream in reader.plain(lambda words: True):
        silent = _silent(stream, rows, synonyms)
        for part in _merged(stream, _cut(stream), silent, synonyms):
            clause = _read(view, stream, rows, silent, part, synonyms)
            if clause is not None:
                found.append(clause)
    return found


def _cut(stream: Stream) -> list[int]:
    """Return the items at which clauses begin, and the sentence's end."""
    codes, n = stream.codes, len(stream)
    cuts = {0}
    for k, code in enumerate(codes):
        if code in ";:-.":
            cuts.add(k + 1)
        elif k == 0:
            continue
        elif code in "swhqrp":
            if _opens(stream, k):
                cuts.add(k)
        elif code in "cb":
            behind = _BOUND.match(codes, k + 1)
            at = behind.end() if behind else k + 1
            if codes[at:at + 1] in tuple("dzeMHIXg") or (codes[at:at + 1] in ("n", "v") and codes[k - 1] not in "J") or (
                    CLAUSE.match(codes, at)) or _elliptic(stream, at):
                cuts.add(k)
        elif code == ",":
            at = k + 1
            if codes[at:at + 1] in tuple("gn") or CLAUSE.match(codes, at) or _elliptic(stream, at):
                cuts.add(at)
    return sorted(cuts | {n})


def _elliptic(stream: Stream, at: int) -> bool:
    """Does a number with a participle stand here, without the auxiliary that it shares: "three were killed and nine wounded"?"""
    while stream.code(at) == "A":
        at += 1
    number = number_at(stream.norms, at) if at < len(stream) and stream.codes[at] in "0DJNS" else None
    return number is not None and bool(_PARTICIPLE.match(stream.codes, at + number[1]))


def _opens(stream: Stream, k: int) -> bool:
    """Does a subordinator, relative pronoun, "that", "after" or "with" open a clause with a verb of its own?"""
    code, codes = stream.codes[k], stream.codes
    if code in "sw":
        return any(c in "dzvMHIX" for c in codes[k + 1:k + 8])
    if code in "hq":
        return bool(CLAUSE.match(codes, k + 1))
    if code == "r":
        return codes[k + 1:k + 2] not in tuple("Y0gn") and (bool(_FINITE_SOON.match(codes, k + 1)) or any(
            agrees(stream, at) for at in range(k + 2, min(k + 6, len(stream)))))
    return stream.norms[k] == "with" and bool(_ABSOLUTE.match(codes, k + 1))


def agrees(stream: Stream, k: int) -> bool:
    """Could an act read as a noun be the verb of the noun before it, as in headlines: "ferry capsizes", "depositors queue"?"""
    synonyms, before = read_synonyms(), stream.codes[k - 1:k]
    number = ("S", "N") if stream.norms[k].endswith("s") else ("N", "S")
    return stream.codes[k] == number[0] and before == number[1] and synonyms.words.get(stream.norms[k]) in synonyms.acts


def _silent(stream: Stream, rows: Rows, synonyms: Synonyms) -> set[int]:
    """Return the items of sources and cues: they tell who said it, not what was said."""
    start, end = stream.sentence.start, stream.sentence.end
    out: set[int] = set()
    for span in rows.spans:
        if span["role"] == "content" or span["end"] <= start or span["start"] >= end:
            continue
        row = rows.attributions[span["attribution_id"]]
        if row["kind"] not in _SAID or (row["rule"] == "passive" and not isinstance(row["source"], str)):
            continue  # "a fault was reported in May": its cue is the only verb of what is told
        whole = span["role"] == "source" or row["rule"] == "according_to"  # which accords nothing
        out |= {k for k in range(len(stream)) if span["start"] <= stream.starts[k] < span["end"] and (
            whole or synonyms.words.get(stream.norms[k]) not in synonyms.acts)}
    return out


def _merged(stream: Stream, cuts: list[int], silent: set[int], synonyms: Synonyms) -> Iterator[tuple[int, int]]:
    """Yield the clauses between cuts; what has no verb of its own belongs to the one before, or to the next."""
    start = cuts[0]
    before: tuple[int, int] | None = None
    for stop in cuts[1:]:
        tells = any(k not in silent and (stream.codes[k] in _TELLS or synonyms.words.get(stream.norms[k]) in synonyms.acts)
                    for k in range(start, stop))
        if not tells and before is not None:
            before = (before[0], stop)
        elif tells:
            if before is not None:
                yield before
            before = (start, stop)
        else:
            continue
        start = stop
    if before is not None:
        yield before


def _read(view: View, stream: Stream, rows: Rows, silent: set[int], part: tuple[int, int], synonyms: Synonyms) -> Clause | None:
    low, high = part
    kept = [k for k in range(low, high) if k not in silent]
    kept = [k for k in kept if stream.codes[k] not in ",;:-.()"]
    if not kept:
        return None
    start, end = stream.starts[kept[0]], stream.ends[kept[-1]]
    agency, facts = rows.within(rows.agency, start, end), rows.within(rows.facts, start, end)
    labels = {k: m["group"] for m in rows.within(rows.mentions, start, end) for k in kept
              if m["start"] <= stream.starts[k] < m["end"]}
    told, acts = _told(view, stream, kept, labels, synonyms)
    words, main = {concept for concept, _, _ in told}, _main(stream, told)
    whom: dict[str, set[str]] = {}
    for row in agency:
        act = harm_of(row["verb_lemma"])
        if act:
            acts.add(act)
            if row["patient_group"] in _GROUPS:
                whom.setdefault(act, set()).add(row["patient_group"])
    for row in facts:
        act = "execute" if "execute" in acts and row["fact"] == "killed" else FACTS[row["fact"]]
        acts.add(act)
        words.add(f"F:{act}")
        if row["counted"] in _GROUPS:
            whom.setdefault(act, set()).add(row["counted"])
    if any(stream.norms[k] in _NONE for k in kept):
        words |= {f"A:no {act}" for act in acts}
    words |= {f"A:{act}" for act in acts} | {f"H:{act}>{group}" for act, groups in whom.items() for group in groups}
    first = next((k for k in kept if stream.codes[k] not in _BEFORE), kept[0])  # "with police saying dozens …": the dozens
    voice = rows.voice_at(stream.starts[first])
    speech = rows.attributions.get(voice["attribution_id"]) if voice and voice["attribution_id"] else None
    if speech is not None:
        words |= {f"S:{speech['source_type']}"} | {
            f"Q:{fold(name)}" for name in (speech["source_name"] or "").split() if (
                name[:1].isupper() and len(name) > 3 and fold(name) not in synonyms.words)}
    if not words:
        return None
    at = view.sentence_at(stream.starts[0])
    return Clause(
        view.document_id, at if at is not None else 0, start, end, low, high, stream, frozenset(silent), frozenset(words),
        tuple((concept, form) for concept, form, _ in told), main,
        frozenset(word(norm, code).sense for norm, code in zip(stream.norms, stream.codes, strict=True) if norm[0].isalnum()),
        frozenset(acts), {act: frozenset(groups) for act, groups in whom.items()}, speech,
        _years(stream), tuple(agency), tuple(facts))


def _told(view: View, stream: Stream, kept: Sequence[int], labels: Mapping[int, str],
          synonyms: Synonyms) -> tuple[list[tuple[str, str, int]], set[str]]:
    """Return the concepts of these items in order, each with its word's stem and its item, and the acts among them."""
    told: list[tuple[str, str, int]] = []
    acts: set[str] = set()
    behind = -1
    for k in kept:
        norm, code = stream.norms[k], stream.codes[k]
        if k < behind:
            continue
        number = number_at(stream.norms, k) if code in "0DJNS" else None
        if number:
            behind = k + number[1]
            if number[0] not in ("1", "many", "several", "half"):
                told.append((f"N:{number[0]}", number[0], k))
            continue
        known = synonyms.at(stream.norms, k)
        if known and known[1] > 1:
            behind = k + known[1]
        if k in labels and labels[k] in _GROUPS:
            told.append(("T:protester" if labels[k] == "protesters" else "T:officer", stem(norm), k))
        elif code == "P" and not (known and (k == kept[0] or known[1] > 1)):
            told.append((f"P:{fold(view.text[stream.starts[k]:stream.ends[k]])}", norm, k))
        elif known and known[0] in _TITLES and "P" in stream.codes[max(0, k - 1):k + 3]:
            continue  # "chief surgeon Roe"
        elif known:
            told.append((f"A:{known[0]}" if known[0] in synonyms.acts else f"T:{known[0]}", stem(norm), k))
            if known[0] in synonyms.acts:
                acts.add(known[0])
        elif code in _SILENT or code in "DA0" or norm in _LIGHT or norm in _DULL:
            continue
        elif len(norm) > 2 and not (code in _VERBS and _set_off(view, stream, k)):
            told.append((f"D:{norm}" if code == "Y" else f"W:{stem(norm)}", norm, k))
    return told, acts


def _years(stream: Stream) -> frozenset[str]:
    """Return the years in which a sentence places something that happened: the verb before them is finite, or none is there."""
    return frozenset(norm for k, norm in enumerate(stream.norms)
                     if _YEAR.fullmatch(norm) and not _ASIDE.search(stream.codes, 0, k))


def _main(stream: Stream, told: Sequence[tuple[str, str, int]]) -> str | None:
    """Return the concept of the main verb: the first finite one, or participle behind an auxiliary; else the first act."""
    verbs = [c for c, _, k in told if c[0] in "AWT" and (
        stream.codes[k] in "dzv" or (stream.codes[k] in "neg" and stream.codes[:k].rstrip("A")[-1:] in tuple("IHX")))]
    return next(iter(verbs), None) or next((c for c, _, _ in told if c[0] == "A"), None)


def _set_off(view: View, stream: Stream, at: int) -> bool:
    """Does a word stand alone in quotation marks: a source's own word for the act, whatever it means?"""
    before, behind = view.text[stream.starts[at] - 1:stream.starts[at]], view.text[stream.ends[at]:stream.ends[at] + 1]
    return before in _OPENING and behind in _CLOSING and bool(before) and bool(behind)
