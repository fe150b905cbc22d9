"""Counts of this process, in Prometheus' text format. Labels never hold anything that a business wrote."""

from __future__ import annotations

from collections import defaultdict

BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
WAITING = (5.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0)

_HELP = {
    "erhverv_requests_total": "HTTP-forespørgsler efter metode, rute og status",
    "erhverv_messages_total": "Modtagne beskeder efter slags (tekst, knap)",
    "erhverv_cpr_masked_total": "Beskeder, hvori CPR-numre blev fjernet",
    "erhverv_answers_total": "Beskeder, som botten har svaret på",
    "erhverv_failures_total": "Beskeder uden svar fra Rasa, efter årsag",
    "erhverv_dropped_answers_total": "Svar, der ikke blev gemt, fordi samtalen var skiftet",
    "erhverv_limited_total": "Afviste beskeder efter grænse (samtale, adresse)",
    "erhverv_sessions_total": "Nye samtaler",
    "erhverv_zammad_total": "Forsøg på at levere en henvendelse til Zammad efter udfald (leveret, fejlet, opgivet)",
    "erhverv_handovers_total": "Skift mellem computer og menneske, efter hændelse",
}
# Labels of erhverv_handovers_total: into the queue; taken; left by the business; given back to the bot, ended or handed on
# by the person; the person's browser gone; nobody took it.
HAENDELSER = ("i_koe", "taget", "forladt", "tilbage", "afsluttet", "videre", "vaek", "udloebet")


class Histogram:
    """Seconds, by upper bounds."""

    def __init__(self, name: str, text: str, bounds: tuple[float, ...]) -> None:
        self._name, self._text, self._bounds = name, text, bounds
        self._buckets = [0] * len(bounds)
        self._sum = 0.0
        self._count = 0

    def add(self, seconds: float) -> None:
        """One more."""
        self._sum += seconds
        self._count += 1
        for index, bound in enumerate(self._bounds):
            self._buckets[index] += seconds <= bound

    def lines(self) -> list[str]:
        """In the exposition format."""
        name = self._name
        buckets = [f'{name}_bucket{{le="{bound}"}} {count}' for bound, count in zip(self._bounds, self._buckets, strict=True)]
        return [
            f"# HELP {name} {self._text}", f"# TYPE {name} histogram", *buckets, f'{name}_bucket{{le="+Inf"}} {self._count}',
            f"{name}_sum {self._sum:.6f}", f"{name}_count {self._count}",
        ]  # fmt: skip


class Metrics:
    """Counters, and histograms of the seconds from when the bot gets a message until its answer is stored, and from when a
    business asks for a person until one takes the conversation."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[tuple[tuple[str, str], ...], int]] = defaultdict(lambda: defaultdict(int))
        self._answers = Histogram("erhverv_answer_seconds", "Sekunder, til svaret er gemt", BUCKETS)
        self._waits = Histogram("erhverv_queue_wait_seconds", "Sekunder i kø, til et menneske tager samtalen", WAITING)

    def count(self, name: str, /, **labels: str) -> None:
        """Count one."""
        self._counts[name][tuple(sorted(labels.items()))] += 1

    def answered(self, seconds: float) -> None:
        """One message answered in ``seconds``."""
        self._answers.add(seconds)

    def waited(self, seconds: float) -> None:
        """One conversation taken after ``seconds`` in the queue."""
        self._waits.add(seconds)

    def value(self, name: str, /, **labels: str) -> int:
        """A count so far."""
        return self._counts[name][tuple(sorted(labels.items()))]

    def text(self, **states: int) -> str:
        """Everything, in the exposition format 0.0.4; ``states``: conversations now in each state."""
        lines = ["# HELP erhverv_conversations Samtaler lige nu efter tilstand", "# TYPE erhverv_conversations gauge"]
        lines += [f'erhverv_conversations{{state="{state}"}} {count}' for state, count in sorted(states.items())]
        for name, text in _HELP.items():
            lines += [f"# HELP {name} {text}", f"# TYPE {name} counter"]
            lines += [f"{name}{_labels(labels)} {count}" for labels, count in sorted(self._counts[name].items())]
        lines += [*self._answers.lines(), *self._waits.lines()]
        return "\n".join(lines) + "\n"


def _labels(labels: tuple[tuple[str, str], ...]) -> str:
    def escaped(value: str) -> str:
        return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")

    return "{" + ",".join(f'{name}="{escaped(value)}"' for name, value in labels) + "}" if labels else ""
