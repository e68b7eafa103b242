"""Lexicons of other programs read as ours, and ours written for them: CSV, quanteda, LIWC, plain lists."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd

from framelens import io
from framelens.errors import LexiconError
from framelens.lexicon import Lexicon, Term, parse_lexicon
from framelens.lexicon.terms import favoured
from framelens.schema import STANCES
from framelens.text.tokens import normal, read_phrase, spans
from framelens.workbench.entries import FORMATS, Entry, format_of, read_entries
from framelens.workbench.written import lexicon_toml, written_forms
from framelens.workbench.yaml_subset import dump_yaml

__all__ = ["find_losses", "read_dictionary", "write_lexicon"]

SIDES = ("challenger", "official", "none")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_MOST = 1000  # forms that one pattern may be expanded into
_SHOWN = 5  # places that an error lists
Place = tuple[str, str]  # group, stance


def read_dictionary(path: str | Path, *, format: str | None = None, group: str | None = None, stance: str | None = None,
                    categories: Mapping[str, str] | None = None, sides: Mapping[str, str] | None = None,
                    vocabulary: Iterable[str] | None = None) -> Lexicon:
    r"""Read a dictionary of another program as a lexicon.

    Parameters
    ----------
    path : path
        A UTF-8 file: CSV (columns term, and form, group, stance, favours, side where known; or category and word, as ``tidy()``
        makes of a quanteda dictionary), quanteda's ``as.yaml()``, a LIWC ``.dic``, or a plain list, a word or phrase a line.
    format : {"csv", "quanteda", "liwc", "plain"}, optional
        By default what the ending tells (.csv, .yml or .yaml, .dic, .txt).
    group, stance : str, optional
        For what the file does not say of a category. A category whose last part is a stance (``protesters.neutral``, or a key
        within a key) needs neither.
    categories : mapping of str to str, optional
        Category of the file → ``"group.stance"``. With it only these are read: a dictionary of another purpose has many more.
    sides : mapping of str to {"challenger", "official", "none"}, optional
        Group → side, where the file does not say it; otherwise "none", so that no label favours anybody.
    vocabulary : iterable of str, optional
        Words, such as ``annotations.term_counts["term"]``. With it each pattern with ``*`` (any characters, also none) or ``?``
        (one) becomes the forms that stand in it; a pattern that fits none is left out.

    Returns
    -------
    Lexicon
        Words without inflection: what the dictionary lists, and no other form. Without a vocabulary a ``*`` at the end of a word
        stays, as it means the same here. Write it with :func:`write_lexicon` to a ``.toml`` file to go on from there.

    Raises
    ------
    LexiconError
        The file breaks its format, a category has no group or stance, a pattern has a wildcard that needs a vocabulary or holds
        no word, or a form stands in two places. The message names file and row and how to mend it.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "own.yml"
    >>> _ = file.write_text("protesters:\n  delegitimising:\n  - hooligan*\n  - angry mob\n")
    >>> [(t.term, t.group, t.stance) for t in read_dictionary(file).terms]
    [('hooligan*', 'protesters', 'delegitimising'), ('angry mob', 'protesters', 'delegitimising')]
    >>> words = ["hooligan", "hooligans", "hooliganism", "angry", "mob"]
    >>> read_dictionary(file, vocabulary=words).terms[0].forms
    (('hooligan',), ('hooliganism',), ('hooligans',))
    """
    reader = _Importer(str(path), group, stance, categories, dict(sides or {}))
    words = None if vocabulary is None else sorted({normal(w) for w in vocabulary if len(spans(w)) == 1})
    for entry in read_entries(path, format_of(path, format)):
        reader.add(entry, words)
    return reader.lexicon()


class _Importer:
    """Collects the terms of a file, and what is wrong with them."""

    def __init__(self, file: str, group: str | None, stance: str | None, categories: Mapping[str, str] | None,
                 sides: dict[str, str]) -> None:
        self.file, self.group, self.stance, self.categories, self.sides = file, group, stance, categories, sides
        self.terms: dict[tuple[str, str, str], dict[tuple[str, ...], None]] = {}
        self.favours: dict[tuple[str, str, str], tuple[str, str]] = {}
        self.owners: dict[tuple[str, ...], tuple[tuple[str, str, str], str]] = {}
        self.met: set[str] = set()
        self.needing: list[str] = []
        for name, side in sides.items():
            self.allowed("sides", f"group {name}", side, SIDES)
        for name, given in (categories or {}).items():
            if len(given.split(".")) != 2 or given.split(".")[1] not in STANCES:
                raise LexiconError(f"categories: {name!r} is given as {given!r}. Write 'group.stance', the stance one of "
                                   f"{', '.join(STANCES)}.")
        if stance is not None:
            self.allowed("stance", "given", stance, STANCES)

    def allowed(self, place: str, column: str, value: str, values: Sequence[str]) -> None:
        if value not in values:
            raise LexiconError(f"{self.file}, {place}, {column}: {value!r} is not allowed. Allowed: {', '.join(values)}.")

    def place(self, entry: Entry) -> Place | None:
        """Say to which group and stance an entry belongs; None where it is not asked for."""
        if "group" in entry.about or "stance" in entry.about or not entry.path:
            group, stance = entry.about.get("group", self.group), entry.about.get("stance", self.stance)
        else:
            name = ".".join(entry.path)
            self.met.add(name)
            if self.categories is not None:
                given = self.categories.get(name)
                return None if given is None else (self.named(entry, given.split(".")[0]), given.split(".")[1])
            if entry.path[-1] in STANCES:
                group, stance = "_".join(entry.path[:-1]) or self.group, entry.path[-1]
            else:
                group, stance = self.group or "_".join(entry.path), self.stance
        if group is None or stance is None:
            lacks = " and ".join(what for what, value in (("group", group), ("stance", stance)) if value is None)
            of = f" (category {'.'.join(entry.path)})" if entry.path else ""
            raise LexiconError(f"{self.file}, {entry.place}{of}: {entry.pattern!r} has no {lacks}. Give group= and stance= for "
                               "all, categories= for each category, or a column or key that says it.")
        self.allowed(entry.place, "stance", stance, STANCES)
        return self.named(entry, group), stance

    def named(self, entry: Entry, group: str) -> str:
        """Make the name of a category one of a group: lower case letters, digits and underscores."""
        name = group if _NAME.fullmatch(group) else re.sub(r"[^a-z0-9]+", "_", group.strip().lower()).strip("_")
        if not _NAME.fullmatch(name):
            raise LexiconError(f"{self.file}, {entry.place}: {group!r} is no name for a group, which begins with a letter and "
                               "has letters, digits and underscores. Rename it, or give it another with categories= or group=.")
        return name

    def add(self, entry: Entry, vocabulary: list[str] | None) -> None:
        place = self.place(entry)
        if place is None:
            return
        name = " ".join(entry.about.get("term", entry.pattern).split())
        key = (*place, name)
        if (side := entry.about.get("side")) is not None:
            self.allowed(entry.place, "side", side, SIDES)
            if self.sides.setdefault(place[0], side) != side:
                raise LexiconError(f"{self.file}, {entry.place}, side: group {place[0]} is {side!r} here and "
                                   f"{self.sides[place[0]]!r} before. A group has one side: correct the column.")
        if (favours := entry.about.get("favours")) is not None:
            self.allowed(entry.place, "favours", favours, SIDES)
            if self.favours.setdefault(key, (favours, entry.place))[0] != favours:
                raise LexiconError(f"{self.file}, {entry.place}, favours: {name!r} is {favours!r} here and "
                                   f"{self.favours[key][0]!r} in {self.favours[key][1]}. A term favours one side.")
        for form in self.forms(entry, vocabulary):
            owner, where = self.owners.setdefault(form, (key, entry.place))
            if owner != key:
                other = f"{owner[0]} {owner[1]} ({owner[2]!r}, {where})"
                raise LexiconError(f"{self.file}, {entry.place}: {' '.join(form)!r} stands twice, under {other} and {place[0]} "
                                   f"{place[1]} ({name!r}). Keep one; with categories= only those are read that you name.")
            self.terms.setdefault(key, {})[form] = None

    def forms(self, entry: Entry, vocabulary: list[str] | None) -> list[tuple[str, ...]]:
        """Read a pattern: one form, or those that a vocabulary has for its wildcards."""
        words, wild = _pattern(entry.pattern)
        if not any(re.search(r"\w", word) for word in words):
            raise LexiconError(f"{self.file}, {entry.place}: {entry.pattern!r} holds no word. Take it out.")
        if vocabulary is None and any("?" in word or "*" in word[:-1] or word == "*" for word in words):
            self.needing.append(f"{entry.place}: {entry.pattern!r}")
            return []
        if vocabulary is None or not wild:
            return [tuple(words)]
        each = [[word] if not re.search(r"[*?]", word) else [w for w in vocabulary if _glob(word).fullmatch(w)] for word in words]
        found = [form for form, _ in zip(product(*each), range(_MOST + 1), strict=False)]
        if len(found) > _MOST:
            raise LexiconError(f"{self.file}, {entry.place}: {entry.pattern!r} stands for over {_MOST} forms. Write it narrower.")
        return found

    def lexicon(self) -> Lexicon:
        if self.needing:
            listed = "; ".join(self.needing[:_SHOWN]) + (f" and {len(self.needing) - _SHOWN} more" * (len(self.needing) > _SHOWN))
            raise LexiconError(f"{self.file}: a wildcard within a word, before it or alone needs the words that it may stand "
                               f"for: {listed}. Give vocabulary= (the words of your corpus), or write the forms out.")
        if missing := sorted(set(self.categories or ()) - self.met):
            raise LexiconError(f"{self.file}: has no category {missing[0]!r}. It has: {', '.join(sorted(self.met)) or 'none'}.")
        if not self.terms:
            raise LexiconError(f"{self.file}: no pattern is left: no word of the vocabulary fits. Give a larger one.")
        for group, stance, name in list(self.terms):  # with hyphen and with space are one term here
            spaced = (group, stance, name.replace("-", " "))
            if "-" in name and spaced in self.terms:
                self.terms[(group, stance, name)] |= self.terms.pop(spaced)
        terms = tuple(self.term(key, tuple(forms)) for key, forms in self.terms.items())
        groups: dict[str, dict[str, Any]] = {
            group: {"title": group.replace("_", " ").capitalize(), "side": self.sides.get(group, "none"), "exceptions": (),
                    "not_before": (), "modifiers": {}, "names": True}
            for group in dict.fromkeys(t.group for t in terms)}
        made = Lexicon(Path(self.file).stem, "imported", "en", terms, groups, "")
        return parse_lexicon(lexicon_toml(made), self.file)

    def term(self, key: tuple[str, str, str], forms: tuple[tuple[str, ...], ...]) -> Term:
        group, stance, name = key
        own = {read_phrase(name), read_phrase(name.replace("-", " "))}
        wild = re.search(r"[*?]", name) and " ".join(read_phrase(name)) != name.lower()
        if wild or not own <= set(forms):  # a form must be the term's name: what is listed is matched, and nothing else
            name = next((" ".join(f) for f in sorted(forms) if "-" not in " ".join(f)), " ".join(min(forms)))
            forms = tuple(dict.fromkeys((*forms, read_phrase(name), read_phrase(name.replace("-", " ")))))
        usual = favoured(self.sides.get(group, "none"), stance)
        return Term(name, group, stance, self.favours.get(key, (usual, ""))[0], forms)


def _pattern(pattern: str) -> tuple[list[str], bool]:
    """Split a pattern into words in normal form, wildcards kept where they stand."""
    out = []
    for part in pattern.split():
        if re.search(r"[*?]", part):
            out.append("".join(normal(piece) for piece in re.split(r"([*?])", part)))
        else:
            out += read_phrase(part)
    return out, bool(re.search(r"[*?]", pattern))


def _glob(word: str) -> re.Pattern[str]:
    pieces = {"*": ".*", "?": "."}
    return re.compile("".join(pieces.get(c, re.escape(c)) for c in word))


def find_losses(lexicon: Lexicon, format: str) -> pd.DataFrame:
    r"""Find what a format cannot say of a lexicon.

    Parameters
    ----------
    lexicon : Lexicon
        What would be written.
    format : {"csv", "quanteda", "liwc", "plain", "toml"}
        See :func:`write_lexicon`.

    Returns
    -------
    DataFrame
        ``group, stance, term, lost``: a row a term, or a group (without a term), of which something is lost, and what, in words:
        conditions, exceptions, that forms are of one term, whom it favours, the side, the modifiers. Of a term that needs a role
        "all of it" is lost: without its clause "those" or "residents" is no label. Name, version, references and the titles of
        groups are lost in all but TOML.

    Examples
    --------
    >>> from framelens.lexicon import parse_lexicon
    >>> text = '[lexicon]\nname = "t"\nversion = "1"\n[groups.g.neutral]\nterms = ["march", {term = "flag", when = ["red"]}]'
    >>> find_losses(parse_lexicon(text), "csv").values.tolist()
    [['g', 'neutral', 'flag', 'when']]
    """
    if format not in (*FORMATS, "toml"):
        raise LexiconError(f"format={format!r} is not known. Allowed: {', '.join(FORMATS)}, toml.")
    rows = []
    for name, group in lexicon.groups.items() if format != "toml" else ():
        about = [what for what, lost in (("exceptions of the group", group["exceptions"]), ("not_before", group["not_before"]),
                                         ("modifiers", group["modifiers"]), ("names", not group["names"]),
                                         ("side", group["side"] != "none" and format != "csv"),
                                         ("the name of the group", format == "plain")) if lost]
        rows += [(name, "", "", ", ".join(about))] if about else []
    for term in lexicon.terms if format != "toml" else ():
        lost = [f"all of it (role: {', '.join(role.name for role in term.roles)})"] if term.roles else _term_losses(
            term, favoured(lexicon.groups[term.group]["side"], term.stance), format)
        rows += [(term.group, term.stance, term.term, ", ".join(lost))] if lost else []
    return pd.DataFrame(rows, columns=["group", "stance", "term", "lost"])


def _term_losses(term: Term, usual: str, format: str) -> list[str]:
    """Name what is lost of a term that is written; ``usual`` is whom its stance favours."""
    bare = format != "csv"
    lost = [kind for kind in ("pos", "case", "when", "unless", "after", "article", "exceptions") if getattr(term, kind)]
    lost += ["favours"] if bare and term.favours != usual else []
    lost += ["that its forms are one term"] if bare and len(term.forms) > 1 else []
    return lost + (["stance"] if format == "plain" else [])


def write_lexicon(lexicon: Lexicon, path: str | Path, *, format: str | None = None) -> pd.DataFrame:
    """Write a lexicon for another program, or as a TOML file of ours, and say what is lost.

    Parameters
    ----------
    lexicon : Lexicon
        Read, imported or recoded.
    path : path
        Where to; the ending tells the format unless it is given.
    format : {"csv", "quanteda", "liwc", "plain", "toml"}, optional
        CSV has a row a form (term, form, group, stance, favours, side). quanteda gets YAML with a key a group and in it one a
        stance, for ``dictionary(file = …)``; LIWC a .dic whose categories are ``group.stance``; the plain list all forms, a
        line each.

    Returns
    -------
    DataFrame
        What was lost: :func:`find_losses`. All forms are written as they match here; conditions are not, so that other programs
        find more than framelens does. Terms that need a role are written to TOML only.

    Raises
    ------
    LexiconError
        The format is unknown, or the lexicon cannot be written so.
    """
    kind = "toml" if format == "toml" or (format is None and Path(path).suffix == ".toml") else format_of(path, format)
    lost = find_losses(lexicon, kind)
    writers = {"toml": lexicon_toml, "csv": _as_csv, "quanteda": _as_yaml, "liwc": _as_liwc, "plain": _as_plain}
    io.write_text(writers[kind](lexicon), path)
    return lost


def _by_place(lexicon: Lexicon) -> dict[Place, dict[str, Term]]:
    """Return all forms by group and stance, in the order of the lexicon, each once with its first term; none that has a role."""
    out: dict[Place, dict[str, Term]] = {}
    for name in lexicon.groups:
        for term in lexicon.terms:
            for form in written_forms(term) if term.group == name and not term.roles else ():
                out.setdefault((name, term.stance), {}).setdefault(form, term)
    return out


def _as_csv(lexicon: Lexicon) -> str:
    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(("term", "form", "group", "stance", "favours", "side"))
    for (group, stance), forms in _by_place(lexicon).items():
        for form, term in forms.items():
            writer.writerow((term.term, form, group, stance, term.favours, lexicon.groups[group]["side"]))
    return out.getvalue()


def _as_yaml(lexicon: Lexicon) -> str:
    tree: dict[str, Any] = {}
    for (group, stance), forms in _by_place(lexicon).items():
        tree.setdefault(group, {})[stance] = list(forms)
    return dump_yaml(tree)


def _as_liwc(lexicon: Lexicon) -> str:
    categories = _by_place(lexicon)
    numbers = {place: str(i) for i, place in enumerate(categories, 1)}
    codes: dict[str, list[str]] = {}
    for place, forms in categories.items():
        for form in forms:
            codes.setdefault(form, []).append(numbers[place])
    head = [f"{number}\t{'.'.join(place)}" for place, number in numbers.items()]
    lines = ["%", *head, "%", *("\t".join((form, *found)) for form, found in codes.items())]
    return "\n".join(lines) + "\n"


def _as_plain(lexicon: Lexicon) -> str:
    return "\n".join(dict.fromkeys(form for forms in _by_place(lexicon).values() for form in forms)) + "\n"
