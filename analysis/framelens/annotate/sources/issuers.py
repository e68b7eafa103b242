"""Who issues a press release: the "we" of what nobody in it is quoted as saying."""

from __future__ import annotations

import re
from collections.abc import Sequence

from framelens.annotate.sources.core import PRIVATE
from framelens.annotate.sources.gazetteer import Gazetteer, Tokens
from framelens.annotate.sources.items import Entity, Item
from framelens.annotate.sources.phrase import read_phrase
from framelens.text.view import View

__all__ = ["OURS", "find_issuer"]

_RELEASE = re.compile(
    r"\b(?:press|media|news) release\b|\bfor immediate release\b|\b(?:press|media|public|joint) statement\b|\bcommuniqu[eé]\b"
    r"|\bmedia (?:contacts?|enquir|inquir|requests)|\bnotes? to editors\b|^ENDS\b", re.IGNORECASE | re.MULTILINE)
_EDGE = 600  # characters at the beginning and at the end of a text that say that it is a release
_HEAD = 400  # characters at the beginning that name who issues it
OURS = re.compile(
    r"\bour (?:\w+ )?(?:office|team|staff|mission|organi[sz]ation|observers|monitors|researchers|members|delegates)\b",
    re.IGNORECASE)
_OFFICE = re.compile(r"\b[Oo]ur (?:\w+ )?(?:Office|Mission|Delegation)\b")
_SHORT = 8  # words of a dateline or subhead
_NOT_ISSUING = PRIVATE | {"document", "news_agency", "state_media", "witness", "expert"}


def find_issuer(view: View, tokens: Tokens, items: Sequence[Item], gazetteer: Gazetteer) -> Entity | None:
    """Return the body that issues a text which calls itself a release, else None.

    It is the body that is a source in the lead ("…, Northwind said today"), else the first that the head of the text names.
    Who calls itself "our Office", with a capital, is an office of an international organisation.
    """
    text = view.text
    if not (_RELEASE.search(text[:_EDGE]) or _RELEASE.search(text[-_EDGE:])):
        return None
    lead = next((k for k, s in enumerate(view.sentences) if s.zone == "body" and s.last - s.first > _SHORT), -1)
    for item in items:
        entity = item.entity
        if entity and entity.number == "institution" and entity.type not in _NOT_ISSUING and item.sentence == lead:
            return entity
    if _OFFICE.search(text):
        return Entity("international_org", None, "institution")
    words = view.words_in(0, _HEAD)
    for match in gazetteer.find(tokens.window(0, words.stop, tokens.limit)):
        if match.weight and match.type not in _NOT_ISSUING and tokens.capital(match.start):
            low, high = match.start, match.end
            while low and tokens.capital(low - 1) and not tokens.mark(low) and "\n" not in tokens.gap(low):
                low -= 1
            reading = read_phrase(tokens.window(low, high, tokens.ends[high - 1]), gazetteer)
            if reading.type not in _NOT_ISSUING:
                return Entity(reading.type, reading.label or None, reading.number)
    return None
