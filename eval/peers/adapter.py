"""What the adapters of other systems share: entries as documents, answers with their sources, the bundled models."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from eval.refusing import says_no
from index.embedding import BUNDLED_PACKAGE
from index.errors import ModelError
from index.records import Entry
from index.times import time_label
from rag.composing import cite
from rag.records import Answer, Evidence, Sentence
from rag.writing.weights import bundled_gguf, converted

FOUND = 10


def encoder_folder() -> str:
    """Folder of the bundled encoder. Raises ModelError where its package is not installed."""
    spec = find_spec(BUNDLED_PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        return str(Path(folder) / "model")
    raise ModelError(f"the package {BUNDLED_PACKAGE.replace('_', '-')} is not installed; run: make bench-peers")


def generator_folder() -> str:
    """Folder of the bundled generator as transformers reads it."""
    return str(converted(bundled_gguf()))


def document(entry: Entry) -> str:
    """Text of an entry with its title and time ahead, as a page prints it."""
    return "\n".join(part for part in (entry.title, time_label(entry), entry.body) if part)


def answer_from(question: str, text: str, cited: Sequence[Entry], found: Sequence[Entry], models: str) -> Answer:
    """An answer in another system's words, citing whole entries. A text that says there is no answer is a refusal."""
    text = text.strip()
    refused = says_no(text)
    citations = () if refused else tuple(cite(_whole(entry)) for entry in cited)
    return Answer(
        question=question,
        text=text,
        sentences=() if refused else (Sentence(text, citations),),
        status="not_in_coverage" if refused else "answered",
        citations=citations,
        confidence=0.0 if refused else 1.0,
        evidence=tuple(_whole(entry) for entry in found),
        models={"system": models},
    )


def _whole(entry: Entry) -> Evidence:
    return Evidence(entry, "body", entry.body, 0, len(entry.body), 0.0)
