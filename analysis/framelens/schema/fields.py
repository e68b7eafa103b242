"""The dictionary of fields: one column name, one meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Field:
    """One column name with one meaning.

    Attributes
    ----------
    name, dtype, description, unit : str
        ``dtype`` is one of str, int, float, bool.
    allowed : tuple of str
        The only values, where there is a closed list; the usual ones where ``open_ended``.
    share : {"keep", "drop", "label", "labels", "content"}
        What the text-free form does: keeps the column, drops it, keeps labels of up to three words, of several with
        "; " between those of up to three words, or the offsets of content spans only.
    """

    name: str
    dtype: str
    description: str
    unit: str = ""
    allowed: tuple[str, ...] = ()
    open_ended: bool = False
    share: str = "keep"


ZONES = ("body", "headline", "byline", "dateline", "caption", "crosslink", "furniture")
MEASURED_ZONES = ("body", "headline")
VOICES = ("narrator", "direct", "indirect")
OWN_WIDE = "narrator+indirect"  # of estimates: the outlet's own voice in its wide sense
STANCES = ("delegitimising", "neutral", "legitimising")
SOURCE_TYPES = (
    "government", "president", "police", "military", "alliance", "foreign_government", "international_org", "politician",
    "state_media", "news_agency", "witness", "protester", "opposition", "civil_society", "expert", "company", "document",
    "person", "unnamed",
)
SIDES = ("official", "challenger", "media", "other")
# Whose side a kind of source speaks for, unless a study says otherwise.
DEFAULT_SIDES: Mapping[str, str] = MappingProxyType({
    **dict.fromkeys(("government", "president", "police", "military", "alliance", "state_media"), "official"),
    **dict.fromkeys(("protester", "opposition", "civil_society"), "challenger"),
    "news_agency": "media",
    **dict.fromkeys(("foreign_government", "international_org", "politician", "witness", "expert", "company", "document",
                     "person", "unnamed"), "other"),
})
KINDS = ("speech", "claim", "attitude", "decree", "evidence", "scare_quote")
CUE_CLASSES = ("reporting", "claim", "attitude", "decree", "evidence")
# What a loaded word does: frames what is told, makes belief in it look due or not, or holds back.
LOADED_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "framing": ("intensifier", "evaluative", "action_verb", "speech_verb", "loaded_noun"),
    "belief": ("booster", "factive", "assertive", "implicative", "doubt"),
    "caution": ("hedge",),
})
LOADED_CLASSES = tuple(name for names in LOADED_KINDS.values() for name in names)
LOADED_ROWS = ("any", "framing", "belief", *LOADED_CLASSES, "label", "any+label")  # of estimates
CONSTRUCTIONS = ("active", "passive_agent", "passive_agentless", "nominal", "intransitive")
COPY_STATUSES = ("original", "agency", "republished", "suspect_paraphrase", "unknown")
FACTS = ("killed", "injured", "casualties", "detained", "hospitalised", "deployed", "missing", "released", "displaced")
CREDIT_KINDS = ("dateline", "byline", "credit", "contributing", "site", "path")
REFERENTS = ("own event", "other", "generic")
ROLES = ("source", "cue", "content")
# What a row of evidence is: of mentions, loaded, agency, facts, attributions, sentiment or voice, sentences, term_counts, sizes;
# a span of slots or statements.
ITEMS = ("label", "loaded word", "clause", "fact", "attribution", "segment", "sentence", "term", "words", "span")


def _fields() -> Iterator[Field]:
    """Yield the dictionary, a line a field: name | type | unit | share | description."""
    allowed = {
        "zones.kind": ZONES, "zone": ZONES, "voice": VOICES, "estimates.voice": (*VOICES, OWN_WIDE), "stance": STANCES,
        "type": ("direct", "indirect", "mixed"),
        "attributions.kind": KINDS, "cue_class": CUE_CLASSES, "role": ROLES, "construction": CONSTRUCTIONS,
        "loaded.loaded_class": LOADED_CLASSES, "estimates.loaded_class": LOADED_ROWS,
        "item": ITEMS, "copy_status": COPY_STATUSES, "credits.kind": CREDIT_KINDS, "referent": REFERENTS, "facts.fact": FACTS,
    }
    usual = {"source_type": SOURCE_TYPES, "originator_type": SOURCE_TYPES, "conduit_type": SOURCE_TYPES, "side": SIDES}
    for line in _DICTIONARY.strip().splitlines():
        name, dtype, unit, share, description = (part.strip() for part in line.split("|"))
        yield Field(name, dtype, description, unit, allowed.get(name, usual.get(name, ())), name in usual, share)


_DICTIONARY = """
document_id | str | | keep | The article.
outlet | str | | keep | The outlet, as the study compares outlets.
publisher | str | | keep | Where the article appeared.
origin | str | | keep | The agency or newsroom that wrote it.
event | str | | keep | The event that the article reports.
title | str | | drop | The headline, if it is known apart from the text.
published | str | | keep | When it was published, ISO 8601: a year, a month, a day, or a day with its time; or unknown.
url | str | | drop | Where it stands on the web.
licence | str | | keep | The licence of the text.
language | str | | keep | ISO 639-1 code of the language.
encoding | str | | keep | How the bytes were decoded; in corpus.csv, how they are to be.
text | str | | drop | The decoded source, unchanged.
text_sha256 | str | | keep | SHA-256 of the raw bytes.
exclusion_reason | str | | keep | Why the article is not measured; empty where it is.
cluster_id | str | | keep | The syndication cluster: the smallest document_id among the copies.
copy_status | str | | keep | Whether the text is an original or a copy.
evidence | str | | keep | What the status rests on.
other_id | str | | keep | The other article of the pair.
shared_runs | int | run | keep | Different runs of words (eight, unless asked otherwise) that stand in both bodies.
shared_words | int | word | keep | Words of the article's body that stand in shared runs.
other_shared_words | int | word | keep | Words of the other's body that stand in shared runs.
containment | float | share | keep | Share of the article's runs that stand in the other's body.
other_containment | float | share | keep | Share of the other's runs that stand in this body.
jaccard | float | share | keep | Runs in both bodies over runs in either.
other_start | int | character | keep | First character of the same words in the other's text.
other_end | int | character | keep | First character after them.
news_agency | str | | keep | The news agency, by its common name.
credits.kind | str | | keep | Where it is named: as writer, as contributing, or in the address (site, path).
start | int | character | keep | First character of the span, an offset into documents.text.
end | int | character | keep | First character after the span.
attribution_spans.start | int | character | content | First character of the span; in the text-free form of content spans only.
attribution_spans.end | int | character | content | First character after the span; in the text-free form of content spans only.
zones.kind | str | | keep | What part of the page the span is.
rule | str | | keep | The name of the rule that decided.
sentence | int | | keep | Number of the sentence in its article, from 0.
paragraph | int | | keep | Number of the paragraph in its article, from 0.
zone | str | | keep | The zone in which the row stands.
voice | str | | keep | Whose voice: the outlet's own, direct or indirect speech. Empty outside body and headline.
n_words | int | word | keep | Number of words.
n_sentences | int | sentence | keep | Number of sentences; a sentence counts in the voice that holds most of its words.
estimates.voice | str | | keep | Whose voice: as elsewhere, or the outlet's own in its wide sense (narrator+indirect).
mention_id | str | | keep | Name of the mention, made of article and offsets.
surface | str | | label | The label as it stands in the text.
term | str | | keep | The term of the lexicon, or the word counted.
group | str | | keep | The group that is labelled.
stance | str | | keep | What the label does to the legitimacy of its own referent.
favours | str | | keep | The side that the label favours: that of its group, of the other, or none.
referent | str | | keep | Whether the label means the study's own event.
negated | bool | | keep | The label is denied ("no rioters").
scare_quoted | bool | | keep | The label alone stands in quotation marks.
contested | bool | | keep | The writer disputes the label or takes distance from it.
estimates.contested | bool | | keep | Contested labels: False left out, True counted alone, empty with all.
attribution_id | str | | keep | The (innermost) attribution, made of article and offsets.
type | str | | keep | Whether the content stands in quotation marks, not at all, or in part.
attributions.kind | str | | keep | What is attributed.
cue | str | | drop | The words that signal the attribution.
cue_lemma | str | | keep | Its dictionary form.
cue_class | str | | keep | The class of the cue.
source | str | | drop | The words that name the source.
source_name | str | | label | One name for one source, across spellings.
source_type | str | | keep | What kind of source it is.
originator_type | str | | keep | Kind of the innermost source, whose words they are.
conduit_type | str | | keep | Kind of the source that passed them on, if there is one.
level | int | | keep | Depth of nesting, 1 for the outermost.
parent_id | str | | keep | The attribution in which this one stands.
confidence | float | probability | keep | How often this rule and kind were right on PolNeAR train; empty where not counted.
role | str | | keep | What the span is in its attribution.
target_group | str | | keep | The group whose label stands in the scored text; "any" for all text.
window | str | | keep | What is scored: a "sentence" (its part in one voice), or "8 words" around a label; empty: sentence.
scorer | str | | keep | What made the score; "…_without_events": with the words of that list unknown to it.
score | float | | keep | The score, in the unit of the scorer.
matched | str | | drop | The words that made the score.
clause_id | str | | keep | Name of the clause, made of article and offsets.
verb | str | | label | The verb or noun of harm as it stands in the text.
verb_lemma | str | | keep | Its dictionary form.
construction | str | | keep | How the clause is built.
agent | str | | drop | The words that name the agent.
agent_group | str | | keep | The group of the agent.
patient | str | | drop | The words that name the patient.
patient_group | str | | keep | The group of the patient.
loaded_id | str | | keep | Name of the loaded word, made of article and offsets.
loaded_class | str | | keep | What makes the word loaded.
loaded.loaded_class | str | | keep | What makes the word loaded.
loaded.surface | str | | label | The word or phrase as it stands in the text.
loaded.term | str | | label | The entry of the lexicon of loaded words.
estimates.loaded_class | str | | keep | Class of loaded words; any: without hedges; label: labels that take a stance.
sentences.voice | str | | keep | The voice that holds most of its words, in which it counts.
fact_id | str | | keep | Name of the fact, made of article and offsets.
fact | str | | keep | What was counted.
facts.fact | str | | keep | What is told of those counted; casualties are killed or injured.
counted | str | | keep | Who was counted, in a word: a group of the lexicon, "security", "people" or the noun itself.
part | bool | | keep | Whether the number is a part of another of its sentence ("including two officers").
value_high | float | see unit | keep | The upper end of a range.
who | str | | drop | The words for whom it was counted.
value | str | | label | The value.
facts.value | float | see unit | keep | The number reported, the lower end of a range; empty where it is vague ("dozens").
unit | str | | keep | The unit of the number.
hedge | str | | keep | How the number is hedged ("at least").
time | str | | label | For what time it is reported.
statement_id | str | | keep | Name of the parallel statement.
similarity | float | 0 to 1 | keep | How alike the sentence is to the statement's others.
rewritten.similarity | float | 0 to 1 | keep | Share of words aligned with an equal one or one of its sense; lone verbs: 0.5.
other_document_id | str | | keep | The article in which the other quotation stands.
rewritten.other_start | int | character | keep | Where the other quotation begins.
rewritten.other_end | int | character | keep | Where it ends.
slot | str | | keep | The slot of the statement.
slots.start | int | character | drop | First character of the filler; not in the text-free form, lest fillers be put in order.
slots.end | int | character | drop | First character after it; not in the text-free form.
filler | str | | label | What fills the slot.
label | str | | labels | Short names of it, "; " between them: labels in it, or its source's name or kind.
differs | bool | | keep | Whether the filler differs between outlets.
n_alike | int | article | keep | Articles of the statement that fill the slot alike, this one among them.
count | int | word | keep | How often the word stands there.
coder | str | | keep | Who coded.
variable | str | | keep | What was coded.
measure | str | | keep | The name of the measure.
contrast | str | | keep | What is compared.
reference | str | | keep | What it is compared with.
side | str | | keep | The side to which the source type belongs.
period | str | | keep | The time span.
spec | str | | keep | The choices of one cell of a multiverse.
estimate | float | see unit | keep | The estimate.
ci_low | float | see unit | keep | Lower end of the interval.
ci_high | float | see unit | keep | Upper end of the interval.
ci_level | float | probability | keep | Nominal coverage of the interval.
more_in | str | | keep | Of a contrast, the name of the side in which the estimate is larger; empty where nothing is tested.
n_documents | int | article | keep | Articles behind the estimate.
n_clusters | int | cluster | keep | Syndication clusters behind it, the unit of resampling.
n_units | float | see measure | keep | Units counted: mentions, attributions, words or sentences.
n_reference | float | see measure | keep | Units counted in the reference of a contrast; n_units is then of the outlet.
dispersion | float | 0 to 1 | keep | Gries' DP over articles, 0 even: of the side that uses the term more; of label terms DPnorm.
statistic | float | see method | keep | The test statistic.
p_value | float | probability | keep | The p value.
q_value | float | probability | keep | The p value adjusted over its family.
family | str | | keep | What was tested together.
power | float | probability | keep | Power of the test.
corrected | bool | | keep | Corrected for known errors of the annotation.
validated | bool | | keep | Checked against human codings of this study.
method | str | | keep | How estimate and interval were made.
seed | int | | keep | Seed of the random numbers.
note | str | | keep | What a reader must know.
estimate_row | int | | keep | The row of estimates: its label in the index of the table that was given.
contrast_side | str | | keep | Of a contrast, the side on which the article stands, as contrast names it.
item | str | | keep | What was counted.
item_id | str | | keep | Name of the row in its own table, made of article and offsets.
hit | bool | | keep | Whether it is in the numerator of the estimate; of a count, rate or mean all are.
evidence.n_units | float | see measure | keep | How many of the estimate's n_units the row is: 1, or words of a segment.
evidence.value | float | see measure | keep | What a mean is of: a score, or the words of a sentence.
evidence.start | int | character | keep | First character, of an attribution that of its content; empty where words have no place.
sentence_start | int | character | keep | Where the sentences begin in which it stands, with source and cue of an attribution.
sentence_end | int | character | keep | First character after them.
evidence.surface | str | | drop | The words themselves.
passage | str | | drop | The sentences.
"""

FIELDS: Mapping[str, Field] = MappingProxyType({f.name: f for f in _fields()})
