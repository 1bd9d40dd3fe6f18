"""Hits -> the sentences that can answer, with exact offsets and the answering words marked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.embedding import Encoder
from index.records import Entry, Hit, Part, Ref
from index.sentences import sentence_spans
from index.times import time_label
from rag.facts.figures import figures, marked_among
from rag.judge import Judge, as_claim
from rag.reader import Found, Passage, Reader, Span
from rag.records import Evidence, Mark
from rag.retrieval import by_entry
from rag.words import content_stems, stems

MIN_READ, READ_CHARS = 8, 4000  # entries read whatever their length, and up to which length more of them are
MAX_CANDIDATES = 32
MAX_JUDGED = 8
JUDGED_CHARS = 500
PAGE_TITLE_CHARS = 140
WHOLE_BODY_CHARS = 2400
RETRIEVAL_WEIGHT = 6.0
LIST_MARGIN = 4.0
COMPANION_SHARE = 0.5
_LIST = re.compile(
    r"\b(?:which|what|who) (?:\w+ ){0,3}?(?:\w+s|people|countries|two|three|four|five|six)\b|\bnames? of the "
    r"\w+s\b|\blist\b"
    r"|\bwho (?:are|were)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer: `margin` is the reader's, `retrieval` the score of its entry's best hit.

    `relevance` is the reader's logit that the passage answers at all, `sentence` the cosine of question and
    sentence, `judged` the judge's probability that the marked words answer (0 where it was not asked);
    `confidence` the calibrated probability that the sentence answers and the `features` it was worked out from,
    filled in by `rag.confidence`.
    """

    evidence: Evidence
    margin: float
    retrieval: float
    dense: float
    lexical: float
    sentence: float = 0.0
    relevance: float = 0.0
    judged: float = 0.0
    confidence: float = 0.0
    features: tuple[float, ...] = ()

    @property
    def entry(self) -> Entry:
        """Entry the sentence stands in."""
        return self.evidence.entry


_BULLET = re.compile(r"\s*[•*·–—-]\s+")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of one part of one entry, given to the reader whole."""

    hit: Hit
    part: Part
    offset: int
    text: str


def find_candidates(
    question: str,
    hits: Sequence[Hit],
    reader: Reader,
    encoder: Encoder,
    judge: Judge | None = None,
    *,
    bonus: Mapping[Ref, float] | None = None,
    titles: Mapping[str, str] | None = None,
) -> list[Candidate]:
    """Candidates over the best entries, best first; one per sentence, several marks where a list is asked for.

    `bonus` adds to the retrieval score of entries (the entry that a follow-up speaks of). Entries are read and judged
    under their page's title, from `titles` by page id: a question names the story, and its entries often do not.
    The first `MIN_READ` entries are read, and as many more as stay within `READ_CHARS` characters together: short
    entries cost little, and words that answer in other words stand far down among them.
    """
    bonus, titles = bonus or {}, titles or {}
    ranked = sorted(by_entry(hits), key=lambda h: -(h.score + bonus.get(h.entry.ref, 0.0)))
    pieces, passages = _to_read(ranked, hits, titles)
    found = reader.read(question, passages)
    several = bool(_LIST.search(question))
    out: dict[tuple[Ref, str, int], Candidate] = {}
    for piece, spans in zip(pieces, found, strict=True):
        for candidate in _candidates(piece, spans, several, question):
            extra = bonus.get(candidate.entry.ref, 0.0)
            scored = replace(
                candidate,
                retrieval=candidate.retrieval + extra,
                evidence=replace(
                    candidate.evidence,
                    score=candidate.margin + RETRIEVAL_WEIGHT * (candidate.retrieval + extra),
                ),
            )
            key = (candidate.entry.ref, candidate.evidence.part, candidate.evidence.start)
            held = out.get(key)
            if held is None or scored.evidence.score > held.evidence.score:
                out[key] = scored
    return _judged(question, _with_similarity(question, list(out.values()), encoder), judge, titles)


def _to_read(
    ranked: Sequence[Hit], hits: Sequence[Hit], titles: Mapping[str, str]
) -> tuple[list[_Piece], list[Passage]]:
    pieces: list[_Piece] = []
    passages: list[Passage] = []
    length = 0
    for place, hit in enumerate(ranked):
        own = _pieces(hit, hits)
        read = [_passage(piece, titles) for piece in own]
        length += sum(len(p.context) + len(p.text) for p in read)
        if place >= MIN_READ and length > READ_CHARS:
            break
        pieces += own
        passages += read
    return pieces, passages


def companion(lead: Candidate, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence of the lead's own entry that answers at least half as surely as the lead, None where none does."""
    for other in candidates:
        same = other.entry.ref == lead.entry.ref and other.evidence.part == lead.evidence.part
        if (
            same
            and other.evidence.start != lead.evidence.start
            and other.confidence >= COMPANION_SHARE * lead.confidence
        ):
            return other
    return None


def sentence_at(entry: Entry, part: Part, start: int, end: int) -> Evidence:
    """The sentence (or run of sentences) of an entry's part that holds the given offsets, with them marked."""
    text = entry.text(part)
    spans = [s for s in sentence_spans(text) if s[1] > start and s[0] < end] or [(start, end)]
    first, last = min(spans[0][0], start), max(spans[-1][1], end)
    return Evidence(entry, part, text[first:last], first, last, 0.0, ((start - first, end - first),))


def _with_similarity(question: str, candidates: list[Candidate], encoder: Encoder) -> list[Candidate]:
    """The best candidates by reader and retrieval, with the cosine of question and sentence, best first."""
    kept = sorted(candidates, key=lambda c: -c.evidence.score)[:MAX_CANDIDATES]
    if not kept:
        return []
    texts = [_under_title(c.entry, c.evidence.text) for c in kept]
    vectors = encoder.encode([question, *texts])
    cosines = vectors[1:] @ vectors[0]
    return [replace(c, sentence=float(s)) for c, s in zip(kept, cosines, strict=True)]


def compared_texts(entry: Entry) -> list[str]:
    """What questions will be compared with of an entry: each sentence of its body, under its title."""
    return [_under_title(entry, entry.body[a:b]) for a, b in sentence_spans(entry.body)]


def _under_title(entry: Entry, sentence: str) -> str:
    return f"{entry.title}\n{sentence}" if entry.title else sentence


def _judged(
    question: str, candidates: list[Candidate], judge: Judge | None, titles: Mapping[str, str]
) -> list[Candidate]:
    """The first candidates with the judge's probability that their marked words answer."""
    if judge is None:
        return candidates
    asked = candidates[:MAX_JUDGED]
    pairs = [(as_claim(question, " and ".join(c.evidence.marked)), surroundings(c.evidence, titles)) for c in asked]
    verdicts = judge.judge(pairs)
    first = [replace(c, judged=v.supported) for c, v in zip(asked, verdicts, strict=True)]
    return first + candidates[MAX_JUDGED:]


def surroundings(evidence: Evidence, titles: Mapping[str, str] | None = None) -> Passage:
    """The sentence with as much before and after it as the judge can take in, under its title and time.

    `titles` are those of pages by id; the title of the entry's own is added where it is among them.
    """
    entry, text = evidence.entry, evidence.entry.text(evidence.part)
    room = max(0, JUDGED_CHARS - (evidence.end - evidence.start)) // 2
    spans = sentence_spans(text)
    first = min((a for a, b in spans if a >= evidence.start - room and b <= evidence.start), default=evidence.start)
    last = max((b for a, b in spans if b <= evidence.end + room and a >= evidence.end), default=evidence.end)
    return Passage(context_of(entry, (titles or {}).get(entry.page_id)), text[first:last])


def _pieces(hit: Hit, hits: Sequence[Hit]) -> list[_Piece]:
    """What to read of an entry: its whole body where short, else the chunks that were found; and its captions."""
    entry = hit.entry
    if len(entry.body) <= WHOLE_BODY_CHARS:
        body = [_Piece(hit, "body", 0, entry.body)] if entry.body or not entry.captions else []
    else:
        # A chunk of the entry as it is now may not stand in the entry as it stood.
        own = [h.chunk for h in hits if h.entry.ref == entry.ref and h.chunk.part == "body"]
        found = [c for c in own if entry.body[c.start : c.end] == c.text][:3]
        body = [_Piece(hit, "body", c.start, c.text) for c in found]
        body = body or [_Piece(hit, "body", 0, entry.body[:WHOLE_BODY_CHARS])]
    captions = entry.text("captions")
    return body + ([_Piece(hit, "captions", 0, captions[:WHOLE_BODY_CHARS])] if captions else [])


def _passage(piece: _Piece, titles: Mapping[str, str]) -> Passage:
    entry = piece.hit.entry
    return Passage(context_of(entry, titles.get(entry.page_id)), piece.text, len(entry.title or ""))


def context_of(entry: Entry, page_title: str | None = None) -> str:
    """The line that an entry is read and judged under: its title, author and time, and its page's title."""
    page = (page_title or "")[:PAGE_TITLE_CHARS].strip()
    return " | ".join(part for part in (entry.title, entry.author, time_label(entry), page) if part)


def _whole_figures(text: str, marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Marks that begin or end within a figure take the whole of it: "0" of "0-2" says nothing."""
    found = figures(text)
    whole: list[Mark] = []
    for a, b in marks:
        cut = marked_among(found, [(a, b)])
        mark = min([a, *(f.start for f in cut)]), max([b, *(f.end for f in cut)])
        if mark not in whole:
            whole.append(mark)
    return tuple(whole)


def _one_line(text: str, a: int, b: int, question: str) -> Mark:
    """A span over several lines of a list, cut to the line that shares most words with the question."""
    if "\n" not in text[a:b].strip():
        return a, b
    cuts = [a, *(m.end() + a for m in re.finditer(r"\n+", text[a:b])), b]
    wanted = set(content_stems(question))
    lines = [(x, y) for x, y in pairwise(cuts) if text[x:y].strip()]

    def shared(mark: Mark) -> int:
        spans = [s for s in sentence_spans(text) if s[0] < mark[1] and mark[0] < s[1]] or [mark]
        return len(wanted & stems(text[spans[0][0] : spans[-1][1]]))

    first, last = max(lines, key=shared)
    lead = _BULLET.match(text, first, last)
    return lead.end() if lead else first, first + len(text[first:last].rstrip())


def _candidates(piece: _Piece, found: Found, several: bool, question: str) -> list[Candidate]:
    hit, entry = piece.hit, piece.hit.entry
    grouped: dict[tuple[Part, int, int], list[tuple[Span, int, int]]] = {}
    for part, spans, offset in (
        (piece.part, found.spans, piece.offset),
        ("title", found.in_title if piece.part == "body" else (), 0),
    ):
        for span in spans:
            a, b = span.start + offset, span.end + offset
            a, b = _one_line(entry.text(part), a, b, question)
            held = sentence_at(entry, part, a, b)
            grouped.setdefault((held.part, held.start, held.end), []).append((span, a, b))
    out = []
    for (part, start, end), members in grouped.items():
        best = max(members, key=lambda m: m[0].margin)[0].margin
        kept = sorted(
            (a - start, b - start)
            for s, a, b in members
            if s.margin == best or (several and s.margin >= best - LIST_MARGIN and s.margin > 0)
        )
        text = entry.text(part)[start:end]
        evidence = Evidence(entry, part, text, start, end, best, _whole_figures(text, kept))
        out.append(Candidate(evidence, best, hit.score, hit.dense, hit.lexical, relevance=found.relevance))
    return out
