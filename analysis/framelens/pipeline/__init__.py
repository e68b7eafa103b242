"""From texts to annotations, and from a study's folder to its estimates and figures."""

from framelens.pipeline.articles import Annotator, annotate, annotate_document, explain, finalise_corpus
from framelens.pipeline.study import Study, read_study

__all__ = ["Annotator", "Study", "annotate", "annotate_document", "explain", "finalise_corpus", "read_study"]
