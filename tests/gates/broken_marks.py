"""Damage one quotation mark of a sound paragraph, and count which quoted words are found again.

    FRAMELENS_MATERIAL=folder python tests/gates/broken_marks.py    # on the demonstration's texts, and on PolNeAR
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterable
from pathlib import Path

import scoring

from framelens.text.quotes import Quote, find_quotes
from framelens.text.sentences import paragraphs

_WORD = re.compile(r"\w+")
_SINGLE = {"“": "‘", "”": "’", '"': "'", "''": "'"}
_OTHER = {"“": '"', "”": '"', '"': "''", "''": '"'}
KINDS = ("closing lost", "opening lost", "closing single", "opening single", "closing of another shape")


def _outer(text: str) -> list[Quote]:
    return [q for q in find_quotes(text, [(0, len(text))]) if q.level == 1]


def _quoted(text: str) -> list[bool]:
    """Say of each word whether it stands in a quotation."""
    found = _outer(text)
    return [any(q.start <= word.start() < q.end for q in found) for word in _WORD.finditer(text)]


def damage(text: str, quote: Quote, kind: str) -> str:
    """Lose a mark of a quotation, or set another for it."""
    start, end = (quote.start, quote.inner_start) if kind.startswith("opening") else (quote.inner_end, quote.end)
    shapes = {} if kind.endswith("lost") else _SINGLE if kind.endswith("single") else _OTHER
    return text[:start] + shapes.get(text[start:end], "") + text[end:]


def measure(texts: Iterable[str], seed: int = 0) -> dict[str, float]:
    """Damage one quotation of every paragraph whose marks are sound double ones; return precision and recall of quoted words."""
    chance = random.Random(seed)
    counts = {kind: [0, 0, 0] for kind in KINDS}
    for text in texts:
        for low, high in paragraphs(text):
            paragraph = text[low:high]
            quotes = _outer(paragraph)
            sound = [q for q in quotes
                     if q.closed and {paragraph[q.start:q.inner_start], paragraph[q.inner_end:q.end]} <= _OTHER.keys()]
            if not quotes or len(sound) < len(quotes):
                continue
            quote, before = chance.choice(sound), _quoted(paragraph)
            for kind in KINDS:
                after = _quoted(damage(paragraph, quote, kind))
                if len(after) == len(before):  # else two words became one
                    both = sum(a and b for a, b in zip(before, after, strict=True))
                    counts[kind] = [c + n for c, n in zip(counts[kind], (both, sum(after), sum(before)), strict=True)]
    return {f"{name} {kind}": both / max(1, n) for kind, (both, found, there) in counts.items()
            for name, n in (("precision", found), ("recall", there))}


def demo_texts() -> list[str]:
    """Read the demonstration's texts."""
    return scoring.read_demo().documents["text"].tolist()


def main() -> None:
    """Print the shares."""
    corpora = {"demo": demo_texts()}
    if "FRAMELENS_MATERIAL" in os.environ:
        material = Path(os.environ["FRAMELENS_MATERIAL"])
        corpora |= {f"PolNeAR {c}": scoring.read_polnear(material, c).documents["text"].tolist() for c in ("train", "dev")}
    for corpus, texts in corpora.items():
        for name, share in measure(texts).items():
            print(f"{corpus:14} {name:38} {share:.3f}")


if __name__ == "__main__":
    main()
