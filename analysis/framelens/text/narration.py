"""Where the narrator speaks beside a quotation whose mark is lost: ", she said", "and called for", "said that"."""

from __future__ import annotations

import re
from itertools import pairwise

__all__ = ["find_tag", "is_told", "next_turn", "speaks", "told_from"]

# Verbs that stand beside quotations. The text layer knows no lexicon; a short list does where a mark is lost.
_SAID = ("said|says|told|tells|asked|asks|added|adds|replied|replies|recalled|recalls|wrote|writes|noted|explained|explains|"
         "insisted|insists|argued|argues|warned|warns|continued|declared|declares|stated|stressed|stresses|lamented|"
         "complained|claimed|observed|remarked|announced|tweeted|posted|shouted|cried|recounted|alleged|concluded|"
         "admitted|acknowledged|emphasised|emphasized|joked|answered|testified|confirmed|responded|responds|concludes|continues|"
         "quipped|mused|opined|chanted|barked")
_TOLD = (rf"{_SAID}|called|described|describes|accused|accuses|blamed|blames|condemned|condemns|denounced|denounces|"
         "demanded|urged|urges|promised|vowed|pledged|threatened|threatens|rejected|rejects|"
         "denied|denies|dismissed|dismisses|appealed|criticised|criticized|praised|ordered|quoted|labelled|labeled|"
         "branded|dubbed|hailed|welcomed|offered|refused|expressed|invited|suggested|proposed")
_AUXILIARY = r"(?:(?:has|have|had|also|then|later|further)\s+)*"
_VERB = re.compile(rf"\b(?:{_SAID}|notes|states|claims|points out|pointed out|went on|read|reads)\b")
_STOP = re.compile(r"(?:[,?!…]|\.\.\.)(?=\s)")
_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Brig|Col|Capt|Lt|Sgt|Maj|Sen|Rep|Gov|Rev|St|Adm|Cmdr|Supt|Insp|[A-Z])\.")
_NO_SUBJECT = frozenset(
    "and but or nor so because if when while as who which that where whose what how why although though unless until since not "
    "like in on at for with to of from by about than more then i we you".split())
_LONGEST = 9  # words of a speaker without a comma
# Behind its subject the verb ends the clause, or goes on with place, time or hearer; "he said he was sorry" may be quoted itself.
_CLAUSE_ENDS = re.compile(
    r"\s*(?:$|[.,;:?!\"“”]|(?:in|on|at|by|with|after|before|during|as|from|while|when|of|via|through|this|\w+ing|reporters|"
    r"journalists|lawmakers|later|earlier|again|yesterday|today|\w+day|to\s+reporters)\b)")
_WITH_HEARER = frozenset(("told", "tells", "asked", "asks"))
_NAMED = re.compile(r"\s+(?:(?:the|a|an|his|her|its|their|one|another)\s+\w|[A-Z]|(?:he|she|they)\b|[a-z]+s\b|[a-z]+\s+[A-Z])")
_SPEECH = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Mm]e|[Oo]ur|[Oo]urs|us|[Mm]ine|[Yy]ou|[Yy]our)\b|[?!]\W*$|n['’]t\b|"
                     r"['’](?:re|ll|ve|m)\b|\b(?:[Ii]t|[Tt]hat|[Tt]here|[Hh]ere|[Ww]hat|[Hh]e|[Ss]he|[Ll]et)['’]s\b")
_TURN = re.compile(rf",?\s+(?:and|but|while|yet)\s+(?:[\w’'.-]+\s+){{0,7}}?{_AUXILIARY}(?:{_TOLD})\b|"
                   r",\s+(?:which|who|whose|where|adding|saying|according\s+to)\b|\s[—–]\s")
_NARRATED = re.compile(r"[Aa]ccording\s+to\s[^,]+,|"
                       rf"(?<![\w’'])(?!(?:I|[Ww]e|[Yy]ou)\s)[\w’'.)-]+,?\s+{_AUXILIARY}(?:{_TOLD})\b,?|"
                       r"\b(?:saying|adding|reading)\b,?")
_LEADS = re.compile(r"(?:\s+[\w’'-]+){0,5}?\s+(?:of|as|that)\b")
_IS_TOLD = re.compile(rf"(?:\b(?:{_TOLD}|that|saying)|[,:—–])\s*$")


def _is_name(words: list[str], longest: int = _LONGEST) -> bool:
    """May these words be a speaker, or what stands beside one in commas?"""
    return 1 <= len(words) <= longest and words[0].lower() not in _NO_SUBJECT and not any(
        w.endswith((".", "?", "!", ":")) and not _TITLE.fullmatch(w) for w in words)


def _subject_from(text: str, low: int, verb: int) -> int | None:
    """Return where what is said ends before ", Roe" or ", Roe, a baker," and a verb."""
    stops = [m.end() for m in _STOP.finditer(text, max(low, verb - 250), verb)]
    names = [text[low:high].lstrip(" -–—").rstrip(",").split() for low, high in pairwise([*stops, verb])]
    if len(names) > 2 and not names[-1] and _is_name([w for w in names[-2] if w != "who"], 2 * _LONGEST) and _is_name(names[-3]):
        return stops[-3]
    return stops[-1] if names and _is_name(names[-1]) else None


def find_tag(text: str, low: int, high: int) -> int | None:
    """Find the first ", Roe said" or ", said Roe" between two offsets; return where what is said ends, its comma included.

    Examples
    --------
    >>> text = "We want it all, every coin, said Roe. He left."
    >>> text[:find_tag(text, 0, len(text))]
    'We want it all, every coin,'
    """
    for verb in _VERB.finditer(text, low, high):
        after = text[verb.end():high]
        heard = verb.group() in _WITH_HEARER
        if not heard and _NAMED.match(after):
            bare = text[low:verb.start()].rstrip(" -–—")
            if bare.endswith((",", "?", "!", "…", ".")):
                return low + len(bare)
        if heard or _CLAUSE_ENDS.match(after):
            end = _subject_from(text, low, verb.start())
            if end is not None:
                return end
    return None


def next_turn(text: str, low: int, high: int) -> int | None:
    """Find where the narrator goes on to the next thing said: "… and called for calm", ", but the union said"."""
    turn = _TURN.search(text, low, high)
    return turn.start() if turn else None


def told_from(text: str, low: int, high: int, behind: bool = False) -> int | None:
    """Return where what is told begins in a clause of the narrator's: behind its last colon, or its last verb of telling.

    A clause ``behind`` a quotation of its sentence names the speaker first: "said Roe, and …".
    """
    if behind and (verb := _VERB.search(text, low, high)) and (comma := text.find(", ", verb.end(), high)) >= 0:
        return comma + 2
    colon = text.rfind(": ", low, high)
    if colon >= 0:
        return colon + 2
    verbs = list(_NARRATED.finditer(text, low, high))
    if not verbs:
        return None
    verb = verbs[-1]
    leads = _LEADS.match(text, verb.end(), high)
    at = leads.end() if leads else verb.end()
    return at + len(text[at:high]) - len(text[at:high].lstrip())


def is_told(before: str) -> bool:
    """Does what stands before a mark lead to something told: a verb, "that", a comma or a colon?"""
    return bool(_IS_TOLD.search(before))


def speaks(sentence: str) -> bool:
    """Does a sentence sound like somebody speaking: a first or second person, a question, a short form?"""
    return bool(_SPEECH.search(sentence))
