"""Small invented corpora for the measures: complete tables from the few columns that a test cares about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.measure.coded import read_coded

GROUPS = {"protesters": {"side": "challenger", "stances": list(schema.STANCES)},
          "police": {"side": "official", "stances": ["delegitimising", "neutral"]}}
DEFAULTS: dict[str, dict[str, Any]] = {
    "documents": {"outlet": "Herald", "text": "An invented line."},
    "copies": {"copy_status": "original"},
    "sizes": {"zone": "body", "voice": "narrator", "n_words": 100, "n_sentences": 5},
    "mentions": {"start": 0, "end": 4, "surface": "crowd", "term": "crowd", "group": "protesters", "stance": "neutral",
                 "favours": "none", "zone": "body", "negated": False, "scare_quoted": False, "contested": False,
                 "voice": "narrator"},
    "attributions": {"type": "direct", "kind": "speech", "rule": "after_cue", "source_type": "police", "level": 1,
                     "n_words": 8},
    "sentences": {"start": 0, "end": 99, "paragraph": 0, "zone": "body", "voice": "narrator", "n_words": 10},
    "loaded": {"start": 0, "end": 4, "surface": "grim", "term": "grim", "loaded_class": "evaluative", "zone": "body",
               "voice": "narrator"},
    "sentiment": {"start": 0, "end": 9, "voice": "narrator", "target_group": "any", "scorer": "textblob", "score": 0.0},
}
KEYS = {"mentions": "mention_id", "attributions": "attribution_id", "sentiment": "sentence", "sentences": "sentence",
        "loaded": "loaded_id"}


def make(**tables: Sequence[dict[str, Any]]) -> Annotations:
    """Fill rows up to valid tables; articles without a cluster are one of their own."""
    rows = {name: tables.get(name, []) for name in DEFAULTS}
    if not rows["copies"]:
        ids = [row["document_id"] for row in rows["documents"]]
        rows["copies"] = [{"document_id": name, "cluster_id": name} for name in ids]
    full = {}
    for name, given in rows.items():
        numbered = [{KEYS.get(name, "sentence"): i if KEYS.get(name) == "sentence" else f"{name}{i}"} for i in range(len(given))]
        blank = dict.fromkeys(schema.TABLES[name].columns)
        filled = [{**blank, **DEFAULTS[name], **number, **row} for number, row in zip(numbered, given, strict=True)]
        full[name] = schema.validate(pd.DataFrame(filled), name) if filled else schema.empty(name)
        full[name] = full[name][list(schema.TABLES[name].columns)]
    return Annotations(full, {"groups": GROUPS})


@lru_cache(maxsize=50)  # a bundle is frozen, so that tests can share it
def draw(seed: int, *, outlets: Sequence[str] = ("Bugle", "Herald"), articles: int = 14) -> Annotations:
    """Draw a corpus in which everything varies: zones, voices, stances, kinds, copies across outlets, exclusions."""
    rng = np.random.default_rng(seed)
    ids = [f"a{i:03d}" for i in range(articles * len(outlets))]
    of = dict(zip(ids, np.repeat(list(outlets), articles), strict=True))
    documents = [{"document_id": d, "outlet": of[d], "publisher": f"{of[d]} online", "event": f"e{i % 3}",
                  "exclusion_reason": "no body" if i % 11 == 5 else None} for i, d in enumerate(ids)]
    copies = [{"document_id": d, "cluster_id": ids[2] if i in (2, articles + 1) else d} for i, d in enumerate(ids)]
    long = {"body": 5, "headline": 1}
    sizes = [{"document_id": d, "zone": zone, "voice": voice, "n_words": int(rng.integers(5, 60) * long[zone])}
             for d in ids for zone in schema.MEASURED_ZONES for voice in schema.VOICES if rng.random() < 0.9]
    sizes += [{"document_id": d, "zone": "byline", "voice": None, "n_words": 4} for d in ids]
    mentions, attributions, sentiment = [], [], []
    for row in sizes[:-len(ids)]:
        for _ in range(rng.poisson(row["n_words"] / 40)):
            group = rng.choice(list(GROUPS))
            mentions.append({**{c: row[c] for c in ("document_id", "zone", "voice")}, "group": group,
                             "stance": rng.choice(GROUPS[group]["stances"]), "negated": rng.random() < 0.1,
                             "contested": rng.random() < 0.1})
    for d in ids:
        attributions += [{"document_id": d, "type": rng.choice(["direct", "indirect", "mixed"]),
                          "kind": rng.choice(["speech", "claim", "attitude", "scare_quote"], p=[0.5, 0.2, 0.2, 0.1]),
                          "source_type": rng.choice(["police", "witness", "fire_service"]),
                          "originator_type": rng.choice(["police", "protester", None]),
                          "level": int(rng.choice([1, 1, 2]))} for _ in range(rng.poisson(6))]
        sentiment += [{"document_id": d, "voice": rng.choice(schema.VOICES),
                       "scorer": rng.choice(["textblob", "vader"]), "target_group": rng.choice(["any", "police"]),
                       "score": rng.choice([0, 0.4, -0.3, 0.15])}
                      for _ in range(rng.poisson(12))]
    sentences, loaded = draw_loaded(rng, [row for row in sizes if row["voice"]])
    return make(documents=documents, copies=copies, sizes=sizes, mentions=mentions, attributions=attributions,
                sentiment=sentiment, sentences=sentences, loaded=loaded)


def draw_loaded(rng, sizes):
    """Draw sentences, one after another in each article, and loaded words in them, some in another voice than theirs."""
    sentences, loaded = [], []
    ends = dict.fromkeys((row["document_id"] for row in sizes), 0)
    for row in sizes:
        for _ in range(rng.poisson(row["n_words"] / 30)):
            start = ends[row["document_id"]]
            ends[row["document_id"]] += 100
            place = {"document_id": row["document_id"], "zone": row["zone"]}
            sentences.append({**place, "voice": row["voice"], "start": start, "end": start + 99,
                              "n_words": int(rng.integers(3, 40))})
            loaded += [{**place, "voice": rng.choice([row["voice"], row["voice"], *schema.VOICES]), "start": start + k,
                        "end": start + k + 1, "loaded_class": rng.choice(schema.LOADED_CLASSES)}
                       for k in rng.integers(0, 99, rng.poisson(0.7))]
    return sentences, loaded


@pytest.fixture(scope="session")
def corpus() -> Callable[..., Annotations]:
    return make


@pytest.fixture(scope="session")
def drawn() -> Callable[..., Annotations]:
    return draw


@pytest.fixture(scope="session")
def pick() -> Callable[..., pd.Series]:
    """Take the one row of estimates with these values."""

    def one(estimates: pd.DataFrame, **values: Any) -> pd.Series:
        rows = estimates
        for column, value in values.items():
            rows = rows[rows[column] == value]
        assert len(rows) == 1, f"{len(rows)} rows of {values}"
        return rows.iloc[0]

    return one


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    """Return a function from marked texts to a bundle."""
    def read(texts):
        folder = tmp_path_factory.mktemp("coded")
        for name, text in texts.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
        return read_coded(folder)

    return read
