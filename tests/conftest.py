"""What all tests share: the material, and small corpora."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
VARIABLE = "FRAMELENS_MATERIAL"
sys.path.insert(0, str(ROOT / "tests"))  # for what several tests share: command


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def material() -> Path:
    """The folder of development texts that may not be published; tests that need them skip where it is not named."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        pytest.skip(f"needs development texts that are not published: set {VARIABLE} to their folder")
    path = Path(folder)
    assert path.is_dir(), f"{VARIABLE} names {folder}, which is no folder"
    return path


@pytest.fixture
def make_documents():
    """Return a function from texts to documents."""

    def make(*texts: str, outlet: str = "Post") -> pd.DataFrame:
        from framelens import schema

        rows = {"document_id": [f"d{i}" for i in range(len(texts))], "outlet": outlet, "text": list(texts)}
        return schema.validate(pd.DataFrame(rows), "documents")

    return make


settings.register_profile("framelens", deadline=None, derandomize=True, max_examples=60)  # the same cases at every run
settings.load_profile("framelens")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where the material is named, a test that skips for want of it has failed."""
    report = yield
    if report.skipped and os.environ.get(VARIABLE) and VARIABLE in str(report.longrepr):
        report.outcome = "failed"
    return report
