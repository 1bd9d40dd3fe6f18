"""What the desk offers to programs: the same answers, entries and pages as plain data."""

from __future__ import annotations

from typing import Any

from index.errors import PresstimeError, QuestionError
from index.times import time_label
from rag.page.desk import Desk
from rag.records import to_plain


class Endpoints:
    """Functions over one desk, each giving JSON types. Their docstrings describe them to other programs."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ask(self, question: str, as_of: str = "", pages: list[str] | None = None) -> dict[str, Any]:
        """Answer a question from live news coverage, every sentence citing its entry and minute.

        The status says whether the coverage answers: "answered", "quoted", or "not_in_coverage".

        Args:
            question: What to find out, in plain words.
            as_of: Answer as things stood then, for example "15:40" or "28 June 2023 15:40"; empty for now.
            pages: Ids of the pages to search; all of them where left out.

        """
        if not question.strip():
            raise QuestionError("the question is empty; write what you want to know about the coverage")
        turn = None
        for turns in self._desk.ask(question.strip(), pages=pages or (), as_of=as_of):
            turn = turns[-1]
        if turn is None or turn.answer is None:
            raise PresstimeError(turn.error if turn else "There is no answer.")
        return turn.answer.to_dict()

    def find_entries(self, words: str, limit: int = 20) -> list[dict[str, Any]]:
        """Find entries of the coverage that hold every one of the words, newest first.

        Args:
            words: Words to look for, separated by spaces.
            limit: How many entries to give at most.

        """
        found = self._desk.find(words, limit=max(1, min(limit, 200))) if words.strip() else []
        return [
            {
                "id": entry.id,
                "page": entry.page_id,
                "time": time_label(entry),
                "published": to_plain(entry.published),
                "title": entry.title,
                "body": entry.body,
            }
            for entry in found
        ]

    def list_pages(self) -> list[dict[str, Any]]:
        """List the pages of the coverage with how many entries each has and the time of its newest one."""
        return [
            {
                "id": row.page.id,
                "title": row.page.title,
                "entries": row.entry_count,
                "newest": row.label,
                "age_s": None if row.age is None else int(row.age.total_seconds()),
            }
            for row in self._desk.freshness()
        ]
