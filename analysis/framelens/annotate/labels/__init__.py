"""Labels in the text: whole words, the longest match wins, no double counting, every mention with offsets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pandas as pd

from framelens import schema
from framelens.annotate.labels.distance import is_contested
from framelens.annotate.labels.phrase import PhraseReader
from framelens.annotate.labels.referents import ReferentReader
from framelens.annotate.labels.roles import CLAUSE, PROOF, RoleReader
from framelens.lexicon import Condition, Lexicon, Term
from framelens.lexicon.terms import LABEL_OF, OWN_EVENT, Patterns
from framelens.text.negation import is_negated
from framelens.text.trie import Trie
from framelens.text.view import Sentence, View, read_views
from framelens.text.wordclass import PREPOSITIONS, word_class

__all__ = ["find_mentions", "label_finder"]

_GAP = re.compile(r"(?:['’]s?)?[\s\-‐‑]+(?:[\"“‘'«]?)")  # what may stand between the words of one label
_POSSESSIVE = re.compile(r"['’](?:s\b)?\s")
_SPACE = re.compile(r"\s+")
_SORTS = frozenset("mostly mainly including especially many most some".split())  # what follows is a sort of what stands before
_DEFINITE = frozenset(("the", "these", "those"))
_SENTENCES_BACK, _LISTED = 3, 4

_CROWDS = frozenset((
    "crowd crowds mob mobs throng throngs gang gangs group groups band bands column columns elements horde hordes "
    "rabble").split())
_PARTS = frozenset((  # of a body
    "members officers agents soldiers troops forces units contingent contingents detachment detachments squads "
    "operatives").split())

Match = tuple[int, int, int, Term]  # the words, from and to, of a match, the sentence, the term
Row = tuple[dict[str, Any], int, tuple[int, int], bool]  # of mentions, the sentence, the words, whether the clause proved it


@lru_cache(maxsize=512)
def _trie(patterns: Patterns) -> Trie:
    return Trie((p, True) for p in patterns)


def _holds(condition: Condition, words: tuple[str, ...], span: tuple[int, int], bounds: tuple[int, int]) -> bool:
    """Do the words of a condition stand near the match, in the same sentence?"""
    (first, last), (low, high) = span, bounds
    around = []
    if condition.side in ("before", "both"):
        around.append(words[max(low, first - condition.window):first])
    if condition.side in ("after", "both"):
        around.append(words[last:min(high, last + condition.window)])
    trie = _trie(condition.patterns)
    return any(trie.any_in(part) for part in around)


def _right_class(term: Term, view: View, span: tuple[int, int], sentence: Sentence) -> bool:
    """Is the term used as the part of speech that it asks for?"""
    first, last = span
    head = first if term.pos == "verb" else last - 1
    if term.pos == "noun" and head == first and _POSSESSIVE.match(view.gaps[head]):  # "the students' march"
        return True
    low, high = head, head + 1  # only words that no punctuation parts from the head
    while low > sentence.first and _GAP.fullmatch(view.text[view.ends[low - 1]:view.starts[low]]):
        low -= 1
    while high < sentence.last and _GAP.fullmatch(view.text[view.ends[high - 1]:view.starts[high]]):
        high += 1
    if term.pos == "adjective":  # before a noun: something follows that is no function word
        return head + 1 < high and word_class(view.words[low:high], head + 1 - low) == "noun"
    return word_class(view.words[low:high], head - low) == term.pos


def _allowed(term: Term, view: View, span: tuple[int, int], at: int) -> bool:
    """Do part of speech, contexts and earlier terms allow the match, whatever the article is about?"""
    sentence = view.sentences[at]
    bounds = (sentence.first, sentence.last)
    if term.case == "lower" and view.surface(span[0])[0].isupper():
        return False
    if term.pos and not _right_class(term, view, span, sentence):
        return False
    if term.when and not _holds(term.when, view.words, span, bounds):
        return False
    if term.unless and _holds(term.unless, view.words, span, bounds):
        return False
    if term.after:
        start = view.sentences[max(0, at - _SENTENCES_BACK)].first
        earlier = view.words[start:span[0]]
        if not _trie(term.after).any_in(earlier):
            return False
    return True


def _holds_anywhere(patterns: Patterns, view: View, distinct: Collection[str]) -> bool:
    """Does one of some patterns stand in a sentence of the article, whose ``distinct`` words are given too?"""
    trie = _trie(patterns)
    return trie.may_stand(distinct) and any(trie.matches(view.words, at, sentence.last) for sentence, at in _begins(trie, view))


def _begins(trie: Trie, view: View) -> Iterator[tuple[Sentence, int]]:
    """Yield the words of body and headline with which a pattern may begin, each with its sentence."""
    begins = trie.begin(view.words)
    for sentence in view.sentences if begins else ():
        for at in begins[bisect_left(begins, sentence.first):bisect_left(begins, sentence.last)]:
            yield sentence, at


def _whole(view: View, first: int, last: int) -> bool:
    """Does nothing but space, hyphen, possessive or an opening mark stand between the words of a match?"""
    return all(_GAP.fullmatch(view.text[view.ends[i]:view.starts[i + 1]]) for i in range(first, last - 1))


def _run_before(view: View, first: int, sentence: Sentence) -> tuple[str, ...]:
    """Return the words before a match, back to the first punctuation or quotation mark."""
    low = first
    while low > sentence.first and _SPACE.fullmatch(view.text[view.ends[low - 1]:view.starts[low]]):
        low -= 1
    return view.words[low:first]


def _scare_quoted(view: View, start: int, end: int) -> bool:
    """Does the label, give or take a word, stand alone in quotation marks?"""
    size = len(view.words_in(start, end))
    return any(q.inner_start <= start and end <= q.inner_end and len(view.words_in(q.inner_start, q.inner_end)) <= size + 1
               for q in view.quotes)


_Compiled = tuple[Trie, RoleReader, PhraseReader]
_COMPILED: dict[int, tuple[Lexicon, _Compiled]] = {}  # of the lexicons last asked for, which stay as they are, by identity
_MOST_COMPILED = 8


def _compile(lexicon: Lexicon) -> _Compiled:
    """Compile a lexicon, unless that was done before."""
    if id(lexicon) not in _COMPILED:
        patterns: list[tuple[tuple[str, ...], tuple[str, object]]] = []
        for term in lexicon.terms:
            patterns += [(form, ("term", term)) for form in term.forms]
            patterns += [(form, ("exception", id(term))) for form in term.exceptions]
        for group, about in lexicon.groups.items():
            patterns += [(form, ("exception", group)) for form in about["exceptions"]]
        roles = RoleReader({role.name: role for term in lexicon.terms for role in term.roles}.values())
        if len(_COMPILED) >= _MOST_COMPILED:
            _COMPILED.clear()
        _COMPILED[id(lexicon)] = lexicon, (Trie(patterns), roles, PhraseReader(lexicon.groups))
    return _COMPILED[id(lexicon)][1]


def label_finder(lexicon: Lexicon, study: Mapping[str, Any] | None = None) -> Callable[[View], list[dict[str, object]]]:
    """Compile a lexicon and the study's own event; return the function from one article's view to its mentions."""
    trie, roles, phrases = _compile(lexicon)
    referents = ReferentReader(study or {})

    def find(view: View) -> list[dict[str, object]]:
        matches: list[Match] = []
        blocks: list[tuple[int, int, object]] = []
        numbers = {sentence.start: number for number, sentence in enumerate(view.sentences)}
        for sentence, first in _begins(trie, view):
            for size, (what, value) in trie.matches(view.words, first, sentence.last):
                if not _whole(view, first, first + size):
                    continue
                if what == "exception":
                    blocks.append((first, first + size, value))
                elif isinstance(value, Term):
                    matches.append((first, first + size, numbers[sentence.start], value))
        rows = _choose(_Judge(view, matches, blocks, phrases, own_event=referents.names_event(view)), roles)
        for row, number, span in rows:
            sent = lexicon.groups[row["group"]]["side"] == "official"
            row["referent"] = referents.read(view, view.sentences[number], span, sent=sent)
        return [row for row, *_ in rows]

    return find


def _with_roles(view: View, matches: list[Match], starts: set[int], roles: RoleReader,
                holds: Callable[[Patterns], bool]) -> set[tuple[int, int, int]]:
    """Take the nouns of people whose clause gives them their role, those beside them in a list, and those that keep it.

    ``starts`` are where labels of any kind begin. A match is told by its words and the identity of its term.
    """
    ordered = sorted(matches, key=lambda m: m[:2])
    heads = {first for first, *_ in ordered}
    how = []
    for first, last, number, term in ordered:
        open_roles = [role for role in term.roles if not role.article or holds(role.article)]
        how.append(roles.read(view, view.sentences[number], (first, last), open_roles, heads, starts))
    forth = list(pairwise(range(len(ordered))))
    for one, other in (*forth, *((b, a) for a, b in reversed(forth))):  # "retirees, teachers and students who gathered"
        if how[one] == CLAUSE and not how[other] and _listed(view, ordered[min(one, other)], ordered[max(one, other)]):
            how[other] = CLAUSE
    kept = {view.words[m[1] - 1] for m, level in zip(ordered, how, strict=True) if level >= PROOF and m[3].carries}
    heirs = _heirs(view, ordered, how)
    return {(m[0], m[1], id(m[3])) for i, (m, level) in enumerate(zip(ordered, how, strict=True))
            if level == CLAUSE or i in heirs or (m[3].carries and not level and view.words[m[1] - 1] in kept)}


def _heirs(view: View, ordered: list[Match], how: list[int]) -> set[int]:
    """Take the definite nouns that mean people whose role was told before: "the workers" after "miners went on strike"."""
    heirs, told = set(), False
    proven: set[str] = set()
    for i, (first, last, _, term) in enumerate(ordered):
        word = view.words[last - 1]
        if how[i] >= PROOF:
            told = told or term.carries
            proven.add(word)
        elif term.inherits and (told or word in proven) and first and (
                view.words[first - 1] in _DEFINITE and view.gaps[first].isspace()):
            heirs.add(i)
    return heirs


def _listed(view: View, one: Match, other: Match) -> bool:
    """Do two nouns stand in one list, parted by no more than a comma or "and" and a modifier or two?"""
    between = range(one[1], other[0])
    if one[2] != other[2] or len(between) > _LISTED:
        return False
    words, gaps = view.words[one[1]:other[0]], {view.gaps[i].strip() for i in range(one[1], other[0] + 1)}
    parted = any(word in _SORTS or word in PREPOSITIONS or word.endswith("ed") for word in words)
    return not parted and gaps <= {"", ","} and ("," in gaps or "and" in words or "or" in words)


def _lesser(view: View, at: int, one: Row, other: Row) -> int | None:
    """Tell which of two labels, ``at`` or the next, does not count: "a crowd of angry women", "officers of the guard"."""
    (_, last), (first, _) = one[2], other[2]
    head, between = view.words[last - 1], view.words[last:first]
    if one[1] != other[1] or one[0]["group"] != other[0]["group"] or head not in _CROWDS | _PARTS or between[:1] != ("of",) or (
            len(between) > _LISTED or not PREPOSITIONS.isdisjoint(between[1:])
            or any(view.gaps[i].strip() for i in range(last, first + 1))):
        return None
    told, made_of = (row[0]["stance"] != "neutral" for row in (one, other))
    if told != made_of:  # a stance is not lost: "a mob of protesters", "a crowd of rioters"
        return at + 1 if told else at
    return at + 1 if other[3] or head in _PARTS else at


class _Judge:
    """Tells which matches of one article stand: what the article says anywhere is asked once."""

    def __init__(self, view: View, matches: list[Match], blocks: list[tuple[int, int, object]], phrases: PhraseReader, *,
                 own_event: bool = False) -> None:
        self.view, self.matches, self.blocks, self.phrases = view, matches, blocks, phrases
        self.distinct = frozenset(view.words)
        self.about: dict[int, bool] = {}  # by the identity of the patterns: a lexicon keeps one object of each
        self.proven = {OWN_EVENT.removeprefix(LABEL_OF): own_event}

    def proves(self, group: str) -> bool:
        """Has the article a label of a group that needs no such proof itself?"""
        if group not in self.proven:
            own = (m for m in self.matches if m[3].group == group and not m[3].article and not m[3].roles)
            self.proven[group] = any(self.stands(m) for m in own)
        return self.proven[group]

    def holds(self, patterns: Patterns) -> bool:
        """Does the article say one of the patterns, or prove it by a label?"""
        if id(patterns) not in self.about:
            self.about[id(patterns)] = _holds_anywhere(patterns, self.view, self.distinct) or any(
                self.proves(first.removeprefix(LABEL_OF)) for first, *_ in patterns if first.startswith(LABEL_OF))
        return self.about[id(patterns)]

    def stands(self, match: Match) -> bool:
        """Is the match in no exception, the head of its phrase, and allowed by its conditions?"""
        first, last, number, term = match
        if any(b <= first and last <= e and what in (term.group, id(term)) for b, e, what in self.blocks):
            return False
        return (self.phrases.is_head(self.view, self.view.sentences[number], (first, last), term)
                and _allowed(term, self.view, (first, last), number) and (not term.article or self.holds(term.article)))


def _choose(judge: _Judge, roles: RoleReader) -> list[tuple[dict[str, Any], int, tuple[int, int]]]:
    """Take the longest allowed matches that overlap neither one another nor an exception of theirs.

    In the order of the text, each row with the number of its sentence and its words.
    """
    view, phrases, matches = judge.view, judge.phrases, judge.matches
    taken: set[int] = set()
    nouns = [m for m in matches if m[3].roles and judge.stands(m)]
    people = _with_roles(view, nouns, {first for first, *_ in matches}, roles, judge.holds)
    rows: list[Row] = []
    for match in sorted(matches, key=lambda m: (m[0] - m[1], m[0], m[3].term)):
        first, last, number, term = match
        if not taken.isdisjoint(range(first, last)) or not (
                (first, last, id(term)) in people if term.roles else judge.stands(match)):
            continue
        sentence = view.sentences[number]
        first, stance = phrases.modified(view, sentence, first, term)
        if not taken.isdisjoint(range(first, last)):
            first = match[0]
        taken.update(range(first, last))
        start, end = view.starts[first], view.ends[last - 1]
        rows.append(({
            "mention_id": f"{view.document_id}:m:{start}-{end}", "document_id": view.document_id, "start": start, "end": end,
            "surface": view.text[start:end], "term": term.term, "group": term.group, "stance": stance,
            "favours": term.favours if stance == term.stance else phrases.favours(term.group, stance),
            "referent": None, "zone": sentence.zone,
            "negated": is_negated(_run_before(view, first, sentence)), "scare_quoted": _scare_quoted(view, start, end),
            "contested": is_contested(view.words[sentence.first:first], view.words[last:sentence.last]),
            "voice": None, "attribution_id": None,
        }, number, (first, last), bool(term.roles)))
    rows.sort(key=lambda r: r[2])
    dropped = {_lesser(view, i, *rows[i:i + 2]) for i in range(len(rows) - 1)}
    return [row[:3] for i, row in enumerate(rows) if i not in dropped]


def find_mentions(documents: pd.DataFrame, zones: pd.DataFrame, lexicon: Lexicon, *,
                  study: Mapping[str, Any] | None = None) -> pd.DataFrame:
    """Find the labels of a lexicon in headline and body.

    Whole words; the longest match wins and no word counts twice; conditions and exceptions of the lexicon hold.

    Parameters
    ----------
    documents : DataFrame
        ``documents`` with ``document_id, text, exclusion_reason``.
    zones : DataFrame
        ``zones``.
    lexicon : Lexicon
        From :func:`framelens.read_lexicon`.
    study : mapping, optional
        ``event`` (places, times, names of the study's own event, and of others) and ``home``, by which ``referent`` is told;
        without them it is left empty.

    Returns
    -------
    DataFrame
        ``mentions``; ``voice`` and ``attribution_id`` are filled by :func:`assign_voice`.

    Examples
    --------
    >>> from framelens.lexicon import read_lexicon
    >>> documents = pd.DataFrame({"document_id": ["a"], "text": ["Riot police met the demonstrators, not rioters."],
    ...                           "exclusion_reason": [None]})
    >>> zones = pd.DataFrame({"document_id": ["a"], "start": [0], "end": [47], "kind": ["body"], "rule": ["default"]})
    >>> found = find_mentions(documents, zones, read_lexicon("protest"))
    >>> found[["surface", "group", "stance", "negated"]].values.tolist()
    [['Riot police', 'security', 'neutral', False], ['demonstrators', 'protesters', 'neutral', False], \
['rioters', 'protesters', 'delegitimising', True]]
    """
    find = label_finder(lexicon, study)
    rows = [row for view in read_views(documents, zones) for row in find(view)]
    return schema.validate(pd.DataFrame(rows), "mentions") if rows else schema.empty("mentions")
