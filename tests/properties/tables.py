"""Where the scripts of this folder (and of the gates) put their tables: between two marks in a document."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

METHODS = Path(__file__).parents[2] / "docs" / "methods"


def show(lines: Iterable[str], name: str, document: Path = METHODS / "statistics.md") -> None:
    """Print the lines, or with --write put them between ``<!-- name: begin -->`` and ``<!-- name: end -->``."""
    table = "\n".join(lines)
    if "--write" not in sys.argv[1:]:
        print(table)
        return
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, found, rest = document.read_text(encoding="utf-8").partition(begin)
    after = rest.partition(end)[2]
    assert found and end in rest, f"{document} has no marks for {name}"
    document.write_text(f"{before}{begin}\n{table}\n{end}{after}", encoding="utf-8")
