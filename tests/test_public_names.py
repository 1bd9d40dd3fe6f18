"""The names other programs may import; adding or removing one is a decision, so the lists stand here too."""

from importlib import import_module

import pytest

PUBLIC = {
    "index": ["Store", "VectorIndex", "add_sources", "load_encoder", "read_source", "watch"],
    "index.reading": [
        "FORMATS",
        "SourceFailure",
        "read_content",
        "read_source",
        "read_sources",
        "read_text",
        "write_jsonl",
    ],
    "rag": ["Answer", "Assistant", "Citation", "Evidence", "Question", "Sentence", "Superseded", "Update"],
    "eval": ["Coverage", "Item", "Report", "System", "evaluate", "load_questions"],
}


@pytest.mark.parametrize("package", list(PUBLIC))
def test_a_package_names_what_is_public(package):
    assert import_module(package).__all__ == PUBLIC[package]


@pytest.mark.parametrize("package", list(PUBLIC))
def test_every_public_name_is_there_and_documented(package):
    module = import_module(package)
    for name in module.__all__:
        assert getattr(module, name).__doc__, f"{package}.{name} has no docstring"
