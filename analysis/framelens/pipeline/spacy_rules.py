"""Attributions by the dependency parse: verbs of the cue lexicon with their subjects and complements, and quotations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from framelens.annotate.attribution.cues import Cue, CueLexicon
from framelens.annotate.convert import Found, Span
from framelens.errors import SchemaError
from framelens.text.quotes import Quote
from framelens.text.spans import merge_spans
from framelens.text.tokens import normal
from framelens.text.tokens import spans as find_words
from framelens.text.view import View

__all__ = ["Verbs", "find_in_parse"]

SUBJECTS = ("nsubj", "csubj")
PASSIVE = ("nsubjpass", "nsubj:pass", "csubjpass", "csubj:pass")
OBJECTS = ("dobj", "obj")
CLAUSES = ("ccomp",)
PARTICLES = ("prt", "compound:prt", "prep", "advmod")
PREDICATES = ("oprd", "attr", "xcomp")
RELATIVES = ("relcl", "acl:relcl")
VERBAL = ("VERB", "AUX", "")
SCARE_WORDS = 5
_EDGE = " \t\r\n,;:.–—-()"


@dataclass(frozen=True)
class Verbs:
    """The verbs of the cue lexicon by form and by lemma."""

    forms: dict[tuple[str, ...], tuple[Cue, ...]]
    lemmas: dict[str, tuple[Cue, ...]]

    @classmethod
    def read(cls, cues: CueLexicon) -> Verbs:
        """Sort the cues by lemma too, for parses that have lemmas."""
        lemmas: dict[str, dict[Cue, None]] = {}
        for found in cues.verbs.values():
            for cue in found:
                lemmas.setdefault(cue.lemma, {})[cue] = None
        return cls(dict(cues.verbs), {lemma: tuple(found) for lemma, found in lemmas.items()})

    def cues_of(self, token: Any) -> tuple[tuple[Cue, ...], list[Any]]:
        """Return the cues that a token can be, with a particle or preposition before it alone, and the tokens of the cue."""
        lemma = token.lemma_.lower()
        for other in token.children:
            if other.dep_ in PARTICLES:
                word = normal(other.text)
                cues = self.lemmas.get(f"{lemma} {word}") or self.forms.get((normal(token.text), word))
                if cues:
                    return cues, [token, other]
        return self.lemmas.get(lemma) or self.forms.get((normal(token.text),), ()), [token]

    def look_up(self, texts: Iterable[str]) -> tuple[str | None, str | None]:
        """Find lemma and class of a cue as it stands in a text, by its last word that is a verb of the lexicon."""
        words = [normal(text[s:e]) for text in texts for s, e in find_words(text)]
        for size in (2, 1):
            for at in range(len(words) - size, -1, -1):
                cues = self.forms.get(tuple(words[at:at + size]))
                if cues:
                    best = min(cues, key=lambda cue: cue.cue_class != "reporting")
                    return best.lemma, best.cue_class
        return ("according to", "reporting") if words[:2] == ["according", "to"] else (None, None)


def find_in_parse(doc: Any, view: View, verbs: Verbs) -> list[Found]:
    """Find the attributions of one parsed article."""
    tokens = list(doc)
    if view.words and not any(token.dep_ for token in tokens):
        raise SchemaError(f"docs[{view.document_id!r}]: it has no dependency parse. Run a pipeline with a parser, or give what "
                          "your own extractor found as triples.")
    found = [one for token in tokens if (one := _according(token) or _by_verb(token, verbs))]
    for one in found:
        _widen(one, view.quotes)
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (merge_spans(f.content), not f.source)):
        if not kept or merge_spans(kept[-1].content) != merge_spans(one.content):  # of doubles the one with a source
            kept.append(one)
    _add_quotations(kept, view)
    return sorted(kept, key=lambda f: min(f.content))


def _offsets(tokens: Iterable[Any]) -> list[Span]:
    """Return the runs of tokens as spans of characters, without punctuation at their ends."""
    spans: list[Span] = []
    last: Any = None
    for token in sorted(tokens, key=lambda t: t.i):
        if last is not None and token.i == last.i + 1:
            spans[-1] = (spans[-1][0], token.idx + len(token.text))
        else:
            spans.append((token.idx, token.idx + len(token.text)))
        last = token
    return spans


def _subtree(token: Any, without: Iterable[Any] = ()) -> list[Any]:
    """Return the tokens under one, without those under others; loose punctuation at the ends is no part of it."""
    out = {t.i for w in without for t in w.subtree}
    kept = [t for t in token.subtree if t.i not in out]
    while kept and not kept[-1].text.strip(_EDGE):
        kept.pop()
    while kept and not kept[0].text.strip(_EDGE):
        kept.pop(0)
    return kept


def _source(verb: Any) -> tuple[list[Any], bool]:
    """Return the tokens of who speaks, and whether the verb is passive."""
    seen: set[int] = set()
    at = verb
    while at.i not in seen:
        seen.add(at.i)
        children = list(at.children)
        passive = any(c.dep_ in PASSIVE or c.dep_ in ("auxpass", "aux:pass") for c in children)
        if passive:
            return _agent(children), True
        subject = next((c for c in children if c.dep_ in SUBJECTS), None)
        if subject is not None:
            if normal(subject.text) in ("who", "that", "which") and at.dep_ in RELATIVES:
                return _subtree(at.head, [at]), False
            return _subtree(subject), False
        if at.dep_ == "acl" and normal(at.text).endswith("ing"):  # the minister accusing them: no subject of its own
            return _subtree(at.head, [at]), False
        if at.dep_ != "conj":
            break
        at = at.head
    return [], False


def _agent(children: list[Any]) -> list[Any]:
    """Return who did it, of a passive: the noun under "by"."""
    for child in children:
        if child.dep_ == "agent":
            noun = next((c for c in child.children if c.dep_ in ("pobj", "obj")), None)
            return _subtree(noun) if noun is not None else []
        if child.dep_ == "obl:agent" or (child.dep_ == "obl" and any(normal(c.text) == "by" for c in child.children)):
            return _subtree(child, [c for c in child.children if c.dep_ == "case"])
    return []


def _by_verb(verb: Any, verbs: Verbs) -> Found | None:
    """Read a verb as the cue of an attribution, if it is one and has a content."""
    if verb.pos_ not in VERBAL:
        return None
    cues, tokens = verbs.cues_of(verb)
    if not cues:
        return None
    source, passive = _source(verb)
    for rule, frames, content in _contents(verb, passive):
        cue = next((c for c in cues if c.frames & frames), None)
        if cue is None or not content or (passive and rule == "object" and not source):
            continue
        own = {t.i for t in content}
        told = {"cue_lemma": cue.lemma, "cue_class": cue.cue_class, "rule": f"spacy: {rule}"}
        return Found(_offsets(content), _offsets(t for t in tokens if t.i not in own),
                     _offsets(t for t in source if t.i not in own), told)
    return None


def _contents(verb: Any, passive: bool) -> Iterable[tuple[str, frozenset[str], list[Any]]]:
    """Yield what the verb may have as its content, the surest first: rule, frames that allow it, tokens."""
    children = list(verb.children)
    subject = next((c for c in children if c.dep_ in PASSIVE), None)
    for child in children:
        if child.dep_ in CLAUSES:
            yield "ccomp", frozenset("qtzd"), _subtree(child)
    if verb.dep_ == "parataxis" and not any(c.dep_ in (*CLAUSES, *OBJECTS) for c in children):
        yield "parataxis", frozenset("qz"), _subtree(verb.head, [verb])
    for child in children:
        if child.dep_ == "parataxis":
            yield "parataxis", frozenset("qtz"), _subtree(child)
    thing = subject if passive else next((c for c in children if c.dep_ in OBJECTS), None)
    for child in children:
        if child.dep_ == "xcomp" and any(normal(c.text) == "to" for c in child.children):
            yield "xcomp", frozenset({"i"}), _subtree(child)
            yield "xcomp", frozenset({"oi"}), [*(_subtree(thing) if thing is not None else []), *_subtree(child)]
    if thing is not None:
        for child in children:
            if child.i > thing.i and child.dep_ in (*PREDICATES, "prep", "obl"):
                preposition = child if child.dep_ == "prep" else next((c for c in child.children if c.dep_ == "case"), None)
                word = normal(preposition.text) if preposition is not None else ""
                if word == "by":
                    continue
                frame = {"of": {"of", "p"}, "as": {"a"}, "": {"a"}}.get(word, {"p"})
                yield "object", frozenset(frame), [*_subtree(thing), *_subtree(child)]
        yield "object", frozenset("o"), _subtree(thing)
    for child in children:
        if child.dep_ in ("prep", "obl") and not passive:
            yield "preposition", frozenset("p"), _subtree(child)


def _according(token: Any) -> Found | None:
    """Read "according to X" as an attribution of the clause around it."""
    if normal(token.text) != "according":
        return None
    if token.dep_ == "case":  # Universal Dependencies: the noun governs the preposition
        noun, phrase = token.head, token.head
        cue = [token, *(c for c in token.children if normal(c.text) == "to")]
        named = _subtree(noun, [token])
    else:
        to = next((c for c in token.children if normal(c.text) == "to"), None)
        under = to if to is not None else token
        noun = next((c for c in under.children if c.dep_ in ("pobj", "obj", "obl", "nmod")), None)
        if noun is None:
            return None
        phrase, cue, named = token, [token, *([to] if to is not None else [])], _subtree(noun)
    clause = phrase.head
    content = _subtree(clause, [phrase]) if clause is not phrase else []
    if not content:
        return None
    told = {"cue_lemma": "according to", "cue_class": "reporting", "rule": "spacy: according_to"}
    return Found(_offsets(content), _offsets(cue), _offsets(named), told)


def _widen(one: Found, quotes: Iterable[Quote]) -> None:
    """Take in whole every quotation that a content touches, unless cue or source stand in it."""
    taken = [*one.cue, *one.source]
    for quote in quotes:
        touches = any(s < quote.end and quote.start < e for s, e in one.content)
        if quote.level == 1 and touches and not any(quote.start <= s < quote.end for s, _ in taken):
            one.content = merge_spans([*one.content, (quote.start, quote.end)])


def _add_quotations(found: list[Found], view: View) -> None:
    """Give each quotation that no verb governs to the attribution that it continues, or an attribution of its own."""
    for quote in view.quotes:
        if quote.level != 1 or not view.words_in(quote.start, quote.end):
            continue
        span = (quote.start, quote.end)
        if any(s < quote.end and quote.start < e for one in found for s, e in one.content):
            continue
        before = _continued(found, view, quote)
        if before is not None:
            before.content.append(span)
            continue
        scare = len(view.words_in(*span)) <= SCARE_WORDS and quote.closed and not quote.continues
        rule, kind = ("scare_quote", "scare_quote") if scare else ("unattributed_quotation", "speech")
        found.append(Found([span], told={"kind": kind, "rule": f"spacy: {rule}"}))


def _continued(found: list[Found], view: View, quote: Quote) -> Found | None:
    """Find the attribution with a source that stands in the quotation's sentence before it, or right before it in its turn."""
    at = view.sentence_at(quote.start)
    if at is None:
        return None
    near = [one for one in found if one.source and one.cue and min(one.content)[0] < quote.start]
    if not near:
        return None
    last = max(near, key=lambda one: max(e for _, e in (*one.content, *one.cue, *one.source)))
    end = max(e for _, e in (*last.content, *last.cue, *last.source))
    there = view.sentence_at(min(end, quote.start) - 1)
    if there == at:
        return last
    quoted = any(q.level == 1 and any(s <= q.start < e for s, e in last.content) for q in view.quotes)
    same = there is not None and at - there == 1 and view.sentences[there].paragraph == view.sentences[at].paragraph
    return last if same and quoted and not view.words_in(view.sentences[at].start, quote.start) else None
