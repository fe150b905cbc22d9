"""What must hold before anything is started; each raises ``StartProblem`` with what to do about it."""

from __future__ import annotations

import errno
import os
import shutil
import socket
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError
from pydantic_settings import SettingsError

from bot.service.problem import StartProblem
from bot.settings import Settings, settings

if TYPE_CHECKING:
    from connectors.desk.settings import DeskSettings

FREE_MEGABYTES = 500
HIGHEST_PORT = 65_535


def checked_settings() -> Settings:
    """The settings, or a problem that names the environment variable that is wrong."""
    try:
        values = settings()
    except SettingsError as error:
        raise StartProblem(f'En indstilling kan ikke læses: {error}. En liste skrives som ["https://eksempel.dk"].') from error
    except ValidationError as error:
        first = error.errors()[0]
        if first["type"] == "value_error":
            raise StartProblem(f"{first['ctx']['error']}.") from error
        names = ", ".join(str(part["loc"][0]) for part in error.errors())
        raise StartProblem(f"Indstillingen {names} har en ugyldig værdi. PORT skal for eksempel være et tal som 8080.") from error
    count = 1 + (0 if values.rasa_url else values.rasa_workers)
    if values.port + count - 1 > HIGHEST_PORT:
        raise StartProblem(f"PORT={values.port} er for høj: der bruges {count} porte i træk. Prøv: PORT=8090 make run")
    return values


def checked_desk_settings() -> DeskSettings:
    """The desk's settings, or a problem that names the environment variable that is wrong."""
    from connectors.desk.settings import DeskSettings

    try:
        return DeskSettings()
    except SettingsError as error:
        raise StartProblem(
            f'En indstilling til desken kan ikke læses: {error}. ERHVERV_OIDC_ROLES er {{"rolle": "front"}}.'
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        if first["loc"]:
            raise StartProblem(f"Indstillingen ERHVERV_{str(first['loc'][0]).upper()} har en ugyldig værdi.") from error
        raise StartProblem(f"{first['ctx']['error']}.") from error


def check_mail_settings() -> None:
    """What is set for mail and the questionnaire can be used; the web process reads it for itself."""
    from connectors.mail.settings import MailSettings
    from connectors.survey.settings import SurveySettings
    from connectors.zammad.settings import ZammadSettings

    for shape in (MailSettings, SurveySettings, ZammadSettings):
        try:
            shape()
        except ValidationError as error:
            first = error.errors()[0]
            told = str(first["ctx"]["error"]) if first["type"] == "value_error" else ""
            name = f"ERHVERV_{str(first['loc'][0]).upper()}" if first["loc"] else ""
            raise StartProblem(f"{told or f'Indstillingen {name} har en ugyldig værdi'}.") from error


def check_folder(folder: Path) -> None:
    """``folder`` exists (made if missing) and can be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".skriveproeve-{os.getpid()}"
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StartProblem(f"Disken er fuld ({folder}). Slet noget, og prøv igen.") from error
        raise StartProblem(f"Der kan ikke skrives i {folder}: {error.strerror}. Ret mappens rettigheder.") from error


def check_disk(folder: Path, megabytes: int = FREE_MEGABYTES) -> None:
    """At least ``megabytes`` are free where ``folder`` is."""
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < megabytes:
        raise StartProblem(
            f"Der er kun {free} MB ledigt på disken ({folder}); der skal bruges {megabytes} MB. Slet noget, og prøv igen."
        )


def check_ports(wanted: Iterable[tuple[str, int, str]], base: int) -> None:
    """Every port of ``wanted`` (host, port, what for) is free; ``base`` is the one that ``PORT`` moves."""
    ports = list(wanted)
    count = len(ports)
    for host, port, purpose in ports:
        reason = why_not(host, port)
        if reason == errno.EADDRINUSE:
            raise StartProblem(
                f"Port {port} ({purpose}) er optaget af et andet program. Vælg en anden: PORT={other_port(base, count)} make run"
            )
        if reason == errno.EACCES:
            raise StartProblem(
                f"Port {port} ({purpose}) kræver særlige rettigheder. Vælg en over 1024: PORT={other_port(8080, count)} make run"
            )
        if reason:
            raise StartProblem(f"Port {port} på {host} ({purpose}) kan ikke bruges: {os.strerror(reason)}.")


def why_not(host: str, port: int) -> int:
    """The ``errno`` for which ``port`` can't be listened on at ``host``; 0 when it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the servers do: TIME_WAIT is no hindrance
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            return error.errno or errno.EINVAL
    return 0


def other_port(base: int, count: int = 2) -> int:
    """A port near ``base`` that is the first of ``count`` free ones."""
    for port in range(base + 10, min(base + 1000, HIGHEST_PORT - count + 1), max(10, count)):
        if not any(why_not("127.0.0.1", port + step) for step in range(count)):
            return port
    return 8090
