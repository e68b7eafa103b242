"""What is scored against what: readers' marks, PolNeAR and the seed articles, as bundles that the package's scorer takes."""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from functools import cache
from pathlib import Path

import pandas as pd

from framelens import io, read_coded, schema
from framelens.annotate.attribution import find_attributions
from framelens.annotate.bundle import Annotations
from framelens.corpus.ingest import read_corpus
from framelens.measure._spans import Tokens
from framelens.pipeline import annotate, read_study
from framelens.text.quotes import find_quotes
from framelens.text.sentences import paragraphs

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "data" / "demo"
KNOWN = ROOT / "tests" / "known"
WORLD = KNOWN / "world"
AGENCY = KNOWN / "agency"
HELD_OUT = ("e07", "e08", "e09", "e10", "e11", "e12")  # marks that no rule or list was adjusted to
HOME = {"home": ["Kazakhstan", "Kazakh", "Kazakhs"]}  # where the seed articles play: all that framelens is told of them
_MARK = re.compile(r"[\"“”]|''|``")


def read_floors(corpus: str) -> list[tuple[str, float]]:
    """Read the floors of one corpus, by measure and contrast."""
    return list(tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))[corpus].items())


def part(annotations: Annotations, ids) -> Annotations:
    """Take some of the articles."""
    kept = {name: table[table["document_id"].isin(list(ids))] for name, table in annotations.tables.items()}
    return Annotations(kept, annotations.about)


def bundle(documents: pd.DataFrame, attributions: list[dict], spans: list[dict], mentions: pd.DataFrame | None = None):
    """Make a bundle of rows that need not have every column."""
    columns = ["attribution_id", "document_id", "type", "kind", "source_type", "level", "parent_id", "rule"]
    tables = {"documents": documents, "attributions": pd.DataFrame(attributions, columns=columns),
              "attribution_spans": pd.DataFrame(spans, columns=["attribution_id", "document_id", "role", "start", "end"])}
    return Annotations(tables if mentions is None else {**tables, "mentions": mentions})


# The demonstration corpus

def read_demo(second: bool = False) -> Annotations:
    """Read the readers' marks."""
    return read_coded(DEMO / "gold" / "second" if second else DEMO / "gold")


@cache  # a bundle is frozen, so that tests can share it
def annotate_demo() -> Annotations:
    """Annotate the demonstration as its study does."""
    annotations, source = read_study(DEMO).annotate()
    assert source == "texts"
    return annotations


def held_out(annotations: Annotations) -> Annotations:
    """Take the articles whose marks nothing was adjusted to."""
    return part(annotations, [d for d in annotations.documents["document_id"] if d.endswith(HELD_OUT)])


def read_quotes(annotations: Annotations) -> Annotations:
    """Give what a reader of quotation marks alone finds: each quotation an attribution, all else the narrator's."""
    texts = annotations.documents.set_index("document_id")["text"].dropna()
    quotes = {d: [q for q in find_quotes(text, list(paragraphs(text))) if q.level == 1] for d, text in texts.items()}
    rows = [{"attribution_id": f"{d}:{q.start}", "document_id": d, "type": "direct", "level": 1, "start": q.start, "end": q.end,
             "role": "content"} for d, found in quotes.items() for q in found]
    mentions = annotations.tables.get("mentions")
    if mentions is not None:
        inside = [any(q.start <= start < q.end for q in quotes[d])
                  for d, start in zip(mentions["document_id"], mentions["start"], strict=True)]
        mentions = mentions.assign(voice=["direct" if i else "narrator" for i in inside])
    return bundle(annotations.documents, rows, rows, mentions)


# World news, invented

def read_world(sets: str, *, second: bool = False) -> Annotations:
    """Read the readers' marks of some sets: "abcde", say; a second reader marked half of j and k."""
    index = io.read_csv(WORLD / "index.csv")
    return part(read_coded(WORLD / ("second" if second else "gold")), index.loc[index["set"].isin(list(sets)), "document_id"])


@cache
def annotate_world() -> Annotations:
    """Annotate every article as one who says in which country it plays."""
    documents = read_coded(WORLD / "gold").documents
    homes = io.read_csv(WORLD / "index.csv").set_index("document_id")["home"].str.split(";")
    each = [annotate(documents[documents["document_id"] == d], study={"home": homes[d]}).tables for d in documents["document_id"]]
    return Annotations({name: pd.concat([tables[name] for tables in each], ignore_index=True) for name in each[0]})


# Clauses of violence and harm

def read_agency(name: str) -> Annotations:
    """Read the marks of a file of ``known/agency``: "demo_read", "demo_held", "world_c", "seeds"; an article may have none."""
    marks = io.read_csv(AGENCY / f"{name}.csv").astype({"start": int, "end": int})
    kind, _, part_ = name.rpartition("/")[2].partition("_")  # "second/demo_held" is another reader's
    if kind == "demo":
        documents = read_demo().documents
        held = documents["document_id"].str.endswith(HELD_OUT)
        documents = documents[held if part_ == "held" else ~held]
    elif kind == "world":
        documents = read_world(part_).documents
    else:
        documents = read_seeds().documents
    return Annotations({"documents": documents.reset_index(drop=True), "agency": marks})


# PolNeAR (Newell et al. 2018): no texts and no marks of it stand in the project

def read_polnear(material: Path, compartment: str = "dev") -> Annotations:
    """Read PolNeAR, all of whose attributions are outermost; their types are read off the quotation marks."""
    with gzip.open(material / "corpora" / "polnear" / f"{compartment}.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    documents = pd.DataFrame([{"document_id": a["id"], "outlet": a["outlet"], "text": a["text"]} for a in articles])
    attributions, spans = [], []
    for article in articles:
        for number, said in enumerate(article["attributions"]):
            name = f"{article['id']}:{number}"
            attributions.append({"attribution_id": name, "document_id": article["id"], "level": 1})
            spans += [{"attribution_id": name, "document_id": article["id"], "role": role, "start": start, "end": end}
                      for role in schema.ROLES for start, end in said[role]]
    return with_types(bundle(documents, attributions, spans))


def annotate_polnear(gold: Annotations) -> Annotations:
    """Find the attributions of texts that are body from end to end, outermost ones without scare quotes being scored."""
    documents = schema.validate(gold.documents, "documents")
    zones = documents[["document_id"]].assign(start=0, end=documents["text"].str.len(), kind="body", rule="whole text")
    attributions, spans = find_attributions(documents, zones)
    return with_types(Annotations({"documents": documents, "attributions": attributions, "attribution_spans": spans}))


def with_types(annotations: Annotations) -> Annotations:
    """Read the types off the double quotation marks: direct where 90 % of the words stand in them, indirect where none does."""
    spans = annotations.attribution_spans
    contents = {name: list(zip(rows["start"], rows["end"], strict=True))
                for name, rows in spans[spans["role"] == "content"].groupby("attribution_id")}
    tokens, quoted = {}, {}
    for d, text in zip(annotations.documents["document_id"], annotations.documents["text"], strict=True):
        tokens[d], inside = Tokens(text), _quoted(text)
        quoted[d] = {i for i, start in enumerate(tokens[d].starts) if inside[start]}

    def find_type(name: str, d: str) -> str:
        every = tokens[d].covered(contents.get(name, ()))
        words = every & tokens[d].words or every
        share = len(words & quoted[d]) / max(1, len(words))
        return "direct" if share >= 0.9 else "mixed" if share else "indirect"

    said = annotations.attributions
    types = [find_type(*row) for row in zip(said["attribution_id"], said["document_id"], strict=True)]
    return Annotations({**annotations.tables, "attributions": said.assign(type=types)}, annotations.about)


def _quoted(text: str) -> list[bool]:
    """Say of each character whether it stands in double quotation marks; the end of a line closes them."""
    inside = [False] * (len(text) + 1)
    at = 0
    for line in text.split("\n"):
        opened = None
        for mark in [*_MARK.finditer(text, at, at + len(line)), None]:
            closes = mark is None or mark.group() not in ("“", "``")
            if opened is not None and closes:
                end = at + len(line) if mark is None else mark.start()
                inside[opened:end] = [True] * (end - opened)
                opened = None
            elif opened is None and mark is not None and mark.group() != "”":
                opened = mark.end()
        at += len(line) + 1
    return inside


# US campaign news: the committed tables, which a test holds to be what the texts give

@cache
def read_us_election() -> Annotations:
    """Read the text-free tables of the study, its seven outlets as one."""
    found = Annotations.load(ROOT / "data" / "us-election-2016" / "tables")
    return found.replace(documents=found.documents.assign(outlet="all seven"))


# The seed articles: offsets only stand in the project

def read_seeds() -> Annotations:
    """Read the marks of the seed articles; their texts are taken from what is scored."""
    rows = io.read_csv(KNOWN / "seed_attributions.csv").astype({"start": int, "end": int})
    rows["attribution_id"] = rows["document_id"] + ":" + rows["attribution"]
    said = rows.drop_duplicates("attribution_id")
    parents = said["document_id"] + ":" + said["parent"]  # missing where there is none
    above = dict(zip(said["attribution_id"], parents, strict=True))

    def level(name: str) -> int:
        return 1 + level(above[name]) if isinstance(above[name], str) else 1

    said = said.assign(parent_id=parents, level=[level(name) for name in said["attribution_id"]], rule="coded")
    mentions = io.read_csv(KNOWN / "seed_mentions.csv").astype({"start": int, "end": int})
    ids = sorted({*rows["document_id"], *mentions["document_id"]})
    return bundle(pd.DataFrame({"document_id": ids, "outlet": "unknown"}), said.to_dict("records"), rows.to_dict("records"),
                  mentions)


def annotate_seeds(material: Path) -> Annotations:
    """Annotate the seed articles as anybody would who says in which country they play."""
    return annotate(read_corpus(material / "seeds"), study=HOME)
