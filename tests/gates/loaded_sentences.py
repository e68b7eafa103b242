"""Sentences of the demonstration in the outlets' own voice, drawn for readers who mark them as loaded or plain.

    PYTHONPATH=analysis python tests/gates/loaded_sentences.py OUT.csv              # write both samples with their text, shuffled
    PYTHONPATH=analysis python tests/gates/loaded_sentences.py MARKED.csv --keep    # keep a blind reader's marks, without text
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))
from scoring import HELD_OUT, KNOWN, annotate_demo

from framelens import io
from framelens.annotate.bundle import Annotations

COPIES = ("herald-e03", "openquay-e09")  # agency copy: not the outlet's own words, and twice in the sample
PER_OUTLET = 50
LEAST_WORDS = 4
SEED = 20220105
MARKS = {"loaded", "label", "plain"}


def narrated(annotations: Annotations) -> pd.DataFrame:
    """Take the body's sentences of four words and more of which most are the narrator's."""
    documents = annotations.documents.set_index("document_id")
    rows = []
    for document_id, own in annotations.voice.groupby("document_id"):
        text = documents.at[document_id, "text"]
        inside = annotations.sentences[annotations.sentences["document_id"] == document_id]
        for s in inside[inside["zone"] == "body"].itertuples():
            held: dict[str, int] = {}
            for v in own[(own["start"] < s.end) & (own["end"] > s.start)].itertuples():
                held[v.voice] = held.get(v.voice, 0) + len(text[max(s.start, v.start):min(s.end, v.end)].split())
            if 2 * held.get("narrator", 0) > sum(held.values()) >= LEAST_WORDS:
                rows.append((document_id, documents.at[document_id, "outlet"], s.start, s.end, text[s.start:s.end]))
    return pd.DataFrame(rows, columns=["document_id", "outlet", "start", "end", "text"])


def samples(annotations: Annotations) -> Iterator[pd.DataFrame]:
    """Draw the same number of sentences from each outlet: of the articles that may be read, then of those held out."""
    every = narrated(annotations)
    every = every[~every["document_id"].isin(COPIES)]
    held = every["document_id"].str.endswith(HELD_OUT)
    for sentences in (every[~held], every[held]):
        rng = np.random.default_rng(SEED)
        drawn = [own.iloc[np.sort(rng.permutation(len(own))[:PER_OUTLET])] for _, own in sentences.groupby("outlet")]
        yield pd.concat(drawn).iloc[rng.permutation(sum(map(len, drawn)))]  # one outlet after another would be read as one


def keep(marked: pd.DataFrame) -> None:
    """Write a blind reader's marks, without text, beside those of the lexicon's writer."""
    strange = set(marked["mark"]) - MARKS
    if strange:
        sys.exit(f"Column mark: {sorted(map(str, strange))}; each sentence is one of {', '.join(sorted(MARKS))}.")
    marked = marked[["document_id", "start", "end", "mark"]].astype({"start": int, "end": int})
    marked = marked.sort_values(["document_id", "start"])
    held = marked["document_id"].str.endswith(HELD_OUT)
    for name, rows in (("demo_held", marked[held]), ("second/demo_read", marked[~held])):
        io.write_csv(rows, KNOWN / "loaded" / f"{name}.csv")


if __name__ == "__main__":
    if "--keep" in sys.argv:
        keep(io.read_csv(sys.argv[1]))
        sys.exit()
    table = pd.concat(samples(annotate_demo())).drop(columns="outlet").assign(mark="")
    io.write_csv(table, sys.argv[1])
    sys.stdout.write(f"{len(table)} sentences\n")
