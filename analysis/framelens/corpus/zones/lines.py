"""What a single line of an article can be: dates, names, datelines, credits, and the rules of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from framelens.corpus.zones.page_rules import AGENCY, DATE, DAY, MONTH, RULES, STORY

__all__ = [
    "ELLIPSIS", "HEADLINE_WORDS", "Line", "credit_start", "ends", "find_dateline", "is_date", "is_names",
    "is_place_and_date", "read_line", "split_lines", "words",
]

ELLIPSIS = re.compile(r"(?:…|\.\.\.)[\"'”’»)]*$")
_LINE_END = re.compile(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
HEADLINE_WORDS = 30  # a longer line is running text, whatever it ends in
_WRAP_WIDTH, _WRAP_LEAST = 120, 35  # characters of a hard-wrapped line: at most, and where it goes on at least
_DATE_TOKEN = re.compile(DATE, re.I)
_DATED = re.compile(
    rf"{MONTH}\s*\d|\d(?:st|nd|rd|th)?\s+{MONTH}|{DAY}\W+\d|\b\d{{1,2}}:\s?\d\d\b|\d\s*[ap]\.?m\b|"
    r"\b\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\b|\d (?:hours?|minutes?|mins?|days?) ago", re.I)
_NO_WORD = re.compile(r"\s[^\w\s]+(?!\S)")
_DIGIT = re.compile(r"\d")
_PARTS = re.compile(r"\s*[|–—•·,]\s*|\s+-\s+")
_NAME_WORDS = frozenset(re.findall(r"\S+", """
    and in for with of the at to via on behalf from by de del della di da van von der den al el bin ibn la le du dos y e
    & staff reporter reporters correspondent correspondents writer writers editor editors contributor contributing
    special senior political foreign chief bureau agency agencies desk news service wire
"""))
_CREDIT_WORDS = {"reporting", "editing", "writing", "additional", "graphics", "photographs", "c"}


def words(text: str) -> int:
    """Count the words of a line, by the spaces between them."""
    return len(text.split()) - len(_NO_WORD.findall(f" {text}"))


def is_date(text: str) -> bool:
    """Tell whether a line is a date or a time and nothing else.

    Examples
    --------
    >>> [is_date(t) for t in ("Tuesday, March 5, 2024 | 20:40", "9:42 p.m.", "11.03.24", "March", "On 5 March he left")]
    [True, True, True, False, False]
    """
    return bool(_DIGIT.search(text) and _DATED.search(text) and _DATE_TOKEN.fullmatch(text.strip()))


def is_names(text: str, *, most: int = 8, also: frozenset[str] | set[str] = frozenset()) -> bool:
    """Tell whether a line is made of capitalised names and what joins them.

    Examples
    --------
    >>> [is_names(t) for t in ("Lena Fosk and Ada Brill in Port Carrow", "Herald staff", "The crowd booed", "37")]
    [True, True, False, False]
    """
    tokens = [t.strip(".,;:()[]'’") for t in re.split(r"[\s/|]+", text.strip()) if t.strip(".,;:()[]'’–—-")]
    named = [t for t in tokens if t[0].isupper() or t[0] == "@"]
    joined = all(t in named or t.lower() in _NAME_WORDS or t.lower() in also for t in tokens)
    return bool(named) and len(tokens) <= most and joined


def is_place_and_date(text: str) -> bool:
    """Tell whether a line is names and a date, as ``Port Carrow, 9 March`` or ``NATIONAL | 5 March 2024``."""
    parts = [p for p in _PARTS.split(text) if p]
    dates = [p for p in parts if _DATE_TOKEN.fullmatch(p)]
    return bool(_DATED.search(", ".join(dates)) and all(p in dates or is_names(p, most=5) for p in parts))


_PLACE = r"[A-Z][A-Z.'’-]*[A-Z.](?:[ -][A-Z][A-Z.'’-]*[A-Z.]){0,3}"
_NAMED_PLACE = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}"
_REGION = rf"(?:, ?(?!{MONTH}|{DAY})[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){{0,2}})?"
_WHEN = rf"(?:,? ?(?:{DAY}|{MONTH}|\d{{1,4}}(?:st|nd|rd|th)?\b)[ ,]*){{1,5}}"
_WHO = r" ?\([A-Z][\w.&/' -]{1,40}\)"
_DASH = r"(?:\s*[–—―]\s*|\s+--?\s+)"
_DATELINE = re.compile(
    rf"(?:{_PLACE}{_REGION}(?:(?i:{_WHEN}))?(?:{_WHO})?{_DASH}"  # PORT CARROW, March 4 (MPA) —
    rf"|{_NAMED_PLACE}{_REGION}(?:(?i:{_WHEN}))?{_WHO}{_DASH}"  # Port Carrow (MPA) –
    rf"|{_NAMED_PLACE}{_REGION}(?i:{_WHEN}){_DASH}"  # Port Carrow, March 4 –
    rf"|{_PLACE}{_REGION}(?:(?i:{_WHEN})(?:{_WHO})?|{_WHO})\s*:\s*"  # PORT CARROW, March 4 (MPA):
    rf"|\({AGENCY}\){_DASH}|{AGENCY}{_DASH})(?=[\"'“‘(\[]*[A-Z0-9])")
_DATELINE_LONGEST = 200  # characters; a long line of capitals and hyphens would take for ever
_NO_PLACE = re.compile(r"(?:UPDATED?|EXCLUSIVE|BREAKING|WATCH|CORRECTION|SPOILER|OPINION|ANALYSIS|EDITORIAL|VIDEO|LIVE|"
                       r"NOTE|NEWS?|SPECIAL|PHOTOS?|READ|LISTEN|DEVELOPING)\b")


def find_dateline(text: str) -> int:
    """Return where the dateline at the start of a paragraph ends, 0 where there is none.

    Examples
    --------
    >>> [find_dateline(t) for t in ("VELDT HARROW (MPA) — Bread rose.", "Veldt Harrow, March 4 - Bread rose.")]
    [21, 24]
    >>> [find_dateline(t) for t in ("EXCLUSIVE — Bread rose.", "The price - of bread - rose.", "NATO — an alliance")]
    [0, 0, 0]
    """
    found = _DATELINE.match(text, 0, _DATELINE_LONGEST)
    return found.end() if found and not _NO_PLACE.match(text) else 0


_CREDIT_LABEL = (r"(?:photo(?:graph(?:s|y)?)?s?|pictures?|pics?|images?|illustrations?|graphics?|credits?|videos?|"
                 r"(?:file|handout|representational|representative) (?:photo|image)s?)"
                 r"(?: credits?| courtesy)?s?(?: by| courtesy(?: of)?)?")
_BRACKET = re.compile(r"[\s.]*(\(([^()]{2,80})\))\.?$")
_LABEL_MARK = re.compile("[:/|]")
_TRAILING = re.compile(rf"(?<=[.!?”\"’])\s*[|–—-]?\s*((?i:{_CREDIT_LABEL})\s*[:/|]\s*(\S.{{1,80}}))$")


def credit_start(text: str) -> int:
    """Return where the photo credit at the end of a caption begins, -1 where there is none.

    A credit is in brackets or after a label (``Photo: …``): a name with its agency, a picture agency, a labelled name.

    Examples
    --------
    >>> [credit_start(t) for t in ("Smoke over the quay. (Ana Ruiz/MPA)", "Marchers at a stop. Photo: Ana Ruiz/MPA")]
    [21, 20]
    >>> [credit_start(t) for t in ("He joined the League (CDU/CSU).", "The union (UPW) agreed.")]
    [-1, -1]
    """
    trailing = _TRAILING.search(text) if _LABEL_MARK.search(text) else None
    if trailing and is_names(trailing[2], most=8):
        return trailing.start(1)
    bracket = _BRACKET.search(text) if text.endswith((")", ").")) else None
    if not bracket:
        return -1
    inside = bracket[2].strip()
    labelled = re.match(rf"(?:{_CREDIT_LABEL})\s*[:/|]?\s+(?=\S)", inside, re.I)
    if labelled and is_names(inside[labelled.end():], most=8):
        return bracket.start(1)
    left, slash, right = inside.partition("/")
    if slash and len(left) > 2 and len(right) > 1 and "," not in inside and is_names(inside):
        after_sentence = re.search(r"[.!?][\"”’]?\s*$", text[:bracket.start(1)])
        if after_sentence or " " in left.strip() or re.search(AGENCY, inside):
            return bracket.start(1)
    return bracket.start(1) if re.fullmatch(rf"(?:.+ )?(?:via {AGENCY}|Getty Images|AP Photo)", inside) else -1


_REPORTS = re.compile(r"\W(?:said|says|told|tells|adds?|added|asked|warned|urged|wrote|vowed|admitted|insisted)\b")
_FIRST_LINE = {"read_link", "embed_link", "caption_label"}  # as the first line of a text these may well be the headline
_SOFT_LINK = re.compile(  # labels that also open sentences: only where no end mark follows
    r"(?:\W*(?:>>|→|▶|►|➤|☞)\W*.+|(?:[\w'’]+ ){0,2}(?:opinion|analysis|explainer|explained|live|podcast|video|photos|"
    r"gallery|audio|live blog|live updates)\s*:\s*\S.*)", re.I)
_WROTE = r"(?:reporting|reported|writing|written|editing|edited|graphics?|photographs?|photos|pictures)"
_CREDIT = re.compile(
    rf"[\[(]?\s*(?:(?:additional|with|further) )?(?:{_WROTE}|compiled|translated|produced|inputs?|contributions?|"
    rf"files|words)(?:\s*(?:,|and|&)\s*(?:additional )?{_WROTE})*\s*(?:by|from|:)\s*(?=\S)"
    r"|[\[(]?\s*(?:authors?|story|text|sources?|agency|correspondents?|contribut(?:ors?|ing)|reporters?|writers?)"
    r"\s*:\s*(?=\S)", re.I)
_AGENCIES = re.compile(r"(?:(?:news |wire )?agenc(?:y|ies)(?: inputs?)?|wires?)[.)\]]*")
_CONTRIBUTED = re.compile(
    rf"(.{{2,200}}?)\s+contributed( reporting)?( (?:to|for) (?:this|the) (?:report|{STORY}))?(?: from [\w ,.]+)?\.?")
_ASKING = re.compile(r"Follow|E-?mail|Contact|Reach|can be (?:reached|contacted)")
_AUTHOR_NOTE = re.compile(
    r"(?:.{0,300}[.!?][”\"’]? )?(?:Follow|E-?mail|Contact|Reach) (?:him|her|them|me) (?:at|on|via)\b.{0,80}|"
    r".{2,80}\bcan be (?:reached|contacted) (?:at|on|via) \S*[@\d].{0,40}")
_PHOTO_LINE = re.compile(
    rf"[(\[]?(?:{_CREDIT_LABEL})\s*[:/|]\s*(\S.{{1,80}})|(?:photos?|photographs?|pictures?) by (\S.{{1,60}})", re.I)
_SPACES = "".join(c for c in map(chr, range(0x3001)) if c.isspace())
_JUNK_BEFORE, _JUNK_BEHIND = f"{_SPACES},;|•·*▪●►▶»>→☞+~=–—-", f"{_SPACES}|»→"
_TRAILS, _SHUT = ("…", "..."), "\"'”’»)"
_END = re.compile(r"[.!?](?:[\"'”’»)\]]|'')*$")
_AGENCY_CREDIT = re.compile(rf"(?:.{{2,40}}[/ ])?{AGENCY}(?:/.{{2,30}})?\.?", re.I)
_LONGEST = max(rule.most for rule in RULES)


def ends(text: str) -> bool:
    """Tell whether a line ends as a sentence does."""
    return bool(_END.search(text[-8:]))


def read_line(line: str, *, first: bool = False, n: int | None = None) -> tuple[str, str] | None:
    """Tell the kind and the rule of a line that gives itself away; None for any other.

    Parameters
    ----------
    line : str
        A line without white space around it.
    first : bool
        Whether it is the first of its text, where what looks like a link is rather the headline.
    n : int, optional
        The number of its words, where they have been counted.

    Examples
    --------
    >>> read_line("Read more: Curfew lifted in the valley"), read_line("Share this article: Email | Print")
    (('crosslink', 'read_link'), ('furniture', 'share_prompt'))
    >>> read_line("By Lena Fosk in Port Carrow"), read_line("By Tuesday the bridge was open again.")
    (('byline', 'by_line'), None)
    """
    n = words(line) if n is None else n
    if n > _LONGEST:
        return None
    bare = line.lstrip(_JUNK_BEFORE).rstrip(_JUNK_BEHIND) or line
    small = bare.casefold()
    if n <= 15 and is_date(line):
        return "dateline", "date_line"
    reports = ends(line) and bool(_REPORTS.search(f" {line}"))
    for rule in RULES:
        if n > rule.most or (reports and not rule.sure) or (first and rule.name in _FIRST_LINE):
            continue
        if rule.holds not in small or not rule.pattern.fullmatch(bare):
            continue
        photo = _PHOTO_LINE.fullmatch(bare) if rule.kind == "caption" else None
        return ("byline", "photo_credit") if photo and is_names(photo[1] or photo[2]) else (rule.kind, rule.name)
    if not first and n <= 30 and not ends(line) and _SOFT_LINK.fullmatch(line):
        return "crosslink", "read_link"
    return _read_credit(bare, n)


def _read_credit(line: str, n: int) -> tuple[str, str] | None:
    """Tell the lines that name who wrote, edited or photographed."""
    by = re.match(r"by[ :]\s*(?=\S)", line, re.I)
    if by and n <= 16:
        rest = line[by.end():]
        parts = [p for p in re.split(r"\s*[|–—•·]\s*", rest) if p]
        named = all(is_names(p, most=15) or _DATE_TOKEN.fullmatch(p) for p in parts)
        if named and not _DATE_TOKEN.match(rest) and (n > 2 or not ends(line)):
            return "byline", "by_line"
    credit = _CREDIT.match(line)
    if credit:
        rest = re.sub(r"\(?\b(?:c\.?|©)\s?\d{4}", "", line[credit.end():])
        if is_names(rest, most=45, also=_CREDIT_WORDS) or _AGENCIES.fullmatch(rest):
            return "byline", "credit_line"
    contributed = _CONTRIBUTED.fullmatch(line) if n <= 60 and "contributed" in line else None
    if contributed:
        named = is_names(contributed[1], most=12) and words(contributed[1]) > 1
        if contributed[2] or named or " to this " in (contributed[3] or ""):
            return "byline", "credit_line"
    if n <= 60 and _ASKING.search(line) and _AUTHOR_NOTE.fullmatch(line):
        return "byline", "author_note"
    photo = _PHOTO_LINE.fullmatch(line)
    if photo and is_names(photo[1] or photo[2]):
        return "byline", "photo_credit"
    if n > 7:
        return None
    sides = line.rstrip(".").split("/")
    agency = _AGENCY_CREDIT.fullmatch(line) and is_names(line)
    shared = len(sides) == 2 and all(len(s) > 2 and is_names(s, most=4) for s in sides)
    return ("byline", "photo_credit") if agency or shared else None


@dataclass
class Line:
    """A line, or a paragraph of wrapped lines, without the white space around it."""

    start: int
    end: int
    text: str
    alone: bool  # an empty line, or the end of the text, on either side
    kind: str = ""
    rule: str = ""
    cuts: list[tuple[int, str, str]] = field(default_factory=list)  # where within it another kind begins
    n: int = 0  # the number of its words
    ended: bool = False  # whether it ends as a sentence does
    prose: bool = False  # whether it is running text for certain

    def mark(self, kind: str, rule: str) -> None:
        """Say what the line is, and by which rule."""
        self.kind, self.rule = kind, rule

    def measure(self) -> None:
        """Count its words and see how it ends, once it is whole."""
        self.n = words(self.text)
        self.ended = ends(self.text) and not self.text.rstrip(_SHUT).endswith(_TRAILS)
        self.prose = (self.n >= 4 and self.ended) or self.n > HEADLINE_WORDS


def split_lines(text: str) -> list[Line]:
    """Split a text into its lines; the lines of a hard-wrapped paragraph are one."""
    spans, at = [], 0
    for found in _LINE_END.finditer(text):
        spans.append((at, found.start()))
        at = found.end()
    spans.append((at, len(text)))
    width = max(end - start for start, end in spans)
    raw = [text[start:end] for start, end in spans]
    wrapped = width <= _WRAP_WIDTH and sum(_goes_on(*pair) for pair in pairwise(raw)) > 1
    lines: list[Line] = []
    blank = True
    for (start, _), piece in zip(spans, raw, strict=True):
        line = piece.strip()
        if line:
            first = start + len(piece) - len(piece.lstrip())
            last = lines[-1] if lines and not blank else None
            if last and width <= _WRAP_WIDTH and _joins(text[last.start:last.end], line, width, wrapped=wrapped):
                last.end, last.text = first + len(line), text[last.start:first + len(line)]
            else:
                if last:
                    last.alone = False
                lines.append(Line(first, first + len(line), line, alone=blank))
        blank = not line
    for whole in lines:
        whole.measure()
    return lines


def _goes_on(before: str, after: str) -> bool:
    """Tell whether a line goes on in small letters on the next."""
    return len(before) > _WRAP_LEAST and not ends(before.rstrip()) and after.lstrip()[:1].islower()


def _joins(paragraph: str, line: str, width: int, *, wrapped: bool) -> bool:
    """Tell whether a line belongs to the wrapped paragraph before it.

    In a text that is wrapped throughout, a capital may begin a line too: then its first word had no room before.
    """
    before = _LINE_END.split(paragraph)[-1].rstrip()
    full = wrapped and not ends(before) and len(before) + 1 + len(line.split()[0]) > width
    return (_goes_on(before, line) or full) and read_line(line) is None
