"""Answers as HTML for the page. Coverage is untrusted text: every word of it is escaped here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from index.times import time_key
from rag.page.exporting import EXPORTS, as_markdown, as_text, link_query, searched_line
from rag.page.markup import as_json, escape, isolated, marked, time_attributes, timed_html
from rag.page.trust import checked_line, confidence_words
from rag.page.turns import Turn
from rag.records import Answer, Citation, Sentence

_VERDICTS = {
    "quoted": "In the coverage’s own words",
    "not_in_coverage": "Not in the coverage",
}
_STEPS = {
    "scope": "reading the question’s time",
    "retrieve": "finding entries",
    "read": "reading them",
    "weigh": "weighing what they say",
    "settle": "looking for what is newer",
    "decide": "deciding",
    "generate": "wording the answer",
    "first_words": "until the first words",
    "total": "total",
}


def short_label(citation: Citation, *, dated: bool = False) -> str:
    """Time on a chip: "15:33 BST", "14:46 (no zone)", with the day where `dated`."""
    clock, _, day = citation.label.partition(", ")
    clock = re.sub(r" \((?:date and )?time zone not stated\)", " (no zone)", clock)
    return f"{clock}, {' '.join(day.split()[:2])}" if dated and day else clock


def chip(citation: Citation, *, dated: bool = False) -> str:
    """Button that opens the cited entry; what it needs travels in its data-cite attribute as JSON."""
    cite = {
        "entry": citation.entry_id,
        "page": citation.page_id,
        "part": citation.part,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "marks": citation.marks,
        "at": int(time_key(citation.published)) if citation.published else None,
    }
    shown = short_label(citation, dated=dated)
    spoken = f"Open the entry of {citation.label}. It says: {citation.quote}"
    return (
        f'<span class="cite"><button type="button" class="chip" data-cite="{as_json(cite)}"'
        f' aria-label="{escape(spoken)}"{time_attributes(citation.published, shown)}>{escape(shown)}</button>'
        '<span class="peek" aria-hidden="true"><span class="peek-time">'
        f"{timed_html(citation.published, citation.label)}</span>"
        f"{marked(citation.quote, citation.marks)}</span></span>"
    )


def sentence_html(sentence: Sentence, *, dated: bool = False) -> str:
    """One sentence with its answering words marked and its chips after it."""
    text = marked(sentence.text, tuple(_marks_in(sentence)))
    tag = "q" if sentence.quoted else "span"
    chips = "".join(chip(citation, dated=dated) for citation in sentence.citations)
    return f'<span class="sentence"><{tag} class="said" dir="auto">{text}</{tag}>&#8288;{chips}</span>'


def answer_html(answer: Answer, link: str = "", key: str = "") -> str:
    """Whole answer: verdict, sentences with chips, what they replaced, notices, and what was searched.

    `link` is the query that asks again, `key` the turn's; what needs them is left out without.
    """
    dated = _spans_days((*answer.citations, *(old.citation for old in answer.superseded)))
    verdict = _VERDICTS.get(answer.status, "")
    said = re.sub(rf"^{_VERDICTS['not_in_coverage']}\W*", "", answer.text)
    blocks = [f'<p class="verdict">{verdict}</p>'] if verdict else []
    replaced = {old.citation for old in answer.superseded}
    told = [s for s in answer.sentences if s.quoted or not s.citations or not set(s.citations) <= replaced]
    if told:
        prose = " ".join(sentence_html(sentence, dated=dated) for sentence in told)
        blocks.append(f'<p class="prose">{prose}</p>')
    elif said:
        blocks.append(f'<p class="prose" dir="auto">{escape(said[:1].upper() + said[1:])}</p>')
    blocks.append(_history(answer, told, dated=dated))
    blocks += [f'<p class="notice" dir="auto">{escape(notice)}</p>' for notice in answer.notices]
    if answer.nearest and answer.status == "not_in_coverage":
        rows = "".join(f"<li>{_nearest(citation)}</li>" for citation in answer.nearest)
        blocks.append(f'<div class="nearest"><h4>Nearest entries</h4><ul>{rows}</ul></div>')
    if not said.startswith("Searched"):
        blocks.append(f'<p class="searched">{_searched(answer)}</p>')
    blocks.append(_actions(answer, link, key))
    return f'<div class="answer {answer.status}">{"".join(blocks)}</div>'


def thread_html(turns: Sequence[Turn]) -> str:
    """Conversation, oldest question first."""
    rows = "".join(map(turn_html, turns))
    files = "".join(f'<button type="button" class="quiet" data-export="{name}">{name}</button>' for name in EXPORTS)
    tools = (
        f'<p class="tools"><span>Save as {files}</span>'
        '<button type="button" class="quiet" data-clear>New conversation</button></p>'
    )
    return f'<div class="turns" role="region" aria-label="Conversation">{rows}</div>{tools}'


def next_html(key: str, questions: Sequence[str], as_of: str = "", *, refused: bool = False, tried: bool = True) -> str:
    """Questions to ask next under the turn of a key; "" where there are none. A click asks them as of `as_of`.

    Only those that were `tried` after a refusal are said to have answers.
    """
    if not questions:
        return ""
    rows = "".join(
        f'<li><button type="button" class="example" data-question="{escape(text)}" data-as-of="{escape(as_of)}">'
        f"{isolated(text)}</button></li>"
        for text in questions
    )
    name = ("The coverage does answer" if tried else "Try asking") if refused else "Ask next"
    return f'<section class="next" data-for="{escape(key)}"><h3>{name}</h3><ul class="examples">{rows}</ul></section>'


def turn_html(turn: Turn) -> str:
    """One question and its answer, draft or error."""
    if turn.error:
        said = f'<p class="prose" role="alert">{escape(turn.error)}</p>'
        body = f'<div class="answer error">{said}{_again(turn)}</div>'
    elif turn.answer is not None:
        body = answer_html(turn.answer, link_query(turn), turn.key)
    elif turn.stopped:
        kept = f'<p class="prose" dir="auto">{escape(turn.draft)}</p>' if turn.draft else ""
        kept += '<p class="notice">Stopped before it was finished.</p>'
        body = f'<div class="answer stopped">{kept}{_again(turn)}</div>'
    else:
        words = escape(turn.draft) or f'<span class="wait">{_waiting(turn.ahead)}</span>'
        body = f'<div class="answer draft" aria-busy="true"><p class="prose" dir="auto">{words}</p></div>'
    fixed = [f"as of {turn.as_of}"] if turn.as_of else []
    fixed += [f"entries of {turn.span}"] if turn.span else []
    limits = f' <span class="as-of">{escape(", ".join(fixed))}</span>' if fixed else ""
    heading = f'<h3 class="question" dir="auto">{escape(turn.question)}{limits}</h3>'
    asked = f' data-asked="{escape(turn.question)}" data-key="{escape(turn.key)}"'
    return f'<article class="turn"{asked}>{heading}{body}</article>'


def _marks_in(sentence: Sentence) -> Iterable[tuple[int, int]]:
    """Answering words of a sentence's citations, as offsets into the sentence."""
    for citation in sentence.citations:
        at = sentence.text.find(citation.quote)
        for start, end in citation.marks:
            if at >= 0:
                yield at + start, at + end
            elif (words := citation.quote[start:end]) and (found := sentence.text.find(words)) >= 0:
                yield found, found + len(words)


def _history(answer: Answer, told: Sequence[Sentence], *, dated: bool) -> str:
    """The values that a fact has had, newest first: the one told, and those that it replaced."""
    if not answer.superseded:
        return ""
    lead = next((citation for sentence in told for citation in sentence.citations), None)
    now = " ".join(lead.quote[a:b] for a, b in lead.marks) if lead else ""
    items = [f"<li><b>{isolated(now)}</b> {_clock(lead, dated=dated)}</li>"] if lead and now else []
    items += [f"<li><b>{isolated(old.value)}</b> {chip(old.citation, dated=dated)}</li>" for old in answer.superseded]
    return f'<div class="before"><h4>How this changed, newest first</h4><ol class="history">{"".join(items)}</ol></div>'


def _clock(citation: Citation, *, dated: bool) -> str:
    """Time of a citation whose chip stands elsewhere."""
    shown = short_label(citation, dated=dated)
    return f'<span class="clock"{time_attributes(citation.published, shown)}>{escape(shown)}</span>'


def _nearest(citation: Citation) -> str:
    title = citation.title or citation.quote
    return f"{chip(citation, dated=True)} {isolated(title if len(title) <= 120 else title[:117] + '…')}"


def _searched(answer: Answer) -> str:
    line, label = escape(searched_line(answer)), answer.coverage_label
    if not label:
        return line
    before, _, after = line.rpartition(escape(label))
    return f"{before}{timed_html(answer.coverage_until, label)}{after}"


def _spans_days(citations: Sequence[Citation]) -> bool:
    return len({citation.label.partition(", ")[2] for citation in citations}) > 1


def _actions(answer: Answer, link: str, key: str) -> str:
    """Copy buttons, whether it was right, and how sure the answer is and how it was made, folded away."""
    copies = "".join(
        f'<button type="button" class="quiet" data-copy="{escape(text)}">{name}</button>'
        for name, text in (("Copy", as_text(answer)), ("Copy as Markdown", as_markdown(answer)))
    )
    copies += f'<button type="button" class="quiet" data-link="{escape(link)}">Copy link</button>' if link else ""
    rated = _thumbs(answer, key) if key else ""
    sure, meaning = _confidence(answer)
    made = _listed("Models", answer.models)
    took = {_STEPS.get(step, step.replace("_", " ")): f"{ms:,.0f} ms" for step, ms in answer.timings_ms.items()}
    return (
        f'<div class="actions"><details><summary>{sure}</summary><p>{escape(meaning)}</p>'
        f"<p>{escape(checked_line(answer))}</p>{made}{_listed('Time taken', took)}</details>"
        f'<span class="copies">{copies}</span>{rated}</div>'
    )


def _listed(title: str, rows: Mapping[str, str]) -> str:
    pairs = "".join(f"<dt>{escape(name.capitalize())}</dt><dd>{escape(text)}</dd>" for name, text in rows.items())
    return f"<h4>{title}</h4><dl>{pairs}</dl>" if pairs else ""


def _thumbs(answer: Answer, key: str) -> str:
    """Two buttons that say whether the answer was right."""
    refused = ' data-refused=""' if answer.status == "not_in_coverage" else ""
    buttons = "".join(
        f'<button type="button" class="quiet thumb {kind}" data-thumb="{kind}" data-key="{escape(key)}"{refused}'
        f' aria-pressed="false">{name}</button>'
        for kind, name in (("up", "Right"), ("down", "Wrong"))
    )
    return f'<span class="thumbs" role="group" aria-label="Was this answer right?">{buttons}</span>'


def _confidence(answer: Answer) -> tuple[str, str]:
    if answer.status == "not_in_coverage":
        return "How this was decided", "No entry that could be seen answered the question well enough."
    word, meaning = confidence_words(answer.confidence)
    return f"{word} confidence" if word != "Not measured" else "How sure this is", meaning


def _waiting(ahead: int) -> str:
    if not ahead:
        return "Searching the coverage"
    return "One question is before yours" if ahead == 1 else f"{ahead} questions are before yours"


def _again(turn: Turn) -> str:
    return (
        f'<p><button type="button" class="quiet again" data-question="{escape(turn.question)}">Ask again</button></p>'
    )
