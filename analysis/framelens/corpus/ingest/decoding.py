"""Bytes to text: what encoding they are in, told and never guessed over in silence."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from pathlib import Path

from charset_normalizer import from_bytes

from framelens.errors import CorpusError

__all__ = ["decode", "flaw", "is_guess", "name_codec", "tell_guesses"]

SHOWN = 3  # files that a warning names

_BOMS = (  # UTF-32 before UTF-16: its mark begins with the same two bytes
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)
_BINARY = {
    b"%PDF": "a PDF", b"PK\x03\x04": "a ZIP or Word file", b"\xd0\xcf\x11\xe0": "a Word file", b"{\\rtf": "an RTF",
    b"\x89PNG": "a PNG image", b"\xff\xd8\xff": "a JPEG image", b"GIF8": "a GIF image", b"\x1f\x8b": "a gzip file",
}
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LATIN1 = {"ascii", "latin_1", "iso8859_1", "iso8859_15", "cp1252"}
_SHARE = 0.2  # of a Western text's letters, at most, lie beyond ASCII (Swedish 13 %); of Greek or Russian nearly all
# What Polish, Czech, Hungarian, Turkish or Baltic code pages, DOS and old Macs show when read as cp1252.
_NOT_WESTERN = re.compile(
    r"[^\W\d_][¡¢£¤¥¦§¨©ª«¬¯°±²³´µ¶¸¹º»¼½¾¿×÷‚„…†‡ˆ‰‹›˜][^\W\d_]|[a-z][À-ÖØ-Þ][a-z]|[šžŠŽðþýÐÞÝ]|"
    r"(?s:\A[^ãçèêàâ]*[õû][^ãçèêàâ]*\Z)")
_SAVE = "Save it as UTF-8."
_SURE = {"utf-8", "utf-8-sig", "utf-16", "utf-32"}  # by a byte order mark, or since hardly any other text passes as UTF-8


def decode(raw: bytes, stated: str | None = None) -> tuple[str, str]:
    r"""Decode the bytes of a text and name the encoding; nothing is ever replaced.

    In order: a byte order mark (which is no part of the text), what is stated, strict UTF-8, Windows-1252 where the text then
    reads as Western European (a statistical guess confuses it with its neighbours, above all in short texts), a guess by
    charset-normalizer. What is guessed to be Latin-1 is read as Windows-1252 where that decodes, as browsers do.

    Parameters
    ----------
    raw : bytes
        The whole file.
    stated : str, optional
        The encoding as somebody who knows it names it: then nothing is guessed.

    Returns
    -------
    text, encoding : str
        Line ends stay as they are. The encoding is the name of a Python codec that gives the text again.

    Raises
    ------
    CorpusError
        Binary, NUL bytes, lone surrogates, UTF-8 with a few broken bytes, no encoding that fits, or another than is stated.

    Examples
    --------
    >>> decode("Straße".encode("utf-8-sig"))
    ('Straße', 'utf-8-sig')
    >>> decode(b"the mayor\x92s caf\xe9")
    ('the mayor’s café', 'cp1252')
    """
    for mark, name in _BINARY.items():
        if raw.startswith(mark):
            raise CorpusError(f"it is {name}, no plain text. Take its text out and save that as UTF-8.")
    bom = next((encoding for mark, encoding in _BOMS if raw.startswith(mark)), None)
    if bom:
        try:
            text = raw.decode(bom)
        except UnicodeDecodeError as error:
            raise CorpusError(f"it begins as {bom}, but byte {error.start} does not fit. {_SAVE}") from error
        return _sound(text), bom
    if stated:
        return _sound(_decode_as(raw, stated)), name_codec(stated) or stated
    if b"\0" in raw:
        raise CorpusError(f"byte {raw.index(0)} is NUL: it is binary, or UTF-16 without its mark. {_SAVE}")
    try:
        return _sound(raw.decode("utf-8")), "utf-8"
    except UnicodeDecodeError as error:
        _refuse_broken_utf8(raw, error.start)
    encoding = _guess(raw)
    return _sound(raw.decode(encoding)), encoding


def _decode_as(raw: bytes, stated: str) -> str:
    """Decode as is stated, or say that it is not that."""
    try:
        return raw.decode(stated)
    except LookupError as error:
        raise CorpusError(f"there is no encoding {stated!r}. Name one that Python knows, such as cp1252 or iso8859-2.") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"it is not {stated}, as its encoding is said to be: byte {error.start} does not fit. Mend that, "
                          "or save the text as UTF-8.") from error


def name_codec(encoding: str) -> str | None:
    """Name an encoding as Python does, whatever alias is written; None where there is none."""
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return None


def is_guess(encoding: str) -> bool:
    """Tell whether :func:`decode`, without what is stated, can but have guessed this encoding."""
    return encoding not in _SURE


def tell_guesses(place: Path, guesses: Sequence[tuple[str, str]],
                 remedy: str = ", or name the encoding of a text in the column 'encoding' of corpus.csv") -> str:
    """Say in which encodings files were read on a guess, and what else than UTF-8 mends it; nothing where there is none.

    Examples
    --------
    >>> tell_guesses(Path("texts"), [("a.txt", "cp1252")])[:77]
    'texts: the encoding of 1 file, no UTF-8, was not stated but guessed: a.txt as'
    """
    if not guesses:
        return ""
    named = ", ".join(f"{name} as {encoding}" for name, encoding in guesses[:SHOWN])
    more = f" and {len(guesses) - SHOWN} more (see documents.encoding)" if len(guesses) > SHOWN else ""
    count = "1 file" if len(guesses) == 1 else f"{len(guesses)} files"
    return (f"{place}: the encoding of {count}, no UTF-8, was not stated but guessed: {named}{more}. Look whether letters with "
            f"accents are right; save as UTF-8{remedy}.")


def _refuse_broken_utf8(raw: bytes, start: int) -> None:
    """Refuse bytes that are UTF-8 but for a few: another encoding would turn all the others into gibberish."""
    try:
        raw.decode("utf-8", errors="surrogatepass")
    except UnicodeDecodeError:
        pass
    else:
        raise CorpusError(f"byte {start} begins a lone surrogate (half of a character). {_SAVE}")
    escaped = raw.decode("utf-8", errors="surrogateescape")
    broken = len(_SURROGATE.findall(escaped))
    whole = sum(c > "\x7f" for c in escaped) - broken
    if whole > broken:
        line = raw.count(b"\n", 0, start) + 1
        raise CorpusError(f"it is UTF-8 but for {broken} bytes, the first at {start} (line {line}). Mend them. {_SAVE}")


def _guess(raw: bytes) -> str:
    """Name the most likely encoding of bytes that are no UTF-8."""
    try:
        windows = raw.decode("cp1252")
    except UnicodeDecodeError:
        windows = ""
    letters = [c for c in windows if c.isalpha()]
    if windows and sum(c > "\x7f" for c in letters) <= _SHARE * len(letters) and not _NOT_WESTERN.search(windows):
        return "cp1252"
    best = from_bytes(raw).best()
    if best is None:
        raise CorpusError(f"its encoding cannot be told: no UTF-8, and nothing else fits. {_SAVE}")
    encoding = str(best.encoding)
    return "cp1252" if windows and encoding in _LATIN1 else encoding


def _sound(text: str) -> str:
    """Return a text that is one, or say what is wrong with it."""
    if what := flaw(text):
        raise CorpusError(what)
    return text


def flaw(text: str) -> str | None:
    """Say what makes a string no text."""
    if "\0" in text:
        return f"character {text.index(chr(0))} is NUL. {_SAVE}"
    lone = _SURROGATE.search(text)
    if lone:
        return f"character {lone.start()} is a lone surrogate: half a character, or a byte that was no UTF-8. {_SAVE}"
    controls = len(_CONTROL.findall(text))
    if controls > 2 and controls > len(text) / 200:
        return f"it holds {controls} control characters: it is binary, not text. {_SAVE}"
    return None
