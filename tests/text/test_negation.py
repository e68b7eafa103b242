from __future__ import annotations

import pytest

from framelens.pipeline import explain


@pytest.mark.parametrize("text, negated", [
    ("There were no rioters.", True),
    ("They were not rioters.", True),
    ("They weren't a mob.", True),
    ("No violent protesters came.", True),
    ("There is no doubt protesters will return.", False),
    ("With no warning police opened fire.", False),
    ("There is no evidence rioters came.", False),
    ("“No,” protesters replied.", False),
    ("Not all protesters went home.", False),
    ("Not only protesters came.", False),
    ("Police did not disperse the crowd at the protest.", False),
])
def test_what_denies_a_label(text, negated):
    rows = explain(text).query("what == 'label'")
    assert ("negated" in rows["detail"].iloc[0]) is negated
