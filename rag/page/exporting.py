"""Answers and conversations to take along, with their citations: plain text, Markdown, HTML, JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from rag.page.markup import escape, safe_url
from rag.page.turns import Turn
from rag.records import Answer, Citation, Sentence

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$!])")
_UNLINKED = re.compile(r"[<>\s\\]")
_LINE_START = re.compile(r"^(\s*)([-+>=]|\d+[.)])", re.MULTILINE)


def as_text(answer: Answer) -> str:
    """Answer as plain text: each sentence with the time of its entries, then the words cited."""
    return "\n".join([_said(answer, _plain_sentence), *_sources(answer, _plain_source)])


def as_markdown(answer: Answer) -> str:
    """Answer as Markdown; nothing that coverage says is read as markup."""
    return "\n".join([_said(answer, _markdown_sentence), *_sources(answer, _markdown_source)])


def conversation_markdown(turns: Sequence[Turn]) -> str:
    """Whole conversation as Markdown, a heading for each question."""
    parts = [f"## {markdown_text(turn.question)}\n\n{_turn(turn, as_markdown, markdown_text)}" for turn in turns]
    return "\n\n".join(parts) + "\n"


def conversation_html(turns: Sequence[Turn]) -> str:
    """Whole conversation as one HTML file that needs nothing else."""
    body = "".join(f"<h2>{escape(turn.question)}</h2><pre>{escape(_turn(turn, as_text, str))}</pre>" for turn in turns)
    style = "body{max-width:44em;margin:2em auto;padding:0 1em;font:16px/1.5 Georgia,serif}"
    style += "pre{font:inherit;white-space:pre-wrap}"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Presstime</title>'
        f"<style>{style}</style></head><body>{body}</body></html>\n"
    )


def conversation_json(turns: Sequence[Turn]) -> str:
    """Whole conversation as JSON: the questions with their answers in full."""
    rows = [
        {
            "question": turn.question,
            "answer": turn.answer.to_dict() if turn.answer else None,
            "error": turn.error or None,
        }
        for turn in turns
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def searched_line(answer: Answer) -> str:
    """Say what was searched and until when."""
    if not answer.searched:
        return "No entries to search."
    count = f"{answer.searched:,} {'entry' if answer.searched == 1 else 'entries'}"
    until = f", the newest at {answer.coverage_label}" if answer.coverage_label else ""
    return f"Searched {count}{until}."


EXPORTS: Mapping[str, tuple[str, Callable[[Sequence[Turn]], str]]] = {
    "Markdown": ("presstime.md", conversation_markdown),
    "HTML": ("presstime.html", conversation_html),
    "JSON": ("presstime.json", conversation_json),
}


def link_query(turn: Turn) -> str:
    """Query of an address that asks the turn's question again, with its time, window and pages.

    Gradio keeps the name `page` for itself: an address that holds it is answered with an error.
    """
    fixed = [(name, value) for name, value in (("as_of", turn.as_of), ("window", turn.window)) if value]
    return "?" + urlencode([("q", turn.question), *fixed, *(("pages", page) for page in turn.pages)])


def markdown_text(text: str) -> str:
    """Text with everything that Markdown would read as markup escaped."""
    return _LINE_START.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", text))


def _turn(turn: Turn, write: Callable[[Answer], str], plain: Callable[[str], str]) -> str:
    if turn.answer:
        return write(turn.answer)
    return plain(turn.error or (turn.draft + " (stopped)").strip())


def _said(answer: Answer, write: Callable[[Sentence], str]) -> str:
    if answer.sentences:
        return " ".join(write(sentence) for sentence in answer.sentences)
    return answer.text if answer.text else searched_line(answer)


def _plain_sentence(sentence: Sentence) -> str:
    times = "; ".join(citation.label for citation in sentence.citations)
    words = f"“{sentence.text}”" if sentence.quoted else sentence.text
    return f"{words} ({times})" if times else words


def _markdown_sentence(sentence: Sentence) -> str:
    return markdown_text(_plain_sentence(sentence))


def _sources(answer: Answer, write: Callable[[Citation], str]) -> list[str]:
    cited = [*answer.citations, *(old.citation for old in answer.superseded)]
    unique = list({(c.entry_ref, c.start, c.part): c for c in cited}.values())
    return ["", *(write(citation) for citation in unique)] if unique else []


def _plain_source(citation: Citation) -> str:
    url = safe_url(citation.url)
    title = f", {citation.title}" if citation.title else ""
    return f"- {citation.label}{title}: “{citation.quote}”{f' {url}' if url else ''}"


def _markdown_source(citation: Citation) -> str:
    url = safe_url(citation.url)
    label = markdown_text(citation.label)
    linked = f"[{label}](<{_UNLINKED.sub('', url)}>)" if url else label
    title = f", {markdown_text(citation.title)}" if citation.title else ""
    return f"- {linked}{title}: “{markdown_text(citation.quote)}”"
