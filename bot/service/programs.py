"""The programs of the embedded default (design.md: web, Rasa and its actions), as the supervisor needs them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.service.model import archive
from bot.service.training import RASA_ENVIRONMENT
from bot.settings import Settings

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Program:
    """``name`` stands before its log lines, ``title`` in messages; it is ready when ``ready_url`` answers 200."""

    name: str
    title: str
    command: tuple[str, ...]
    ready_url: str
    host: str
    port: int
    env: Mapping[str, str] = field(default_factory=dict)


def programs(values: Settings) -> list[Program]:
    """What is to run here: ``rasa_workers`` Rasas, unless the settings say that Rasa runs elsewhere, and the gateway.

    Each Rasa runs the actions itself (``bot.in_process``), unless the settings name an action server.
    """
    rasas = [] if values.rasa_url is not None else [_rasa(values, number) for number in range(values.rasa_workers)]
    return [*rasas, _web(values)]


def _web(values: Settings) -> Program:
    reached_at = {"0.0.0.0": LOOPBACK, "::": "[::1]"}.get(values.host, values.host)  # noqa: S104 (compared, not bound)
    return Program(
        name="web",
        title="chatten på nettet",
        command=(sys.executable, "-m", "connectors.website"),
        ready_url=f"http://{reached_at}:{values.port}/healthz",
        host=values.host,
        port=values.port,
    )


def _rasa(values: Settings, number: int) -> Program:
    url = values.rasa_urls[number]
    port = urlsplit(url).port or 80
    which = f" nr. {number + 1}" if number else ""
    return Program(
        name=f"rasa{number + 1}" if number else "rasa",
        title=f"sprogforståelsen (Rasa{which})",
        command=(
            *(sys.executable, "-m", "bot.rasa_server", "--quiet"),  # louder levels log what people have written
            *("--model", str(archive()), "--endpoints", "endpoints.yml"),
            *("--credentials", "credentials.yml", "--interface", LOOPBACK, "--port", str(port)),
        ),
        ready_url=f"{url}/",
        host=LOOPBACK,
        port=port,
        env={
            # Rasa's endpoints.yml wants an address; without an action server it is never asked.
            "ERHVERV_ACTIONS_WEBHOOK": f"{values.actions_url or 'http://127.0.0.1:1'}/webhook",
            "SANIC_WORKERS": "1",
            # One small matrix a message: threads that share it spend twice the time waiting for each other.
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            **RASA_ENVIRONMENT,
        },
    )
