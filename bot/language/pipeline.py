"""The Danish spaCy pipeline: the makers' tokenizer where da_core_news_sm is installed, spaCy's own Danish one where not.

The lemma is set the same way in both cases, by simplemma's lookup, so that the assistant behaves the same on either
(shared notes on Danish, "What a small spaCy model gives inside Rasa 3.6"): the small model's tagger, parser and
entities are not loaded, because nothing here relies on them and loading them costs memory and start-up time.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

import simplemma

if TYPE_CHECKING:
    from spacy.language import Language

MAKERS_MODEL = "da_core_news_sm"
STAND_IN = "blank:da+simplemma"


def model_name() -> str:
    """Which Danish model the pipeline runs on: ``da_core_news_sm`` or the stand-in."""
    return MAKERS_MODEL if find_spec(MAKERS_MODEL) is not None else STAND_IN


@lru_cache(maxsize=1)
def danish() -> Language:
    """The pipeline, loaded once a process on first use."""
    import spacy

    if model_name() == MAKERS_MODEL:
        return spacy.load(
            MAKERS_MODEL, exclude=["tok2vec", "morphologizer", "tagger", "parser", "lemmatizer", "ner", "attribute_ruler"]
        )
    return spacy.blank("da")


@lru_cache(maxsize=100_000)
def lemma(word: str) -> str:
    """The lemma of one word in lower case; the word itself where simplemma knows none."""
    return str(simplemma.lemmatize(word.lower(), lang="da")).lower()


@lru_cache(maxsize=64)  # a message is cut for Rasa and for the understanding
def cut(text: str) -> tuple[tuple[str, int], ...]:
    """The tokens of a text and where each begins, white space left out."""
    return tuple((token.text, token.idx) for token in danish().make_doc(text) if not token.is_space)


def words(text: str) -> list[str]:
    """The words and numbers of a text as the tokenizer cuts them, in lower case, without punctuation."""
    return [token.lower() for token, _ in cut(text) if any(char.isalnum() or char == "§" for char in token)]


def lemmas(text: str) -> list[str]:
    """The lemma of each word of a text."""
    return [lemma(word) for word in words(text)]
