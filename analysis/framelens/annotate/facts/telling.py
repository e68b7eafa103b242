"""What is told of those counted: behind the number, before it, in a noun, or as a toll."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from framelens.annotate.facts.counted import ANIMALS, Counted, are_forces, are_people, are_things
from framelens.annotate.facts.lexicon import Told, Words
from framelens.annotate.facts.numbers import MAYBE
from framelens.annotate.facts.predicates import NOT, find_behind, is_completed, modifies_thing, told_by
from framelens.text.reading.groups import verb_group
from framelens.text.reading.stream import Stream

__all__ = ["Report", "tell"]

_TOLL = frozenset("toll number count tally figure total loss".split())
_COUNTS = frozenset("dead deaths fatalities arrests detentions injured wounded injuries casualties detainees killed".split())
_TOLL_VERBS = frozenset((
    "rose rises rise rising risen climbed climbs climb climbing jumped jumps stood stands standing reached reaches reach "
    "reaching pass exceed top numbered totalled totaled "
    "passed passes hit hits exceeded exceeds topped tops surpassed put puts is was are were at to of increased increases "
    "grew grown grows went brings brought bringing mounted remains remained now has had been had includes").split())
_INCLUDE = frozenset("include includes included including were are was".split())
_FOUND = frozenset("found recovered pulled retrieved discovered counted unearthed brought lay lying received".split())
_WANTED = frozenset((
    "seek seeks sought seeking demand demands demanded demanding want wants wanted order orders ordered ordering urge urges "
    "urged call calls called calling request requested warrant warrants").split())
_SAYS = frozenset("say says said saying counted counts count report reports reported claims claimed confirmed listed".split())
_PUT = frozenset("it spoke speaks speak speaking talked toll number figure count tally them total".split())
_AMONG = frozenset("including among amongst mostly".split())
_WHOLE = frozenset("them whom".split())


@dataclass(frozen=True, slots=True)
class Report:
    """A number with a fact: the verb that makes it less than one ("may", "feared"), and whether it is a part of another."""

    counted: Counted
    fact: str
    maybe: str | None
    part: bool


def tell(stream: Stream, counted: list[Counted], words: Words, last: frozenset[str] = frozenset()) -> Iterator[Report]:
    """Yield what is told of each counted phrase; ``last`` is what the sentence before told last."""
    known: list[set[str]] = []
    spoken = last
    objects = frozenset(one.quantity.first for one in counted)
    whole = -1
    for at, one in enumerate(counted):
        if are_things(stream, one, words) or (one.quantity.value == 0 and _of_those(stream, one, words)):  # "none of the dead"
            known.append(set())
            continue
        after = counted[at + 1] if at + 1 < len(counted) else None
        of = stream.code(one.quantity.last) == "f"
        of_more = of and after is not None and after.quantity.first - one.quantity.last in (1, 2)  # "two of the forty"
        if of_more or (of and one.quantity.value == 1 and stream.code(one.high) == ","):  # "one of the judges, Roe, died"
            found = (find_behind(stream, one, words, after, objects) or list(_before(stream, one, words))) if of_more else []
            known.append({fact for fact, _ in found})
            yield from (Report(one, fact, maybe, part=True) for fact, maybe in found)
            whole = at + 1 if of_more else whole
            continue
        found = find_behind(stream, one, words, objects=objects) or next(
            (facts for read in (_before, _of_noun, _toll) if (facts := list(read(stream, one, words)))), [])
        if at == whole:  # "two of the nine hostages were killed": not the nine
            found = [pair for pair in found if pair[0] not in known[-1]]
        told = {fact for fact, _ in found}
        if told.isdisjoint(("released", "casualties")):  # "12 detainees were freed", "12 dead and wounded"
            found += [pair for pair in _in_noun(stream, one, words) if pair[0] not in told]
        if not found and at and are_people(stream, one, words) and _listed(stream, counted[at - 1], one):
            found = [(fact, None) for fact in sorted(known[-1])]
        if not found and len(spoken) == 1 and _bare(stream, one):
            found = [(fact, None) for fact in spoken]
        known.append({fact for fact, _ in found})
        spoken = frozenset(known[-1]) or spoken
        part = bool(at) and not known[at - 1].isdisjoint(known[at]) and _is_part(stream, one)
        part |= _of_those(stream, one, words)
        yield from (Report(one, fact, maybe, part) for fact, maybe in found)


def _listed(stream: Stream, before: Counted, one: Counted) -> bool:
    """Are two counted phrases members of one list: "killed 12 civilians and three officers", "12 in Aral and 3 in Tura"?"""
    between = stream.codes[max(before.high, before.quantity.last):one.quantity.first]
    if _is_part(stream, one) and not set(between) & set(";:.sh"):
        return True  # "12 people were killed, including two officers"
    if not between or set(between) - set("DNSPJ0'pf,cYu("):
        return False
    if one.quantity.value == 1 and stream.code(one.quantity.last) == "f":
        return False
    return between[-1] in "c," or _is_part(stream, one)


def _bare(stream: Stream, one: Counted) -> bool:
    """Is a number said without a word for what it counts: "the union says 40", "residents spoke of dozens", "put it at 30"?"""
    first, norms = one.quantity.first, stream.norms
    if one.head >= 0 or not first or stream.code(one.quantity.last) not in ".,;c-)":
        return False
    before = norms[first - 1]
    return before in _SAYS or (before in ("of", "at", "to") and first > 1 and norms[first - 2] in _PUT)


def _is_part(stream: Stream, one: Counted) -> bool:
    """Is a number told as a part of one before it: "including two officers", "103 of them", "35 of whom"?"""
    before = one.quantity.first - 1
    among = stream.norm(before) in _AMONG or (stream.norm(before) == "them" and stream.norm(before - 1) in _AMONG)
    of_whom = stream.norm(before) == "whom" and stream.norm(before - 1) == "of"
    return among or of_whom or (one.head >= 0 and stream.norms[one.head] in _WHOLE)


def _of_those(stream: Stream, one: Counted, words: Words) -> bool:
    """Does a number count some of those whom a participle or an adjective names: "four of the dead", "two of those held"?"""
    norm = stream.norm(one.low)
    return stream.code(one.quantity.last) == "f" and one.head in (-1, one.low) and (
        stream.norm(one.low - 1) in ("the", "those") and (norm in words.adjectives or norm in words.verbs))


def _in_noun(stream: Stream, one: Counted, words: Words) -> Iterator[tuple[str, str | None]]:
    """Yield what the counted noun or a participle before it tells: "12 deaths", "40 injured officers", "the 164 dead"."""
    if _of_those(stream, one, words):
        yield from told_by(words, stream.norm(one.low), None)  # "four of the dead"
        return
    if one.head < 0:
        if stream.norm(one.low) == "dead" and stream.code(one.low + 1) != "I" and not modifies_thing(stream, one.low, words):
            yield "killed", None
        return
    if "'" in stream.codes[one.low:one.high]:
        return  # "one man's death"
    acts = stream.code(one.high) in "dzvMX"
    for told in words.nouns.get(stream.norms[one.head], ()):
        if ("b" in told.roles and _FOUND.isdisjoint(stream.norms)) or ("p" in told.roles and acts):
            continue  # "two detainees said"
        yield told.fact, None
    if not are_people(stream, one, words) and stream.norms[one.head] not in ANIMALS:
        return  # "12 dead batteries"
    for k in range(one.low, one.head):
        norm = stream.norms[k]
        if stream.codes[k] in "nedJg":
            verbs = () if stream.codes[k] == "g" else words.verbs.get(norm, ())  # "12 arresting officers"
            yield from ((told.fact, None) for told in (*verbs, *words.adjectives.get(norm, ()))
                        if not told.tail and told.roles.isdisjoint("sfh"))


def _before(stream: Stream, one: Counted, words: Words) -> Iterator[tuple[str, str | None]]:
    """Yield what a verb tells whose object the counted phrase is, or a member of it."""
    k = one.quantity.first - 1
    codes, norms = stream.codes, stream.norms
    while k >= 0 and codes[k] == "A" and norms[k] not in words.verbs:
        k -= 1
    if k < 0:
        return
    if norms[k] in _INCLUDE and k and (facts := told_by(words, norms[k - 1], None)) and norms[k - 2:k - 1] in (
            ["the"], ["those"], ["among"]):
        yield from facts  # "the dead included two officers"
        return
    if codes[k] in "c," and k and codes[k - 1] in "NSPu0J":
        if one.quantity.value == 1 and stream.code(one.quantity.last) == "f":
            return  # "killed members of a sect, one of the oldest"
        k = _over_list(stream, k)
        if k < 0:
            return
    for head in (k, k - 1):
        if head < 0:
            continue
        for told in words.verbs.get(norms[head], ()):
            if head == k - 1 and norms[k] not in told.tail:
                continue
            if "a" in told.roles and (one.head < 0 or not are_people(stream, one, words)):
                continue
            if _acts(stream, head, told, one, adjacent=head == k - 1):
                group = verb_group(stream, head, 1)
                span = norms[group.low:head]
                if NOT.isdisjoint(span):
                    yield told.fact, next((w for w in span if w in MAYBE), None)
                return


def _over_list(stream: Stream, comma: int) -> int:
    """Return the item of the verb whose object begins before a comma or conjunction; -1 without."""
    k = comma
    while k >= 0 and stream.codes[k] in "c,DNSPJ0'fpA":
        k -= 1
    return k if k >= 0 and stream.codes[k] in "dzvgenVZ" else -1


def _acts(stream: Stream, head: int, told: Told, one: Counted, *, adjacent: bool) -> bool:
    """Is the verb active, with the counted phrase as its object?"""
    code = stream.codes[head]
    if code not in ("dzvgVZenN" if "l" in told.roles else "dzvgVZen") or verb_group(stream, head, 1).passive:
        return False
    if code == "n" and stream.code(head - 1) not in "HA,c":
        return False
    if told.tail and not adjacent:
        if "l" in told.roles:
            return one.head >= 0 and stream.norms[one.head] in told.tail
        return "o" in told.roles and is_completed(stream, max(one.high, one.quantity.last) - 1, told)
    if told.roles & {"f", "t"}:
        return are_forces(stream, one)
    return "o" in told.roles


def _of_noun(stream: Stream, one: Counted, words: Words) -> Iterator[tuple[str, str | None]]:
    """Yield what a noun before "of" tells: "the deaths of 12 people", "claimed the lives of 12"."""
    k = one.quantity.first - 1
    if k < 1 or stream.codes[k] != "f":
        return
    noun = stream.norms[k - 1]
    if noun in ("lives", "life"):
        for head in range(max(0, k - 4), k - 1):
            yield from ((told.fact, None) for told in words.verbs.get(stream.norms[head], ()) if "l" in told.roles)
        return
    if not _WANTED.isdisjoint(stream.norms[max(0, k - 5):k]):
        return  # "demanded the arrest of two ministers"
    for told in words.nouns.get(noun, ()):
        if ("b" not in told.roles or not _FOUND.isdisjoint(stream.norms)) and (not told.roles & {"f"} or are_forces(stream, one)):
            yield told.fact, None


def _toll(stream: Stream, one: Counted, words: Words) -> Iterator[tuple[str, str | None]]:
    """Yield what a toll counts: "the death toll rose to 26", "the number of detained reached 5,800"."""
    norms, codes, k = stream.norms, stream.codes, one.quantity.first - 1
    if codes[k:k + 1] not in ("p", "t", "f", "d", "z", "v", "I", "e", ":", "n", "V", "Z", "g") or (
            norms[k] not in _TOLL_VERBS and codes[k] != ":"):
        return
    maybe = None
    for at in range(k, max(-1, k - 14), -1):
        if codes[at] in ";.":
            return
        maybe = norms[at] if norms[at] in MAYBE else maybe  # "could rise to 100"
        if norms[at] in _COUNTS and at == k - 1 and codes[k] != "f":
            yield from told_by(words, norms[at], None)  # "put the dead at 12", "arrests reached 300", "Dead: 12"
            return
        if norms[at] in _TOLL:
            if norms[at] == "toll":
                yield "killed", maybe
                return
            behind = norms[at + 1:at + 6]
            if norms[at] == "loss" and behind[:2] == ["of", "life"]:
                yield "killed", maybe
                return
            if behind[:1] == ["of"]:
                for norm in behind[1:]:
                    if facts := told_by(words, norm, maybe):
                        yield from facts
                        return
            return
