"""The study data/us-election-2016: its texts and corpus.csv out of PolNeAR, the reference that figures draw, and its numbers.

    FRAMELENS_MATERIAL=… PYTHONPATH=analysis python tests/gates/us_election.py texts FOLDER      # the articles, as .txt
    FRAMELENS_MATERIAL=… PYTHONPATH=analysis python tests/gates/us_election.py corpus --write    # its corpus.csv
    PYTHONPATH=analysis python tests/gates/us_election.py reference --write  # framelens/reference/us_campaign_news.csv
    PYTHONPATH=analysis python tests/gates/us_election.py numbers --write    # how the outlets differ, and how not: README.md

Without --write the tables are printed.

The first two read train and dev of the corpus as JSON lines (id, outlet, published, text). The others need the study's
text-free tables alone. Numbers, names of outlets and single words are printed, no text.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1] / "properties"))
from tables import show

from framelens import io, schema
from framelens.annotate.bundle import Annotations
from framelens.measure.balance import measure_balance
from framelens.measure.contrasts import compare
from framelens.measure.sourcing import measure_sourcing
from framelens.measure.tone import measure_tone
from framelens.pipeline import read_study

ROOT = Path(__file__).parents[2]
STUDY = ROOT / "data" / "us-election-2016"
REFERENCE = ROOT / "analysis" / "framelens" / "reference" / "us_campaign_news.csv"
OUTLETS = {"breitbart": "Breitbart", "huff-post": "Huffington Post", "nyt": "New York Times", "politico": "Politico",
           "usa-today": "USA Today", "wash-post": "Washington Post", "west-journal": "Western Journalism"}
WRITE, KEY = "--write", 0.05
DENSITIES = ("attributed_words_share", "reported_speech_words_share", "attribution_density", "reported_speech_density")
SAID = "US campaign news, November 2015 to October 2016: 924 articles of seven outlets (data/us-election-2016)."


def read_corpus(material: Path) -> pd.DataFrame:
    """Read the articles, numbered within their outlet by day and hash: the corpus's own ids hold words of headlines."""
    articles = []
    for part in ("train", "dev"):
        with gzip.open(material / "corpora" / "polnear" / f"{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
            articles += [json.loads(line) for line in lines]
    table = pd.DataFrame({"code": [a["outlet"] for a in articles], "published": [a["published"] for a in articles],
                          "text": [a["text"] for a in articles], "licence": "none stated", "language": "en",
                          "text_sha256": [io.sha256(a["text"].encode()) for a in articles]})
    table = table.sort_values(["code", "published", "text_sha256"], ignore_index=True)
    numbers = table.groupby("code").cumcount() + 1
    return table.assign(document_id=[f"{code}-{n:03}" for code, n in zip(table["code"], numbers, strict=True)],
                        outlet=table["code"].map(OUTLETS))


def write_texts(articles: pd.DataFrame, folder: Path) -> None:
    """Write each article as <document_id>.txt."""
    for name, text in zip(articles["document_id"], articles["text"], strict=True):
        io.write_bytes(text.encode(), folder / f"{name}.txt")


def corpus_of(articles: pd.DataFrame) -> pd.DataFrame:
    """Take what corpus.csv holds."""
    return articles[["document_id", "outlet", "published", "licence", "language", "text_sha256"]]


def measure_reference(annotations: Annotations) -> pd.DataFrame:
    """Measure how much is attributed, outlet by outlet and in all articles together."""
    own = measure_sourcing(annotations, by="outlet")
    whole = annotations.documents.assign(event="all")
    over_all = measure_sourcing(annotations.replace(documents=whole), by="event").assign(outlet=None, contrast=None)
    rows = pd.concat([over_all, own], ignore_index=True)
    rows = rows[rows["measure"].isin(DENSITIES)].assign(note=SAID).sort_values("measure", kind="stable")
    return schema.validate(rows.reset_index(drop=True), "estimates")


# What is asked of the study: each question is one family of tests, of each outlet against all others together (Holm). Of
# the tests of a family with many rows those are shown that are named here; all of them count.
QUESTIONS: Mapping[str, tuple[Callable[..., pd.DataFrame], Mapping[str, object], str, tuple[str, ...]]] = {
    "how much is attributed": (measure_sourcing, {"measure": list(DENSITIES[:2])}, "measure", DENSITIES[:2]),
    "in whose voice": (measure_sourcing, {"measure": "voice_words_share"}, "voice", schema.VOICES),
    "who is cited": (measure_sourcing, {"measure": "source_type_share"}, "source_type",
                     ("politician", "news_agency", "expert", "company", "unnamed")),
    "delegitimising labels in its own voice": (
        measure_balance, {"measure": "label_choice_share", "zone": "body", "voice": schema.OWN_WIDE, "stance": "delegitimising"},
        "group", ("migrants", "trump", "clinton", "rivals", "media")),
    "tone of its own words": (measure_tone, {"measure": "mean_sentiment", "voice": "narrator"}, "scorer",
                              ("textblob_polarity", "vader_compound")),
}


def difference_lines(annotations: Annotations) -> Iterator[str]:
    """Write a row for each number asked, a column for each outlet: its difference from the others, bold where told apart."""
    outlets = list(OUTLETS.values())
    yield f"| number | {' | '.join(outlets)} |"
    yield f"| --- |{' --: |' * len(outlets)}"
    for question, (measure, only, column, shown) in QUESTIONS.items():
        rows = compare(annotations, measure, by="outlet", reference="rest", only=only)
        tests, told = int(rows["p_value"].notna().sum()), int((rows["q_value"] <= KEY).sum())
        yield f"| **{question}**: told apart in {told} of {tests} tests |{' |' * len(outlets)}"
        for value in shown:
            own = rows[rows[column] == value].set_index("contrast")
            cells = (_cell(own.loc[f"{outlet} minus rest"]) for outlet in outlets)
            yield f"| {value.replace('_', ' ')} | {' | '.join(cells)} |"


def _cell(row: pd.Series) -> str:
    """Write a difference with its interval; a dash where there are too few for one."""
    if pd.isna(row["ci_low"]):
        return "–"
    text = f"{row['estimate']:+.3f} [{row['ci_low']:.3f}, {row['ci_high']:.3f}]".replace("-", "−").replace("0.", ".")
    return f"**{text}**" if row["q_value"] <= KEY else text


def main(arguments: list[str]) -> None:
    """Do what is asked."""
    if arguments[:1] in (["texts"], ["corpus"]):
        material = os.environ.get("FRAMELENS_MATERIAL")
        if not material:
            sys.exit("Set FRAMELENS_MATERIAL to the folder that holds corpora/polnear.")
        articles = read_corpus(Path(material))
        if arguments[0] == "texts":
            write_texts(articles, Path(arguments[1]))
        elif WRITE in arguments:
            io.write_csv(corpus_of(articles), STUDY / "corpus.csv")
        else:
            print(corpus_of(articles).to_string())
        return
    annotations = read_study(STUDY).annotate()[0]
    if arguments[:1] == ["reference"]:
        rows = measure_reference(annotations)
        if WRITE in arguments:
            io.write_csv(rows.dropna(axis=1, how="all"), REFERENCE)
        else:
            print(rows.to_string())
    elif arguments[:1] == ["numbers"]:
        show(difference_lines(annotations), "differences", STUDY / "README.md")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
