"""The lexicon workbench: check a lexicon, find candidates for it, test what hangs on its terms, import and export it."""
