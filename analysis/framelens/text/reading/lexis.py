"""Word classes: one letter a word from closed lists, TextBlob's dictionary and endings; ambiguity is settled in context."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from framelens import io
from framelens.text.inflect import verb_forms
from framelens.text.tokens import Known, normal
from framelens.text.wordclass import BE, DAYS, MODALS, MONTHS

__all__ = ["CLASSES", "SURFACE_CODES", "settle", "word_code"]

CLASSES = {
    "D": "determiner, possessive, quantifier", "N": "noun", "S": "plural noun", "P": "name", "J": "adjective",
    "A": "adverb, not", "U": "subject pronoun", "y": "it, you", "u": "object pronoun", "0": "number", "Y": "day, month",
    "p": "preposition", "f": "of", "B": "by", "t": "to", "r": "after, before, since, until, as, like", "c": "and, or",
    "b": "but, nor", "s": "subordinator", "w": "relative pronoun", "h": "that", "q": "what, how, why, whether",
    "M": "modal", "H": "have", "X": "do", "I": "be", "d": "past tense", "e": "past tense or participle", "n": "past participle",
    "g": "-ing form", "z": "third person", "v": "base form", "Z": "third person or plural noun", "V": "base form or noun",
    "E": "there", "'": "possessive 's",
}
_CLOSED: dict[str, str] = {}
for _code, _words in {
    "D": "the a an this these those his her its their our my your some any no every each another such both all many few several "
         "more most much little other either neither certain various two three four five six seven eight nine ten "
         "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    "U": "i he she we they", "y": "it you", "u": "him them me us himself herself themselves itself myself ourselves",
    "p": "in on at for with from into over under during against amid among between about despite near outside inside through "
         "throughout toward towards upon within without across along around behind beside beyond following via per than "
         "including regarding concerning except besides above below off onto out up down alongside ahead versus vs",
    "f": "of", "B": "by", "t": "to", "r": "after before since until as like",
    "c": "and or &", "b": "but nor", "s": "while because if although though whereas when once unless whenever so lest",
    "w": "who which whose whom where wherein", "h": "that", "q": "what how why whether whatever whoever",
    "g": "being having promising appealing insulting reading",
    "H": "have has had haven't hasn't hadn't i've we've they've you've", "X": "do does did don't doesn't didn't",
    "A": "not also later earlier then now still already again repeatedly often never always just only even soon recently once "
         "twice meanwhile however therefore thus instead further too thereby ever here perhaps maybe long far well "
         "yet rather quite almost nearly very",
    "E": "there", "d": "said told went took made gave saw held began became kept left lost met paid ran sent spoke stood wrote "
         "thought knew felt came got fell rose grew won brought bought sought led read put let set cut hit shot spent "
         "laid learnt burnt dreamt dealt",
    "v": "say tell think know believe go get make take give see want keep seem become agree",
    "z": "says tells thinks knows believes goes gets makes takes gives sees wants keeps seems becomes agrees",
    "V": "help practise",
    "J": "close open present able free clear former own",
    "N": "police government spokesman spokeswoman spokesperson rights arms sports customs officer minister soldier doctor "
         "mother father engineer briefing chief interior", "S": "officers people guards volunteers",
}.items():
    _CLOSED |= dict.fromkeys(_words.split(), _code)
_CLOSED |= dict.fromkeys(MODALS, "M") | dict.fromkeys(BE - {"being"}, "I")
_CLOSED |= dict.fromkeys((DAYS | MONTHS) - {"may", "march"}, "Y")
_NAMES_TOO = frozenset("will mark may an so van no like said saw say won can do long ever me".split())
_BY_TAG = {"NNP": "P", "NNPS": "P", "NN": "N", "NNS": "S", "JJ": "J", "JJR": "J", "JJS": "J", "RB": "A", "RBR": "A", "RBS": "A",
           "IN": "p", "CD": "0", "PRP": "u", "PRP$": "D", "DT": "D", "PDT": "D", "MD": "M", "VB": "v", "VBP": "v",
           "VBZ": "z", "VBD": "d",
           "VBN": "n", "VBG": "g", "WRB": "q", "UH": "A", "CC": "c", "RP": "p"}
_BY_ENDING = (("ly", "A"), ("ing", "g"), ("ed", "e"), ("ous", "J"), ("ive", "J"), ("al", "J"), ("ic", "J"),
              ("able", "J"), ("s", "S"))
_PARTICIPLES = frozenset("run held built made owned".split())  # behind a hyphen: state-run
_TRADES = ("ists", "icians", "arians")  # of a sentence's first word that no dictionary holds: no name
_VERB_TAGS = frozenset(("VB", "VBP", "VBD", "VBN", "VBG", "VBZ"))


@cache
def _dictionary() -> dict[str, str]:
    """Read TextBlob's dictionary: the commonest tag of 94,000 words.

    From its file, as TextBlob reads it: its own look-up is slow, and to import it brings in scipy.stats, by way of nltk.
    """
    lines = io.installed_text("textblob", "en/en-lexicon.txt").split("\n")
    entries = (line.split(" ") for line in map(str.strip, lines) if line and not line.startswith(";;;"))
    return {word: tag.partition("|")[0] for word, tag, *_ in entries}


def _verbal(stem: str) -> bool:
    """Has the word a form in -ed or -ing that the dictionary knows as a verb?"""
    known = _dictionary()
    return any(known.get(form) in ("VBD", "VBN", "VBG") for form in verb_forms(stem)[2:])


def _of_verb(norm: str) -> bool:
    """Is a form in -ed made of a verb that the dictionary knows: stated, preferred, defied?"""
    known, stem = _dictionary(), norm[:-2]
    if (known.get(stem) or known.get(norm[:-1])) in _VERB_TAGS:
        return True
    return (stem[-1] == stem[-2] and known.get(stem[:-1]) in _VERB_TAGS) or (
        stem[-1] == "i" and known.get(f"{stem[:-1]}y") in _VERB_TAGS)


def _of_noun(norm: str, tag: str) -> str:
    if tag == "NN":
        return "V" if _verbal(norm) else "N"
    for ending, put in (("ies", "y"), ("es", ""), ("s", "")):
        if norm.endswith(ending) and _verbal(norm[:-len(ending)] + put):
            return "Z"
    return "S"


def _open_code(norm: str, known: str | None) -> str:
    """Class of a word of the open classes, by the dictionary or by its ending."""
    tag = known or _dictionary().get(norm)
    if tag in ("NN", "NNS"):
        if norm.endswith("ing") and _dictionary().get(norm) == "NN" and len(norm) > 5:
            return "g" if _verbal(norm[:-3]) or _verbal(norm[:-3] + "e") else "N"
        return _of_noun(norm, tag)
    if tag == "VBZ":
        return "Z" if norm.endswith("s") and _dictionary().get(norm[:-1]) == "NN" else "z"
    if tag in ("VB", "VBP"):
        return "V" if f"{norm}s" in _dictionary() and _dictionary()[f"{norm}s"] == "NNS" else "v"
    if tag in ("VBD", "VBN"):
        return "e" if norm.endswith("ed") else ("n" if tag == "VBN" else "d")
    if tag == "JJ" and norm.endswith("ed") and len(norm) > 5 and _of_verb(norm):
        return "e"
    if tag in _BY_TAG:
        return _BY_TAG[tag]
    american = _american(norm)
    if american != norm:
        return _open_code(american, _dictionary().get(american))
    if _verbal(norm):
        return "V"  # "laud": only its past tense is in the dictionary
    if norm.endswith("s") and any(_dictionary().get(norm[:-size]) in ("VB", "VBP") or _verbal(norm[:-size]) for size in (1, 2)):
        return "Z"
    for ending, code in _BY_ENDING:
        if norm.endswith(ending) and len(norm) > len(ending) + 2:
            return code
    return "N"


_BRITISH = ((re.compile(r"(?<=[a-z]{2})([iy])s(?=(?:e|es|ed|ing|er|ers)$)"), r"\1z"),
            (re.compile(r"(?<=[a-z]{2})our(?=s?$|ed$|ing$|ite|able)"), "or"))


def _american(norm: str) -> str:
    """Return the American spelling of a word, as the dictionary has it: criticise, favour."""
    for british, american in _BRITISH:
        norm = british.sub(american, norm)
    return norm


def _unheard(norm: str) -> bool:
    """Has the dictionary neither the word nor what its ending was added to?"""
    known = _dictionary()
    return not any(norm.endswith(end) and (norm[:-len(end)] in known or norm[:-len(end)] + "e" in known)
                   for end in ("s", "es", "ed", "d", "ing", "ly", "er", "ers"))


@lru_cache(maxsize=100_000)
def word_code(norm: str, capital: int) -> str:
    """Return the class of a word, one letter of :data:`CLASSES`.

    Parameters
    ----------
    norm : str
        The word in normal form.
    capital : {0, 1, 2}
        0 without a capital; 1 with one that tells nothing (a sentence begins, or all words have one), so that only
        what no dictionary knows is a name; 2 with a capital of its own.

    Examples
    --------
    >>> [word_code(w, 0) for w in "the mayor claims police said it".split()]
    ['D', 'N', 'Z', 'N', 'd', 'y']
    >>> word_code("roe", 2)
    'P'
    """
    code = _CLOSED.get(norm)
    if capital == 2 and norm in _NAMES_TOO:
        return "P"
    if code and (capital < 2 or code not in "NJVS"):
        return code
    if norm[0].isdigit():
        return "0"
    if capital == 2:  # a word that the dictionary has as an adjective with its capital: Chinese, Turkish
        return "J" if _dictionary().get(norm.capitalize()) == "JJ" else "P"
    if "'" in norm and _CLOSED.get(norm.partition("'")[0]) in ("U", "y", "w"):
        return _CLOSED[norm.partition("'")[0]]
    if "-" in norm:
        last = norm.rpartition("-")[2]
        if last.endswith(("ed", "ing")) or last in _PARTICIPLES or not last or norm.count("-") > 1:
            return "J"
        return _CLOSED.get(norm) or word_code(last, 0).replace("e", "J")
    known = _dictionary().get(norm)
    if known is None and capital == 1 and norm.endswith(_TRADES):
        return "S"
    if known is None and ((capital and _unheard(norm)) or _dictionary().get(norm.capitalize()) in ("NNP", "NNPS")):
        return "P"
    return _open_code(norm, known)


# The class of a word as it is spelt, a capital being its own: one look-up for each word read.
SURFACE_CODES: Known[str, str] = Known(lambda surface: word_code(normal(surface), 2 if surface[0].isupper() else 0))


# In this order, each class by what stands beside it: the classes that a rule changes, the pattern, the class it makes.
# A pattern begins with the letter that changes, and looks back over it (the last dot) at what stands before: so `re` leaps
# from one such letter to the next, where a pattern that began with a look-behind would be tried at every letter.
_RULES = tuple((letters, re.compile(pattern, re.MULTILINE), code) for letters, pattern, code in (
    ("Z", r"Z(?=[Vv])(?:(?<=^.)|(?<=[DJ'0pcb,SNfgen].))", "S"),  # plural noun before a base form: (leaked) polls show
    ("z", r"z(?:(?<=0.)(?=[IHMXhwcp,.]|$)|(?<=D.)(?=[IHMXv]))", "S"),  # 43 suspects that, more suspects are
    ("J", r"J(?<=U.)(?=[DPu])", "v"),  # we welcome the move
    ("n", r"n(?:(?=[DuU])(?:(?<=[SNPUwy].)|(?<=DV.))|(?=[NS])(?<=[Uy].))", "d"),  # neighbours heard a man shout
    ("h", r"h(?=[.;]|$)(?<=[dznv].)", "y"),  # the union disputed that
    ("h", r"h(?=[NSJ])(?<=[fB].)", "D"),  # the head of that office
    ("d", r"d(?<=t.)", "v"),  # refused to set, to put, to let
    ("ed", r"[ed](?:(?<=[HI].)|(?<=[HI][AD].)|(?<=[HI]AA.)|(?<=[HI]n[A,]e)|(?<=[HI]nce)(?![DPNSuQJ0yVZ]))", "n"),  # has also said
    ("ed", r"[ed](?=B)(?:(?<=[NSPZ]d)|(?<=[NSPZ)],.))", "n"),  # records kept by the city
    ("edn", r"[edn](?:(?<=[D'0].)(?=[NSPJVZg0])|(?<=[pfBJdezvg][en])(?=[NSZP])|(?<=tV.)(?=[NSZP]))", "J"),  # the alleged plot
    ("g", r"g(?=[DfhtMHIX.,;]|$)(?<=[D'].)", "N"),  # called the ruling a coup
    ("V", r"V(?:(?<=[MtXU].)|(?<=[MtXU]A.)|(?<=[MtX]AA.)|(?<=S.)(?=[DuhUyPQqt:0gJArSE])|(?<=S[AE].)(?=[DuhUyPQqtp])"
          r"|(?<=w.)|(?<=P[cP]P.)(?=[DuhUyQ])|(?<=c.)(?=[Du])"  # critics claim that, and demand the release
          r"|(?<=[SP].)(?=[,;](?!w)|\.?$))", "v"),  # to claim, records show.
    ("AJvV", r"[JAvV](?=[dzMHIXe])(?<=^.)", "P"),  # Young said, Grant said
    ("g", r"g(?=P[dzMHIX])(?<=^.)", "P"),  # Downing Street said
    ("J", r"J(?=[dezMHIX])(?<=[DJ'PN].)", "N"),  # the military said
    ("X", r"X(?=P)(?<=P.)", "P"),  # Rio do Sul
    ("v", r"v(?:(?<=[J'].)|(?<=[D0].)(?![htQDPU0y])|(?<=p.)(?=[,f]))", "N"),  # in turn,
    # in a sentence without a verb as yet: videos by Roe show men
    ("-V", r"[VZ](?:(?=[DhSuUJPQ0]|Z[gpednJ])(?<=[PNS].)|(?=[NV])(?<=SV)|(?=[NVt])(?<=[PN]Z))", "v"),
    ("V", r"V", "N"),
    ("Z", r"Z(?=')", "S"),  # the dockers' union
    ("Z", r"Z(?<=[DJ'0pfBvtdegn].)", "S"),  # the claims, of claims
    ("Z", r"Z(?:(?<=[UyPw].)|(?<=[UyPwN]A.)|(?<=[N),].)(?=[DhtUyuqQ:PJ0NSg])|(?<=c.)(?=[DhtuqQ:]))", "z"),  # Roe claims
    ("Z", r"Z", "S"),
    (",", r",", ","),  # here what stands behind commas is settled, by more than its neighbours
    ("e", r"e(?=[DUyuhtQ]|,Q)(?<=D.)", "d"),  # some doubted the plan; another tweeted, “…”
    ("e", r"e(?:(?=B)|(?<![UyuPNSwhA0Y),cb\-'Q].))", "n"),  # backed by
    ("e", r"e(?:(?<=[UyuPNSwh0Y),\-Qcb].)|(?<=[UyuPNSwh0Y),cb]A.))", "d"),
    ("e", r"e", "n"),
))
_FINITE = frozenset("dzvMHIX")
_TOLD = re.compile("[NSPUy)VZ]A?e(?=[DUyuhQPJ0])")
_SETS = {letters: frozenset(letters) for letters, _, _ in _RULES}
_BEHIND_COMMA = re.compile(r"e(?<=,.)(?=A?(?:[pBrt.,]|JN,|Y))")
_RELATIVE = re.compile(r",[w][^,]*,$")
_SINGULAR = re.compile(r"^[^Sc]*[NP]$")  # no base form agrees with it
_NAMED_ACTS = re.compile(r"P+A?Z|Jt")  # "the opposition party Reform doubts it", "a group loyal to the state claimed it"
_APPOSITION = re.compile(r"[P)],[DNSPJ0'fp]+,$")


def _participle(found: re.Match[str]) -> str:
    """Settle a form in -ed behind a comma, no object following: a participle, unless an apposition ends there."""
    codes, at = found.string, found.start()
    stop = codes.find("\n", at)
    before, after = codes[codes.rfind("\n", 0, at) + 1:at], codes[at + 1:stop if stop >= 0 else len(codes)]
    relative = _RELATIVE.search(before)  # "Roe, who has left, called for calm"
    if any(c in "dzMHIX" for c in before[:relative.start() if relative else at]):
        return "n"
    if relative:
        return "d"
    closed = before.count(",") > 1 or _APPOSITION.search(before)  # "The mayor, asked about it, apologised on Monday"
    return "d" if closed or after[:1] == "t" or not any(c in "dezMHIX" for c in after) else "n"


def _without_verb(codes: str, pattern: re.Pattern[str], code: str) -> str:
    """Find the verb of sentences that have none as yet."""

    def settled(line: str) -> str:
        main, relative, rest = line.partition("w")  # "images taken there show men who run"
        if not _FINITE.isdisjoint(main) or _TOLD.search(main):  # "the main party Nahda dismissed the claim"
            return line
        for found in pattern.finditer(main):
            at = found.start()
            if found[0] == "Z" or not _SINGULAR.search(main, 0, at) or not _NAMED_ACTS.match(main, at + 1):
                return main[:at] + ("z" if found[0] == "Z" else code) + main[at + 1:] + relative + rest
        return line

    return "\n".join(settled(line) if "V" in line or "Z" in line else line for line in codes.split("\n"))


def settle(codes: str) -> str:
    r"""Settle the ambiguous classes of sentences by their neighbours; one sentence a line.

    Examples
    --------
    >>> settle("DNZDS"), settle("DZf"), settle("IAe"), settle("tV")
    ('DNzDS', 'DSf', 'IAn', 'tv')
    >>> settle("DZf\nIAe").split()
    ['DSf', 'IAn']
    """
    for letters, pattern, code in _RULES:
        if letters == ",":
            if ",e" in codes:
                codes = _BEHIND_COMMA.sub(_participle, codes)
        elif letters == "-V":
            if "V" in codes or "Z" in codes:
                codes = _without_verb(codes, pattern, code)
        elif letters in codes or (len(letters) > 1 and not _SETS[letters].isdisjoint(codes)):
            codes = pattern.sub(code, codes)
    return codes
