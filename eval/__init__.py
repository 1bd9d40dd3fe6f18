"""Scoring: question sets, measures, runs, statistics and reports. Not shipped in the wheel."""

from eval.gold import Coverage
from eval.questions import Item, load_questions
from eval.run import Report, System, evaluate

__all__ = ["Coverage", "Item", "Report", "System", "evaluate", "load_questions"]
