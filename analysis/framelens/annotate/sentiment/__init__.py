"""TextBlob's and VADER's scores by sentence and voice, and toward groups. A tone score is a diagnostic, never called bias."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from framelens import schema
from framelens.annotate.sentiment.neutral import read_neutral, suffix_of
from framelens.annotate.sentiment.scorers import SCORERS, Scorer, read_scorers
from framelens.annotate.sentiment.targets import SENTENCE, WINDOWS, passages_of
from framelens.errors import SchemaError
from framelens.text.view import View, read_views

__all__ = ["SCORERS", "WINDOWS", "Tone", "score_sentences", "sentiment_of"]

ANY = "any"
LABEL_WORDS = ("left out", "kept")
Row = dict[str, Any]
Place = tuple[str, int, int, int, str, str | None, str, str]  # the first columns of a row


@dataclass(frozen=True)
class Tone:
    """What is scored.

    Attributes
    ----------
    neutralise : tuple of str
        Lists of words ("events", or paths of CSV files) without which everything is scored a second time.
    windows : tuple of {"sentence", "8 words"}
        What is scored toward a group; none, as by default: all text only.
    label_words : {"left out", "kept"}
        Whether a group's own labels count in the score toward it.

    Raises
    ------
    SchemaError
        A value is not allowed.

    Examples
    --------
    >>> Tone(neutralise="events").neutralise
    ('events',)
    >>> Tone(windows="paragraph")
    Traceback (most recent call last):
      ...
    framelens.errors.SchemaError: windows is 'paragraph'. Allowed: a list of sentence, 8 words, or an empty one.
    """

    neutralise: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()
    label_words: str = LABEL_WORDS[0]

    def __post_init__(self) -> None:
        for name, allowed in (("neutralise", "a list of 'events' and paths of .csv files"),
                              ("windows", f"a list of {', '.join(WINDOWS)}, or an empty one")):
            given = getattr(self, name)
            values = (given,) if isinstance(given, str) else given
            if not isinstance(values, list | tuple) or not all(isinstance(v, str) and v for v in values) or (
                    name == "windows" and not set(values) <= set(WINDOWS)):
                raise SchemaError(f"{name} is {given!r}. Allowed: {allowed}.")
            object.__setattr__(self, name, tuple(dict.fromkeys(values)))
        if self.label_words not in LABEL_WORDS:
            raise SchemaError(f"label_words is {self.label_words!r}. Allowed: {', '.join(LABEL_WORDS)}.")

    def __getstate__(self) -> dict[str, Any]:  # a worker reads its own scorers
        return {k: v for k, v in self.__dict__.items() if k != "scorers"}

    @property
    def about(self) -> dict[str, Any]:
        """What was asked, as it may be published: of files the names only."""
        return {"neutralise": [Path(name).name for name in self.neutralise], "windows": list(self.windows),
                "label_words": self.label_words}

    @cached_property
    def scorers(self) -> list[tuple[tuple[str, ...], Scorer]]:
        """The scorers, with what their scores are called."""
        scorers = list(read_scorers())
        if self.neutralise:
            suffix = suffix_of(self.neutralise)
            scorers += [(tuple(name + suffix for name in names), scorer)
                        for names, scorer in read_scorers(read_neutral(self.neutralise))]
        return scorers


def sentiment_of(view: View, voice: Sequence[Row], mentions: Sequence[Row] = (), tone: Tone | None = None) -> list[Row]:
    """Score the sentences of one article's body; one that spans voices is scored by segment.

    Toward the group of a label counts the segment in which the label begins, whatever its stance, referent or negation.
    """
    tone = tone or Tone()
    mentions = sorted(mentions, key=lambda row: (row["start"], row["end"])) if tone.windows else ()
    left_out = tone.label_words == LABEL_WORDS[0]
    rows: list[Row] = []
    at = 0
    for number, start, end, segment in _segments(view, voice):
        whole = (view.document_id, number, start, end, segment["voice"], segment["attribution_id"], ANY, SENTENCE)
        _score(rows, whole, view.text[start:end], tone)
        while at < len(mentions) and mentions[at]["start"] < start:
            at += 1
        first = at
        while at < len(mentions) and mentions[at]["start"] < end:
            at += 1
        if first < at:
            for passage in passages_of(view, (start, end), mentions[first:at], tone.windows):
                place = (*whole[:2], passage.start, passage.end, *whole[4:6], passage.group, passage.window)
                _score(rows, place, passage.read(view, left_out), tone)
    return rows


def _segments(view: View, voice: Sequence[Row]) -> Iterator[tuple[int, int, int, Row]]:
    """Yield the parts of the body's sentences in one voice that hold a word: number of the sentence, offsets, voice."""
    at = 0
    for number, sentence in enumerate(view.sentences):
        if sentence.zone != "body":
            continue
        while at < len(voice) and voice[at]["end"] <= sentence.start:
            at += 1
        k = at
        while k < len(voice) and voice[k]["start"] < sentence.end:
            start, end = max(sentence.start, voice[k]["start"]), min(sentence.end, voice[k]["end"])
            whole = start == sentence.start and end == sentence.end
            if sentence.first < sentence.last if whole else view.words_in(start, end):
                yield number, start, end, voice[k]
            k += 1


def _score(rows: list[Row], place: Place, text: str, tone: Tone) -> None:
    """Add a row for each score of a text."""
    document_id, sentence, start, end, voice, attribution_id, group, window = place
    for names, scorer in tone.scorers:
        scores, matched = scorer(text)
        for name, score in zip(names, scores, strict=True):  # a dict written out is made sooner than one that is copied
            rows.append({"document_id": document_id, "sentence": sentence, "start": start, "end": end, "voice": voice,
                         "attribution_id": attribution_id, "target_group": group, "window": window, "scorer": name,
                         "score": score, "matched": matched})


def score_sentences(documents: pd.DataFrame, zones: pd.DataFrame, voice: pd.DataFrame, mentions: pd.DataFrame | None = None, *,
                    neutralise: str | Sequence[str] = (), windows: str | Sequence[str] = WINDOWS,
                    label_words: str = "left out") -> pd.DataFrame:
    r"""Score every body sentence by voice with TextBlob and VADER, and toward the groups whose labels stand in it.

    Parameters
    ----------
    documents, zones, voice : DataFrame
        Tables of these names.
    mentions : DataFrame, optional
        The labels; without them nothing is scored toward a group.
    neutralise : str or list of str
        Lists of words that name events and not the telling of them: ``"events"``, the packaged one, and paths of CSV files
        (``word, class, forms, reason``). With them all is scored twice: as the scorer scores it (``vader_compound``), and as
        it would if these words were not in its lexicon (``vader_compound_without_events``).
    windows : list of {"sentence", "8 words"}
        What is scored toward a group: the segments in which one of its labels begins, and the words up to eight before and
        behind each label, but none beyond the segment. Windows of one group that overlap or touch are one. A segment with
        labels of two groups counts for both.
    label_words : {"left out", "kept"}
        Whether the labels of the group count in the score toward it. Left out, each of their words is read as "label", which
        neither scorer knows; "rioters" would else be scored for being called so.

    Returns
    -------
    DataFrame
        ``sentiment``: scorer ``textblob_polarity`` (-1 … 1), ``textblob_subjectivity`` (0 … 1) and ``vader_compound``
        (-1 … 1), exactly as the libraries score the passage; ``matched`` holds the words that made the score. A passage
        without a known word scores 0, as in both libraries. Target group ``any`` is all text.

    Raises
    ------
    SchemaError, LexiconError
        A table or an option is not as declared; a list cannot be read.

    Notes
    -----
    TextBlob: the mean :math:`\frac1K \sum_k p_k` of the :math:`K` assessments (known words with the negation, modifiers and
    exclamation marks that belong to them). VADER: :math:`S / \sqrt{S^2 + 15}`, S the sum of the valences after its rules of
    negation, degree, capitals and "but", and of its bonus for ! and ?. See ``docs/methods/tone.md``.

    References
    ----------
    De Smedt, T. & Daelemans, W. (2012). Pattern for Python. JMLR 13, 2063-2067.
    Hutto, C. J. & Gilbert, E. (2014). VADER: A parsimonious rule-based model for sentiment analysis of social media text.
    ICWSM 8(1), 216-225.

    Examples
    --------
    >>> documents = pd.DataFrame({"document_id": ["a"], "text": ["A good day."], "exclusion_reason": [None]})
    >>> zones = pd.DataFrame({"document_id": ["a"], "start": [0], "end": [11], "kind": ["body"], "rule": ["default"]})
    >>> voice = pd.DataFrame({"document_id": ["a"], "start": [0], "end": [11], "zone": ["body"], "voice": ["narrator"]})
    >>> score_sentences(documents, zones, voice)[["scorer", "score", "matched"]].round(4).values.tolist()
    [['textblob_polarity', 0.7, 'good'], ['textblob_subjectivity', 0.6, 'good'], ['vader_compound', 0.4404, 'good']]
    """
    tone = Tone(neutralise, windows, label_words)  # type: ignore[arg-type]  # it makes tuples of what is given
    by_document = schema.rows_by_document(voice.sort_values("start"))
    labels = {} if mentions is None else schema.rows_by_document(mentions)
    rows = [row for view in read_views(documents, zones)
            for row in sentiment_of(view, [{"attribution_id": None, **v} for v in by_document.get(view.document_id, [])],
                                    labels.get(view.document_id, []), tone)]
    return schema.validate(pd.DataFrame(rows), "sentiment") if rows else schema.empty("sentiment")
