"""A lexicon written as a TOML file, so that what was imported or recoded can be read, mended and used by name."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from typing import Any

from framelens.errors import LexiconError
from framelens.lexicon import Condition, Lexicon, Term
from framelens.schema import STANCES
from framelens.text.tokens import read_phrase

__all__ = ["favoured", "lexicon_toml", "written_forms"]

Patterns = tuple[tuple[str, ...], ...]
_KNOWN = ("term", "group", "stance", "favours", "forms", "pos", "when", "unless", "after", "article", "exceptions")


def favoured(stance: str, side: str) -> str:
    """Say whom a label favours by its stance and the side of its group, where its term says nothing else.

    Examples
    --------
    >>> favoured("delegitimising", "challenger"), favoured("legitimising", "official"), favoured("neutral", "official")
    ('official', 'official', 'none')
    """
    other = {"challenger": "official", "official": "challenger"}.get(side, "none")
    return {"delegitimising": other, "legitimising": side}.get(stance, "none")


def written_forms(term: Term) -> list[str]:
    """Return the forms of a term as phrases, in order."""
    return sorted(" ".join(form) for form in term.forms)


def lexicon_toml(lexicon: Lexicon) -> str:
    r"""Write a lexicon as TOML text, which :func:`framelens.lexicon.parse_lexicon` reads into the same terms.

    Parameters
    ----------
    lexicon : Lexicon
        Read, imported or recoded.

    Returns
    -------
    str
        The file. All forms are spelt out; contexts used twice or more are named ``words_1``, ``words_2`` and so on, as a lexicon
        that was read no longer knows their names; comments and notes are lost.

    Raises
    ------
    LexiconError
        A term says something that the file format has no key for, or its own name matches another term.

    Examples
    --------
    >>> from framelens.lexicon import parse_lexicon
    >>> text = '[lexicon]\nname = "t"\nversion = "1"\n[groups.g.neutral]\nterms = ["marcher"]'
    >>> print(lexicon_toml(parse_lexicon(text)).partition("[groups.g.neutral]\n")[2])
    terms = [
      {term = "marcher", inflect = "none", forms = ["marchers"]},
    ]
    <BLANKLINE>
    """
    named = _contexts(lexicon.terms)
    head = {"name": lexicon.name, "version": lexicon.version, "language": lexicon.language}
    lines = ["[lexicon]", *(f"{key} = {_text(value)}" for key, value in head.items())]
    if lexicon.references:
        lines += ["", "[references]", *(f"{_text(key)} = {_text(value)}" for key, value in lexicon.references.items())]
    for patterns, name in named.items():
        lines += ["", f"[contexts.{name}]", f"words = {_phrases(patterns)}"]
    for name, group in lexicon.groups.items():
        lines += ["", f"[groups.{name}]", f"title = {_text(group['title'])}", f"side = {_text(group['side'])}"]
        if group["exceptions"]:
            lines.append(f"exceptions = {_phrases(group['exceptions'])}")
        for stance in STANCES:
            terms = [t for t in lexicon.terms if (t.group, t.stance) == (name, stance)]
            if terms:
                lines += ["", f"[groups.{name}.{stance}]", "terms = ["]
                lines += [f"  {_term(term, group['side'], named)}," for term in terms]
                lines.append("]")
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)  # a JSON string is a TOML string


def _phrases(patterns: Iterable[tuple[str, ...]]) -> str:
    return f"[{', '.join(_text(' '.join(words)) for words in patterns)}]"


def _patterns(term: Term) -> dict[str, Patterns]:
    """Return the words of each condition of a term."""
    given = {"when": term.when.patterns if term.when else (), "unless": term.unless.patterns if term.unless else (),
             "after": term.after, "article": term.article}
    return {key: patterns for key, patterns in given.items() if patterns}


def _contexts(terms: Iterable[Term]) -> dict[Patterns, str]:
    """Name the word lists that several terms share, or whose words would be taken for the name of one."""
    used = Counter(patterns for term in terms for patterns in _patterns(term).values())
    named = [p for p, n in used.items() if n > 1 or any("_" in word for words in p for word in words)]
    return {patterns: f"words_{i}" for i, patterns in enumerate(named, 1)}


def _term(term: Term, side: str, named: Mapping[Patterns, str]) -> str:
    """Write one term as an inline table."""
    lost = [f.name for f in fields(term) if f.name not in _KNOWN
            and getattr(term, f.name) != (f.default if f.default is not MISSING else None)]
    if lost:
        raise LexiconError(f"Term {term.term!r} has {', '.join(lost)}, which lexicon_toml cannot write. Keep its own file.")
    own = {read_phrase(term.term), read_phrase(term.term.replace("-", " "))}
    if not own <= set(term.forms):
        raise LexiconError(f"Term {term.term!r} does not match its own name, which another lexicon took over. Rename the term.")
    values: dict[str, str] = {"term": _text(term.term), "inflect": '"none"'}
    if forms := [form for form in written_forms(term) if tuple(form.split()) not in own]:
        values["forms"] = f"[{', '.join(map(_text, forms))}]"
    if term.pos:
        values["pos"] = _text(term.pos)
    for key, patterns in _patterns(term).items():
        values[key] = f"[{_text(named[patterns])}]" if patterns in named else _phrases(patterns)
    values |= _place(term)
    if term.favours != favoured(term.stance, side):
        values["favours"] = _text(term.favours)
    if term.exceptions:
        values["exceptions"] = _phrases(term.exceptions)
    return "{" + ", ".join(f"{key} = {value}" for key, value in values.items()) + "}"


def _place(term: Term) -> dict[str, str]:
    """Write where the words of ``when`` and ``unless`` must stand; a file has one place for both."""
    conditions: list[Condition] = [c for c in (term.when, term.unless) if c]
    places = {(c.side, c.window) for c in conditions}
    if len(places) > 1:
        raise LexiconError(f"Term {term.term!r} has when and unless with different side or window; a file has one for both.")
    written: dict[str, Any] = {"side": _text(conditions[0].side), "window": str(conditions[0].window)} if conditions else {}
    return written
