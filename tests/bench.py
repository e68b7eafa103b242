"""Speed, as ratios against a named baseline in the same run, and how cost grows: `make bench`.

The baseline is the loop that a user would write first: TextBlob(sentence).sentiment over the sentences of the articles, each
made a TextBlob and scored. Two rows stand against it: all steps of an article, and ``annotate()``, which makes tables of them
and finds copies and credits.
Words are remembered, and what scorers made of them: rows are of texts whose words have been met, but those of "new words", which
are first runs. Each step by itself is quicker than among others, which take the processor's cache from it: they do not add up.
Tokens are those that accuracy is counted on (words and marks, decision 31); text to rows is reading and attribution, without
tables; ``find_attributions`` is that with them. Seconds are of the processor, steps are timed in turn, and Python's search for
cycles rests, as in ``timeit``: the loop leaves a class behind at every call, so that its pace with it depends on what else
is in memory (by as much as a third, always to our advantage).
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
from textblob import TextBlob

from framelens import read_corpus, schema
from framelens.annotate.agency import agency_of
from framelens.annotate.attribution import attributions_of, find_attributions
from framelens.annotate.facts import facts_of, read_fact_words
from framelens.annotate.loaded import loaded_of
from framelens.annotate.sentiment import WINDOWS, Tone, sentiment_of
from framelens.annotate.sentiment.scorers import read_scorers
from framelens.annotate.sources import sources_of
from framelens.annotate.voice import voice_of
from framelens.corpus.zones import split_zones
from framelens.measure._spans import Tokens
from framelens.pipeline import Annotator, annotate, annotate_document
from framelens.text.view import read_view

TEXTS = Path(__file__).resolve().parents[1] / "data" / "demo" / "texts"
REPEAT = 5
READY = "Ready, said Roe."


def seconds_of(work: Callable[[], object]) -> float:
    """Time one run."""
    gc.collect()
    gc.disable()
    start = time.process_time()
    work()
    taken = time.process_time() - start
    gc.enable()
    return taken


def best(steps: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Return the quickest of a few runs of each step, run in turn: noise only ever slows."""
    rounds = [{name: seconds_of(work) for name, work in steps.items()} for _ in range(REPEAT)]
    return {name: min(times[name] for times in rounds) for name in steps}


def main() -> None:
    """Print the table."""
    documents = read_corpus(TEXTS)
    annotator = Annotator.read("protest")
    annotate_document("a", READY, annotator)  # lexicons and the libraries' own files are read
    texts = list(zip(documents["document_id"], documents["text"], strict=True))
    first = {"whole article, new words": seconds_of(lambda: [annotate_document(d, t, annotator) for d, t in texts])}
    zones = {d: split_zones(t) for d, t in texts}
    views = [read_view(d, t, zones[d], measured=schema.MEASURED_ZONES) for d, t in texts]
    spoken = [attributions_of(v, annotator.cues) for v in views]
    sourced = [sources_of(v, *a, annotator.gazetteer) for v, a in zip(views, spoken, strict=True)]
    voices = [voice_of(v, a, spans) for v, a, (_, spans) in zip(views, sourced, spoken, strict=True)]
    tokens = sum(len(Tokens(t).starts) for _, t in texts)
    table = pd.DataFrame([(d, *z) for d, _ in texts for z in zones[d]], columns=["document_id", "start", "end", "kind", "rule"])
    sentences = [v.text[s.start:s.end] for v in views for s in v.sentences]
    labels = [annotator.finder(v) for v in views]
    toward = Tone(windows=WINDOWS)
    steps: dict[str, Callable[[], object]] = {
        "baseline: TextBlob(sentence).sentiment": lambda: [TextBlob(s).sentiment for s in sentences],
        "zones": lambda: [split_zones(t) for _, t in texts],
        "words, sentences, quotations": lambda: [read_view(d, t, zones[d], measured=schema.MEASURED_ZONES) for d, t in texts],
        "labels": lambda: [annotator.finder(v) for v in views],
        "agency, sentences read anew": lambda: [agency_of(v, m, annotator.violence) for v, m in zip(views, labels, strict=True)],
        "reported numbers, sentences read anew": lambda: [
            facts_of(v, m, read_fact_words()) for v, m in zip(views, labels, strict=True)],
        "loaded words": lambda: [loaded_of(v, m, annotator.loaded) for v, m in zip(views, labels, strict=True)],
        "attributions": lambda: [attributions_of(v, annotator.cues) for v in views],
        "sources: who speaks": lambda: [sources_of(v, *a, annotator.gazetteer) for v, a in zip(views, spoken, strict=True)],
        "text to attribution rows": lambda: [
            attributions_of(read_view(d, t, zones[d], measured=schema.MEASURED_ZONES), annotator.cues) for d, t in texts],
        "find_attributions (tables and checks too)": lambda: find_attributions(documents, table),
        **{f"tone: {names[0].split('_')[0]}, sentences": lambda score=score: [score(s) for s in sentences]
           for names, score in read_scorers()},
        "tone by voice, three scores": lambda: [sentiment_of(v, s) for v, s in zip(views, voices, strict=True)],
        "tone by voice and toward groups": lambda: [
            sentiment_of(v, s, m, toward) for v, s, m in zip(views, voices, labels, strict=True)],
        "whole article (all steps)": lambda: [annotate_document(d, t, annotator) for d, t in texts],
        "annotate() (tables, copies, credits too)": lambda: annotate(documents),
    }
    read_scorers.cache_clear()
    [score(READY) for _, score in read_scorers()]
    first["tone: both, sentences, new words"] = seconds_of(lambda: [score(s) for _, score in read_scorers() for s in sentences])
    times = best(steps) | first
    baseline = times["baseline: TextBlob(sentence).sentiment"]
    print(f"{len(texts)} articles, {tokens:,} tokens, one core, best of {REPEAT}\n")
    print(f"{'step':42}{'tokens/s':>12}{'time / baseline':>18}")
    for name, seconds in times.items():
        print(f"{name:42}{tokens / seconds:12,.0f}{seconds / baseline:18.2f}")
    print(f"\n{'articles':>10}{'annotate(), s':>16}{'per article, ms':>18}")
    corpora = {}
    for factor in (1, 2, 4):
        copies = [documents.assign(document_id=documents["document_id"] + f"-{i}") for i in range(factor)]
        corpora[factor * len(documents)] = pd.concat(copies, ignore_index=True)
    for number, seconds in best({str(n): (lambda many=many: annotate(many)) for n, many in corpora.items()}).items():
        print(f"{number:>10}{seconds:16.2f}{1000 * seconds / int(number):18.1f}")


if __name__ == "__main__":
    main()
