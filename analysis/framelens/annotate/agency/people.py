"""The group of who does and who suffers: by the label in the head, by rank, by force, by whom a pronoun takes up."""

from __future__ import annotations

from bisect import bisect_left

from framelens.annotate.agency.phrases import PEOPLE, Reading, heads
from framelens.text.reading.stream import Span

__all__ = ["NO_RANK", "group_of"]

_MEN = frozenset("man men woman women member members fighter fighters agent agents operative operatives element elements".split())
_FORCES = frozenset((
    "police army military security riot special regime government state uniformed intelligence counterterrorism "
    "counter-terrorism anti-terrorism anti-riot paramilitary border federal secret naval presidential shield"
).split())
_BODIES = frozenset((  # forces, where a word of force stands before them: "the National Intelligence Service", "police line"
    "service services agency agencies directorate unit units brigade battalion division corps regiment squadron line lines "
    "detachment department team teams bureau wing ranks patrol patrols helicopter helicopters tank tanks gunship gunships "
    "jet jets warplane warplanes plane planes vessel vessels"
).split())
_BODY_FORCES = _FORCES - {"special", "regime", "government", "state", "federal", "presidential"}
_IRREGULARS = frozenset("militia militias gunman gunmen fighter fighters thug thugs mob mobs men gang gangs groups".split())
_LOYAL = frozenset((
    "pro-government pro-regime pro-state loyalist government-backed state-backed army-backed regime-backed government-aligned "
    "government-allied allied state-sponsored government-sponsored"
).split())
_AGAINST = frozenset("rebel rebels opposition insurgent separatist guerrilla militant jihadist terrorist islamist".split())
_UNIFORMS = frozenset("uniform uniforms fatigues camouflage".split())
NO_RANK = frozenset("secretary manager director assembly council counsel hospital".split())  # General Secretary Roe
_PRONOUNS = frozenset("they them he she him her".split())
_THEY = frozenset("they them".split())
_WE = frozenset("we us i me ourselves".split())
_OUR = frozenset("our my".split())
_ITS = frozenset("its their his her".split())
_OURS = _MEN | frozenset((
    "people forces boys comrades colleagues units brothers sisters side officers friends guys lads troops").split())
_OTHERS = frozenset("other others another".split())
_THOSE = frozenset("those these".split())
_TAKES_PART = frozenset((
    "protest protested protesting march marched marching demonstrated demonstrating striking gathered rallied").split())
_SAID = frozenset("said says say told tells recalled added explained recounted insisted claimed wrote posted according".split())
_TO = frozenset("told to from".split())
_BESIDE = 9  # words beside a quotation in which its speaker stands


def group_of(reading: Reading, span: Span, *, agent: bool = False, other: str | None = None) -> str | None:
    """Return the group that all heads of a phrase name; None where one names none, or another.

    A name takes the group of the label or rank before it ("Officer Roe"). ``agent``: authorities, governments and countries are
    security, as they are where they use force, and a clash or an attack is an event. A pronoun of the third person has the group
    of the label before it, but not ``other``, the group of who does it to them; one of the first person that of the speaker.
    """
    found = heads(reading.stream, span)
    if agent and found and reading.stream.norms[found[0]] in reading.sets["happening"]:
        return "event"  # "clashes between police and marchers left two dead"
    named = {_group_of_head(reading, head, span, agent, other) for head in found}
    return named.pop() if len(named) == 1 else None


def _group_of_head(reading: Reading, head: int, span: Span, agent: bool, other: str | None) -> str | None:
    norm, before = reading.stream.norms[head], reading.stream.norms[span[0]:head]
    if norm in _PRONOUNS or (agent and norm == "it"):
        return _taken_up(reading, head, other)
    if norm in _WE:
        return _speaker(reading, head)
    if norm in _THOSE:  # whoever did it: only what is told of them says who they are
        return "protesters" if not _TAKES_PART.isdisjoint(reading.stream.norms[head + 1:head + 5]) else None
    if norm in _OTHERS:
        return _named_before(reading, head, other)
    group = _group_of_noun(reading, head, span[0])
    if group is None:
        group = _force(reading, head, span, agent) or _participant(reading, head, span[0])
    if group is None and norm in _OURS and before:
        group = _speaker(reading, head) if before[0] in _OUR else _owner(reading, span[0], other) if before[0] in _ITS else None
    if group is None and reading.stream.codes[head] == "P":
        group = reading.named.get(norm)
    if group is None and norm in reading.sets["gathering"]:
        return "event"
    return group


def _group_of_noun(reading: Reading, head: int, low: int) -> str | None:
    """Return the group of the label that holds a noun, or stands before a name."""
    stream = reading.stream
    at = _before_name(reading, head, low)
    group = reading.group_at(head) or reading.group_at(at)
    if group == "protesters" and stream.norms[head] in reading.others:
        return None
    return group


def _before_name(reading: Reading, head: int, low: int) -> int:
    stream, at = reading.stream, head
    while at > low and stream.codes[at] == "P" and reading.group_at(at) is None and stream.codes[at - 1] in "PNS":
        at -= 1
    return at


def _force(reading: Reading, head: int, span: Span, agent: bool) -> str | None:
    """Tell forces by plain words: troops, Col. Roe, men in uniform, the security service, allied militias."""
    stream, low = reading.stream, span[0]
    norms, norm, at = stream.norms, stream.norms[head], _before_name(reading, head, low)
    before = norms[low:head]
    if not _AGAINST.isdisjoint(before):
        return None
    forces = ("security", "authority") if agent else ("security",)
    if any(norms[k] in reading.sets[name] for k in {at, head} for name in forces):
        return "security"
    if any(norms[k] in reading.sets["rank"] and norms[k + 1] not in NO_RANK for k in range(at, head)):
        return "security"
    told = any(norms[k] in _FORCES or reading.group_at(k) == "security" for k in range(low, head))
    if norm in _MEN and (told or not _UNIFORMS.isdisjoint(norms[head + 1:span[1]])):
        return "security"  # "men in uniform", "army men"
    if norm in _BODIES and (not _BODY_FORCES.isdisjoint(before) or any(
            reading.group_at(k) == "security" for k in range(low, head))):
        return "security"
    if norm == "staff" and before[-1:] == ["general"]:
        return "security"
    if norm in _IRREGULARS and not _LOYAL.isdisjoint(before):
        return "security"
    return "security" if agent and stream.codes[head] == "P" and norm in reading.sets["country"] else None


def _participant(reading: Reading, head: int, low: int) -> str | None:
    """Tell protesters by plain words: participants, striking nurses, and whom the article shows protesting."""
    norms = reading.stream.norms
    names = {norms[head], norms[_before_name(reading, head, low)]}
    if norms[head] in reading.others:
        return None
    told = (not reading.protesting.isdisjoint(names) or not reading.sets["protester"].isdisjoint(names)
            or not reading.sets["protesting"].isdisjoint(norms[low:head]))
    return "protesters" if told else None


def _named_before(reading: Reading, at: int, other: str | None) -> str | None:
    """Return the group of the nearest label of people before an item in its sentence."""
    for item in range(at - 1, -1, -1):
        norm = reading.stream.norms[item]
        group = reading.group_at(item) or ("security" if norm in reading.sets["security"] else None)
        if group in PEOPLE and group != other and norm not in reading.others:
            return group
    return None


def _taken_up(reading: Reading, pronoun: int, other: str | None) -> str | None:
    """Return the group that a pronoun takes up: of its sentence; else, of "they", the only one that the sentence before names."""
    named = _named_before(reading, pronoun, other)
    if named or reading.stream.norms[pronoun] not in _THEY:
        return named
    if not _WE.isdisjoint(reading.stream.norms[pronoun + 1:pronoun + 5]) and (own := _speaker(reading, pronoun)):
        return next(group for group in PEOPLE if group != own)  # "“They beat us,” said a marcher"
    view = reading.stream.view
    at = view.sentence_at(reading.stream.starts[0])
    if not at or view.sentences[at - 1].zone != "body":
        return None
    last = view.sentences[at - 1]
    found = reading.groups.between(last.start, last.end) & set(PEOPLE)
    if not reading.sets["security"].isdisjoint(view.words[last.first:last.last]):
        found.add("security")
    return found.pop() if len(found) == 1 and other not in found else None


def _owner(reading: Reading, low: int, other: str | None) -> str | None:
    """Return the group of whose men they are: "the ministry said its men", "the protesters' leader said his men"."""
    for item in range(low - 1, -1, -1):
        norm, group = reading.stream.norms[item], reading.group_at(item)
        if group in PEOPLE and group != other:
            return group
        if other != "security" and (norm in reading.sets["security"] or norm in reading.sets["authority"]):
            return "security"
    return None


def _speaker(reading: Reading, at: int) -> str | None:
    """Return the group of who speaks the quotation around an item, by the words beside it: "“We ran,” said a marcher"."""
    view, start = reading.stream.view, reading.stream.starts[at]
    quote = next((q for q in view.quotes if q.level == 1 and q.start <= start < q.end), None)
    if quote is None:
        return None
    after = bisect_left(view.starts, quote.end)
    for words in (range(after, min(len(view.words), after + _BESIDE)),
                  range(max(0, (low := bisect_left(view.starts, quote.start)) - _BESIDE), low)):
        if _SAID.isdisjoint(view.words[k] for k in words):
            continue
        for k in words:
            word = view.words[k]
            if word in reading.protesting or word in reading.sets["protester"]:
                return "protesters"
            if (word in reading.sets["security"] or word in reading.sets["rank"]) and view.words[k - 1] not in _TO:
                return "security"
    return None
