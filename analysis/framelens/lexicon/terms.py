"""What a lexicon is made of: terms, the conditions on their matches, and roles that a clause gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

__all__ = ["LABEL_OF", "OWN_EVENT", "Condition", "Lexicon", "Patterns", "Role", "Term", "favoured"]

LABEL_OF = "@"  # before a group: a label of that group, in the patterns of ``article``; no word begins so
OWN_EVENT = "@own event"  # the article names the event of its study
Patterns = tuple[tuple[str, ...], ...]  # sequences of words, a trailing * on a word for any ending


def favoured(side: str, stance: str) -> str:
    """Tell whom a label favours: the side of its group if it legitimises, the other if it delegitimises, else none.

    Examples
    --------
    >>> favoured("challenger", "delegitimising"), favoured("official", "legitimising"), favoured("official", "neutral")
    ('official', 'official', 'none')
    """
    other = {"challenger": "official", "official": "challenger", "none": "none"}[side]
    return {"delegitimising": other, "legitimising": side, "neutral": "none"}[stance]


@dataclass(frozen=True, slots=True)
class Condition:
    """Words that must (``when``) or must not (``unless``) stand near a term, in the same sentence."""

    patterns: Patterns
    side: str
    window: int


@dataclass(frozen=True, slots=True)
class Role:
    """What people do who take a role (``acts``), or have done to them (``acted_on``), by all forms of the verbs.

    ``before``: words that lead up to their name; ``article``: what the article must be about.
    """

    name: str
    acts: Patterns
    acted_on: Patterns
    before: Patterns
    article: Patterns


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its group and stance, the word sequences that match it, and the conditions on a match.

    ``after``: one of these must stand in the same sentence before the term or in the three sentences before;
    ``article``: one of these must stand anywhere in headline or body; ``roles``: its clause must give it one of these, or,
    where it ``carries``, a clause of the same words elsewhere in the article, where it ``inherits``, behind "the", an earlier
    clause of the same words or of any term that carries; ``case``: "lower" bars a capital.
    """

    term: str
    group: str
    stance: str
    favours: str
    forms: Patterns
    pos: str = ""
    when: Condition | None = None
    unless: Condition | None = None
    after: Patterns = ()
    article: Patterns = ()
    exceptions: Patterns = ()
    roles: tuple[Role, ...] = ()
    carries: bool = False
    inherits: bool = False
    case: str = ""


@dataclass(frozen=True)
class Lexicon:
    """A frozen lexicon.

    Attributes
    ----------
    name, version, language : str
    terms : tuple of Term
    groups : mapping
        Group → ``{"title", "side", "stances", "exceptions", "not_before", "modifiers", "names"}``.
    sha256 : str
        Of the files it was read from, so that a result names the lexicon exactly.
    references : mapping of str to str
        Where the categories come from.
    roles : mapping of str to Role
        What an extension may build on.
    """

    name: str
    version: str
    language: str
    terms: tuple[Term, ...]
    groups: Mapping[str, Mapping[str, Any]]
    sha256: str
    references: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)

    @classmethod
    def freeze(cls, *fields: Any) -> Lexicon:
        """Make a lexicon of plain dicts, in the order of its fields."""
        name, version, language, terms, groups, sha256, references, roles = fields
        held = MappingProxyType({k: MappingProxyType(v) for k, v in groups.items()})
        return cls(name, version, language, terms, held, sha256, MappingProxyType(references), MappingProxyType(roles))

    def __reduce__(self) -> tuple[Any, ...]:
        groups = {name: dict(group) for name, group in self.groups.items()}
        return Lexicon.freeze, (self.name, self.version, self.language, self.terms, groups, self.sha256, dict(self.references),
                                dict(self.roles))

    @property
    def about(self) -> dict[str, str]:
        """Name, version and hash."""
        return {"name": self.name, "version": self.version, "sha256": self.sha256}
