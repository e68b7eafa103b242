"""The tests of this folder share what they score (``scoring``) and the pages made of it (``report``)."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
