"""Invented estimates, in the form in which the measures write them."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from framelens import schema

GROUPS = ("protesters", "event", "security")
OUTLETS = ("The Northmere Courier and Evening Standard", "Gazette of the Free Orle Valley", "Herald", "Open Quay")
ARTICLES = ("000_0f1e2d3c4b5a6978", "001_a1b2c3d4e5f60718", "002_99887766554433aa", "003_1234567890abcdef",
            "004_fedcba0987654321")
BAR = {"ci_level": 0.95, "method": "cluster bootstrap, studentised, 2000 resamples", "seed": 0}
BARE = {"method": "description", "note": "Described only: too few."}


def _bar(rng: np.random.Generator, value: float, width: float, low: float = 0, high: float = 1) -> dict:
    return {"ci_low": max(low, value - width * rng.uniform(0.5, 1)),
            "ci_high": min(high, value + width * rng.uniform(0.5, 1)), **BAR}


def _rows(rng: np.random.Generator, place: dict, articles: int) -> list[dict]:
    """Measure one outlet or article as the measures would; intervals from 10 articles on."""
    few, own = articles < 10, np.random.default_rng(list(str(place).encode()))
    told = {**place, "corrected": False, "validated": False, "n_documents": articles, "n_clusters": articles, **BARE}
    rows: list[dict] = []
    for zone, group, voice in product(schema.MEASURED_ZONES, GROUPS, schema.VOICES):
        counts = rng.poisson([3.0 * articles**0.6 if voice == "narrator" else 0.6 * articles**0.6] * 3)
        cell = {**told, "zone": zone, "group": group, "voice": voice}
        for stance, n in zip(schema.STANCES, counts, strict=True):
            total = counts.sum()
            share = n / total if total else np.nan
            rows.append({**cell, "stance": stance, "measure": "label_count", "unit": "mentions", "estimate": n,
                         "n_units": n})
            bar = _bar(rng, share, 0.2) if not few and min(n, total - n) >= 5 else {}
            rows.append({**cell, "stance": stance, "measure": "label_share", "unit": "share", "estimate": share,
                         "n_units": total, **bar})
    for measure, mean in (("attribution_density", 30), ("reported_speech_density", 22)):
        value = rng.uniform(0.5, 1.5) * mean
        bar = {} if few else _bar(rng, value, 8, high=100)
        rows.append({**told, "measure": measure, "unit": "per 1,000 words", "estimate": value,
                     "n_units": round(value * articles / 5), **bar})
    for measure, mean in (("attributed_words_share", 0.5), ("reported_speech_words_share", 0.4)):
        value = own.uniform(0.5, 1.5) * mean
        bar = {} if few else _bar(own, value, 0.08)
        rows.append({**told, "measure": measure, "unit": "share", "estimate": value, "n_units": 521 * articles, **bar})
    forms = own.poisson([3.0 * articles, articles, 5.0 * articles])
    for form, n in zip(("direct", "mixed", "indirect"), forms, strict=True):
        rows.append({**told, "measure": f"{form}_count", "unit": "attributions", "estimate": n, "n_units": n})
        bar = {} if few or n < 12 else _bar(own, n / forms.sum(), 0.1)
        rows.append({**told, "measure": f"{form}_share", "unit": "share", "estimate": n / forms.sum(),
                     "n_units": forms.sum(), **bar})
    counts = rng.poisson(np.geomspace(2.0 * articles, 0.05, len(schema.SOURCE_TYPES)))
    counts[-4] = 0  # a kind of source that nobody cites
    for kind, n in zip(schema.SOURCE_TYPES, counts, strict=True):
        cell = {**told, "source_type": kind, "side": schema.DEFAULT_SIDES[kind]}
        rows.append({**cell, "measure": "source_type_count", "unit": "attributions", "estimate": n, "n_units": n})
        rows.append({**cell, "measure": "source_type_share", "unit": "share", "estimate": n / counts.sum(),
                     "n_units": counts.sum()})
    for scorer, voice in product(("textblob_polarity", "textblob_subjectivity"), schema.VOICES):
        value = rng.uniform(-0.12, 0.1) if scorer.endswith("polarity") else rng.uniform(0.2, 0.45)
        bar = {} if few else _bar(rng, value, 0.08, low=-1)
        rows.append({**told, "measure": "mean_sentiment", "unit": scorer, "scorer": scorer, "voice": voice,
                     "target_group": "any", "estimate": value, "n_units": int(rng.integers(3, 30)) * articles, **bar})
    return rows


def make_estimates(places: tuple[str, ...], by: str, articles: int, seed: int = 7) -> pd.DataFrame:
    """Make the estimates of a study."""
    rng = np.random.default_rng(seed)
    rows = []
    for place in places:
        named = {"outlet": place} if by == "outlet" else {"outlet": "an outlet", "document_id": place}
        rows += _rows(rng, named, articles)
    return schema.validate(pd.DataFrame(rows), "estimates")


@pytest.fixture(scope="session")
def demo() -> pd.DataFrame:
    """Four outlets of twelve articles, with intervals."""
    return make_estimates(OUTLETS, "outlet", 12)


@pytest.fixture(scope="session")
def small() -> pd.DataFrame:
    """Five single articles with long names, without intervals."""
    return make_estimates(ARTICLES, "document_id", 1, seed=3)


@pytest.fixture(scope="session")
def seven() -> pd.DataFrame:
    """Seven outlets of a hundred articles."""
    return make_estimates(tuple(f"Outlet {letter} of the Capital" for letter in "ABCDEFG"), "outlet", 130, seed=5)


@pytest.fixture(scope="session")
def multiverse() -> pd.DataFrame:
    """A multiverse in which every choice matters, as measured of two invented outlets; few labels in the narrow voice."""
    from framelens import Annotations
    from framelens.measure.balance import measure_balance
    from framelens.measure.multiverse import measure_multiverse

    rng = np.random.default_rng(4)
    ids = [f"{outlet[0]}{i}" for outlet in ("Herald", "Bugle") for i in range(16)]
    documents = pd.DataFrame({"document_id": ids, "outlet": ["Herald"] * 16 + ["Bugle"] * 16})
    voices = rng.choice(["narrator", "indirect"], (len(ids), 5), p=[0.45, 0.55])
    rows = [{"document_id": d, "zone": "body", "voice": voice, "group": "protesters", "negated": False,
             "contested": bool(rng.random() < 0.2), "referent": str(rng.choice(schema.REFERENTS, p=[0.7, 0.15, 0.15])),
             "term": str(rng.choice(["mob", "crowd", "thug"])),
             "stance": "delegitimising" if rng.random() < (0.6 if d[0] == "H" else 0.35) else "neutral"}
            for d, own in zip(ids, voices, strict=True) for voice in own if d[-1] not in "02" or voice == "indirect"]
    statuses = rng.choice(["original", "republished", "suspect_paraphrase"], len(ids), p=[0.8, 0.1, 0.1])
    found = Annotations({
        "documents": documents, "mentions": pd.DataFrame(rows),
        "copies": pd.DataFrame({"document_id": ids, "cluster_id": ids, "copy_status": statuses}),
        "sizes": pd.DataFrame([{"document_id": d, "zone": "body", "voice": voice, "n_words": 100}
                               for d, voice in product(ids, schema.VOICES)])})
    return measure_multiverse(found, measure_balance, sides=("Herald", "Bugle"), only={
        "measure": "label_choice_share", "zone": "body", "group": "protesters", "stance": "delegitimising"})


ABOUT = {"framelens": "0.0.1", "lexicon": {"name": "invented", "version": "3", "sha256": "f" * 64, "terms": 7}}


@pytest.fixture(scope="session")
def written(demo: pd.DataFrame, small: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two studies, as `make figures` leaves it; read only."""
    from framelens.report.gallery import write_gallery, write_study

    folder = tmp_path_factory.mktemp("figures")
    write_study(demo, folder / "demo", ABOUT, title="An invented [event]")
    write_study(small, folder / "small", ABOUT, labels={ARTICLES[0]: "A (agency)"})
    write_gallery(folder)
    return folder
