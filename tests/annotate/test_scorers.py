"""Scores are equal to the libraries' own, to the last bit: on the demonstration, on real news and on nasty text."""

from __future__ import annotations

import gzip
import json
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from textblob import TextBlob, _text, en
from vaderSentiment import vaderSentiment

from framelens import read_corpus
from framelens.annotate.sentiment.scorers import SCORERS, read_scorers
from framelens.text.sentences import paragraphs, sentences

WITHOUT = frozenset({"killed", "violent", "dead", "crisis", "attack", "force", "very"})


@cache
def reference(without: frozenset[str] = frozenset()):
    """Return the two libraries as they are, or with words taken out of their lexicons."""
    analyser = vaderSentiment.SentimentIntensityAnalyzer()
    library = en.Sentiment(path=en.sentiment.path, synset="wordnet_id", negations=("no", "not", "n't", "never"),
                           modifiers=("RB",), modifier=lambda w: w.endswith("ly"), tokenizer=en.parser.find_tokens)
    library.load()
    for word in without:
        analyser.lexicon.pop(word, None)
        dict.pop(library, word, None)
    return library if without else en.sentiment, analyser


def check(text: str, without: frozenset[str] = frozenset()) -> None:
    """Other implementations: TextBlob(text).sentiment of textblob, polarity_scores(text) of vaderSentiment."""
    library, analyser = reference(without)
    (_, textblob), (_, vader) = read_scorers(without)
    scores, matched = textblob(text)
    found = library(text)
    assert scores == tuple(found) and (without or scores == tuple(TextBlob(text).sentiment)), text
    assert (matched or "") == "; ".join(" ".join(part[0]) for part in found.assessments), text
    assert vader(text)[0][0] == analyser.polarity_scores(text)["compound"], text


def split(text: str) -> list[str]:
    return [text[low + start:low + end] for low, high in paragraphs(text) for start, end in sentences(text[low:high])]


def test_scores_of_the_demonstration(root):
    parts = [part for text in read_corpus(root / "data" / "demo" / "texts")["text"] for part in [text, *split(text)]]
    assert len(parts) > 900
    for part in parts:
        check(part)
        check(part, WITHOUT)


@pytest.mark.material
def test_scores_of_real_sentences(material):
    """A failure names no sentence: logs are read by many."""
    with gzip.open(material / "corpora" / "polnear" / "train.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    texts += [file.read_text(encoding="utf-8") for file in (material / "seeds").glob("*.txt")]
    parts = [part for text in texts for part in split(text)][::3]
    assert len(parts) > 5000
    (_, textblob), (_, vader) = read_scorers()
    analyser = reference()[1]
    unequal = [i for i, part in enumerate(parts) if textblob(part)[0] != tuple(TextBlob(part).sentiment)
               or vader(part)[0][0] != analyser.polarity_scores(part)["compound"]]
    assert unequal == []


NASTY = (  # what the libraries' rules look at, and what their splitting trips over
    "! !! !!!! ? ?? ???? (!) (!!) ( ) [ ] { } , ; : - -- . .. ... .... ' \" “ ” ‘ ’ '' `` * & ^ ~ _ = < > <3 / \\ | # @ % $ + "
    ":) ;-) :( :'( :-/ :D xD XD 8) 8-) o.O >.> :-. :s :c =( :3 (2018) 2018 3 1,000 2.5 $1.2m 50% U.S. U.S.A. a.m. e.g. Mr. Mrs. "
    "Dr. etc. orig. St. T. n't 's don't isn't isn’t can't won’t aint ain't cannot Roe's Roe’s rioters' 'tis o'clock n't's "
    "END-OF-SENTENCE https://a.example/good?x=bad&y=1 www.b.example a@b.example #great @bad far-right well- -being kind-of "
    "least at very so this never without doubt or nor no not none neither NOT No NEVER hardly barely rarely despite but BUT But "
    "kind of sort of just enough kind Kind of KIND more most the shit the bomb bad ass badass bus stop yeah right kiss of death "
    "to die for beating heart upper hand in the red ok lol good GOOD Good gooD bad BAD great terrible terribly violent violently "
    "killed dead very VERY really extremely slightly kinda uber effing isn hope love hate :| :-) peace war attack crisis force "
    "a A I is it of on be x p o d s b c 3 8 É ÉTAT naïve İstanbul ß ﬁne ＧＯＯＤ straße Ω σς 中文 😀 😡😡 ❤ ❤️ ♥ © ™ 👍🏽 °o° _ "
    "END-OF-SENTENCE. good! bad? (good) “good” ‘good’ \"bad\" 'bad' good, good; good: good... good.” good.) not-good un-good"
).split()
GAPS = [" ", " ", " ", " ", "  ", "", "", "\n", "\n\n", "\r\n\r\n", "\t", "\xa0", "\u2009", "\u200b", "\x85", "\x1c"]


@cache
def vocabulary() -> list[str]:
    """Everything that either library knows, whatever it is."""
    faces = [face for group in _text.EMOTICONS.values() for face in group]
    vader = reference()[1]
    return sorted({*en.sentiment.keys(), *vader.lexicon, *vaderSentiment.BOOSTER_DICT, *vaderSentiment.NEGATE, *faces,
                   *vaderSentiment.SPECIAL_CASES, *_text.ABBREVIATIONS, *vader.emojis})


pieces = st.one_of(st.sampled_from(NASTY), st.sampled_from(vocabulary()), st.sampled_from(vocabulary()).map(str.upper),
                   st.text(max_size=6))


@settings(max_examples=2500)
@given(st.lists(st.tuples(pieces, st.sampled_from(GAPS)), max_size=14), st.booleans())
@example([], False)
@example([(" ", "")], False)
@example([("8", ""), (")", " "), ("so", " "), (":", " "), ("(", " ")], False)
@example([("good:", " "), ("END-OF-SENTENCE", "\x85"), (")", "\n\n")], False)
@example([("great", " "), ("match", " "), ("!", " "), ("good", "")], False)
@example([("not", " "), ("a", " "), ("to", " "), ("die", " "), ("for", " "), ("GOOD", "!!!")], True)
def test_scores_of_nasty_text(parts, neutralised):
    check("".join(word + gap for word, gap in parts), WITHOUT if neutralised else frozenset())


@pytest.mark.parametrize("mark", [*"(\"“”'!.-_:)*", "(!)", ":)", "good-", "not ", "é"])
def test_scores_of_long_runs(mark):
    check(mark * 3000 + " good")


def test_scores_beside_each_word_of_the_rules():
    """Every abbreviation, degree word, negation and phrase of the libraries, and the mark of a line's end, before and behind."""
    words = {*_text.ABBREVIATIONS, _text.EOS, *vaderSentiment.BOOSTER_DICT, *vaderSentiment.NEGATE, *vaderSentiment.SPECIAL_CASES,
             *(word for phrase in vaderSentiment.SPECIAL_CASES for word in phrase.split()), "least", "at least", "or", "so", "no"}
    for word in sorted(words):
        for frame in ("not {} good", "very {} good", "{} good bad", "never been {} a good day", "GOOD {}", "no {} good!"):
            check(frame.format(word))


@settings(max_examples=600)
@given(st.text(alphabet="goodbaGOODBA'’.!?:;()-8xDoO3<> \n“”\"n t😀", max_size=30))
def test_scores_of_noise(text):
    check(text)


@pytest.mark.parametrize(("text", "textblob", "vader"), [
    ("not good", "not good", "good"), ("A VERY good day!", "very good !", "good"), ("The march began.", None, None),
    ("no good reason", "no good", "good"), ("GREAT news, but a sad day", "great; sad", "GREAT; sad"),
])
def test_matched_words_are_those_that_made_the_score(text, textblob, vader):
    assert [score(text)[1] for _, score in read_scorers()] == [textblob, vader]


def test_names_of_scores():
    assert tuple(name for names, _ in read_scorers() for name in names) == SCORERS
