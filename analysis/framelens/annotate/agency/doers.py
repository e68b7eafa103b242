"""Who does it: the subject of a verb, over relative clauses, coordination, participles and infinitives; the doer behind "by"."""

from __future__ import annotations

from framelens.annotate.agency.phrases import ARTICLES, PARTITIVE, SEEN, Reading, base_left, base_right, heads
from framelens.text.reading.groups import Group, verb_group
from framelens.text.reading.phrases import TIME_NOUNS, noun_phrase_left, subject
from framelens.text.reading.stream import Span, Stream

__all__ = ["BLAMES", "SAYS", "accused_of", "antecedent", "doer_behind", "subject_of"]

_FINITE = "dzvMHIX"
_VERBS = frozenset("dzvneg")
_ORDERS = frozenset(  # "ordered troops to shoot": the object is who does it
    "order orders ordered ordering tell tells told telling ask asks asked asking allow allows allowed allowing urge urges "
    "urged urging force forces forced forcing instruct instructs instructed instructing authorise authorises authorised "
    "authorize authorizes authorized command commands commanded send sends sent sending deploy deploys deployed deploying "
    "dispatch dispatches dispatched permit permits permitted permitting incite incites incited inciting encourage "
    "encourages encouraged encouraging direct directs directed directing enable enables enabled enabling let lets want "
    "wants wanted get got compel compels compelled prompt prompts prompted prompting lead led empower empowers empowered "
    "hire hired pay paid persuade persuaded call calls called calling expect expects expected mobilise mobilised mobilize "
    "mobilized bring brought".split())
BLAMES = frozenset(  # "accused police of beating": the object is who did it
    "accuse accuses accused accusing blame blames blamed blaming charge charges charged charging suspect suspects suspected "
    "arrest arrests arrested arresting detain detains detained detaining stop stops stopped stopping prevent prevents "
    "prevented preventing condemn condemns condemned condemning criticise criticises criticised criticising criticize "
    "criticizes criticized convict convicts convicted convicting denounce denounces denounced denouncing praise praises "
    "praised thank thanks thanked jail jails jailed sentence sentences sentenced try tried punish punished indict indicted "
    "deter deters deterred discourage prosecute prosecuted execute executed fine fined warn warns warned dissuade dissuaded "
    "keep keeps kept show shows showed see saw film filmed catch caught".split())
_ACCUSES = frozenset(
    "accuse accuses accused accusing blame blames blamed blaming suspect suspects suspected convict convicts convicted condemn "
    "condemns condemned condemning sentence sentenced charge charged jail jailed indict indicted prosecute prosecuted denounce "
    "denounces denounced".split())
SAYS = frozenset("said says say reported reports confirmed confirms claimed claims alleged added announced".split())
_ARRESTS = frozenset("arresting detaining apprehending capturing dispersing".split())
_BY_ACT = frozenset("suspicion charge charges allegation allegations accusation accusations accused".split())
_LONGEST_APPOSITION = 26  # items
_HOURS = TIME_NOUNS | frozenset("noon midnight dawn dusk nightfall sunset sunrise daybreak midday lunchtime".split())
_BEHIND = 16  # items between a verb and its "by"
_MOST = 5  # steps from verb to verb


def subject_of(reading: Reading, group: Group, steps: int = 0) -> Span | None:
    """Find the subject of a verb group, whatever its form; the doer of an active, the sufferer of a passive."""
    stream = reading.stream
    codes, low = stream.codes, group.low
    if steps > _MOST:
        return None
    while low and codes[low - 1] == "A":
        low -= 1
    before = codes[low - 1] if low else ""
    if before == "t" and stream.norms[low - 1] == "to":
        return _of_infinitive(reading, low - 1, steps, passive=group.passive)
    gerund = codes[group.low] == "g" or (codes[group.low] == "N" and stream.norms[group.low].endswith("ing"))
    if gerund:
        return _of_gerund(reading, low, steps)
    return _of_finite(reading, group.low, low, steps)


def _of_finite(reading: Reading, at: int, low: int, steps: int) -> Span | None:
    """Find the subject before a finite verb or a participle."""
    stream = reading.stream
    before = stream.codes[low - 1] if low else ""
    if before and before in ",-":
        if host := _over_commas(stream, low - 1):
            return host
        if stream.codes[at] in "nd" and set(stream.codes[:low - 1]).isdisjoint(_FINITE) and (host := base_left(stream, low - 1)):
            return host  # "One man, hit in the thigh, …"
    found = subject(stream, at) if not before or before not in ",-" else None
    if found and stream.code(found[0] - 1) == "p" and stream.code(found[0] - 2) in "dn" and stream.code(found[0] - 3) in "NSP0":
        return base_left(stream, found[0] - 2) or found  # "a man shot in the head dies"
    whole = base_left(stream, low) if before and before in "DNSP0z" else None
    if whole and (found is None or (stream.code(found[0] - 1) == "c" and stream.norm(whole[0] - 1) in SAYS)):
        found = whole  # "police said two officers and a clerk were shot"
    if found and stream.norm(found[0] - 1) == "to" and stream.code(found[0] - 3) == "f" and (
            stream.norm(found[0] - 2) == "up" or stream.code(found[0] - 2) == "0"):
        found = (base_left(stream, found[0] - 3) or found)[0], found[1]  # "a mob of up to | 400 rioters"
    if found:
        if stream.codes[found[0]] in "wh":
            return antecedent(reading, found[0]) or found
        return _trimmed(stream, found)
    if before and before in "cb,s-r":
        return _shared(reading, low - 1, steps)
    return None


def _over_commas(stream: Stream, comma: int) -> Span | None:
    """Return the subject before an apposition, a relative clause or a participle between commas: "Roe, a farmer, was shot"."""
    codes, mark = stream.codes, stream.codes[comma]
    opening = codes.rfind(mark, max(0, comma - _LONGEST_APPOSITION), comma)
    while opening > 0:
        inner = codes[opening + 1:comma]
        told = [code for code in inner if code in _FINITE]
        if stream.norms[comma - 1] in SAYS and inner[:1] in tuple("DNSPU0") and (host := base_left(stream, opening)):
            return host  # "guards, witnesses say, went on shooting"
        if inner and ((inner[0] in "DNSPJ0pngrA" and not told) or (inner[0] in "wpDSN0" and "w" in inner)) and (
                host := base_left(stream, opening)):
            return (noun_phrase_left(stream, opening) or host) if codes[host[0] - 1:host[0]] == "p" else host
        opening = codes.rfind(mark, max(0, comma - _LONGEST_APPOSITION), opening)
    return None


def _trimmed(stream: Stream, span: Span) -> Span:
    """Leave a clause of the phrase out: "Roe, who had left," is Roe."""
    low, high = span
    while high > low + 1 and stream.codes[high - 1] in ",-":
        high -= 1
    if high > low + 1 and stream.codes[low] == "g" and stream.code(low - 1) == ",":
        low += 1  # ", saying officers had shot"
    if high > low + 2 and stream.norms[high - 1] == "having":
        high -= 2  # "accused police of having shot"
    for k in range(high - 2, low, -1):
        if stream.norms[k] in SEEN and stream.codes[k] in "dn":
            return k + 1, high  # "Roe heard glass break"
        if stream.norms[k] in ARTICLES and (stream.codes[k - 1] in "YP" or stream.norms[k - 1] in _HOURS):
            return k, high  # "by noon on Friday the guards"
    return low, high


def antecedent(reading: Reading, pronoun: int) -> Span | None:
    """Return the noun phrase that a relative pronoun refers to."""
    stream = reading.stream
    high = pronoun
    while high and stream.codes[high - 1] in ",pf-":
        high -= 1
    if high and stream.codes[high - 1] == ")":
        high = max(stream.codes.rfind("(", 0, high), 0)
    found = base_left(stream, high, of=False)
    if found is None and high and stream.norms[high - 1] == "military":
        return max(high - 2, 0), high
    if found and stream.norms[pronoun] == "who" and stream.code(found[0] - 1) == "p" and not _person(reading, found):
        before = base_left(stream, found[0] - 1)
        if before and _person(reading, before):
            return before  # "hooligans in uniform who …"
    while found and found[0] > 1 and stream.codes[found[0] - 1] == "f" and stream.norms[found[0] - 2] in PARTITIVE:
        found = (base_left(stream, found[0] - 1, of=False) or found)[0], high
    return found


def _verb_before(stream: Stream, at: int) -> int:
    """Return the head of the last verb before an item, within its clause; -1 without."""
    codes = stream.codes
    for k in range(at - 1, -1, -1):
        if codes[k] in ";:." or (codes[k] == "s" and at - k > 1):
            return -1
        if codes[k] in _VERBS and not (codes[k] in "ng" and codes[k + 1:k + 2] in ("N", "S")):
            return k
        if codes[k] in "MHIX":
            return k
    return -1


def _shared(reading: Reading, at: int, steps: int) -> Span | None:
    """Return the subject of the verb before, with which this one is coordinated or on which it hangs."""
    verb = _verb_before(reading.stream, at)
    if verb < 0:
        return None
    group = verb_group(reading.stream, verb, 1)
    found = subject_of(reading, group, steps + 1)
    return found or (_shared(reading, group.low, steps + 1) if steps < _MOST and group.low else None)


def _following(reading: Reading, at: int, steps: int) -> Span | None:
    """Return the subject of the main clause behind an opening one: "After storming the hall, soldiers …"."""
    stream = reading.stream
    comma = stream.codes.find(",", at)
    while 0 < comma < len(stream) - 2:
        for k in range(comma + 1, len(stream)):
            if stream.codes[k] in ",;:.":
                break
            if stream.codes[k] in _FINITE:
                group = verb_group(stream, k, 1)
                found = base_left(stream, group.low)
                return found if found and found[0] > comma else None
        comma = stream.codes.find(",", comma + 1)
    return None


def _governor(reading: Reading, at: int) -> tuple[int, Span | None]:
    """Find the verb that governs what begins at an item, and the noun phrase between them."""
    stream = reading.stream
    codes = stream.codes
    k = at
    while k and codes[k - 1] in "DNSPJ0'fYuUyAc)(Z":
        k -= 1
    between = base_right(stream, k) if k < at else None
    verb = _verb_before(stream, at)
    return verb, (between[0], min(between[1], at)) if between and verb >= 0 and verb >= k - 2 else None


def _person(reading: Reading, span: Span | None) -> bool:
    people = ("person", "security", "authority")
    return span is not None and any(reading.is_a(head, people) for head in heads(reading.stream, span))


def _of_verb(reading: Reading, verb: int, steps: int) -> Span | None:
    return subject_of(reading, verb_group(reading.stream, verb, 1), steps + 1)


def _of_infinitive(reading: Reading, to: int, steps: int, *, passive: bool) -> Span | None:
    """Find who is to do or to suffer what stands behind "to"."""
    stream = reading.stream
    codes = stream.codes
    if not to or (to == 1 and codes[0] == "A"):
        return _following(reading, to, steps)
    if stream.norms[to - 1] in ("order", "as") and to > 1 and stream.norms[to - 2] in ("in", "so"):
        to -= 2
    if codes[to - 1:to] in ("c", "b", ","):
        return _shared(reading, to - 1, steps)
    verb, between = _governor(reading, to)
    if verb < 0:
        if "B" in codes[:to]:
            return base_right(stream, codes.rfind("B", 0, to) + 1)
        return _following(reading, to, steps) if between is None else None
    if by := [k for k in range(verb + 1, to) if codes[k] == "B"]:  # "an attempt by rebels to seize"
        return base_right(stream, by[-1] + 1)
    if between and stream.norms[verb] in _ORDERS and (passive or _person(reading, between)):
        return between
    return _of_verb(reading, verb, steps)


def _of_gerund(reading: Reading, low: int, steps: int) -> Span | None:
    """Find who does what an -ing form tells."""
    stream = reading.stream
    codes = stream.codes
    before = codes[low - 1] if low else ""
    if not before or before in "pfrBs" or before == "t":
        if not low or not codes[:low - 1].strip("cbA"):
            return _following(reading, low, steps)
        verb, between = _governor(reading, low - 1)
        if verb < 0:
            return _following(reading, low, steps) if before in "prB" else None
        passive = verb_group(stream, verb, 1).passive
        if not passive and stream.norms[verb] in BLAMES and (blamed := base_right(stream, verb + 1)) and blamed[1] <= low:
            between = blamed  # "accused a minority among the drivers of holding …", "sentenced him to ten years for killing"
        if between and before in "pf" and not passive:
            if stream.norms[verb] in BLAMES and (before == "f" or stream.norms[low - 1] == "from" or _person(reading, between)):
                return between
            if stream.norms[between[1] - 1] in _BY_ACT and between[0] > verb + 1:
                return base_left(stream, between[0] - 1)
        return _of_verb(reading, verb, steps)
    if before == ",":
        return _of_participle(reading, low - 1, steps)
    if before in "cb-":
        near = [k for k in range(max(0, low - _BEHIND), low) if codes[k] == "g"]
        if near and set(codes[near[-1]:low]).isdisjoint(_FINITE):
            return _of_gerund(reading, near[-1], steps + 1)  # "showed guards kicking a boy and dragging him"
        return _shared(reading, low - 1, steps)
    if before in "NSPuU0)yJ":
        nearest = base_left(stream, low)
        if nearest and stream.norm(nearest[0] - 1) == "in" and _person(reading, wearer := base_left(stream, nearest[0] - 1)):
            return wearer  # "men in helmets beating a boy"
        return nearest if _person(reading, nearest) else noun_phrase_left(stream, low)
    if before in "dzvngMHIX":
        return _of_verb(reading, low - 1, steps)
    return None


def _of_participle(reading: Reading, comma: int, steps: int) -> Span | None:
    """Find who does what an -ing form behind a comma tells: "kept marchers from leaving, firing at them" is of who kept."""
    stream, at = reading.stream, comma
    verb = _verb_before(stream, at)
    while verb > 0 and stream.codes[verb] == "g" and (stream.norms[verb - 1] == "from" or stream.codes[verb - 1] in "NS"):
        at, verb = verb, _verb_before(stream, verb)
    if verb < 0:
        return _shared(reading, comma, steps)
    group = verb_group(stream, verb, 1)
    if group.passive and group.finite and verb == _verb_before(stream, comma):
        return doer_behind(reading, group.high)  # "were charged by police, injuring two": no sufferer does it
    if found := _main_forces(reading, at, stream.norms[comma + 1]):
        return found
    return _shared(reading, at, steps)


def _main_forces(reading: Reading, comma: int, does: str) -> Span | None:
    """Return forces that are the subject of the sentence, where a relative clause stands between them and "…, arresting"."""
    stream = reading.stream
    relative = max(stream.codes.rfind(mark, 0, comma) for mark in "wh")
    if does not in _ARRESTS or relative < 1:
        return None
    first = next((k for k in range(relative) if stream.codes[k] in _FINITE), -1)
    found = subject_of(reading, verb_group(stream, first, 1)) if first > 0 else None
    return found if found and any(reading.is_a(head, ("security",)) for head in heads(stream, found)) else None


def accused_of(reading: Reading, low: int) -> Span | None:
    """Return who is accused of the act whose noun phrase begins at an item: "accused the army of attacks"."""
    stream = reading.stream
    if not low or stream.norms[low - 1] not in ("of", "for", "with", "over"):
        return None
    verb, between = _governor(reading, low - 1)
    if verb < 0 or stream.norms[verb] not in _ACCUSES:
        return None
    return subject_of(reading, verb_group(stream, verb, 1)) if verb_group(stream, verb, 1).passive else between


def doer_behind(reading: Reading, at: int) -> Span | None:
    """Find the doer behind "by" after a passive: no gunfire, no bullet, no noon, no way of doing it."""
    stream = reading.stream
    codes = stream.codes
    for k in range(at, min(len(stream), at + _BEHIND)):
        code = codes[k]
        if code == "B":
            found = base_right(stream, k + 1)
            if not found or codes[k + 1] in "Yg" or stream.norms[slice(*found)] == ["force"]:
                return None
            norms = [stream.norms[head] for head in heads(stream, found)]
            none = norms[0][0].isdigit() or norms[0] in _HOURS or not reading.sets["instrument"].isdisjoint(norms)
            return None if none else found
        if code in "dzvMHIXwhs;:.," or (code in "tc" and k > at):
            return None
    return None
