"""Who protests in an article, by the nouns it uses of them: nurses, where it tells of striking nurses or a nurses' march."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import compress, pairwise

from framelens.annotate.agency.lexicon import Violence
from framelens.annotate.agency.people import LEADERS, NO_RANK, UNIONS
from framelens.text.inflect import noun_forms
from framelens.text.view import View

__all__ = ["WATCH", "find_named", "find_others", "find_protesting", "with_forms"]

_ACTS = frozenset((
    "protest protested protests protesting march marched marching rally rallied rallying demonstrate demonstrated "
    "demonstrating chant chanted chanting picket picketed picketing blocked blockading blockaded gathered massed marched "
    "striking barricaded rioted rioting clashed occupied occupying besieged besieging camped thronged converged mutinied rose"
).split())
_SAID = frozenset("said say says told tell tells according treated reported".split())
_ARTICLES = frozenset("a an the his her its their".split())  # "striking a nurse" is another thing than striking nurses
_BY = frozenset(("by", "of"))
_EITHER = frozenset("protest protests march rally".split())  # nouns as well
_BEFORE_NOUNS = _ARTICLES | frozenset("at during of in after before from covering cover covered filming near for".split())
WATCH = frozenset("journalist journalists".split())  # they stand beside most protests
_TO_THE_STREETS = frozenset("took take taken taking poured".split())
_JOINED = frozenset("marched marching protested protesting demonstrated demonstrating joined".split())
_FORMER = frozenset("former ex retired late".split())
_APPOSED = 5  # words from the article of an apposition to its noun
_NEAR = 6  # words between the noun and what it does


def find_protesting(words: Sequence[str], violence: Violence) -> frozenset[str]:
    """Return the nouns of persons that an article uses of those who protest, in the singular and the plural.

    Parameters
    ----------
    words : sequence of str
        The words of the article in normal form.
    violence : Violence
        Whose set ``callings`` says which nouns may be protesters: callings and kinds of people, no forces, no leaders.

    Examples
    --------
    >>> from framelens.annotate.agency.lexicon import read_violence
    >>> sorted(find_protesting("striking nurses met the minister after a march by students".split(), read_violence()))
    ['nurse', 'nurses', 'student', 'students']
    """
    maybe, acts, events = violence.sets["callings"].intersection(words), _ACTS, violence.sets["event"]
    found: set[str] = set()
    for at in [at for at, word in enumerate(words) if word in maybe] if maybe else ():
        word = words[at]
        behind, before = words[at + 1:at + 1 + _NEAR], words[max(0, at - _NEAR):at]
        modified = _ARTICLES.isdisjoint(before[-1:]) and not violence.sets["protesting"].isdisjoint(before[-2:])
        if word in WATCH and not modified:
            continue
        acting = any(act in acts and not (act in _EITHER and last in _BEFORE_NOUNS) for last, act in pairwise((word, *behind)))
        acting = acting or ("streets" in behind and not _TO_THE_STREETS.isdisjoint(behind))
        if (modified or acting
                or (not events.isdisjoint(behind[:3]) and _SAID.isdisjoint(behind[:3]))
                or any(a in events and b in _BY for a, b in pairwise(before))):
            found.add(word)
    return with_forms(found)


def find_others(words: Sequence[str], violence: Violence) -> frozenset[str]:
    """Return the nouns of fighters and criminals that are nobody's word for protesters in this article.

    "Terrorists" may be what officials call protesters, "rebels" and "looters" people of an uprising or of a riot: in an article
    that names protesters, marches and riots as often as them. Else they are militants of a war or criminals; and gunmen always.

    Examples
    --------
    >>> from framelens.annotate.agency.lexicon import read_violence
    >>> "rebels" in find_others("rebels took the town , residents said".split(), read_violence())
    True
    >>> "rebels" in find_others("police fired as protesters marched ; the minister called them rebels".split(), read_violence())
    False
    """
    doubtful, plain = (sum(map(words.count, violence.sets[name].intersection(words))) for name in ("fighter", "protest"))
    return violence.sets["gunman"] | violence.sets["fighter"] if doubtful > plain else violence.sets["gunman"]


def find_named(view: View, protesting: Collection[str], violence: Violence) -> Mapping[str, str]:
    """Return the groups of surnames that an article gives a noun of protest or force: "protester Ana Roe", "Ana Roe, a marcher".

    Parameters
    ----------
    view : View
        The article.
    protesting : collection of str
        From :func:`find_protesting`.
    violence : Violence
        Whose sets tell the nouns.

    Examples
    --------
    >>> from framelens.annotate.agency.lexicon import read_violence
    >>> from framelens.text.view import read_view
    >>> text = "They met the protester Ana Roe, and Tom Orr, a young police officer. Max Lund, a baker, came."
    >>> view = read_view("d", text, [(0, len(text), "body", "x")], measured=("body",))
    >>> sorted(find_named(view, (), read_violence()).items())
    [('orr', 'security'), ('roe', 'protesters')]
    """
    force = violence.sets["security"] | violence.sets["rank"]
    found: dict[str, set[str]] = {}
    strikes = not violence.sets["protest"].isdisjoint(view.words)
    telling = force.union(LEADERS, violence.sets["protester"], protesting)
    for sentence in view.sentences:
        if sentence.zone != "body":
            continue
        words = view.words[sentence.first:sentence.last]
        if "who" in words:
            found |= {name: {"protesters"} for name in _marchers(view, sentence.first, sentence.last)}
        for at in compress(range(sentence.first, sentence.last), map(telling.__contains__, words)):
            word = view.words[at]
            leads = word in LEADERS and not UNIONS.isdisjoint(view.words[max(sentence.first, at - 3):at])
            protests = word in violence.sets["protester"] or word in protesting or (leads and strikes)
            if not (protests or word in force) or (at > sentence.first and view.words[at - 1] in _FORMER):
                continue
            for name in (_name_behind(view, at, sentence.last), _name_before(view, at, sentence.first)):
                if name is not None:
                    found.setdefault(name, set()).add("protesters" if protests else "security")
    return {name: groups.pop() for name, groups in found.items() if len(groups) == 1}


def _marchers(view: View, first: int, last: int) -> Iterator[str]:
    """Yield names of whom a relative clause tells that they marched: "Roe, who had joined the march, …"."""
    for at in range(first + 1, last):
        if view.words[at] == "who" and view.gaps[at].startswith(", ") and _capital(view, at - 1):
            told = view.words[at + 1:min(last, at + 5)]
            if any(word in _JOINED for word in told):
                yield view.words[at - 1]


def _capital(view: View, at: int) -> bool:
    return view.surface(at)[0].isupper()


def _name_behind(view: View, at: int, last: int) -> str | None:
    """Return the last name right behind a noun in the singular: "the protester Ana Roe", "Sgt. Orr"."""
    end = at + 1
    while end < last and _capital(view, end) and view.gaps[end].strip(".") == " ":
        end += 1
    named = end > at + 1 and view.words[at + 1] not in NO_RANK and not view.words[at].endswith("s")
    return view.words[end - 1] if named else None


def _name_before(view: View, at: int, first: int) -> str | None:
    """Return the name to which a noun is an apposition: "Ana Roe, a young marcher", "Roe, one of the marchers"."""
    for low in range(at - 1, max(first, at - _APPOSED), -1):
        if view.gaps[low + 1] != " ":
            return None
        if view.words[low] in ("a", "an", "one") and view.gaps[low].startswith(", ") and _capital(view, low - 1):
            return view.words[low - 1]
    return None


def with_forms(nouns: Iterable[str]) -> frozenset[str]:
    """Return nouns in the singular and the plural."""
    found = set(nouns)
    singular = {noun[:-1] for noun in found if noun.endswith("s")}
    return frozenset(form for noun in found | singular
                     for form in (noun, *(() if noun.endswith(("s", "men")) else noun_forms(noun))))
