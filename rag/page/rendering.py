"""Answers as HTML for the page. Coverage is untrusted text: every word of it is escaped here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rag.page.exporting import EXPORTS, as_markdown, as_text, link_query, searched_line
from rag.page.markup import as_json, escape, isolated, marked, time_attributes
from rag.page.turns import Turn
from rag.records import Answer, Citation, Sentence

_VERDICTS = {
    "quoted": "In the coverage’s own words",
    "not_in_coverage": "Not in the coverage",
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
    }
    shown = short_label(citation, dated=dated)
    spoken = f"Open the entry of {citation.label}. It says: {citation.quote}"
    return (
        f'<span class="cite"><button type="button" class="chip" data-cite="{as_json(cite)}"'
        f' aria-label="{escape(spoken)}"{time_attributes(citation.published, shown)}>{escape(shown)}</button>'
        f'<span class="peek" aria-hidden="true"><span class="peek-time">{escape(citation.label)}</span>'
        f"{marked(citation.quote, citation.marks)}</span></span>"
    )


def sentence_html(sentence: Sentence, *, dated: bool = False) -> str:
    """One sentence with its answering words marked and its chips after it."""
    text = marked(sentence.text, tuple(_marks_in(sentence)))
    tag = "q" if sentence.quoted else "span"
    chips = "".join(chip(citation, dated=dated) for citation in sentence.citations)
    return f'<span class="sentence"><{tag} class="said" dir="auto">{text}</{tag}>&#8288;{chips}</span>'


def answer_html(answer: Answer, link: str = "") -> str:
    """Whole answer: verdict, sentences with chips, what they replaced, notices, and what was searched."""
    dated = _spans_days((*answer.citations, *(old.citation for old in answer.superseded)))
    verdict = _VERDICTS.get(answer.status, "")
    said = re.sub(rf"^{_VERDICTS['not_in_coverage']}\W*", "", answer.text)
    blocks = [f'<p class="verdict">{verdict}</p>'] if verdict else []
    if answer.sentences:
        prose = " ".join(sentence_html(sentence, dated=dated) for sentence in answer.sentences)
        blocks.append(f'<p class="prose">{prose}</p>')
    elif said:
        blocks.append(f'<p class="prose" dir="auto">{escape(said[:1].upper() + said[1:])}</p>')
    told = {citation.entry_id for citation in answer.citations}
    earlier = [old for old in answer.superseded if old.citation.entry_id not in told]
    if earlier:
        rows = "".join(f"<li><b>{isolated(old.value)}</b> {chip(old.citation, dated=dated)}</li>" for old in earlier)
        blocks.append(f'<div class="before"><h4>Earlier in the coverage</h4><ul>{rows}</ul></div>')
    blocks += [f'<p class="notice" dir="auto">{escape(notice)}</p>' for notice in answer.notices]
    if answer.nearest and answer.status == "not_in_coverage":
        rows = "".join(f"<li>{_nearest(citation)}</li>" for citation in answer.nearest)
        blocks.append(f'<div class="nearest"><h4>Nearest entries</h4><ul>{rows}</ul></div>')
    if not said.startswith("Searched"):
        blocks.append(f'<p class="searched">{escape(searched_line(answer))}</p>')
    blocks.append(_actions(answer, link))
    return f'<div class="answer {answer.status}">{"".join(blocks)}</div>'


def thread_html(turns: Sequence[Turn]) -> str:
    """Conversation, oldest question first."""
    rows = "".join(map(turn_html, turns))
    files = "".join(f'<button type="button" class="quiet" data-export="{name}">{name}</button>' for name in EXPORTS)
    tools = (
        f'<p class="tools"><span>Save as {files}</span>'
        '<button type="button" class="quiet" data-clear>New conversation</button></p>'
    )
    return f'<div class="turns" role="log" aria-label="Conversation">{rows}</div>{tools}'


def turn_html(turn: Turn) -> str:
    """One question and its answer, draft or error."""
    if turn.error:
        said = f'<p class="prose" role="alert">{escape(turn.error)}</p>'
        body = f'<div class="answer error">{said}{_again(turn)}</div>'
    elif turn.answer is not None:
        body = answer_html(turn.answer, link_query(turn))
    elif turn.stopped:
        kept = f'<p class="prose" dir="auto">{escape(turn.draft)}</p>' if turn.draft else ""
        kept += '<p class="notice">Stopped before it was finished.</p>'
        body = f'<div class="answer stopped">{kept}{_again(turn)}</div>'
    else:
        words = escape(turn.draft) or f'<span class="wait">{_waiting(turn.ahead)}</span>'
        body = f'<div class="answer draft" aria-busy="true"><p class="prose" dir="auto">{words}</p></div>'
    as_of = f' <span class="as-of">as of {escape(turn.as_of)}</span>' if turn.as_of else ""
    heading = f'<h3 class="question" dir="auto">{escape(turn.question)}{as_of}</h3>'
    return f'<article class="turn" data-asked="{escape(turn.question)}">{heading}{body}</article>'


def _marks_in(sentence: Sentence) -> Iterable[tuple[int, int]]:
    """Answering words of a sentence's citations, as offsets into the sentence."""
    for citation in sentence.citations:
        at = sentence.text.find(citation.quote)
        for start, end in citation.marks:
            if at >= 0:
                yield at + start, at + end
            elif (words := citation.quote[start:end]) and (found := sentence.text.find(words)) >= 0:
                yield found, found + len(words)


def _nearest(citation: Citation) -> str:
    title = citation.title or citation.quote
    return f"{chip(citation, dated=True)} {isolated(title if len(title) <= 120 else title[:117] + '…')}"


def _spans_days(citations: Sequence[Citation]) -> bool:
    return len({citation.label.partition(", ")[2] for citation in citations}) > 1


def _actions(answer: Answer, link: str) -> str:
    """Copy buttons, and how sure the answer is and how it was made, folded away."""
    copies = "".join(
        f'<button type="button" class="quiet" data-copy="{escape(text)}">{name}</button>'
        for name, text in (("Copy", as_text(answer)), ("Copy as Markdown", as_markdown(answer)))
    )
    copies += f'<button type="button" class="quiet" data-link="{escape(link)}">Copy link</button>' if link else ""
    sure, meaning = _confidence(answer)
    made = [("Model", f"{role}: {name}") for role, name in answer.models.items()]
    made += [(f"{step.replace('_', ' ')}", f"{ms:,.0f} ms") for step, ms in answer.timings_ms.items()]
    rows = "".join(f"<dt>{escape(name.capitalize())}</dt><dd>{escape(text)}</dd>" for name, text in made)
    return (
        f'<div class="actions"><details><summary>{sure}</summary><p>{meaning}</p><dl>{rows}</dl></details>'
        f"<span>{copies}</span></div>"
    )


def _confidence(answer: Answer) -> tuple[str, str]:
    if answer.status == "not_in_coverage":
        return "How this was decided", "No entry that could be seen answered the question well enough."
    percent = round(100 * answer.confidence)
    word = "High" if percent >= 85 else "Fair" if percent >= 50 else "Low"
    return (
        f"{word} confidence",
        f"Of questions answered with evidence like this, about {percent} in 100 were answered rightly when "
        "this was measured.",
    )


def _waiting(ahead: int) -> str:
    if not ahead:
        return "Searching the coverage"
    return "One question is before yours" if ahead == 1 else f"{ahead} questions are before yours"


def _again(turn: Turn) -> str:
    return (
        f'<p><button type="button" class="quiet again" data-question="{escape(turn.question)}">Ask again</button></p>'
    )
