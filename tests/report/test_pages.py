"""Figures of more outlets or articles than a page holds."""

from __future__ import annotations

import pandas as pd
import pytest

from framelens.errors import SchemaError
from framelens.report.plots import composition, density, labels, sources
from framelens.report.plots.plan import Given
from framelens.report.plots.sources import plot_source_types
from printed import Drawn


def test_more_articles_than_a_page_holds_stand_on_further_pages(small):
    many = pd.concat([small.assign(document_id=small["document_id"] + f" {n}") for n in range(6)])
    for plan in (labels.PLAN, density.PLAN, sources.PLAN, composition.PLAN):
        pages = list(plan.draw(Given(many)))
        assert len(pages) > 1
        assert [f.name for f in pages] == [plan.name, *(f"{plan.name}_{n}" for n in range(2, len(pages) + 1))]
        rows = [f.data[f.data["reference"].isna()] for f in pages]
        assert [article for part in rows for article in part["document_id"].unique()] == list(many["document_id"].unique())
        for f in pages:
            assert not Drawn(f.figure).faults(), f.name


def test_more_columns_than_a_figure_holds_are_refused_with_their_number(small):
    many = pd.concat([small.assign(document_id=small["document_id"] + f" {n}") for n in range(2)])
    with pytest.raises(SchemaError, match=r"10 outlets or articles do not fit a figure of 89 mm in 7-point.*at most 7 do"):
        plot_source_types(many)
