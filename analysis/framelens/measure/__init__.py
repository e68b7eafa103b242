"""From annotations to estimates: labelling, sourcing and tone, each number with its evidence and its doubt."""
