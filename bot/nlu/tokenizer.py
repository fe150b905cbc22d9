"""Rasa's tokens by the Danish spaCy pipeline."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.language.pipeline import cut, lemma, model_name


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class DanishTokenizer(Tokenizer):  # type: ignore[misc]
    """Cuts messages into spaCy's Danish tokens, with simplemma's lemma on each (``bot.language.pipeline``)."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Rasa's defaults; intents are never split."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @staticmethod
    def required_packages() -> list[str]:
        """What must be importable."""
        return ["spacy", "simplemma"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Which Danish model runs, so that a model trained on one is not served on another."""
        return model_name()

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Tokens of one text, with lemmas."""
        return [Token(token, place, lemma=lemma(token)) for token, place in cut(message.get(attribute))]
