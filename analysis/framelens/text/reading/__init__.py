"""A sentence as rules read it: classes of words, items with punctuation, noun phrases and verb groups."""
