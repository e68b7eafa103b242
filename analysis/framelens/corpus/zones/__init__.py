"""The zones of an article: what of its text is body, what headline, and what is page around it.

The unit is the line (lines of a hard-wrapped paragraph are joined first); a line is cut only at a dateline, a photo or
author credit, and a headline that a scraper glued to the body. White space belongs to the zone before it, at the very
start of a text to the first zone. Kinds:

========== =============================================================================================
body       the article's running text; whatever no rule takes
headline   the article's headline and deck; the same repeated or cut short; subheads (rule ``subhead``), which are
           the outlet's own framing and are measured with the headline, apart from the body
byline     who wrote, edited or photographed, wherever it stands
dateline   place, date and agency before the first sentence, or on a line of their own
caption    what describes a picture
crosslink  links to other articles, with the heading of their list
furniture  everything else of the page: notices, prompts, stamps, tags, forms, code
========== =============================================================================================

Body first: a sentence stays body unless a rule of :mod:`framelens.corpus.zones.page_rules` takes its line by its words.
"""

from __future__ import annotations

import re

import pandas as pd

from framelens import schema
from framelens.corpus.zones.lines import (
    ELLIPSIS,
    HEADLINE_WORDS,
    Line,
    credit_start,
    ends,
    find_dateline,
    is_names,
    is_place_and_date,
    read_line,
    split_lines,
    words,
)
from framelens.corpus.zones.page_rules import AGENCY

__all__ = ["find_zones", "split_zones"]

_GLUED_END = re.compile(r"[.!?](?:(?<=[a-z0-9%)”’\"].)(?:[\"”’]|'')?(?=[“\"‘']?[A-Z])|[”\"](?=[“‘]?[A-Z]))")
_GLUED_START = re.compile(r"[^.!?…]{15,200}(?:…|\.\.\.)(?=[\"'“‘]?[A-Z])")
_CLOSING_CREDIT = re.compile(
    r"(?<=[.!?”\"’])\s+([(\[](?:(?:Additional |With )?(?:Reporting|Writing|Editing|inputs?|Compiled)\b"
    rf"[^()]*(?:\([^()]*\)[^()]*)*|(?:Source: )?{AGENCY}(?:[/,] ?{AGENCY})*)[)\]]\.?)$", re.I)
_COPYRIGHT = re.compile(r"(?<=[.!?”\"’)])\s+((?:©|\(c\) ?\d{4}|Copyright (?:©|\(c\)|\d{4})).{2,80})$", re.I)
_CORRECTS = re.compile(r"\b(?:article|story|column|version|mis(?:stated|identified|spelled)|editing error)\b", re.I)
_BY = re.compile(r"[Bb][Yy] [A-Z][\w'’.-]+ [A-Z]")
_WORD = re.compile(r"\w+")
_LIST_RULES = {"list_heading", "read_prompt"}  # headlines of other articles may follow these
_ENDED_HEADLINE_WORDS, _SUBHEAD_WORDS, _LINK_WORDS = 18, 8, 20


def split_zones(text: str, *, title: str | None = None) -> list[tuple[int, int, str, str]]:
    r"""Partition one text into zones.

    Parameters
    ----------
    text : str
        An article as it was read.
    title : str, optional
        Its headline, where it is known apart from the text: a line that repeats it is headline.

    Returns
    -------
    list of (start, end, kind, rule)
        In order, without gap or overlap, from 0 to ``len(text)``; neighbours differ in kind or rule. None for an
        empty text.

    Examples
    --------
    >>> text = "Bread march ends in tears\nBy Ada Brill\n\nPORT CARROW (MPA) — Many wept.\n\nRead more: Curfew lifted\n"
    >>> [(text[s:e].strip(), kind) for s, e, kind, _ in split_zones(text)]  # doctest: +NORMALIZE_WHITESPACE
    [('Bread march ends in tears', 'headline'), ('By Ada Brill', 'byline'), ('PORT CARROW (MPA) —', 'dateline'),
     ('Many wept.', 'body'), ('Read more: Curfew lifted', 'crosslink')]
    """
    if not text:
        return []
    lines = split_lines(text)
    if not lines:
        return [(0, len(text), "furniture", "blank")]
    for number, line in enumerate(lines):
        line.kind, line.rule = read_line(line.text, first=number == 0, n=line.n) or ("", "")
    _read_labelled(lines)
    head, headline = _read_head(lines, title)
    names = [name for name in (headline, title) if name and _key(name)]
    _read_lists(lines[head:])
    _read_tail(lines[head:])
    _read_repeats(lines[head:], names)
    _read_captions(lines)
    _read_subheads(lines, head)
    _cut_body(lines, names)
    return _partition(lines, len(text))


def find_zones(documents: pd.DataFrame) -> pd.DataFrame:
    r"""Partition each text into zones.

    Parameters
    ----------
    documents : DataFrame
        ``documents``; an article without text has no zones. ``title`` helps where it is known.

    Returns
    -------
    DataFrame
        ``zones``: for each article a partition of ``[0, len(text))``, the kind of each span and the rule that said so.

    Examples
    --------
    >>> text = "Loading…\nBread rose again on Monday."
    >>> find_zones(pd.DataFrame({"document_id": ["a"], "outlet": ["X"], "text": [text]})).values.tolist()
    [['a', 0, 9, 'furniture', 'loading'], ['a', 9, 36, 'body', 'body']]
    """
    titles = documents["title"] if "title" in documents else pd.Series([None] * len(documents))
    rows = [
        (name, *zone)
        for name, text, title in zip(documents["document_id"], documents["text"], titles, strict=True)
        if isinstance(text, str)
        for zone in split_zones(text, title=title if isinstance(title, str) else None)
    ]
    if not rows:
        return schema.empty("zones")
    return schema.validate(pd.DataFrame(rows, columns=["document_id", "start", "end", "kind", "rule"]), "zones")


def _key(text: str) -> str:
    """Return what is compared of a headline: its words in small letters."""
    return " ".join(_WORD.findall(text.casefold()))


def _title_case(text: str) -> bool:
    long = [w for w in re.findall(r"[^\W\d_][\w'’-]+", text)[1:] if len(w) > 3]
    return len(long) >= 3 and sum(w[0].isupper() for w in long) >= 0.9 * len(long)


def _read_head(lines: list[Line], title: str | None) -> tuple[int, str | None]:
    """Mark headline, deck, byline and date above the first paragraph; return where that stands, and the headline."""
    headline: str | None = None
    at = 0
    for at, line in enumerate(lines):
        rest = lines[at + 1:]
        if line.kind:
            continue
        if not any(later.prose and later.kind in ("", "caption") for later in rest):
            break
        n, open_end = line.n, not line.ended and not line.text.endswith(":")
        if headline is None:
            if at == 0 and n <= 2 and open_end and rest[0].kind == "" and not rest[0].ended and rest[0].n >= 4:
                line.mark("furniture", "section_label")
            elif rule := _headline_rule(line, rest, title):
                line.mark("headline", rule)
                headline = line.text
            else:
                break
        elif _repeats(line.text, [_key(headline)]):
            line.mark("headline", "headline_repeated")
        elif _BY.match(line.text) and n <= 14 and open_end:
            line.mark("byline", "by_line")
        elif is_place_and_date(line.text):
            line.mark("dateline", "date_line")
        elif n <= 12 and is_names(line.text, most=6) and not line.ended:
            line.mark(*(("dateline", "place_line") if _is_place(line.text, rest) else ("byline", "name_line")))
        elif (4 <= n <= 40 and open_end) or (n <= _LINK_WORDS and lines[at - 1].text.endswith(";")):
            line.mark("headline", "deck")
        else:
            break
    else:
        at += 1
    return at, headline


def _is_place(name: str, rest: list[Line]) -> bool:
    """Tell whether a name above the text is a place: in the text, things happen in it."""
    happens = re.compile(rf"\b(?:in|at|near|from|outside) {re.escape(name)}\b")
    return "," not in name and any(happens.search(line.text) for line in rest)


def _headline_rule(line: Line, rest: list[Line], title: str | None) -> str | None:
    """Say why a first line is the headline, if it is."""
    n = line.n
    if n == 0 or n > HEADLINE_WORDS or line.text.endswith(":"):
        return None
    if title and _key(line.text) == _key(title):
        return "title"
    if not line.ended:
        return "first_line" if not line.text[0].islower() else None
    if _title_case(line.text):
        return "title_case"
    if n > _ENDED_HEADLINE_WORDS:
        return None
    after = rest[0]
    body = next((r for r in rest if not r.kind), after)
    if after.rule in ("by_line", "date_line", "date_stamp", "database_label") or is_place_and_date(after.text) \
            or find_dateline(body.text):
        return "before_dateline"
    own = [_key(line.text)]
    repeated = any(_repeats(r.text, own) for r in rest)
    return "repeated_later" if repeated else None


def _repeats(text: str, keys: list[str]) -> bool:
    """Tell whether a line is one of the headlines again, by their keys, or the beginning of one."""
    first = _WORD.search(text.casefold())
    alike = [key for key in keys if first and first[0] == key.partition(" ")[0]]
    if not alike:
        return False
    key = _key(text)
    cut = bool(ELLIPSIS.search(text))
    for name in alike:
        if key == name or (name.startswith(key) and key.count(" ") >= 3 and (cut or len(key) > 0.6 * len(name))):
            return True
    return False


def _read_labelled(lines: list[Line]) -> None:
    """Mark what a label of its own line announces: a database's abstract, and corrections."""
    labels = [line.text.strip(".:").upper().replace("-", " ") if line.kind else "" for line in lines]
    if "ABSTRACT" in labels and "FULL TEXT" in labels:
        for line in lines[labels.index("ABSTRACT") + 1:labels.index("FULL TEXT")]:
            line.mark("headline", "abstract")
    for label, line in zip(labels, lines[1:], strict=False):
        if label in ("CORRECTION", "CORRECTIONS") and not line.kind and _CORRECTS.search(line.text):
            line.mark("furniture", "update_note")


def _read_lists(lines: list[Line]) -> None:
    """Mark the headlines that follow the heading of a list of links."""
    listing = False
    for line in lines:
        if line.kind:
            listing = line.rule in _LIST_RULES or (listing and line.kind != "byline")
        elif listing and not line.ended and not line.text.endswith(":") and line.n <= _LINK_WORDS:
            line.mark("crosslink", "list_item")
        else:
            listing = False


def _read_tail(lines: list[Line]) -> None:
    """Mark what is left below the last paragraph: names, and scraps of the page between its notices."""
    last = max((i for i, line in enumerate(lines) if not line.kind and line.prose), default=None)
    if last is None:
        return
    dirt = False
    for before, line in zip(lines[last:], lines[last + 1:], strict=False):
        if line.kind:
            dirt |= line.kind in ("furniture", "crosslink")
            continue
        bare = line.text[1:].lstrip() if line.text[0] in "-–—" else line.text
        if is_names(bare, most=5) and not bare.endswith(":") and (not line.ended or bare != line.text):
            quoted = bare != line.text and before.text[-1] in "\"”’'"  # the speaker of a pulled quotation
            if not quoted:
                line.mark("byline", "name_line")
        elif dirt and not line.ended and line.n <= _LINK_WORDS:
            line.mark("furniture", "tail_scrap")


def _read_repeats(lines: list[Line], names: list[str]) -> None:
    keys = list(map(_key, names))
    for line in lines:
        if line.kind != "headline" and _repeats(line.text, keys):
            line.mark("headline", "headline_repeated")


def _read_captions(lines: list[Line]) -> None:
    """Mark lines that end in a photo credit, and cut the credit off."""
    for line in lines:
        if line.kind not in ("", "caption") or line.n > 90:
            continue
        at = credit_start(line.text)
        if at == 0:
            line.mark("byline", "photo_credit")
        elif at > 0:
            line.mark("caption", line.rule or "caption_credit")
            line.cuts.append((line.start + at, "byline", "photo_credit"))


def _read_subheads(lines: list[Line], head: int) -> None:
    """Mark short lines without end mark that stand alone between two paragraphs."""
    for at in range(max(head, 1), len(lines)):
        line = lines[at]
        shout = line.text.isupper() and len(line.text) > 4
        if line.kind or not line.alone or line.n > _SUBHEAD_WORDS or (line.ended and not shout):
            continue
        before = next((b for b in reversed(lines[:at]) if b.kind in ("", "headline")), None)
        after = next((a for a in lines[at + 1:] if not a.kind), None)
        starts = re.match(r"[\"'“‘]?(?:[A-Z]|\d+[.)]? ?[A-Z])", line.text)
        if starts and not line.text.endswith((":", ",", ";")) and before and after and after.prose and after.n >= 6 \
                and (before.prose or before.kind == "headline"):
            line.mark("headline", "subhead")


def _cut_body(lines: list[Line], names: list[str]) -> None:
    """Cut from the first and last paragraph what a page or a scraper put there."""
    body = [line for line in lines if not line.kind]
    for line in body:
        line.mark("body", "body")
    if not body:
        return
    first, last = body[0], body[-1]
    at = _glued_before(first.text, names)
    if at:
        first.mark("headline", "headline_glued")
        first.cuts.append((first.start + at, "body", "body"))
    end = find_dateline(first.text[at:])
    if end:
        if at:
            first.cuts.pop()
            first.cuts.append((first.start + at, "dateline", "dateline"))
        else:
            first.mark("dateline", "dateline")
        first.cuts.append((first.start + at + end, "body", "body"))
    for pattern, kind, rule in ((_COPYRIGHT, "furniture", "copyright"), (_CLOSING_CREDIT, "byline", "credit_line")):
        found = pattern.search(last.text)
        if found:
            last.cuts.append((last.start + found.start(1), kind, rule))
    glued = _glued_after(last.text, names)
    if glued:
        last.cuts.append((last.start + glued, "headline", "headline_glued"))
    last.cuts.sort()


def _glued_before(text: str, names: list[str]) -> int:
    """Return where the body begins behind a headline glued to its start, 0 where there is none."""
    for name in names:
        rest = text[len(name):]
        if text.startswith(name) and re.match(r"\s*[\"'“‘(]?[A-Z]", rest):
            return len(text) - len(rest.lstrip())
    cut = _GLUED_START.match(text)
    return cut.end() if cut and words(cut[0]) >= 4 else 0


def _glued_after(text: str, names: list[str]) -> int:
    """Return where a headline begins that is glued to the end of the body, 0 where there is none.

    Glued is what begins with a capital right behind a sentence end, without a space, and then ends in an ellipsis or
    in nothing: a sentence would end in a full stop.
    """
    for name in names:
        if text.endswith(name) and ends(text[:-len(name)]):
            return len(text) - len(name)
    for found in _GLUED_END.finditer(text):
        tail = text[found.end():]
        if 4 <= words(tail) <= _LINK_WORDS and (ELLIPSIS.search(tail) or not ends(tail)) \
                and not re.search(r"[.!?][\"”’]?\s", tail) and not tail.endswith((":", "”", '"')):
            return found.end()
    return 0


def _partition(lines: list[Line], length: int) -> list[tuple[int, int, str, str]]:
    """Turn marked lines into a partition; each zone reaches to where the next begins."""
    begins: list[tuple[int, str, str]] = []
    for line in lines:
        for at, kind, rule in [(line.start, line.kind, line.rule), *line.cuts]:
            if not begins or begins[-1][1:] != (kind, rule):
                begins.append((at if begins else 0, kind, rule))
    stops = [at for at, _, _ in begins[1:]] + [length]
    return [(start, stop, kind, rule) for (start, kind, rule), stop in zip(begins, stops, strict=True)]
