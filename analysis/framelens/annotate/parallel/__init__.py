"""Parallel statements: what articles on one event tell alike, in which words, and what looks rewritten."""

from __future__ import annotations

from framelens.annotate.parallel.spellings import find_spellings
from framelens.annotate.parallel.statements import find_slots, find_statements
from framelens.annotate.parallel.suspects import assign_suspects, find_rewritten

__all__ = ["assign_suspects", "find_rewritten", "find_slots", "find_spellings", "find_statements"]
