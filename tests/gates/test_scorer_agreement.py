"""The page on tone shows how far the scorers agree as it is measured."""

from __future__ import annotations

import scorer_agreement


def test_the_page_shows_what_is_measured():
    page = scorer_agreement.PAGE.read_text(encoding="utf-8")
    assert scorer_agreement.write_page(page) == page, "run: python tests/gates/scorer_agreement.py --write"
