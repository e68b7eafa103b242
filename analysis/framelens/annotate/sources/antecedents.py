"""What a definite noun may name again ("the group", "the mission", "the leader"), and the bodies that stand before it."""

from __future__ import annotations

import re
from typing import NamedTuple

from framelens.annotate.sources.gazetteer import Gazetteer
from framelens.annotate.sources.items import Item
from framelens.annotate.sources.people import People
from framelens.annotate.sources.phrase import Reading, read_phrase
from framelens.text.view import View

__all__ = ["ALIKE", "ANY", "KINDS", "NEAR", "PARTISAN", "ROLES", "Mention", "Mentions", "find_short_body"]

ANY = frozenset(("institution", "plural", "person", "any"))
NEAR = 2  # paragraphs back to which a pronoun may reach
PARTISAN = frozenset(("opposition", "politician"))
_CIVIL = frozenset(("opposition", "civil_society", "protester"))
_STATES = frozenset(("international_org", "alliance"))
_BODIES = _CIVIL | _STATES | {"government", "company", "politician"}
_MISSIONS = frozenset("mission embassy consulate force peacekeepers observers monitors delegation operation".split())
_NO_WORDS: frozenset[str] = frozenset()
# Of what kinds a body is that is called by such a word once it has been named, and with which words, if any, in its name: the
# likeliest first.
KINDS = {
    **dict.fromkeys(("group", "grouping", "faction", "outfit"), (
        (_CIVIL, _NO_WORDS), (_STATES | {"company", "politician"}, _NO_WORDS))),
    **dict.fromkeys(("organisation", "organization"), ((_CIVIL | _STATES, _NO_WORDS),)),
    **dict.fromkeys(("body", "institution"), ((_BODIES, _NO_WORDS),)),
    "force": ((frozenset(("police", "military")), _NO_WORDS),),
    "movement": ((_CIVIL | {"politician"}, _NO_WORDS),), "ngo": ((frozenset(("civil_society",)), _NO_WORDS),),
    "mission": ((_STATES | {"foreign_government"}, _MISSIONS), (_STATES, _NO_WORDS)),
    "bloc": ((_STATES | PARTISAN, _NO_WORDS),), "command": ((frozenset(("military",)), _NO_WORDS),),
    "corporation": ((frozenset(("company", "news_agency", "state_media", "police", "military")), _NO_WORDS),),
    **dict.fromkeys(("party", "front", "caucus", "coalition"), ((PARTISAN, _NO_WORDS),)),
}
# Such words say too little of a kind: what they name again has the same word in its name.
ALIKE = frozenset(
    "union federation confederation association committee council commission syndicate league network alliance front "
    "coalition movement collective campaign foundation institute centre center society fund agency authority bureau office "
    "service department ministry brotherhood congress board observatory tribunal court chamber coordination "
    "assembly brigade conference guild platform charity monitor bank hospital university".split())
# The same for persons.
_OF_STATE = frozenset(("government", "foreign_government", "international_org", "alliance"))
ROLES = {
    **dict.fromkeys(("politician", "lawmaker", "legislator", "deputy", "senator", "candidate", "mp"), PARTISAN),
    "diplomat": frozenset(("government", "foreign_government", "international_org")),
    **dict.fromkeys(("envoy", "representative"), _OF_STATE),
    "leader": PARTISAN | {"protester", "civil_society", "president"},
    "hierarch": _OF_STATE | {"president", "police", "military", "civil_society"},
    "official": _OF_STATE | {"police"}, "functionary": _OF_STATE | {"police"}, "minister": frozenset(
        ("government", "foreign_government")),
    "opponent": frozenset(("opposition",)), "executive": frozenset(("company",)),
    **dict.fromkeys(("unionist", "syndicalist", "organiser", "organizer"), frozenset(("protester",))),
    "activist": frozenset(("civil_society", "protester", "opposition")),
}
_NOUN = r"the (?P<{}>" + "|".join(sorted(ALIKE | KINDS.keys())) + ")"
_SHORT_BODY = re.compile(
    rf"\b{_NOUN.format('owner')}['’]s\b|\b(?:of|for|at) {_NOUN.format('body')}(?![\w’'-]| [A-Z]| of\b| for\b)", re.IGNORECASE)
_THAT = frozenset("the this that its their these those".split())
_OF_NAME = re.compile(r"(?: (?:of|for|and|the|on|to)\b){1,2} [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")


class Mention(NamedTuple):
    """A body that the text names: where, how it reads, and the words."""

    start: int
    reading: Reading
    text: str


class Mentions:
    """The bodies of the lists that an article names before a source, sources themselves or not."""

    def __init__(self, view: View, people: People, gazetteer: Gazetteer) -> None:
        self.view, self.gazetteer, self.tokens = view, gazetteer, people.tokens
        self.quotes = [(q.start, q.end) for q in view.quotes if q.closed]

    def last(self, item: Item, kinds: frozenset[str], words: frozenset[str] = frozenset(), *, back: int = NEAR,
             numbers: frozenset[str] = ANY) -> Mention | None:
        """Find the last body or group of some kinds, and with one of some words, some paragraphs back at most.

        What stands in a quotation is none for a source outside it.
        """
        for at in range(self._sentence(item), -1, -1):
            sentence = self.view.sentences[at]
            if sentence.paragraph < item.paragraph - back:
                return None
            tokens, first = self.tokens, sentence.first
            last = min(sentence.last, self.view.words_in(0, item.start).stop)
            matches = self.gazetteer.find(tokens.window(first, last, tokens.limit))
            for k in range(len(matches) - 1, -1, -1):
                if matches[k].type not in kinds or self.apart(tokens.starts[matches[k].start], item):
                    continue
                low = k
                while low and matches[low - 1].end == matches[low].start and not tokens.mark(matches[low].start):
                    low -= 1
                start, end = matches[low].start, matches[k].end
                while start > first + 1 and tokens.capital(start - 1) and not tokens.mark(start):
                    start -= 1
                if words and (words.isdisjoint(tokens.norms[start:end]) or self._bare(start, end)):
                    continue
                reading = read_phrase(tokens.window(start, end, tokens.ends[end - 1]), self.gazetteer)
                if reading.number in numbers:
                    longer = _OF_NAME.match(self.view.text, tokens.ends[end - 1])
                    stop = longer.end() if longer else tokens.ends[end - 1]
                    return Mention(tokens.starts[start], reading, self.view.text[tokens.starts[start]:stop])
        return None

    def _bare(self, start: int, end: int) -> bool:
        """Tell whether words are such a short form themselves: "the union's demands"."""
        return end - start == 1 and not self.tokens.capital(start) and start > 0 and self.tokens.norms[start - 1] in _THAT

    def _sentence(self, item: Item) -> int:
        """Return the sentence of a source, or the last one before it."""
        at = self.view.sentence_at(item.start)
        if at is not None:
            return at
        return next((k for k in range(len(self.view.sentences) - 1, -1, -1) if self.view.sentences[k].start < item.start), -1)

    def apart(self, offset: int, item: Item) -> bool:
        """Tell whether an offset stands in a quotation in which a source does not stand."""
        return any(s <= offset < e and not s <= item.start < e for s, e in self.quotes)


def find_short_body(text: str) -> str:
    """Return the short form of the body for which a phrase says that somebody speaks.

    Examples
    --------
    >>> find_short_body("Ada Roe, the organisation's president"), find_short_body("lawyers for the group")
    ('the organisation', 'the group')
    >>> find_short_body("the union of dockers"), find_short_body("the transport union")
    ('', '')
    """
    found = _SHORT_BODY.search(text)
    return f"the {found['owner'] or found['body']}" if found else ""
