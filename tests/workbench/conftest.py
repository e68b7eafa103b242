"""The demonstration and the invented news on migration, annotated once; the tests share ``held_out``."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from framelens.measure.coded import read_coded
from framelens.pipeline import annotate, read_study

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def demo_study(root):
    return read_study(root / "data" / "demo")


@pytest.fixture(scope="session")
def demo(demo_study):
    return demo_study.annotate()[0]


@pytest.fixture(scope="session")
def migration_marks(root):
    return read_coded(root / "tests" / "known" / "migration" / "gold")


@pytest.fixture(scope="session")
def migration(migration_marks):
    documents = migration_marks.documents
    posts = documents["document_id"].str.startswith("post")
    return annotate(documents.assign(outlet=posts.map({True: "Sandmark Post", False: "Brenna Chronicle"})), "migration")
