"""Counts of what the desk has answered, in the text format that Prometheus reads."""

from __future__ import annotations

import threading
from collections import Counter


class Tally:
    """Questions by outcome, and the seconds they took. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._outcomes: Counter[str] = Counter()
        self._seconds = 0.0

    def count(self, outcome: str, seconds: float) -> None:
        """Count one question: "answered", "quoted", "not_in_coverage", "error" or "stopped"."""
        with self._lock:
            self._outcomes[outcome] += 1
            self._seconds += seconds

    def text(self, waiting: int = 0) -> str:
        """All counts, one a line, each with its type; `waiting` is how many stand in the line now."""
        with self._lock:
            rows = [f'presstime_questions_total{{outcome="{k}"}} {n}' for k, n in sorted(self._outcomes.items())]
            seconds = self._seconds
        lines = [
            "# TYPE presstime_questions_total counter",
            *rows,
            "# TYPE presstime_question_seconds_total counter",
            f"presstime_question_seconds_total {seconds:.3f}",
            "# TYPE presstime_questions_in_line gauge",
            f"presstime_questions_in_line {waiting}",
        ]
        return "\n".join(lines) + "\n"
