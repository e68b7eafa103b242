"""What docs/methods/tone.md shows is what comes out."""

from __future__ import annotations

import doctest


def test_the_examples_of_the_page_run(root):
    failed, tried = doctest.testfile(str(root / "docs" / "methods" / "tone.md"), module_relative=False)
    assert (failed, tried > 5) == (0, True)
