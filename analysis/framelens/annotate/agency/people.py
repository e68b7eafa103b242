"""The group of who does and who suffers: by the label in the head, by rank, by force, by whom a pronoun takes up."""

from __future__ import annotations

from bisect import bisect_left

from framelens.annotate.agency.phrases import PEOPLE, Reading, heads
from framelens.text.reading.stream import Span, Stream

__all__ = ["LEADERS", "NO_RANK", "UNIONS", "group_of"]

_MEN = frozenset(
    "man men woman women member members fighter fighters agent agents operative operatives element elements chief commander "
    "commanders captain recruits cadets".split())
_FORCES = frozenset((
    "police army military security riot special regime government state uniformed intelligence counterterrorism "
    "counter-terrorism anti-terrorism anti-riot paramilitary border federal secret naval presidential shield"
).split())
_BODIES = frozenset((  # forces, where a word of force stands before them: "the National Intelligence Service", "police line"
    "service services agency agencies directorate unit units brigade battalion division corps regiment squadron line lines "
    "detachment department team teams bureau wing ranks patrol patrols helicopter helicopters tank tanks gunship gunships "
    "jet jets warplane warplanes plane planes vessel vessels convoy convoys column columns"
).split())
_BODY_FORCES = _FORCES - {"special", "regime", "government", "state", "federal", "presidential"}
_IRREGULARS = frozenset("militia militias gunman gunmen fighter fighters thug thugs mob mobs men gang gangs groups".split())
_LOYAL = frozenset((
    "pro-government pro-regime pro-state loyalist government-backed state-backed army-backed regime-backed government-aligned "
    "government-allied allied state-sponsored government-sponsored"
).split())
_AGAINST = frozenset("rebel rebels opposition insurgent separatist guerrilla militant jihadist terrorist islamist".split())
_WIELDED = frozenset("dog dogs horse horses vehicle vehicles van vans truck trucks car cars bulldozer bulldozers snipers".split())
_PARTICLES = frozenset("bin ibn ben al el de da do dos di du van von der den ter la le abu umm".split())  # within names
_CROWD = frozenset("crowd crowds throng".split())
_ARMED = frozenset("group groups individual individuals man men".split())
_AMONG = frozenset("among inside in within at outside".split())
_MANY = frozenset("dozens scores hundreds several some many of".split())
_UNIFORMS = frozenset("uniform uniforms fatigues camouflage".split())
UNIONS = frozenset("union guild syndicate unions strike protest".split())
LEADERS = frozenset(
    "leader leaders president chair chairman chairwoman organiser organizer secretary official delegate steward".split())
_OFFICES = frozenset("attorney secretary consul director solicitor auditor postmaster comptroller".split())  # with General
_FORMER = frozenset("former retired ex".split())
NO_RANK = frozenset("secretary manager director assembly council counsel hospital".split())  # General Secretary Roe
_PRONOUNS = frozenset("they them he she him her".split())
_THEM = frozenset("they them".split())
_ONE = frozenset("he she him her".split())
_BACK = 3  # sentences in which "they" are sought
_WE = frozenset("we us i me ourselves".split())
_OUR = frozenset("our my".split())
_FIRST_PERSON = _WE | _OUR
_ITS = frozenset("its their his her".split())
_OURS = _MEN | frozenset((
    "people forces boys comrades colleagues units brothers sisters side officers friends guys lads troops").split())
_BODY = frozenset("police army military people personnel crowd mob gendarmerie force gang group squad unit".split())
_OTHERS = frozenset("other others another".split())
_THOSE = frozenset("those these".split())
_TAKES_PART = frozenset((
    "protest protested protesting march marched marching demonstrated demonstrating striking gathered rallied").split())
_SAID = frozenset("said says say told tells recalled added explained recounted insisted claimed wrote posted according".split())
_TO = frozenset("told to from".split())
_BESIDE = 9  # words beside a quotation in which its speaker stands


def group_of(reading: Reading, span: Span, *, agent: bool = False, other: str | None = None,
             doer: Span | None = None) -> str | None:
    """Return the group that all heads of a phrase name; None where one names none, or another.

    A name takes the group of the label or rank before it ("Officer Roe"). ``agent``: authorities, governments and countries are
    security, as they are where they use force, and a clash or an attack is an event. A pronoun of the third person has the group
    of the label before it, but not ``other``, the group of who does it to them (``doer``); one of the first person that of the
    speaker; a part of the body that of whose it is.
    """
    found = heads(reading.stream, span)
    if agent and found and reading.stream.norms[found[0]] in reading.sets["happening"]:
        return "event"  # "clashes between police and marchers left two dead"
    named = {_group_of_head(reading, head, span, agent, (other, doer)) for head in found}
    return named.pop() if len(named) == 1 else None


def _group_of_head(reading: Reading, head: int, span: Span, agent: bool, whose: tuple[str | None, Span | None]) -> str | None:
    other, doer = whose
    norm, before = reading.stream.norms[head], reading.stream.norms[span[0]:head]
    if norm in _PRONOUNS or (agent and norm == "it"):
        return _taken_up(reading, head, other, doer, agent=agent)
    if before and any(norm in reading.sets[name] for name in ("bone", "limb", "clothing")):
        return _wearer(reading, span, head, whose)
    if norm in _WE:
        return _speaker(reading, head)
    if norm in _THOSE:  # whoever did it: only what is told of them says who they are
        return "protesters" if not _TAKES_PART.isdisjoint(reading.stream.norms[head + 1:head + 5]) else None
    if norm in _OTHERS or (norm == "colleagues" and not before):
        return _named_before(reading, head, other, doer)
    behind = reading.stream.norms[head + 1:head + 5]
    if behind[:1] == ["in"] and not _UNIFORMS.isdisjoint(behind):
        return "security"  # "outlaws in uniform"
    group = _group_of_noun(reading, head, span[0])
    if group == "event" and norm == "pickets" and (_MANY & set(before) or "0" in reading.stream.codes[span[0]:head]):
        group = "protesters"  # "dozens of pickets"
    if group is None:
        group = _force(reading, head, span, agent) or _participant(reading, head, span[0])
    if group is None and norm in _OURS and before:
        group = _speaker(reading, head) if before[0] in _OUR else _owner(reading, span[0], other) if before[0] in _ITS else None
    if group is None and norm in LEADERS and before[:1] == ["their"]:
        group = _taken_up(reading, span[0], other, doer, agent=False)
    if group is None and norm in _CROWD and other == "security":
        group = "protesters"  # whom soldiers fire at
    if group is None and reading.stream.codes[head] == "P":
        group = reading.named.get(norm)
    if group is None and norm in reading.sets["gathering"]:
        return "event"
    return group


def _wearer(reading: Reading, span: Span, head: int, whose: tuple[str | None, Span | None]) -> str | None:
    """Return the group of whose head or clothes they are: "broke her arm", "tore the guard's jacket"."""
    if reading.stream.norms[span[0]] in _ITS:
        return _taken_up(reading, span[0], *whose, agent=False)
    mark = reading.stream.codes.find("'", *span)
    return group_of(reading, (span[0], mark), other=whose[0]) if span[0] < mark < head else None


def _group_of_noun(reading: Reading, head: int, low: int) -> str | None:
    """Return the group of the label that holds a noun, or stands before a name."""
    stream = reading.stream
    at = _before_name(reading, head, low)
    group = reading.group_at(head) or reading.group_at(at)
    if group == "protesters" and (stream.norms[head] in reading.others or _anybody(stream, head, low)):
        return None
    if group == "security" and head and stream.norms[head - 1] in _FORMER:
        return None
    return group


def _anybody(stream: Stream, head: int, low: int) -> bool:
    """Are they a mere number of people, or armed men, of whom nothing says that they were of the crowd?"""
    norm, behind = stream.norms[head], stream.norm(head + 1)
    told = behind in _AMONG or behind in _TAKES_PART or stream.code(head + 1) in "gnw"
    if norm in ("people", "persons"):
        return not told and set(stream.codes[low:head]) <= set("0DAp")
    return norm in _ARMED and not told and "armed" in stream.norms[low:head]


def _before_name(reading: Reading, head: int, low: int) -> int:
    stream, at = reading.stream, head
    if stream.codes[head] != "P":
        return head

    def named(item: int, codes: str) -> bool:
        return stream.codes[item] in codes or stream.norms[item] in _PARTICLES

    while at > low and reading.group_at(at) is None and named(at, "P") and named(at - 1, "PNS"):
        at -= 1
    return at


def _force(reading: Reading, head: int, span: Span, agent: bool) -> str | None:
    """Tell forces by plain words: troops, Col. Roe, men in uniform, the security service, allied militias."""
    stream, low = reading.stream, span[0]
    norms, norm, at = stream.norms, stream.norms[head], _before_name(reading, head, low)
    before = norms[low:head]
    if not _AGAINST.isdisjoint(before) or (head and norms[head - 1] in _FORMER):
        return None
    forces = ("security", "authority") if agent else ("security",)
    if any(norms[k] in reading.sets[name] for k in {at, head} for name in forces):
        return "security"
    if any(norms[k] in reading.sets["rank"] and norms[k + 1] not in NO_RANK and stream.norm(k - 1) not in _OFFICES
           for k in range(at, head)):
        return "security"
    told = any(norms[k] in _FORCES or reading.group_at(k) == "security" for k in range(low, head))
    if norm in _MEN and told:
        return "security"  # "army men"
    if agent and norm in _WIELDED and (told or not reading.sets["security"].isdisjoint(before)):
        return "security"  # "a police dog bit two of them"
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
    if reading.protests and not UNIONS.isdisjoint(before := norms[low:head]) and not LEADERS.isdisjoint((*before, norms[head])):
        return "protesters"  # "union leader Roe", where it is a strike
    told = (not reading.protesting.isdisjoint(names) or not reading.sets["protester"].isdisjoint(names)
            or not reading.sets["protesting"].isdisjoint(norms[low:head]))
    return "protesters" if told else None


def _named_before(reading: Reading, at: int, other: str | None, doer: Span | None = None, *, one: bool = False) -> str | None:
    """Return the group of the nearest word of people before an item in its sentence; of one person, for "he" and "she"."""
    for item in range(at - 1, -1, -1):
        norm = reading.stream.norms[item]
        if norm in reading.others or (one and _several(norm)) or (doer and doer[0] <= item < doer[1]):
            continue
        group = _of_word(reading, norm, reading.group_at(item))
        if group in PEOPLE and group != other:
            return group
        if one and group is None and norm in reading.sets["person"] and reading.stream.codes[item] == "N":
            return None  # "a policeman told the clerk that he …"
    return None


def _several(norm: str) -> bool:
    return norm.endswith(("s", "men")) or norm in _BODY


def _of_word(reading: Reading, norm: str, group: str | None) -> str | None:
    """Return the group of a word by its label, if it has one, or as a plain word for forces or for who protests here."""
    if group is not None:
        return group
    if norm in reading.sets["security"]:
        return "security"
    return "protesters" if norm in reading.protesting or norm in reading.sets["protester"] else None


def _taken_up(reading: Reading, pronoun: int, other: str | None, doer: Span | None, *, agent: bool) -> str | None:
    """Return the group that a pronoun takes up: of its sentence; of "they", also the only one that sentences before name."""
    norm, offset = reading.stream.norms[pronoun], reading.stream.starts[pronoun]
    named = _named_before(reading, pronoun, other, doer, one=norm in _ONE)
    if named or norm not in _THEM:
        return named
    told = not _FIRST_PERSON.isdisjoint(reading.stream.norms[pronoun + 1:pronoun + 5])
    if told and (own := _speaker(reading, pronoun)):
        return next(group for group in PEOPLE if group != own)  # "“They beat us,” said a marcher"
    view = reading.stream.view
    at = view.sentence_at(reading.stream.starts[0]) or 0
    quoted = any(quote.start <= offset < quote.end for quote in view.quotes)
    if not quoted:
        did, suffered = reading.before
        for group in (did,) if agent else (suffered, did) if other else (suffered,):
            if group in PEOPLE and group != other:
                return group  # "Police charged the marchers. They beat them."
    far = _BACK if agent and reading.protests else 1
    for quotes in (True,) if quoted and told else (True, False) if quoted else (False,):  # who speaks is not whom it speaks of
        for last in reversed(view.sentences[max(0, at - far):at]):
            if last.zone != "body":
                break
            if found := _named_in(reading, range(last.first, last.last), quotes) - {other}:
                return found.pop() if len(found) == 1 else None
    return "security" if told and agent and reading.protests and quoted else None


def _named_in(reading: Reading, words: range, quoted: bool) -> set[str | None]:
    """Return the groups of people that words of a sentence name by labels or plain words, in quotations only if asked for."""
    view = reading.stream.view
    spans = [(quote.start, quote.end) for quote in view.quotes] if quoted else [(0, view.ends[words[-1]] if words else 0)]
    inside = [k for k in words if any(low <= view.starts[k] < high for low, high in spans)]
    found = {_of_word(reading, view.words[k], reading.groups.at(view.starts[k], view.ends[k])) for k in inside
             if view.words[k] not in reading.others}
    return found & set(PEOPLE)


def _owner(reading: Reading, low: int, other: str | None) -> str | None:
    """Return the group of whose men they are: "the ministry said its men", "the protesters' leader said his men"."""
    for item in range(low - 1, -1, -1):
        norm, group = reading.stream.norms[item], reading.group_at(item)
        if group in PEOPLE and group != other:
            return group
        if other != "security" and any(norm in reading.sets[name] for name in ("security", "authority", "rank")):
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
    return reading.speaker_at(start)
