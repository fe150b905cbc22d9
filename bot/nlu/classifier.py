"""The Rasa component that understands: trained by ``rasa train``, kept in step with ``knowledge/`` while it runs."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge import live_library, load_library
from bot.language.pipeline import model_name
from bot.nlu import linear, ranker
from bot.nlu.corpus import digest as digest_of
from bot.settings import settings

logger = logging.getLogger(__name__)

UNDERSTANDING = "forstaaelse"  # where in a message's parse data the candidates stand


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CatalogueClassifier(IntentClassifier, GraphComponent):  # type: ignore[misc]
    """Sets the intent (the kind) and, beside it, which service, package or area is meant, with the runners-up."""

    def __init__(self, understand: ranker.Ranker | None, storage: ModelStorage, resource: Resource) -> None:
        self._ranker = understand
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> CatalogueClassifier:
        """An untrained component."""
        return cls(None, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Rasa does not see files that a component reads: the editors' lines and this code stand in its fingerprint."""
        library, _, _ = load_library(settings().knowledge)
        lines = ranker.lines_of(settings().data, library)
        digest = hashlib.sha256(repr(sorted((label, digest_of(texts)) for label, texts in lines.items())).encode())
        for path in sorted(Path(__file__).parent.glob("*.py")):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the model from the training data's files and the editors' lines."""
        library, _, _ = load_library(settings().knowledge)
        model = ranker.train(settings().data, library)
        with self._storage.write_to(self._resource) as folder:
            model.save(folder / linear.FILE)
            (folder / "danish.txt").write_text(model_name(), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> CatalogueClassifier:
        """The trained component, following ``knowledge/`` from now on."""
        with model_storage.read_from(resource) as folder:
            model = linear.LinearModel.load(folder / linear.FILE)
            trained_on = (folder / "danish.txt").read_text(encoding="utf-8")
        logger.info("Dansk sprogmodel: %s (modellen er trænet på %s)", model_name(), trained_on)
        live = live_library()
        library = live.current
        understand = ranker.Ranker(model, library, settings().data)
        live.on_change(understand.follow)
        if live.current is not library:  # edited while it was being read
            understand.follow(live.current)
        return cls(understand, model_storage, resource)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, ranking and candidates of each message."""
        if self._ranker is None:
            return messages
        for message in messages:
            found = self._ranker.understand(message.get(TEXT) or "")
            message.set(INTENT, {"name": found.intent, "confidence": found.confidence}, add_to_output=True)
            message.set(
                UNDERSTANDING,
                {"kind": found.kind, "id": found.id, "candidates": [vars(candidate) for candidate in found.candidates]},
                add_to_output=True,
            )
        return messages
