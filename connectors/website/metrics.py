"""Counts of this process, in Prometheus' text format. Labels never hold anything that a business wrote."""

from __future__ import annotations

from collections import defaultdict

BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

_HELP = {
    "erhverv_requests_total": "HTTP-forespørgsler efter metode, rute og status",
    "erhverv_messages_total": "Modtagne beskeder efter slags (tekst, knap)",
    "erhverv_cpr_masked_total": "Beskeder, hvori CPR-numre blev fjernet",
    "erhverv_answers_total": "Beskeder, som botten har svaret på",
    "erhverv_failures_total": "Beskeder uden svar fra Rasa, efter årsag",
    "erhverv_dropped_answers_total": "Svar, der ikke blev gemt, fordi samtalen var skiftet",
    "erhverv_limited_total": "Afviste beskeder efter grænse (samtale, adresse)",
    "erhverv_sessions_total": "Nye samtaler",
    "erhverv_handovers_total": "Skift mellem computer og menneske, efter hændelse",
}
# Labels of erhverv_handovers_total: into the queue; taken; left by the business; given back to the bot, ended or handed on
# by the person; the person's browser gone; nobody took it.
HAENDELSER = ("i_koe", "taget", "forladt", "tilbage", "afsluttet", "videre", "vaek", "udloebet")
_LATENCY = "erhverv_answer_seconds"


class Metrics:
    """Counters, and a histogram of the seconds from when the bot gets a message until its answer is stored."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[tuple[tuple[str, str], ...], int]] = defaultdict(lambda: defaultdict(int))
        self._buckets = [0] * len(BUCKETS)
        self._sum = 0.0
        self._count = 0

    def count(self, name: str, /, **labels: str) -> None:
        """Count one."""
        self._counts[name][tuple(sorted(labels.items()))] += 1

    def answered(self, seconds: float) -> None:
        """One message answered in ``seconds``."""
        self._sum += seconds
        self._count += 1
        for index, bound in enumerate(BUCKETS):
            self._buckets[index] += seconds <= bound

    def value(self, name: str, /, **labels: str) -> int:
        """A count so far."""
        return self._counts[name][tuple(sorted(labels.items()))]

    def text(self) -> str:
        """Everything, in the exposition format 0.0.4."""
        lines: list[str] = []
        for name, text in _HELP.items():
            lines += [f"# HELP {name} {text}", f"# TYPE {name} counter"]
            lines += [f"{name}{_labels(labels)} {count}" for labels, count in sorted(self._counts[name].items())]
        lines += [f"# HELP {_LATENCY} Sekunder, til svaret er gemt", f"# TYPE {_LATENCY} histogram"]
        lines += [f'{_LATENCY}_bucket{{le="{bound}"}} {count}' for bound, count in zip(BUCKETS, self._buckets, strict=True)]
        lines.append(f'{_LATENCY}_bucket{{le="+Inf"}} {self._count}')
        lines += [f"{_LATENCY}_sum {self._sum:.6f}", f"{_LATENCY}_count {self._count}"]
        return "\n".join(lines) + "\n"


def _labels(labels: tuple[tuple[str, str], ...]) -> str:
    def escaped(value: str) -> str:
        return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")

    return "{" + ",".join(f'{name}="{escaped(value)}"' for name, value in labels) + "}" if labels else ""
