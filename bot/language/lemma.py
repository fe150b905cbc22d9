"""Danish lemmas by simplemma's lookup list, the same whether or not da_core_news_sm is installed."""

import re
from functools import lru_cache

import simplemma

_WORD = re.compile(r"[^\W_]+(?:[-'’§][^\W_]+)*|§", re.UNICODE)


def words(text: str) -> list[str]:
    """The words of a text, in lower case, without punctuation."""
    return [match.group().lower() for match in _WORD.finditer(text)]


@lru_cache(maxsize=100_000)
def lemma(word: str) -> str:
    """The lemma of one lower-case word; the word itself where none is known."""
    return str(simplemma.lemmatize(word, lang="da")).lower()


def lemmas(text: str) -> list[str]:
    """The lemma of each word of a text."""
    return [lemma(word) for word in words(text)]
