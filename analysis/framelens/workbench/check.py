"""What one must know of a lexicon before its numbers: overlaps, silent and ambiguous terms, conditions that do nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, replace
from typing import Any

import pandas as pd

from framelens.annotate.bundle import Annotations
from framelens.annotate.labels import label_finder
from framelens.errors import SchemaError
from framelens.lexicon import Lexicon, Term
from framelens.lexicon.terms import LABEL_OF, OWN_EVENT
from framelens.measure._rows import UNKNOWN
from framelens.schema import MEASURED_ZONES
from framelens.text.tokens import normal
from framelens.text.view import View, read_views
from framelens.workbench.written import written_forms

__all__ = ["check_lexicon", "measure_coverage"]

COLUMNS = ("problem", "group", "stance", "term", "other", "n", "of", "detail")
_PLAIN = ("term", "group", "stance", "favours", "forms")  # fields of a term that say what it is; all others are conditions
_CALLED = {"roles": "role"}  # fields that a file calls otherwise
_OF_GROUP: dict[str, Any] = {"exceptions": (), "not_before": (), "names": True}  # conditions of a group, and none
_MARK = "\0"  # between the name of a term and its number, while labels are found
Key = tuple[str, str, str]  # group, stance, term
Form = tuple[str, ...]


def _key(term: Term) -> Key:
    return term.group, term.stance, term.term


def _name(key: Key) -> str:
    return f"{key[2]} ({key[0]}, {key[1]})"


def check_lexicon(lexicon: Lexicon, annotations: Annotations | None = None, *,
                  study: Mapping[str, Any] | None = None) -> pd.DataFrame:
    """Check a lexicon by itself, and on a corpus if one is given.

    Parameters
    ----------
    lexicon : Lexicon
        Not necessarily the one of the annotations.
    annotations : Annotations, optional
        With texts: its documents and zones, in which labels are found anew.
    study : mapping, optional
        Settings with the study's own ``event``, which may prove what an article is about.

    Returns
    -------
    DataFrame
        A row a problem: ``problem, group, stance, term, other`` (the term that it meets), ``n`` of ``of`` (occurrences of its
        forms in headline and body), ``detail``. The stance is the term's own, also where an adjective decides that of a label.
        By itself:

        * ``same form``: a form is of two terms, so that conditions, or the alphabet, decide between them;
        * ``always an exception``: each form is an exception of the term or its group: it can never match;
        * ``unused role``: no term has it;
        * ``no proof``: ``article`` asks for labels of this group, of which none can prove anything: the group has no terms, or
          each needs ``article`` or a role itself;
        * ``modifier never decides``: it is more than one plain word, or its group has no neutral terms.

        On a corpus:

        * ``not in corpus``: no form occurs;
        * ``always turned away``: forms occur, but conditions and exceptions let none through;
        * ``always in a longer label``: whatever occurs of it belongs to labels of other terms (the most frequent is ``other``;
          ``detail`` says where it has the same words);
        * ``used as verb``: without ``pos``, and n labels look like verbs by their neighbours;
        * ``several readings``: the same words became labels of different group or stance;
        * ``idle condition``: without that condition (``detail``) the same labels are found; of several roles each is tried, and
          what a group says of all its terms (the term is empty);
        * ``idle modifier``: the adjective (as ``term``) stands in the corpus and decides no label.

    Raises
    ------
    SchemaError
        The bundle is text-free.

    Examples
    --------
    >>> from framelens.lexicon import parse_lexicon
    >>> from framelens.pipeline import annotate
    >>> lexicon = parse_lexicon('''
    ... [lexicon]
    ... name = "t"
    ... version = "1"
    ... [groups.g.neutral]
    ... terms = ["march", "riot", "riot police", {term = "crowd", unless = ["stadium"]}, {term = "mob", when = ["angry"]}]''')
    >>> documents = pd.DataFrame({"document_id": ["a"], "outlet": ["Post"],
    ...                           "text": ["Riot police came. The mob and the crowd left. They march. The march went on."]})
    >>> check_lexicon(lexicon, annotate(documents, lexicon))[["problem", "term", "other", "n", "of"]].values.tolist()
    [['always turned away', 'mob', '', 1, 1], ['always in a longer label', 'riot', 'riot police (g, neutral)', 1, 1], \
['used as verb', 'march', '', 1, 2], ['idle condition', 'crowd', '', 0, 1]]
    """
    rows = [*_same_form(lexicon), *_excepted(lexicon), *_roles(lexicon), *_proofs(lexicon), *_modifiers(lexicon)]
    if annotations is not None:
        if annotations.form != "full":
            raise SchemaError("A text-free bundle holds no words to check a lexicon on. Check it on the texts.")
        rows += _Corpus(lexicon, list(read_views(annotations.documents, annotations.zones)), study).problems()
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"n": "Int64", "of": "Int64"})


def _row(problem: str, key: Key, *, other: str = "", n: int | None = None, of: int | None = None,
         detail: str = "") -> tuple[Any, ...]:
    return problem, *key, other, n, of, detail


def _same_form(lexicon: Lexicon) -> Iterator[tuple[Any, ...]]:
    """Find forms of two terms; a wildcard has all forms that begin with it."""
    owners: dict[Form, list[Term]] = defaultdict(list)
    for term in lexicon.terms:
        for form in term.forms:
            owners[form].append(term)
    wild = [(form, terms) for form, terms in owners.items() if any(word.endswith("*") for word in form)]
    for form, terms in owners.items():
        others = [t for t in terms[1:] if t is not terms[0]]
        for pattern, of in wild:
            if pattern != form and len(pattern) == len(form) and all(
                    w.startswith(p[:-1]) if p.endswith("*") else w == p for p, w in zip(pattern, form, strict=True)):
                others += [t for t in of if t is not terms[0]]
        for other in others:
            conditions = " | ".join(", ".join(_conditions(t)) or "none" for t in (terms[0], other))
            detail = f"{' '.join(form)!r}; conditions: {conditions}"
            yield _row("same form", _key(terms[0]), other=_name(_key(other)), detail=detail)


def _excepted(lexicon: Lexicon) -> Iterator[tuple[Any, ...]]:
    for term in lexicon.terms:
        blocked = {*term.exceptions, *lexicon.groups[term.group]["exceptions"]}
        if set(term.forms) <= blocked:
            yield _row("always an exception", _key(term), detail=", ".join(written_forms(term)))


def _roles(lexicon: Lexicon) -> Iterator[tuple[Any, ...]]:
    used = {role.name for term in lexicon.terms for role in term.roles}
    yield from (_row("unused role", ("", "", name)) for name in lexicon.roles if name not in used)


def _proofs(lexicon: Lexicon) -> Iterator[tuple[Any, ...]]:
    """Find groups whose labels are to prove what an article is about, and cannot."""
    asked: dict[str, Counter[str]] = defaultdict(Counter)
    for term in lexicon.terms:
        for patterns in (term.article, *(role.article for role in term.roles)):
            for first in {p[0] for p in patterns if p[0].startswith(LABEL_OF) and p[0] != OWN_EVENT}:
                asked[first.removeprefix(LABEL_OF)][term.term] += 1
    for group, terms in asked.items():
        if not any(t.group == group and not t.article and not t.roles for t in lexicon.terms):
            more = f" and {len(terms) - 1} more" * (len(terms) > 1)
            yield _row("no proof", (group, "", ""), detail=f"asked for by {next(iter(terms))}{more}")


def _modifiers(lexicon: Lexicon) -> Iterator[tuple[Any, ...]]:
    for name, group in lexicon.groups.items():
        neutral = any(t.group == name and t.stance == "neutral" for t in lexicon.terms)
        for word, stance in group["modifiers"].items():
            if not neutral or not _one_word(word):
                why = "no neutral term in the group" if not neutral else "only one word is looked at, and no wildcard"
                yield _row("modifier never decides", (name, stance, word), detail=why)


def _one_word(phrase: str) -> bool:
    return " " not in phrase and "*" not in phrase


def _conditions(term: Term) -> list[str]:
    """Name the conditions that a term has, of whatever kind the lexicon format knows."""
    return [_CALLED.get(f.name, f.name) for f in fields(term) if f.name not in _PLAIN and getattr(term, f.name) != _default(f)]


def _default(of: Any) -> Any:
    return of.default if of.default is not MISSING else None


def _freed(lexicon: Lexicon) -> Iterator[tuple[str, dict[int, Term]]]:
    """Yield each kind of condition with the terms that have it, by their place in the lexicon, without it.

    All roles of a term are one condition, and of several each is another.
    """
    for field in fields(Term):
        if field.name not in _PLAIN:
            none = _default(field)
            yield _CALLED.get(field.name, field.name), {
                i: replace(t, **{field.name: none}) for i, t in enumerate(lexicon.terms) if getattr(t, field.name) != none}
    for name in dict.fromkeys(role.name for term in lexicon.terms for role in term.roles if len(term.roles) > 1):
        yield f"role {name}", {i: replace(t, roles=tuple(r for r in t.roles if r.name != name))
                               for i, t in enumerate(lexicon.terms) if len(t.roles) > 1 and any(r.name == name for r in t.roles)}


class _Corpus:
    """A lexicon on a corpus: labels as they are, occurrences of forms, and labels without one kind of condition."""

    def __init__(self, lexicon: Lexicon, views: list[View], study: Mapping[str, Any] | None) -> None:
        self.lexicon, self.views, self.study = lexicon, views, study
        self.keys = list(dict.fromkeys(_key(term) for term in lexicon.terms))
        self.mentions = self.find(lexicon)
        self.places = self.occurrences()
        self.found = Counter(_of(row) for row in self.mentions)

    def find(self, lexicon: Lexicon) -> list[dict[str, Any]]:
        """Find labels, each with its term: the stance of a label may be an adjective's, and a name be that of several terms."""
        marked = (replace(term, term=f"{term.term}{_MARK}{i:06}") for i, term in enumerate(lexicon.terms))
        finder: Callable[[View], list[dict[str, Any]]] = label_finder(replace(lexicon, terms=tuple(marked)), self.study)
        found = (row for view in self.views for row in finder(view))
        return [{**row, "of": lexicon.terms[int(row["term"].rpartition(_MARK)[2])]} for row in found]

    def with_terms(self, terms: Iterable[Term], **of_groups: Any) -> Lexicon:
        groups = {name: {**group, **of_groups} for name, group in self.lexicon.groups.items()}
        return replace(self.lexicon, terms=tuple(terms), groups=groups)

    def occurrences(self) -> dict[Key, list[tuple[str, int, int]]]:
        """Find all places of all forms, whatever conditions say: those of one length at a time, as the longest would win."""
        owners: dict[Form, list[Key]] = defaultdict(list)
        for term in self.lexicon.terms:
            for form in term.forms:
                owners[form].append(_key(term))
        out: dict[Key, list[tuple[str, int, int]]] = defaultdict(list)
        some = next(iter(self.lexicon.groups))
        for size in sorted({len(form) for form in owners}):
            bare = (Term(" ".join(form), some, "neutral", "none", (form,)) for form in owners if len(form) == size)
            for row in self.find(self.with_terms(bare, **_OF_GROUP, modifiers={})):
                for key in dict.fromkeys(owners[row["of"].forms[0]]):
                    out[key].append((row["document_id"], row["start"], row["end"]))
        return out

    def problems(self) -> Iterator[tuple[Any, ...]]:
        covering: dict[str, list[tuple[int, int, Key]]] = defaultdict(list)
        for row in self.mentions:
            covering[row["document_id"]].append((row["start"], row["end"], _of(row)))
        absent, away, longer = [], [], []
        for key in self.keys:
            places = self.places[key]
            if not places:
                absent.append(_row("not in corpus", key, n=0, of=0))
            elif not self.found[key]:
                over = Counter(other for d, s, e in places for low, high, other in covering[d] if low < e and s < high)
                same = {other for d, s, e in places for low, high, other in covering[d] if (low, high) == (s, e)}
                inside = sum(any(low < e and s < high for low, high, _ in covering[d]) for d, s, e in places)
                if inside == len(places):
                    most = over.most_common(1)[0][0]
                    longer.append(_row("always in a longer label", key, other=_name(most), n=inside, of=len(places),
                                       detail="of the same words" if most in same else ""))
                else:
                    n = len(places) - inside
                    away.append(_row("always turned away", key, n=n, of=len(places), detail=self.turned(key)))
        yield from (*absent, *away, *longer, *self.verbs(), *self.readings(), *self.idle(), *self.idle_of_groups(),
                    *self.idle_modifiers())

    def turned(self, key: Key) -> str:
        """Say what may turn a term away: its conditions, else those of its group, else what holds for all terms."""
        own = dict.fromkeys(kind for term in self.lexicon.terms if _key(term) == key for kind in _conditions(term))
        group = self.lexicon.groups[key[0]]
        shared = [f"{kind} of the group" for kind, none in _OF_GROUP.items() if group[kind] != none]
        return f"conditions: {', '.join(own or shared) or 'a name behind it'}"

    def verbs(self) -> Iterator[tuple[Any, ...]]:
        """Find single words without a part of speech, and not inflected as verbs, that stand as verbs."""
        asked = [t for t in self.lexicon.terms if not t.pos and not t.roles and any(len(form) == 1 for form in t.forms)
                 and not any(form[-1].endswith(("ed", "ing")) for form in t.forms)]
        verbs = Counter(_of(row) for row in self.find(self.with_terms(
            replace(t, pos="verb", forms=tuple(f for f in t.forms if len(f) == 1)) for t in asked)))
        for key in dict.fromkeys(map(_key, asked)):
            if verbs[key] and self.found[key]:
                yield _row("used as verb", key, n=verbs[key], of=self.found[key], detail="by its neighbours; give it a pos")

    def readings(self) -> Iterator[tuple[Any, ...]]:
        read: dict[str, Counter[Key]] = defaultdict(Counter)
        for row in self.mentions:
            read[normal(row["surface"])][row["group"], row["stance"], row["of"].term] += 1
        for words, keys in read.items():
            (first, n), *others = keys.most_common()
            for other, times in others:
                if other[:2] != first[:2]:
                    yield _row("several readings", first, other=_name(other), n=times, of=n + times, detail=repr(words))

    def idle(self) -> Iterator[tuple[Any, ...]]:
        """Find conditions without which the same labels are found, among the terms that have labels."""
        for kind, terms in _freed(self.lexicon):
            if not any(self.found[_key(self.lexicon.terms[i])] for i in terms):
                continue
            free = Counter(_of(row) for row in self.find(self.with_terms(
                terms.get(i, term) for i, term in enumerate(self.lexicon.terms))))
            for key in dict.fromkeys(map(_key, terms.values())):
                if self.found[key] and free[key] == self.found[key]:
                    yield _row("idle condition", key, n=0, of=len(self.places[key]), detail=kind)

    def idle_of_groups(self) -> Iterator[tuple[Any, ...]]:
        """Find what a group says of all its terms, and without which as many labels of it are found."""
        found = Counter(row["group"] for row in self.mentions)
        for kind, none in _OF_GROUP.items():
            free = Counter(row["group"] for row in self.find(self.with_terms(self.lexicon.terms, **{kind: none})))
            for name, group in self.lexicon.groups.items():
                if group[kind] != none and found[name] and free[name] == found[name]:
                    yield _row("idle condition", (name, "", ""), n=0, of=found[name], detail=f"{kind} of the group")

    def idle_modifiers(self) -> Iterator[tuple[Any, ...]]:
        """Find adjectives that stand in the corpus and decide no label: one does from within its label, or from right before."""
        views = {view.document_id: view for view in self.views}
        decided = set()
        for row in self.mentions:
            if row["stance"] != row["of"].stance:
                view, modifiers = views[row["document_id"]], self.lexicon.groups[row["group"]]["modifiers"]
                at = bisect_left(view.starts, row["start"])
                near = (view.words[i] for i in range(at, max(at - 3, -1), -1))
                decided.add((row["group"], next(word for word in near if modifiers.get(word) == row["stance"])))
        words = Counter(word for view in self.views for s in view.sentences for word in view.words[s.first:s.last])
        for name, group in self.lexicon.groups.items():
            for word, stance in group["modifiers"].items():
                if words[word] and (name, word) not in decided:
                    yield _row("idle modifier", (name, stance, word), n=0, of=words[word])


def _of(row: Mapping[str, Any]) -> Key:
    return _key(row["of"])


def measure_coverage(annotations: Annotations, *, by: str = "outlet") -> pd.DataFrame:
    r"""Measure how much of a corpus a lexicon reaches, by outlet and group: a lexicon that fits one outlet only compares nothing.

    Parameters
    ----------
    annotations : Annotations
        Its tables documents, sizes and mentions, in full or text-free form. Negated labels count: they are matches. Headline and
        body count, as in every measure.
    by : str
        A column of ``documents``; articles without a value stand under "unknown".

    Returns
    -------
    DataFrame
        ``<by>, group`` (empty: all groups), ``n_documents, n_words`` (headline and body), ``n_labels, per_1000`` (labels by
        1,000 words), ``n_terms`` (different terms seen), ``share_with_any`` (of articles, those with a label).

    Raises
    ------
    SchemaError
        ``documents`` has no column ``by``.

    Examples
    --------
    >>> from framelens.pipeline import annotate
    >>> documents = pd.DataFrame({"document_id": ["a", "b"], "outlet": ["Post", "Post"],
    ...                           "text": ["The rioters left the old town.", "It rained in the hills."]})
    >>> table = measure_coverage(annotate(documents))
    >>> table[["outlet", "group", "n_labels", "n_words", "share_with_any"]].head(2).values.tolist()
    [['Post', '', 1, 11, 0.5], ['Post', 'protesters', 1, 11, 0.5]]
    """
    documents = annotations.documents
    if by not in documents:
        raise SchemaError(f"documents has no column {by!r}. It has: {', '.join(documents.columns)}.")
    kept = documents[documents["exclusion_reason"].isna()] if "exclusion_reason" in documents else documents
    of = kept.set_index("document_id")[by].fillna(UNKNOWN)
    sizes, mentions = (table[table["zone"].isin(MEASURED_ZONES)] for table in (annotations.sizes, annotations.mentions))
    words = sizes["n_words"].groupby(sizes["document_id"].map(of)).sum()
    mentions = mentions.assign(unit=mentions["document_id"].map(of))
    rows = []
    for unit, articles in of.groupby(of, sort=True):
        for group in ("", *annotations.groups):
            own = mentions[(mentions["unit"] == unit) & ((mentions["group"] == group) | (group == ""))]
            n_words = int(words.get(unit, 0))
            rows.append((unit, group, len(articles), n_words, len(own), 1000 * len(own) / n_words if n_words else float("nan"),
                         own[["group", "term"]].drop_duplicates().shape[0], own["document_id"].nunique() / len(articles)))
    columns = [by, "group", "n_documents", "n_words", "n_labels", "per_1000", "n_terms", "share_with_any"]
    return pd.DataFrame(rows, columns=columns)
