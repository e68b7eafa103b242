"""Phrases that name somebody again in other words, or leave out whose he is: "the 44-year-old", "spokeswoman Ada Roe"."""

from __future__ import annotations

import re

from framelens.annotate.sources.words import is_role

__all__ = ["directs", "heads_again", "is_aged", "is_apposed", "is_bare_post", "may_be_anew", "same_as"]

_BARE_POST = re.compile(
    r"(?:(?:chief|army|deputy|managing|executive|lead) )?(?:spokes(?:man|woman|person)|director|chair(?:man|woman|person)|"
    r"coordinator|general secretary|secretary[- ]general|chief executive) (?-i:[A-Z])", re.IGNORECASE)
_DIRECTOR = re.compile("director ", re.IGNORECASE)
_AGED = re.compile(r"(?:the |an? )?[\w-]+-year-old", re.IGNORECASE)
_SAME = re.compile(
    r"(?:the )?same (?:[\w-]+ )?(source|official|officer|witness|agency|ministry|report|outlet)s?$", re.IGNORECASE)
_ANEW = re.compile(
    r"the [\w-]+ (leader|politician|lawmaker|legislator|senator|activist|unionist|organi[sz]er|diplomat|official)", re.IGNORECASE)
_CALLING = re.compile(r"(?:er|or|ist|ian|man|naire)$")
_OTHERS = re.compile("['’]s |,")
_PARTS = frozenset(
    "victim suspect driver gunman attacker assailant deceased accused defendant source owner patient pilot witness caller "
    "spokesman spokeswoman spokesperson".split())
_BESIDE = re.compile(r"\b(?:of|for|with|at|from|in|by|to|on|and)\b")


def is_bare_post(text: str) -> bool:
    """Tell whether a phrase is a post and a name, so that the text before tells of which body.

    Examples
    --------
    >>> is_bare_post("spokeswoman Ada Roe"), is_bare_post("a spokeswoman for the mine, Ada Roe")
    (True, False)
    """
    return _BARE_POST.match(text) is not None


def directs(text: str) -> bool:
    """Tell whether a bare post is that of a director, who may be one of a film as well as of a firm."""
    return _DIRECTOR.match(text) is not None


def is_aged(text: str) -> bool:
    """Tell whether a phrase names a person by age alone: "the 44-year-old"."""
    return _AGED.fullmatch(text) is not None


def same_as(text: str) -> str:
    """Return of what kind "the same official" is, nothing for other phrases."""
    found = _SAME.match(text)
    return found[1].casefold() if found else ""


def heads_again(text: str) -> str:
    """Return the noun by which a phrase calls somebody again: "leader" for "the indigenous leader"."""
    found = _ANEW.fullmatch(text)
    return found[1].casefold() if found else ""


def may_be_anew(text: str, head: str) -> bool:
    """Tell whether "the former singer" may be a new word for a person: of no body and no part in what happened.

    Examples
    --------
    >>> [may_be_anew(*p) for p in (("The former singer", "singer"), ("The head of the choir", "head"), ("The driver", "driver"))]
    [True, False, False]
    """
    called = is_role(head) or _CALLING.search(head) is not None or " former " in text
    return called and head not in _PARTS and not _OTHERS.search(text) and not _BESIDE.search(text)


def is_apposed(before: str) -> bool:
    """Tell whether "who" or "which" means the source whose words ``before`` it are: "Northwind, the coalition which"."""
    return not _BESIDE.search(before.rpartition(",")[2])
