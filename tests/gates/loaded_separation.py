"""How far loaded words tell loaded sentences from plain ones, beside the length of the sentence; and rates on real news.

    PYTHONPATH=analysis python tests/gates/loaded_separation.py            # print the tables
    PYTHONPATH=analysis python tests/gates/loaded_separation.py --write    # put them into docs/methods
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import rankdata

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "properties"))
from scoring import KNOWN, annotate_demo, read_us_election
from tables import METHODS, show

from framelens import io, schema
from framelens.annotate.bundle import Annotations
from framelens.measure.loaded import measure_loaded
from framelens.text.tokens import spans

DOCUMENT = METHODS / "loaded.md"
MARKS = KNOWN / "loaded"
FILES = {  # in the order of the table: file, events, who marked
    "demo_read": ("1 to 6", "writer of the lexicon, before it"), "second/demo_read": ("1 to 6", "blind reader"),
    "demo_held": ("7 to 12", "blind reader"), "second/demo_held": ("7 to 12", "second blind reader"),
}
QUESTIONS = {"loaded against plain": {"loaded"}, "loaded or label against plain": {"loaded", "label"}}
SCORES = {"loaded words": "any", "loaded words per word": "rate", "framing only": "framing", "belief only": "belief",
          "labels with a stance": "label", "loaded words and labels": "any+label"}
ALONE, LENGTH = "loaded words", "words"
ALIKE = 3  # sentences whose lengths differ by no more words are of like length
RESAMPLES, SEED = 2000, 0
STANCES = ("delegitimising", "legitimising")


def auc(score: np.ndarray, marked: np.ndarray) -> float:
    """Return the area under the ROC curve: the chance that a marked sentence scores higher than another, ties counting half."""
    n, rest = int(marked.sum()), int((~marked).sum())
    if not n or not rest:
        return np.nan
    return float((rankdata(score)[marked].sum() - n * (n + 1) / 2) / (n * rest))


def auc_alike(score: np.ndarray, marked: np.ndarray, length: np.ndarray) -> float:
    """Return the same over the pairs of like length only."""
    alike = np.abs(length[marked][:, None] - length[~marked][None, :]) <= ALIKE
    difference = np.sign(score[marked][:, None] - score[~marked][None, :])[alike]
    return float((difference + 1).mean() / 2) if alike.any() else np.nan


def intervals(table: pd.DataFrame, columns: list[str], marked: np.ndarray) -> dict[str, np.ndarray]:
    """Return for each score 95 % intervals of AUC minus that of length, and of AUC among sentences of like length.

    Articles are drawn anew, the same for all scores.
    """
    rng = np.random.default_rng(SEED)
    articles = [np.flatnonzero(table["document_id"] == name) for name in sorted(set(table["document_id"]))]
    scores, length = table[columns].to_numpy(float).T, table[LENGTH].to_numpy(float)
    found = np.empty((RESAMPLES, len(columns), 2))
    for drawn in found:
        k = np.concatenate([articles[i] for i in rng.integers(0, len(articles), len(articles))])
        base = auc(length[k], marked[k])
        drawn[:] = [(auc(score[k], marked[k]) - base, auc_alike(score[k], marked[k], length[k])) for score in scores]
    return dict(zip(columns, np.nanpercentile(found, [2.5, 97.5], axis=0).transpose(1, 2, 0), strict=True))


def scored(annotations: Annotations, name: str) -> pd.DataFrame:
    """Read the marks of a file and count, in each sentence, what stands in the narrator's voice."""
    marks = io.read_csv(MARKS / f"{name}.csv").astype({"start": int, "end": int})
    mentions = annotations.mentions
    mentions = mentions[mentions["stance"].isin(STANCES) & ~mentions["negated"].astype(bool)].assign(loaded_class="label")
    own = pd.concat([annotations.loaded, mentions])
    own = own[own["voice"] == "narrator"]
    kinds = {**schema.LOADED_KINDS, "label": ("label",)}
    kinds |= {"any": kinds["framing"] + kinds["belief"]}
    kinds |= {"any+label": (*kinds["any"], "label")}
    texts = annotations.documents.set_index("document_id")["text"]
    rows = []
    for mark in marks.itertuples():
        inside = own[(own["document_id"] == mark.document_id) & own["start"].between(mark.start, mark.end - 1)]
        counts = {column: int(inside["loaded_class"].isin(kinds[column]).sum()) for column in kinds}
        n_words = len(spans(texts[mark.document_id][mark.start:mark.end]))
        rows.append({"document_id": mark.document_id, "mark": mark.mark, LENGTH: n_words, **counts,
                     "rate": counts["any"] / n_words})
    return pd.DataFrame(rows)


def separation() -> Iterator[str]:
    """Write, for each file of marks and question, the AUC of length and of each score, with intervals."""
    heads = ("events", "reader", "question", "marked / plain", "score", "AUC", "minus that of length", "beside length",
             "AUC, like length", "beyond length")
    yield f"| {' | '.join(heads)} |"
    yield "| --- | --- | --- | ---: | --- | ---: | ---: | --- | ---: | --- |"
    told = []
    for file, (events, reader) in FILES.items():
        if not (MARKS / f"{file}.csv").is_file():
            continue
        every = scored(annotate_demo(), file)
        for question, wanted in QUESTIONS.items():
            table = every[every["mark"].isin([*wanted, "plain"])]
            marked = table["mark"].isin(wanted).to_numpy()
            length = table[LENGTH].to_numpy(float)
            base = auc(length, marked)
            first = (events, reader, question, f"{marked.sum()} / {(~marked).sum()}")
            yield f"| {' | '.join(first)} | length of the sentence | {base:.2f} | | | {auc_alike(length, marked, length):.2f} | |"
            bounds = intervals(table, list(SCORES.values()), marked)
            for name, column in SCORES.items():
                score = table[column].to_numpy(float)
                (low, high), (least, most) = bounds[column]
                verdict = "better" if low > 0 else "worse" if high < 0 else "not told apart"
                more = "more than length" if least > 0.5 else "no more shown"
                value = auc(score, marked)
                if name == ALONE:
                    told.append((verdict, more))
                yield (f"| | | | | {name} | {value:.2f} | {value - base:+.2f} [{low:+.2f}, {high:+.2f}] | {verdict} | "
                       f"{auc_alike(score, marked, length):.2f} [{least:.2f}, {most:.2f}] | {more} |")
    counts = [sum(word in row for row in told) for word in ("better", "worse", "more than length")]
    yield ""
    yield (f"By the number of loaded words alone, of {len(told)} comparisons with the length of the sentence {counts[0]} are "
           f"better, {counts[1]} worse, and in {counts[2]} it says more than length among sentences of like length.")


def hits() -> Iterator[str]:
    """Write how often a sentence with a loaded word is marked, and how often a marked one has such a word."""
    yield "| events | reader | sentences with a loaded word | of these marked loaded or label | loaded sentences found |"
    yield "| --- | --- | ---: | ---: | ---: |"
    for file, (events, reader) in FILES.items():
        if (MARKS / f"{file}.csv").is_file():
            table = scored(annotate_demo(), file)
            found, loaded = table["any"] > 0, table["mark"] == "loaded"
            right = found & (table["mark"] != "plain")
            yield f"| {events} | {reader} | {found.sum()} | {right.sum()} | {(found & loaded).sum()} of {loaded.sum()} |"


def by_outlet() -> Iterator[str]:
    """Write the rates of the demonstration's outlets in their own voice, beside the length of their sentences."""
    estimates = measure_loaded(annotate_demo())
    own = estimates[(estimates["zone"] == "body") & (estimates["voice"] == "narrator")]
    yield "| outlet | words per sentence | loaded words per 1,000 | share of sentences | labels with a stance per 1,000 |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for outlet, rows in own.groupby("outlet"):
        of = rows.set_index(["measure", rows["loaded_class"].fillna("")])["estimate"]
        yield (f"| {outlet} | {of['words_per_sentence', '']:.1f} | {of['loaded_rate', 'any']:.1f} | "
               f"{of['loaded_sentence_share', 'any']:.3f} | {of['loaded_rate', 'label']:.1f} |")


def rates() -> Iterator[str]:
    """Write the rate of each class by voice in US campaign news, all outlets together."""
    found = read_us_election()
    estimates = measure_loaded(found)
    estimates = estimates[estimates["zone"] == "body"]
    yield f"| per 1,000 words, {len(found.documents)} articles | {' | '.join(schema.VOICES)} |"
    yield "| --- | ---: | ---: | ---: |"
    table = estimates[estimates["measure"] == "loaded_rate"].set_index(["loaded_class", "voice"])
    for name in schema.LOADED_ROWS:
        cells = [f"{r.estimate:.2f} [{r.ci_low:.2f}, {r.ci_high:.2f}]" for r in (table.loc[(name, v)] for v in schema.VOICES)]
        yield f"| {name} | {' | '.join(cells)} |"
    for name, form in (("words_per_sentence", ".1f"), ("loaded_sentence_share", ".2f")):
        of = estimates[(estimates["measure"] == name) & estimates["loaded_class"].isin(["any", np.nan])].set_index("voice")
        yield f"| {name} | {' | '.join(format(of.loc[v, 'estimate'], form) for v in schema.VOICES)} |"


def classes() -> Iterator[str]:
    """Write the classes with kind, number of entries, examples, source and reason, as the packaged files have them."""
    entries = io.parse_csv(io.packaged_text("loaded.csv"), "loaded.csv")
    table = io.parse_csv(io.packaged_text("loaded_classes.csv"), "loaded_classes.csv")
    yield "| class | kind | entries | why it is loaded | after |"
    yield "| --- | --- | ---: | --- | --- |"
    for row in table.itertuples():
        cells = (f"`{row[1]}`", row.kind, str((entries["class"] == row[1]).sum()), row.reason, row.source)
        yield f"| {' | '.join(cells)} |"


TABLES = {"classes": classes, "separation": separation, "hits": hits, "by outlet": by_outlet, "rates": rates}

if __name__ == "__main__":
    for title, lines in TABLES.items():
        show(lines(), title, DOCUMENT)
