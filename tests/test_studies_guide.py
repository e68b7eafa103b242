"""What docs/studies.md says of kinds of source and shows as code is so."""

from __future__ import annotations

import re

import pytest

from framelens import schema
from framelens.pipeline import Study


@pytest.fixture
def guide(root):
    return (root / "docs" / "studies.md").read_text(encoding="utf-8")


def test_the_guide_lists_the_usual_kinds_of_source_and_their_sides(guide):
    listed = {kind: side for side, kinds in re.findall(r"^\| (\w+) \| (`.+`) \|$", guide, re.MULTILINE)
              for kind in re.findall(r"`(\w+)`", kinds)}
    assert listed == dict(schema.DEFAULT_SIDES)
    assert set(listed) == set(schema.SOURCE_TYPES)


def test_the_code_of_the_guide_runs(guide, root, monkeypatch):
    monkeypatch.chdir(root)
    monkeypatch.setattr(Study, "estimate", lambda self, found, quick=Study.estimate: quick(self, found, n_resamples=100))
    (code,) = re.findall(r"<!-- run -->\n```python\n(.*?)```", guide, re.DOTALL)
    shown: dict[str, object] = {}
    exec(code, shown)
    assert shown["source"] == "texts"
    assert set(shown["found"].mentions["document_id"]) <= set(shown["found"].documents["document_id"])
    described = shown["estimates"][shown["estimates"]["reference"].isna()]  # others compare: with "the rest", say
    assert set(described["outlet"].dropna()) == set(shown["found"].documents["outlet"])
