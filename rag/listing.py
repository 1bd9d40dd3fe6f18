"""Questions about the page itself and about stretches of time: answered from stamps and order, not by reading.

"When was it posted?", "what is the newest post?", "the post before that one", "put these in order", "what
happened between 3 and 4pm?".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from index.embedding import Encoder
from index.records import Entry, Hit, Ref
from index.sentences import sentence_spans
from index.times import entry_moment, time_key, time_label
from rag.composing import cite, cite_headline
from rag.records import Evidence, Sentence
from rag.words import content_stems, name_phrases, names, stems

MAX_LINES = 8
NAMING_BONUS = 0.4
Search = Callable[[str], list[Hit]]

_POSTING_WORDS = re.compile(
    r"\b(?:when|(?:at )?what time|which minute|(?:did|does|was|were|is) the (?:page|live ?blog|blog|desk"
    r"|coverage|feed)|"
    r"the (?:page|live ?blog|blog|coverage|feed)|did you|post(?:ed)?|publish(?:ed)?|go(?:es)? up|went up"
    r"|gone up|appear(?:ed)?|"
    r"first report(?:ed)?|report(?:ed)?|on the page|mention(?:ed)?|about|(?:the )?(?:update|entry|line)|did"
    r"|you|we|writ(?:e|ten)|wrote|tell|told|say|said|given as|put at|was|were|the)\b",
    re.IGNORECASE,
)


def timed(entries: Sequence[Entry]) -> list[Entry]:
    """Entries with a time, oldest first; within a minute in the order the page tells them."""
    return sorted(
        (e for e in entries if entry_moment(e) is not None),
        key=lambda e: (moment_key(e), -e.position),
    )


def moment_key(entry: Entry) -> float:
    """Where the entry stands in time; before everything where it has none."""
    moment = entry_moment(entry)
    return time_key(moment) if moment else float("-inf")


def without_posting(topic: str) -> str:
    """What a question asks to have been posted, without its words about posting."""
    bare = re.sub(r"\s+", " ", _POSTING_WORDS.sub(" ", topic)).strip(" ?")
    # A word that opens a sentence counts as no name: one that was within the question stays within.
    return f"that {bare}" if bare.split(" ", 1)[0] in names(topic) else bare


def posted(topic: str, search: Search) -> tuple[Entry, Sentence] | None:
    """The minute the entry on a topic was published, as a sentence that cites it."""
    bare = without_posting(topic)
    hits = search(bare or topic)
    hits = [h for h in hits if entry_moment(h.entry) is not None] or hits
    if not hits:
        return None
    entry = hits[0].entry
    asked = content_stems(bare)
    held = stems(f"{entry.title or ''} {entry.body} {entry.text('captions')}")
    if sum(word in held for word in asked) * 2 < len(asked):
        return None
    return entry, posted_sentence(entry)


def posted_sentence(entry: Entry, told: Evidence | None = None) -> Sentence:
    """The minute an entry was published, as a sentence that names it by its title, or by the sentence that told it."""
    citation = cite(told) if told else cite_headline(entry)
    name = f"“{' '.join(citation.quote.split())}”" if citation.quote else "The entry"
    return Sentence(f"{name} was published at {time_label(entry)}.", (citation,))


def end_of_page(entries_by_page: Sequence[Sequence[Entry]], *, newest: bool) -> list[Sentence]:
    """The newest (or first) entry of each page, newest page first."""
    found = [ordered[-1 if newest else 0] for ordered in map(timed, entries_by_page) if ordered]
    found.sort(key=lambda e: -moment_key(e))
    return [headline_sentence(e) for e in found[:MAX_LINES]]


def neighbour(entry: Entry, entries: Sequence[Entry], side: int) -> Sentence | None:
    """The entry published next after (side 1) or just before (side -1) another one on its page."""
    ordered = timed(entries)
    ids = [e.id for e in ordered]
    if entry.id not in ids:
        return None
    at = ids.index(entry.id) + side
    return headline_sentence(ordered[at]) if 0 <= at < len(ordered) else None


def evidence_of(
    sentences: Sequence[Sentence], cited: Sequence[Entry], hits: Sequence[Hit], limit: int = 10
) -> tuple[Evidence, ...]:
    """The entries of a listed answer, those it cites first, then those found for its words; each once."""
    by_ref = {entry.ref: entry for entry in cited}
    found: dict[Ref, Evidence] = {}
    for citation in (c for s in sentences for c in s.citations):
        if (entry := by_ref.get(citation.entry_ref)) is not None:
            evidence = Evidence(entry, citation.part, citation.quote, citation.start, citation.end, 1.0)
            found.setdefault(entry.ref, evidence)
    for hit in hits:
        entry, chunk = hit.entry, hit.chunk
        part, start, end = chunk.part, chunk.start, chunk.end
        if entry.text(part)[start:end] != chunk.text:  # a chunk of later words than the entry had then
            part, start, end = "body", 0, len(entry.body)
        found.setdefault(entry.ref, Evidence(entry, part, entry.text(part)[start:end], start, end, hit.score))
    return tuple(found.values())[:limit]


def headline_sentence(entry: Entry) -> Sentence:
    """An entry's own headline; its minute is its citation's."""
    citation = cite_headline(entry)
    return Sentence(" ".join(citation.quote.split()), (citation,), quoted=True)


def in_order(question: str, search: Search) -> list[Sentence]:
    """The things a question lists, each by its best entry, in the order they were published."""
    listed = question.split(":", 1)[1] if ":" in question else ""
    items = [i.strip(" .?") for i in re.split(r",|;|\band\b|\bor\b", listed) if len(i.strip(" .?")) > 2]
    found: dict[Ref, Entry] = {}
    for item in items:
        hits = search(item)
        if hits:
            found.setdefault(hits[0].entry.ref, hits[0].entry)
    return [headline_sentence(e) for e in timed(list(found.values()))]


def digest(topic: str, entries: Sequence[Entry], encoder: Encoder, *, limit: int = MAX_LINES) -> list[Sentence]:
    """One line an entry, in its own words, oldest first: what the entries say of a topic.

    Where the topic names someone or something, only entries that name it too count. Of more than `limit`
    entries the ones nearest the topic are kept.
    """
    phrases = name_phrases(topic)
    named = [n for phrase in phrases for n in phrase]
    kept = [e for e in timed(entries) if _names_one(phrases, e)]
    lines = _once([line for e in kept if (line := _line(e, topic, named, encoder)) is not None])
    if len(lines) > limit:
        lines = sorted(lines, key=lambda ev: -ev.score)[:limit]
        order = {e.ref: i for i, e in enumerate(kept)}
        lines.sort(key=lambda ev: order[ev.entry.ref])
    return [Sentence(" ".join(ev.text.split()), (cite(ev),), quoted=True) for ev in lines]


def _once(lines: Sequence[Evidence]) -> list[Evidence]:
    """Lines without those that print an earlier one again, word for word."""
    kept: dict[tuple[str, str], Evidence] = {}
    for line in lines:
        kept.setdefault((line.entry.page_id, " ".join(re.findall(r"\w+", line.text.lower()))), line)
    return list(kept.values())


def _line(entry: Entry, topic: str, named: Sequence[str], encoder: Encoder) -> Evidence | None:
    """The sentence of an entry that is nearest the topic, those that name its subject first."""
    spans = [(a, b) for a, b in sentence_spans(entry.body) if b - a > 12] or sentence_spans(entry.body)
    if not spans:
        citation = cite_headline(entry)
        if not citation.quote:
            return None
        return Evidence(entry, citation.part, citation.quote, citation.start, citation.end, 0.0)
    texts = [entry.body[a:b] for a, b in spans[:24]]
    vectors = encoder.encode([f"{topic} {entry.title or ''}", *texts])
    scores = vectors[1:] @ vectors[0]
    naming = np.array([NAMING_BONUS * any(n in stems(t) for n in named) for t in texts])
    lead = np.array([0.05] + [0.0] * (len(texts) - 1))
    best = int(np.argmax(scores + naming + lead))
    a, b = spans[best]
    return Evidence(entry, "body", entry.body[a:b], a, b, float(scores[best]))


def _names_one(phrases: Sequence[Sequence[str]], entry: Entry) -> bool:
    """Whether the entry holds one of the names whole; without names any entry but an untimed summary counts."""
    held = stems(f"{entry.title or ''} {entry.body}")
    return any(all(n in held for n in phrase) for phrase in phrases) if phrases else entry.kind != "summary"


def main_page(hits: Sequence[Hit]) -> list[Entry]:
    """Entries of the page that the hits mostly speak for, so that a digest tells one story."""
    weight: dict[str, float] = {}
    for rank, hit in enumerate(hits[:8]):
        weight[hit.entry.page_id] = weight.get(hit.entry.page_id, 0.0) + hit.score / (rank + 2)
    if not weight:
        return []
    page = max(weight, key=lambda p: weight[p])
    return [h.entry for h in hits if h.entry.page_id == page]


def latest_on(topic: str, hits: Sequence[Hit], encoder: Encoder) -> list[Sentence]:
    """What the newest entry says of a topic named without a question ("latest on the rail talks?").

    Only entries that hold every telling word of the topic count; empty where none does.
    """
    telling = content_stems(topic)
    held = [h.entry for h in hits if telling and set(telling) <= stems(f"{h.entry.title or ''} {h.entry.body}")]
    for entry in reversed(timed(held)):
        line = _line(entry, topic, telling, encoder)
        if line is not None:
            return [Sentence(" ".join(line.text.split()), (cite(line),), quoted=True)]
    return []
