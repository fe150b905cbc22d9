"""The three programs of the embedded default (design.md: web, Rasa, actions), as the supervisor needs them."""

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
    """What is to run here: Rasa or the actions are left out where the settings say that they run elsewhere.

    Rasa's ``endpoints.yml`` finds the action server by ``${ERHVERV_ACTIONS_WEBHOOK}``, set here.
    """
    found = []
    if values.actions_url is None:
        found.append(_actions(values))
    if values.rasa_url is None:
        found.append(_rasa(values))
    found.append(_web(values))
    return found


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


def _rasa(values: Settings) -> Program:
    port = urlsplit(values.rasa).port or 80
    return Program(
        name="rasa",
        title="sprogforståelsen (Rasa)",
        command=(
            *(sys.executable, "-m", "rasa", "run", "--quiet"),  # louder levels log what people have written
            *("--model", str(archive()), "--endpoints", "endpoints.yml"),
            *("--credentials", "credentials.yml", "--interface", LOOPBACK, "--port", str(port)),
        ),
        ready_url=f"{values.rasa}/",
        host=LOOPBACK,
        port=port,
        env={
            "ERHVERV_ACTIONS_WEBHOOK": f"{values.actions}/webhook",
            "SANIC_WORKERS": "1",
            # One small matrix a message: threads that share it spend twice the time waiting for each other.
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            **RASA_ENVIRONMENT,
        },
    )


def _actions(values: Settings) -> Program:
    port = urlsplit(values.actions).port or 80
    return Program(
        name="actions",
        title="handlingerne (actions)",
        # Not `rasa run actions`: the same server, but it imports all of Rasa first. "--cors" with nothing after it
        # allows no origin; its default allows every one.
        command=(sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(port), "--quiet", "--cors"),
        ready_url=f"{values.actions}/health",
        host=LOOPBACK,
        port=port,
        # rasa_sdk/endpoint.py binds 0.0.0.0 unless this says otherwise.
        env={"SANIC_HOST": LOOPBACK, "SANIC_WORKERS": "1"},
    )
