"""The ranker out of the trained Rasa model, without starting Rasa."""

from __future__ import annotations

import io
import tarfile
import tempfile
from pathlib import Path

from bot.knowledge import load_library
from bot.nlu.linear import FILE, LinearModel
from bot.nlu.ranker import Ranker
from bot.service.model import archive
from bot.settings import settings


def load_ranker() -> Ranker:
    """The same understanding as the running bot's, with ``knowledge/`` as it lies now.

    Raises:
        SystemExit: with one line in Danish, when there is no trained model.
    """
    if not archive().is_file():
        raise SystemExit("Der er ingen trænet model. Kør først: erhverv train")
    library, _, _ = load_library(settings().knowledge)
    return Ranker(_model(archive()), library, settings().data)


def _model(path: Path) -> LinearModel:
    with tarfile.open(path) as stored:
        member = next((entry for entry in stored if entry.name.endswith("/" + FILE)), None)
        content = stored.extractfile(member) if member else None
        if content is None:
            raise SystemExit(f"{path.name} indeholder ikke {FILE}. Kør: erhverv train --force")
        with tempfile.NamedTemporaryFile(suffix=".npz") as file:
            file.write(io.BytesIO(content.read()).getbuffer())
            file.flush()
            return LinearModel.load(Path(file.name))
