"""The small part of YAML in which dictionaries are written: nested keys, lists and words. Every value is text.

A full YAML reader would be one more dependency and would read the words *no*, *on* and *1* as false, true and a number.
"""

from __future__ import annotations

import re
from typing import Any, NoReturn

from framelens.errors import LexiconError

__all__ = ["dump_yaml", "parse_yaml"]

_STRING = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')"""
_PLAIN = r"(?:[^#]|(?<=\S)#)*?"  # a # behind a space begins a remark
_KEY = re.compile(rf"""(?P<key>{_STRING}|[^\s"'\[\]{{}}#&*!|>%@`,-]{_PLAIN}|-[^\s#]{_PLAIN})\s*:(?:\s+(?P<rest>.*))?$""")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", '"': '"', "\\": "\\", "/": "/", " ": " ", "N": "\x85", "_": "\xa0",
            "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "v": "\v", "L": "\u2028", "P": "\u2029"}
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")
_QUOTED = re.compile(rf"({_STRING})\s*(?:#.*)?$")
_ITEM = re.compile(rf"""\s*({_STRING}|[^,\[\]{{}}"']+?)\s*(?:,|$)""")
Line = tuple[int, int, str]  # number, indent, text


class _Parser:
    """Reads lines; knows where it is, so that an error can say so."""

    def __init__(self, text: str, file: str) -> None:
        self.file, self.at = file, 0
        self.lines: list[Line] = []
        for number, line in enumerate(text.split("\n"), 1):
            bare = line.strip()
            if not bare or bare[0] == "#" or bare in ("---", "..."):
                continue
            if "\t" in line[:len(line) - len(line.lstrip())]:
                self.fail(number, "a tab indents the line; indent with spaces")
            self.lines.append((number, len(line) - len(line.lstrip(" ")), bare))

    def fail(self, number: int, what: str) -> NoReturn:
        raise LexiconError(f"{self.file}, line {number}: {what}. A dictionary is written as keys, lists of '- word' and words in "
                           "quotation marks where need be; write it anew with as.yaml() of quanteda, or as CSV.")

    def scalar(self, text: str, number: int) -> str:
        if text[0] in "\"'":
            quoted = _QUOTED.match(text)
            if not quoted:
                self.fail(number, f"{text!r}: the quotation mark is not closed on its line, or something follows it")
            return self.unquoted(quoted[1], number)
        text = re.split(r"\s+#", text)[0].strip()
        if text[0] in "[]{}&*!|>%@`," or text.startswith("? "):
            hint = "; put a word with a leading wildcard in quotation marks" if text[0] == "*" else ""
            self.fail(number, f"{text!r} is a part of YAML that is not read here{hint}")
        if re.search(r":(\s|$)", text):
            self.fail(number, f"{text!r} holds a colon: put the word in quotation marks, or the key on a line of its own")
        return text

    def unquoted(self, text: str, number: int) -> str:
        inner = text[1:-1]
        if text[0] == "'":
            return inner.replace("''", "'")

        def character(match: re.Match[str]) -> str:
            code = match[1] or match[2] or match[3]
            if code is None and match[4] not in _ESCAPES:
                self.fail(number, f"\\{match[4]} is no escape of YAML")
            return chr(int(code, 16)) if code else _ESCAPES[match[4]]

        return _ESCAPE.sub(character, inner)

    def flow(self, text: str, number: int) -> list[str]:
        """Read ``[a, b]`` on one line."""
        text = re.sub(r"\]\s+#.*$", "]", text)
        if not text.endswith("]"):
            self.fail(number, "a list in brackets ends on its own line")
        inner, at, out = text[1:-1].strip(), 0, []
        while at < len(inner):
            item = _ITEM.match(inner, at)
            if not item:
                self.fail(number, f"{inner[at:]!r} is no list of words")
            out.append(self.scalar(item[1], number))
            at = item.end()
        return out

    def block(self, indent: int) -> Any:
        """Read the mapping or list whose lines have this indent."""
        return self.sequence(indent) if self.is_item(self.lines[self.at][2]) else self.mapping(indent)

    @staticmethod
    def is_item(text: str) -> bool:
        return text == "-" or text.startswith("- ")

    def sequence(self, indent: int) -> list[str]:
        out: list[str] = []
        while self.at < len(self.lines) and self.lines[self.at][1] == indent and self.is_item(self.lines[self.at][2]):
            number, _, text = self.lines[self.at]
            self.at += 1
            if not text[1:].strip():
                self.fail(number, "a list holds words, one behind each dash")
            out.append(self.scalar(text[1:].strip(), number))
        self.ends(indent)
        return out

    def mapping(self, indent: int) -> dict[str, Any]:
        out: dict[str, Any] = {}
        while self.at < len(self.lines) and self.lines[self.at][1] == indent and not self.is_item(self.lines[self.at][2]):
            number, _, text = self.lines[self.at]
            found = _KEY.match(text)
            if not found:
                self.fail(number, f"{text!r} is neither 'key:' nor '- word'")
            key = self.scalar(found["key"], number)
            if key in out:
                self.fail(number, f"the key {key!r} stands twice in its place")
            self.at += 1
            out[key] = self.value((found["rest"] or "").strip(), number, indent)
        self.ends(indent)
        return out

    def value(self, rest: str, number: int, indent: int) -> Any:
        """Read what stands behind a key: on its line, or below."""
        if rest and rest[0] != "#":
            return self.flow(rest, number) if rest[0] == "[" else {} if rest == "{}" else self.scalar(rest, number)
        if self.at == len(self.lines):
            return []
        _, below, text = self.lines[self.at]
        if below > indent or (below == indent and self.is_item(text)):
            return self.block(below)
        return []

    def ends(self, indent: int) -> None:
        if self.at < len(self.lines) and self.lines[self.at][1] > indent:
            self.fail(self.lines[self.at][0], "the line is indented more than the one it belongs to")

    def document(self) -> dict[str, Any]:
        if not self.lines:
            return {}
        number, indent, text = self.lines[0]
        if self.is_item(text):
            self.fail(number, "a dictionary begins with a key")
        out = self.mapping(indent)
        if self.at < len(self.lines):
            self.fail(self.lines[self.at][0], "the line is indented less than the first one, or mixes keys and list")
        return out


def parse_yaml(text: str, file: str = "dictionary") -> dict[str, Any]:
    r"""Read a dictionary in YAML: keys with keys, lists of words, or a word.

    Parameters
    ----------
    text : str
        The file, as ``as.yaml()`` of R or ``safe_dump`` of Python write it. Anchors, tags, block text and lists of lists are
        refused.
    file : str
        What errors call it.

    Returns
    -------
    dict
        Keys → dict, list of str, or str. Words stay as they are written: ``no`` is a word.

    Raises
    ------
    LexiconError
        A line is not of this part of YAML; the message names file and line.

    Examples
    --------
    >>> parse_yaml("protesters:\n  neutral:\n  - marcher\n  - no\n  critical: ['mob*', rioter]\n")
    {'protesters': {'neutral': ['marcher', 'no'], 'critical': ['mob*', 'rioter']}}
    """
    return _Parser(text, file).document()


def dump_yaml(tree: dict[str, Any], indent: int = 0) -> str:
    """Write nested keys with lists of words, every word in quotation marks, so that no reader takes one for something else.

    Examples
    --------
    >>> print(dump_yaml({"g": {"neutral": ["no", "l'eau"]}}), end="")
    'g':
      'neutral':
        - 'no'
        - 'l''eau'
    """
    pad, out = " " * indent, []
    for key, value in tree.items():
        out.append(f"{pad}{_quoted(key)}:\n")
        out += [dump_yaml(value, indent + 2)] if isinstance(value, dict) else [f"{pad}  - {_quoted(word)}\n" for word in value]
    return "".join(out)


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"
