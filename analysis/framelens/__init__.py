"""framelens: how news outlets frame the same events, and in whose voice.

The names below are the public ones. Each is loaded on first use, so that ``import framelens`` is quick and brings in
neither pandas nor matplotlib.
"""

from __future__ import annotations

import sys
from importlib import import_module
from inspect import signature
from types import ModuleType
from typing import TYPE_CHECKING, Any

_HOMES = {
    "framelens.annotate.agency": ("find_agency",),
    "framelens.annotate.attribution": ("find_attributions",),
    "framelens.annotate.bundle": ("Annotations",),
    "framelens.annotate.convert": ("attributions_from_spans",),
    "framelens.annotate.facts": ("find_facts",),
    "framelens.annotate.labels": ("find_mentions",),
    "framelens.annotate.loaded": ("find_loaded",),
    "framelens.annotate.parallel": ("assign_suspects", "find_rewritten", "find_slots", "find_spellings", "find_statements"),
    "framelens.annotate.sentiment": ("score_sentences",),
    "framelens.annotate.sources": ("assign_sources",),
    "framelens.annotate.voice": ("assign_voice",),
    "framelens.corpus.copies": ("find_copied_spans", "find_copies", "find_copy_pairs"),
    "framelens.corpus.credits": ("find_credits",),
    "framelens.corpus.events": ("assign_events",),
    "framelens.corpus.ingest": ("read_corpus",),
    "framelens.corpus.zones": ("find_zones",),
    "framelens.io": ("read_table", "write_table"),
    "framelens.lexicon": ("Lexicon", "read_lexicon"),
    "framelens.lexicon.agencies": ("read_agencies",),
    "framelens.measure.accuracy": ("measure_accuracy",),
    "framelens.measure.balance": ("measure_balance",),
    "framelens.measure.agency": ("measure_agency",),
    "framelens.measure.coded": ("read_coded",),
    "framelens.measure.contrasts": ("compare",),
    "framelens.measure.distance": ("measure_distance",),
    "framelens.measure.events": ("compare_events",),
    "framelens.measure.facts": ("find_disagreements",),
    "framelens.measure.keyness": ("measure_keyness",),
    "framelens.measure.keyness.rates": ("measure_term_rates",),
    "framelens.measure.keyness.design": ("find_design", "simulate_shares", "simulate_terms"),
    "framelens.measure.label_sources": ("measure_label_sources",),
    "framelens.measure.label_terms": ("measure_label_terms",),
    "framelens.measure.labelling": ("measure_labelling",),
    "framelens.measure.loaded": ("measure_loaded",),
    "framelens.measure.model": ("model_rates",),
    "framelens.measure.multiverse": ("measure_multiverse",),
    "framelens.measure.omission": ("count_omissions", "find_omissions"),
    "framelens.measure.reference": ("read_reference",),
    "framelens.measure.scorer_agreement": ("measure_scorer_agreement",),
    "framelens.measure.selection": ("select_annotations",),
    "framelens.measure.sourcing": ("measure_sourcing",),
    "framelens.measure.sourcing.conduits": ("measure_conduits",),
    "framelens.measure.tone": ("measure_tone",),
    "framelens.pipeline": ("Study", "annotate", "explain", "read_study"),
    "framelens.pipeline.spacy_docs": ("attributions_from_spacy",),
    "framelens.report.concordance": ("find_in_context", "find_labels_in_context", "find_quotations"),
    "framelens.report.evidence": ("find_evidence",),
    "framelens.report.plots.agency": ("plot_agency",),
    "framelens.report.plots.composition": ("plot_composition",),
    "framelens.report.plots.conduits": ("plot_conduits",),
    "framelens.report.plots.density": ("plot_attribution_density",),
    "framelens.report.plots.distance": ("plot_distance",),
    "framelens.report.plots.keyness": ("plot_keyness",),
    "framelens.report.plots.labels": ("plot_labelling",),
    "framelens.report.plots.multiverse": ("plot_multiverse",),
    "framelens.report.plots.reported": ("plot_reported",),
    "framelens.report.plots.sensitivity": ("plot_sensitivity",),
    "framelens.report.plots.sentiment": ("plot_sentiment",),
    "framelens.report.plots.sources": ("plot_source_types",),
    "framelens.report.plots.statements": ("plot_statements",),
    "framelens.report.style": ("journal_style",),
    "framelens.schema": ("validate",),
    "framelens.stats.simulation": ("Design",),
    "framelens.workbench.candidates": ("find_candidates",),
    "framelens.workbench.check": ("check_lexicon", "measure_coverage"),
    "framelens.workbench.formats": ("find_losses", "read_dictionary", "write_lexicon"),
    "framelens.workbench.sensitivity": ("measure_sensitivity",),
    "framelens.workbench.stances": ("find_disputed", "measure_stance_agreement", "read_stances", "recode", "with_stances"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}
__all__ = ["__version__", *sorted(_HOME)]  # noqa: PLE0604  # names are strings, made above


class _Named(ModuleType):
    """A sub-package that bears the name of a public function (``framelens.annotate``) and can be called as that."""

    def _function(self) -> Any:
        name = self.__name__.rpartition(".")[2]
        return getattr(import_module(_HOME[name]), name)

    def __call__(self, *args: Any, **options: Any) -> Any:
        return self._function()(*args, **options)

    @property
    def __doc__(self) -> str:  # type: ignore[override]  # what help() shows
        return str(self._function().__doc__)

    @property
    def __signature__(self) -> Any:
        return signature(self._function())


class _Package(ModuleType):
    def __setattr__(self, name: str, value: Any) -> None:
        # The import system sets a sub-package as an attribute of its parent, over the function of the same name.
        if name in _HOME and isinstance(value, ModuleType):
            value.__class__ = _Named
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("framelens")
    if name not in _HOME:
        raise AttributeError(f"module 'framelens' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    return globals().setdefault(name, value)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


if TYPE_CHECKING:  # what a type checker and an editor see
    from framelens.annotate.agency import find_agency as find_agency
    from framelens.annotate.attribution import find_attributions as find_attributions
    from framelens.annotate.bundle import Annotations as Annotations
    from framelens.annotate.convert import attributions_from_spans as attributions_from_spans
    from framelens.annotate.facts import find_facts as find_facts
    from framelens.annotate.labels import find_mentions as find_mentions
    from framelens.annotate.loaded import find_loaded as find_loaded
    from framelens.annotate.parallel import assign_suspects as assign_suspects
    from framelens.annotate.parallel import find_rewritten as find_rewritten
    from framelens.annotate.parallel import find_slots as find_slots
    from framelens.annotate.parallel import find_spellings as find_spellings
    from framelens.annotate.parallel import find_statements as find_statements
    from framelens.annotate.sentiment import score_sentences as score_sentences
    from framelens.annotate.sources import assign_sources as assign_sources
    from framelens.annotate.voice import assign_voice as assign_voice
    from framelens.corpus.copies import find_copied_spans as find_copied_spans
    from framelens.corpus.copies import find_copies as find_copies
    from framelens.corpus.copies import find_copy_pairs as find_copy_pairs
    from framelens.corpus.credits import find_credits as find_credits
    from framelens.corpus.events import assign_events as assign_events
    from framelens.corpus.ingest import read_corpus as read_corpus
    from framelens.corpus.zones import find_zones as find_zones
    from framelens.io import read_table as read_table
    from framelens.io import write_table as write_table
    from framelens.lexicon import Lexicon as Lexicon
    from framelens.lexicon import read_lexicon as read_lexicon
    from framelens.lexicon.agencies import read_agencies as read_agencies
    from framelens.measure.accuracy import measure_accuracy as measure_accuracy
    from framelens.measure.agency import measure_agency as measure_agency
    from framelens.measure.balance import measure_balance as measure_balance
    from framelens.measure.coded import read_coded as read_coded
    from framelens.measure.contrasts import compare as compare
    from framelens.measure.distance import measure_distance as measure_distance
    from framelens.measure.events import compare_events as compare_events
    from framelens.measure.facts import find_disagreements as find_disagreements
    from framelens.measure.keyness import measure_keyness as measure_keyness
    from framelens.measure.keyness.design import find_design as find_design
    from framelens.measure.keyness.design import simulate_shares as simulate_shares
    from framelens.measure.keyness.design import simulate_terms as simulate_terms
    from framelens.measure.keyness.rates import measure_term_rates as measure_term_rates
    from framelens.measure.label_sources import measure_label_sources as measure_label_sources
    from framelens.measure.label_terms import measure_label_terms as measure_label_terms
    from framelens.measure.labelling import measure_labelling as measure_labelling
    from framelens.measure.loaded import measure_loaded as measure_loaded
    from framelens.measure.model import model_rates as model_rates
    from framelens.measure.multiverse import measure_multiverse as measure_multiverse
    from framelens.measure.omission import count_omissions as count_omissions
    from framelens.measure.omission import find_omissions as find_omissions
    from framelens.measure.reference import read_reference as read_reference
    from framelens.measure.scorer_agreement import measure_scorer_agreement as measure_scorer_agreement
    from framelens.measure.selection import select_annotations as select_annotations
    from framelens.measure.sourcing import measure_sourcing as measure_sourcing
    from framelens.measure.sourcing.conduits import measure_conduits as measure_conduits
    from framelens.measure.tone import measure_tone as measure_tone
    from framelens.pipeline import Study as Study
    from framelens.pipeline import annotate as annotate
    from framelens.pipeline import explain as explain
    from framelens.pipeline import read_study as read_study
    from framelens.pipeline.spacy_docs import attributions_from_spacy as attributions_from_spacy
    from framelens.report.concordance import find_in_context as find_in_context
    from framelens.report.concordance import find_labels_in_context as find_labels_in_context
    from framelens.report.concordance import find_quotations as find_quotations
    from framelens.report.evidence import find_evidence as find_evidence
    from framelens.report.plots.agency import plot_agency as plot_agency
    from framelens.report.plots.composition import plot_composition as plot_composition
    from framelens.report.plots.conduits import plot_conduits as plot_conduits
    from framelens.report.plots.density import plot_attribution_density as plot_attribution_density
    from framelens.report.plots.distance import plot_distance as plot_distance
    from framelens.report.plots.keyness import plot_keyness as plot_keyness
    from framelens.report.plots.labels import plot_labelling as plot_labelling
    from framelens.report.plots.multiverse import plot_multiverse as plot_multiverse
    from framelens.report.plots.reported import plot_reported as plot_reported
    from framelens.report.plots.sensitivity import plot_sensitivity as plot_sensitivity
    from framelens.report.plots.sentiment import plot_sentiment as plot_sentiment
    from framelens.report.plots.sources import plot_source_types as plot_source_types
    from framelens.report.plots.statements import plot_statements as plot_statements
    from framelens.report.style import journal_style as journal_style
    from framelens.schema import validate as validate
    from framelens.stats.simulation import Design as Design
    from framelens.workbench.candidates import find_candidates as find_candidates
    from framelens.workbench.check import check_lexicon as check_lexicon
    from framelens.workbench.check import measure_coverage as measure_coverage
    from framelens.workbench.formats import find_losses as find_losses
    from framelens.workbench.formats import read_dictionary as read_dictionary
    from framelens.workbench.formats import write_lexicon as write_lexicon
    from framelens.workbench.sensitivity import measure_sensitivity as measure_sensitivity
    from framelens.workbench.stances import find_disputed as find_disputed
    from framelens.workbench.stances import measure_stance_agreement as measure_stance_agreement
    from framelens.workbench.stances import read_stances as read_stances
    from framelens.workbench.stances import recode as recode
    from framelens.workbench.stances import with_stances as with_stances
