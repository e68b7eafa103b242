"""Named exceptions and one category of warnings. Every message says what is wrong, where, and how to mend it."""

from __future__ import annotations

__all__ = [
    "CorpusError", "CueError", "FramelensError", "FramelensWarning", "LexiconError", "MarksError", "SchemaError", "StudyError",
]


class FramelensError(Exception):
    """The base of all errors that framelens raises on purpose."""


class FramelensWarning(UserWarning):
    """Something goes on that is most likely not meant. Silence it with :func:`warnings.simplefilter`, by this name."""


class SchemaError(FramelensError):
    """A table is not as :mod:`framelens.schema` declares it."""


class CorpusError(FramelensError):
    """A corpus cannot be read: a column, a row or a file is missing, double, empty or unreadable."""


class LexiconError(FramelensError):
    """A lexicon file breaks the lexicon format."""


class CueError(FramelensError):
    """A cue list or a source list breaks its format."""


class MarksError(FramelensError):
    """Inline marks of a hand-annotated text do not fit together."""


class StudyError(FramelensError):
    """A study folder is incomplete or contradicts itself."""
