"""Make witnesses and protesters of private persons, when all that an article says by and of them is known."""

from __future__ import annotations

from collections.abc import Sequence

from framelens.annotate.sources.context import Context
from framelens.annotate.sources.items import UNNAMED, Item, given
from framelens.annotate.sources.scenes import as_own
from framelens.annotate.sources.tells import tells_of
from framelens.annotate.sources.words import LAWYERS
from framelens.text.view import View

__all__ = ["hear"]


def hear(view: View, items: Sequence[Item], context: Context) -> None:
    """Give private persons their part: by what they say, and by what the article says of them and of who acts in it."""
    _side_with(items)
    for own in _private(items).values():
        story = context.cause.story
        spoken = [(_words(view, i), _paraphrased(i)) for i in own]
        said = [w for words, _ in spoken for w in words]
        lived = [w for words, paraphrased in spoken for w in (as_own(words) if paraphrased else words)]
        told = tells_of(said, protest=context.speaks_of_protest or story.protest) or story.part(
            _about(own, context), said, lived=lived, quoted=not all(paraphrased for _, paraphrased in spoken),
            told="|".join(_around(view, i) for i in own))
        for item in own if told else ():
            item.entity = item.entity and item.entity._replace(type=told)


def _side_with(items: Sequence[Item]) -> None:
    """Make the lawyer who is named right behind a body for a cause one of that body: "The committee said … lawyer Ada Roe"."""
    body, place = UNNAMED, -1
    found: set[str] = set()
    for item in items:
        entity = item.entity or UNNAMED
        if item.paragraph == place and body.type == "civil_society" and body.number == "institution" and (
                entity.named and entity.type == "person" and item.reading.head in LAWYERS):
            found.add(entity.key)
        if not item.reading.pronoun:
            body, place = entity, item.paragraph
    for item in items if found else ():
        if item.entity and item.entity.key in found:
            item.entity = item.entity._replace(type="civil_society")


def _words(view: View, item: Item) -> list[str]:
    """Return the words of what an item says, each piece with a stop behind it."""
    return [w for s, e in item.contents for w in (*(view.words[k] for k in view.words_in(s, e)), ".")]


def _paraphrased(item: Item) -> bool:
    return given(item.row.get("type")) == "indirect"


def _private(items: Sequence[Item]) -> dict[str, list[Item]]:
    """Bring together what each private person says; who has no name is the last one where a pronoun follows."""
    out: dict[str, list[Item]] = {}
    last = ""
    for item in items:
        entity = item.entity or UNNAMED
        single = entity.number == "person" or item.text.casefold().startswith("one ")
        if entity.type == "person" and single:
            again = not entity.key and item.reading.pronoun and last
            last = last if again else entity.key or f"{item.start}:{item.text}"
            out.setdefault(last, []).append(item)
    return out


def _around(view: View, item: Item) -> str:
    """Return the words of the narrator in the sentence of a source: "Roe told the crowd"."""
    if item.sentence is None:
        return ""
    sentence = view.sentences[item.sentence]
    at, out = sentence.start, []
    for start, end in item.contents:
        out.append(view.text[at:max(at, min(start, sentence.end))])
        at = max(at, min(end, sentence.end))
    return " ".join([*out, view.text[at:sentence.end]])


def _about(items: Sequence[Item], context: Context) -> str:
    """Return what the article says beside a private person, without the name."""
    name = next((e.name for i in items if (e := i.entity) and e.name), "")
    told = "|".join([*(i.text for i in items), context.beside(name)])
    for word in name.split():
        told = told.replace(word, "")
    return told
