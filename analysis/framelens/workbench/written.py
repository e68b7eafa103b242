"""A lexicon written as a TOML file, so that what was imported or recoded can be read, mended and used by name."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from framelens.errors import LexiconError
from framelens.lexicon import Condition, Lexicon, Role, Term
from framelens.lexicon.reader import verb_phrases
from framelens.lexicon.terms import LABEL_OF, OWN_EVENT, Patterns, favoured
from framelens.schema import STANCES
from framelens.text.tokens import read_phrase

__all__ = ["lexicon_toml", "written_forms"]

Proofs = tuple[list[tuple[str, ...]], list[str], bool]  # of a context: words, labels, own event


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
        that was read no longer knows their names; comments, notes and which reference a stance has are lost. The lexicon that
        it extends is written into it.

    Raises
    ------
    LexiconError
        A term or a role says something that the file format cannot, or the term's own name matches another term.

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
    roles = _roles(lexicon)
    named = _contexts(lexicon.terms, roles.values())
    head = {"name": lexicon.name, "version": lexicon.version, "language": lexicon.language}
    lines = ["[lexicon]", *(f"{key} = {_text(value)}" for key, value in head.items())]
    if lexicon.references:
        lines += ["", "[references]", *(f"{_text(key)} = {_text(value)}" for key, value in lexicon.references.items())]
    for patterns, names in named.items():
        for name, (words, labels, own) in zip(names, _proofs(patterns), strict=True):
            lines += ["", f"[contexts.{name}]", f"words = {_phrases(words)}"]
            lines += [f"labels = [{', '.join(map(_text, labels))}]"] * bool(labels) + ["own_event = true"] * own
    for role in roles.values():
        lines += ["", f"[roles.{role.name}]", *_role(role, named)]
    for name, group in lexicon.groups.items():
        lines += ["", f"[groups.{name}]", f"title = {_text(group['title'])}", f"side = {_text(group['side'])}"]
        lines += [f"{key} = {_phrases(group[key])}" for key in ("exceptions", "not_before") if group[key]]
        lines += ["names = false"] * (not group["names"])
        if modifiers := group["modifiers"]:
            lines += ["", f"[groups.{name}.modifiers]"]
            lines += [f"{stance} = [{', '.join(_text(word) for word, of in modifiers.items() if of == stance)}]"
                      for stance in dict.fromkeys(modifiers.values())]
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


def _roles(lexicon: Lexicon) -> dict[str, Role]:
    """Return all roles, also those that only a term has; a file has one of each name."""
    out = dict(lexicon.roles)
    for term in lexicon.terms:
        for role in term.roles:
            if out.setdefault(role.name, role) != role:
                raise LexiconError(f"Term {term.term!r} has a role {role.name!r} that differs from the lexicon's. Rename one.")
    return out


def _contexts(terms: Iterable[Term], roles: Iterable[Role]) -> dict[Patterns, list[str]]:
    """Name the word lists that several terms or roles share, that ask for labels, or that could be taken for names.

    A list has several names where words stand behind labels: in a context labels stand last.
    """
    used = Counter(patterns for term in terms for patterns in _patterns(term).values())
    used.update(patterns for role in roles for patterns in (role.before, role.article) if patterns)
    out: dict[Patterns, list[str]] = {}
    number = 0
    for patterns, n in used.items():
        if n > 1 or any("_" in word or word.startswith(LABEL_OF) for words in patterns for word in words):
            parts = len(_proofs(patterns))
            out[patterns] = [f"words_{number + i}" for i in range(1, parts + 1)]
            number += parts
    return out


def _proofs(patterns: Patterns) -> list[Proofs]:
    """Part patterns into contexts: words, then the groups of which a label proves, then the study's own event."""
    out: list[Proofs] = [([], [], False)]
    for pattern in patterns:
        words, labels, own = out[-1]
        proof = pattern[0].startswith(LABEL_OF)
        if own or (labels and not proof):
            words, labels = [], []
            out.append((words, labels, False))
        if pattern == (OWN_EVENT,):
            out[-1] = words, labels, True
        elif proof:
            labels.append(pattern[0].removeprefix(LABEL_OF))
        else:
            words.append(pattern)
    return out


def _listed(patterns: Patterns, named: Mapping[Patterns, list[str]]) -> str:
    """Write patterns by the names of their contexts, or as they are."""
    return f"[{', '.join(map(_text, named[patterns]))}]" if patterns in named else _phrases(patterns)


def _role(role: Role, named: Mapping[Patterns, list[str]]) -> list[str]:
    """Write the lines of a role; verbs in the infinitive, of which reading makes all forms."""
    values = {key: _phrases(_infinitives(role, key)) for key in ("acts", "acted_on")}
    values |= {key: _listed(getattr(role, key), named) for key in ("before", "article") if getattr(role, key)}
    return [f"{key} = {value}" for key, value in values.items()]


def _infinitives(role: Role, key: str) -> list[tuple[str, ...]]:
    """Take from the forms of verbs, which stand verb by verb, the first of each."""
    forms, out = list(getattr(role, key)), []
    while forms:
        verb = verb_phrases(forms[0])
        if forms[:len(verb)] != verb:
            raise LexiconError(f"Role {role.name!r}, {key}: {' '.join(forms[0])!r} is not followed by its other forms, which a "
                               f"file cannot leave out: {', '.join(' '.join(form) for form in verb)}.")
        out.append(forms[0])
        del forms[:len(verb)]
    return out


def _term(term: Term, side: str, named: Mapping[Patterns, list[str]]) -> str:
    """Write one term as an inline table."""
    own = {read_phrase(term.term), read_phrase(term.term.replace("-", " "))}
    if not own <= set(term.forms):
        raise LexiconError(f"Term {term.term!r} does not match its own name, which another lexicon took over. Rename the term.")
    values: dict[str, str] = {"term": _text(term.term), "inflect": '"none"'}
    if forms := [form for form in written_forms(term) if tuple(form.split()) not in own]:
        values["forms"] = f"[{', '.join(map(_text, forms))}]"
    values |= {key: _text(value) for key, value in (("pos", term.pos), ("case", term.case)) if value}
    if term.roles:
        values["role"] = f"[{', '.join(_text(role.name) for role in term.roles)}]"
    if term.carries:
        values["carries"] = "true"
    if term.inherits:
        values["inherits"] = "true"
    values |= {key: _listed(patterns, named) for key, patterns in _patterns(term).items()} | _place(term)
    if term.favours != favoured(side, term.stance):
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
