"""The lexicon workbench: check a lexicon on a corpus, find candidates for it, test what hangs on it, bring it in and take it out."""
