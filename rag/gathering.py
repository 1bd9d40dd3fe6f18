"""What the coverage holds for a question: hits as things stood, candidates with their confidence, stated figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.embedding import Encoder
from index.lexical import lexical_query
from index.records import Entry, Hit, Ref
from index.store import Store
from index.times import time_key
from index.visibility import see
from rag.asking.aims import asks_if_right
from rag.asking.clocks import names_a_moment
from rag.asking.premises import asks_whether, read_premise
from rag.asking.spelling import mended
from rag.asking.subject import Subject, read_subject, repeats
from rag.confidence import Calibration, decided, weigh
from rag.doubt import DECIDED_LEAST, doubted
from rag.evidence import Candidate, find_candidates
from rag.facts.agreeing import agreed, fuller, gives, leads_with, only_gives, outweighed, repeats_older
from rag.facts.demand import Demand, asks_when, part_keys, read_demand, wants_past_time
from rag.facts.happened import event_times, looks_ahead, of_another_time, only_planned, tells_when, told_times
from rag.facts.outcomes import called_off
from rag.facts.restating import beside, carried_on, restated
from rag.facts.senses import asked_keys, asked_things, held_keys, search_words, senses
from rag.facts.settling import Settled, by_two_sources, settle
from rag.facts.stated import looks_back, reprints, statements
from rag.facts.states import asks_state, first_told, state_of, when_happened
from rag.facts.stories import about, home_page, of_place, story_names, titled
from rag.facts.threads import asked_names, by_thread
from rag.inquiry import Inquiry
from rag.listing import moment_key
from rag.loading import Models
from rag.reader import TransformerReader
from rag.records import Evidence
from rag.retrieval import by_entry
from rag.when import Scope, Span
from rag.words import names, other_form, stem

TOP_K = 24
PAGE_K = 64
FOLLOW_UP_BONUS = 0.5
SIDES_SHARE = 0.5  # of the threshold, for a sentence whose figure another source's stands beside
DENIED_SHARE = 0.8  # of the threshold: below it the reader denies that anything answers, whatever rules find
ANOTHER_STORY = 0.3  # what a sentence keeps where the question's names stand nowhere in what it may see
ANOTHER_TIME = 0.3  # what a sentence keeps that tells of another time than the one asked for


@dataclass(frozen=True, slots=True)
class Gatherer:
    """Searches and reads for one question at a time; holds nothing of any of them."""

    store: Store
    models: Models
    calibration: Calibration

    @property
    def encoder(self) -> Encoder:
        """The encoder that the store was made with."""
        return self.models.retriever.encoder

    def search(self, inquiry: Inquiry, text: str, top_k: int = TOP_K) -> list[Hit]:
        """Hits that the question may see, their entries as they stood."""
        hits = self.models.retriever.search(text, top_k=2 * top_k, allowed=inquiry.allowed)
        page = self.home(inquiry, text)
        if page is not None:
            hits = [h for h in hits if h.entry.page_id == page]
            if len(hits) < top_k:
                known = {h.chunk.key for h in hits}
                own = self.models.retriever.search(text, top_k=top_k, allowed=self._chunks_of(inquiry, page))
                hits += [h for h in own if h.chunk.key not in known]
        return self._stood(inquiry, hits[:top_k])

    def _chunks_of(self, inquiry: Inquiry, page: str, *, timed_only: bool = False) -> np.ndarray:
        """Keys of the chunks of one page that the question may see."""
        spans = inquiry.scope.spans
        return self.store.select([page], {page: spans[page]} if spans else None, timed_only=timed_only or bool(spans))

    def home(self, inquiry: Inquiry, text: str) -> str | None:
        """The page whose story the names of a text pin, None where they pin none."""
        for asked in (text, *(f"{q} {a}" for q, a in reversed(inquiry.full.history))):
            page = home_page(self.store, asked, inquiry.allowed, inquiry.titles)
            if page is not None or story_names(asked):
                return page
        return None

    def candidates(self, inquiry: Inquiry) -> list[Candidate]:
        """Sentences that can answer, surest first, before it is decided whether the surest does."""
        return self._weighed(inquiry)[1]

    def read(self, inquiry: Inquiry) -> tuple[Subject, list[Candidate], list[Hit]]:
        """What the question speaks of, the sentences that can answer it, surest first, and the hits they come from."""
        subject, weighed, hits = self._weighed(inquiry)
        found = _in_time(inquiry, subject, decided(weighed, self.calibration))
        found = doubted(subject.ask, read_demand(subject.ask), found, inquiry.titles, DECIDED_LEAST)
        if not self.known(inquiry, subject.ask):
            found = [replace(c, confidence=c.confidence * ANOTHER_STORY) for c in found]
        return subject, found, hits

    def _weighed(self, inquiry: Inquiry) -> tuple[Subject, list[Candidate], list[Hit]]:
        subject = read_subject(inquiry.scope.topic, inquiry.full.history)
        hits, bonus = self._hits(inquiry, subject)
        inquiry.clock.lap("retrieve")
        encoder = self.encoder
        found = find_candidates(
            subject.ask, hits, self.models.reader, encoder, self.models.judge, bonus=bonus, titles=inquiry.titles
        )
        if subject.earlier:
            found = [c for c in found if not repeats(c.evidence.marked, subject.earlier_answer)] or found
        inquiry.clock.lap("read")
        known = self.names_known(subject.ask, inquiry)
        weighed = weigh(subject.ask, found, self.calibration, known, inquiry.titles)
        weighed = doubted(subject.ask, read_demand(subject.ask), weighed, inquiry.titles)
        weighed = _in_time(inquiry, subject, weighed)
        inquiry.clock.lap("weigh")
        return subject, weighed, hits

    def told_later(self, inquiry: Inquiry) -> tuple[Inquiry, list[Candidate]] | None:
        """Sentences of later entries that name the very time of the question's words; None where none is sure enough.

        "How many calls had they taken by 4pm?" is answered by who says so at half past. A time given beside the
        question is none of its words: what came later does not exist for that.
        """
        asked, scope = inquiry.question, inquiry.scope
        given = any((asked.as_of, asked.since, asked.until))
        if given or scope.as_of is None or not names_a_moment(inquiry.full.text):
            return None
        open_to_all = self._without_time(inquiry)
        _, candidates, _ = self.read(open_to_all)
        found = [c for c in candidates if _names_time(c, scope.spans)]
        sure = bool(found) and found[0].confidence >= self.calibration.threshold
        return (open_to_all, found) if sure else None

    def _without_time(self, inquiry: Inquiry) -> Inquiry:
        pages = inquiry.question.pages
        return replace(
            inquiry,
            scope=Scope({}, topic=inquiry.full.text),
            allowed=None if pages is None else self.store.select(pages, None),
            seen=see(self.store, pages, None),
            titles=self.store.timetable().titles,
        )

    def standing(
        self, inquiry: Inquiry, subject: Subject, candidates: Sequence[Candidate], hits: Sequence[Hit]
    ) -> tuple[Settled | None, Candidate | None]:
        """The value that answers and what it replaced, else the sentence that tells how it stands; at most one of them.

        A value is found by the entries that state the surest candidate's fact again, else by the figures that entries
        state.
        """
        learned = self.restated(inquiry, subject, candidates)
        state = self._told_otherwise(inquiry, subject, candidates, hits, learned) if learned is not None else None
        found = self._value(inquiry, subject, candidates, hits, None if state else learned)
        return found, None if found else state or self.stood(inquiry, subject, candidates, hits)

    def _value(
        self,
        inquiry: Inquiry,
        subject: Subject,
        candidates: Sequence[Candidate],
        hits: Sequence[Hit],
        learned: Settled | None,
    ) -> Settled | None:
        """The value that answers, of what the restatements found and what the figures tell; None where neither does."""
        if learned is not None and inquiry.scope.aim == "latest":
            learned = carried_on(learned, candidates, self.calibration.threshold)
        settled = self.settled(inquiry, subject, candidates, hits)
        demand = read_demand(subject.ask)
        found = agreed(inquiry.scope.aim, subject.ask, demand, learned, settled)
        part = part_keys(subject.ask)
        if found is not None and demand is not None and part:  # the whole is no part of itself
            other = leads_with(found, demand.given) or not part & held_keys(found.lead.evidence.text)
            found = None if other else found
        if inquiry.scope.aim != "sides" or (found is not None and found.beside):
            return found
        threshold = self.calibration.threshold
        sides = by_two_sources(candidates, SIDES_SHARE * threshold)
        if sides is None:
            return found
        return replace(sides, lead=replace(sides.lead, confidence=max(sides.lead.confidence, threshold)))

    def _told_otherwise(
        self,
        inquiry: Inquiry,
        subject: Subject,
        candidates: Sequence[Candidate],
        hits: Sequence[Hit],
        found: Settled,
    ) -> Candidate | None:
        """A state found by meaning that serves better than a finding which leaves out what is asked of, or is older.

        Older counts where a time or the latest is asked for; a plan is then no outcome of what has come since.
        """
        things, lead = asked_things(subject.ask), found.lead
        other = bool(things) and not things & held_keys(lead.evidence.text)
        timed = inquiry.scope.aim == "latest" or bool(inquiry.scope.spans)
        if not (other or timed) or read_demand(subject.ask) is not None:
            return None
        stood = self.stood(inquiry, subject, candidates, hits)
        if stood is None:
            return None
        told = held_keys(stood.evidence.text)
        if other:
            return stood if things & told else None
        newer = timed and moment_key(stood.entry) > moment_key(lead.entry) and not only_planned(stood.evidence.text)
        of_it = {k for k in asked_keys(subject.ask) if k.startswith("~")}
        sure = bool(of_it) and of_it <= told and stood.confidence >= lead.confidence / 2
        return stood if newer and (sure or only_planned(lead.evidence.text)) else None

    def settled(
        self, inquiry: Inquiry, subject: Subject, candidates: Sequence[Candidate], hits: Sequence[Hit]
    ) -> Settled | None:
        """The figure that answers by what entries state, newest first; None where no figure is wanted or stated."""
        supposed = read_premise(subject.ask) is not None
        # The reader knows no words for how a figure changed, nor for one that the question only supposes.
        unread = supposed or inquiry.scope.aim == "change"
        demand = read_demand(subject.ask, any_figure=inquiry.scope.aim in {"change", "replaced", "sides"})
        # A score is known by its form, and its match by the names.
        scored = demand is not None and demand.kinds == ("score",) and self.home(inquiry, subject.ask) is not None
        if (self._denied(candidates) and not (unread or scored)) or not self.known(inquiry, subject.ask):
            return None
        planned = demand is not None and supposed and bool(demand.given)
        if demand is None or (asks_when(subject.ask) and not demand.counts and not planned):
            return None
        sure = bool(candidates) and candidates[0].confidence >= self.calibration.threshold
        entries = {h.entry.ref: h.entry for h in hits}
        asked = f"{subject.ask} {_wordings(demand)}".strip()
        more = self.search(inquiry, asked) if demand.counts else []
        anchor = candidates[0].entry if sure and not demand.counts else None
        page = anchor.page_id if anchor else (more or list(hits))[0].entry.page_id if (more or hits) else None
        if page is not None:
            more = [*more, *self._of_page(inquiry, asked, page)]
        entries |= {h.entry.ref: h.entry for h in more}
        if demand.counts and self.home(inquiry, subject.ask) is not None:  # the names have told the story
            demand = replace(demand, keys=tuple(k for k in demand.keys if k not in demand.named))
        stated = of_place(subject.ask, statements(_about(inquiry, subject.ask, list(entries.values()))))
        if not demand.counts:
            named = [stem(n) for n in asked_names(subject.ask, stated)]
            demand = replace(demand, named=tuple(dict.fromkeys((*named, *demand.named))))
        found = settle(demand, inquiry.scope.aim, stated, candidates, sure)
        if found is None or not demand.counts:
            own = [s for s in stated if s.entry.page_id == page]
            threaded = by_thread(
                subject.ask, demand, inquiry.scope.aim, own, candidates, self.encoder,
                pinned=inquiry.scope.aim != "any" or self.home(inquiry, subject.ask) is not None,
            )  # fmt: skip
            if threaded is not None and sure and not supposed and outweighed(threaded, candidates[0], demand):
                threaded = None
            # The thread of a figure that the question itself gives is the one it means.
            given = (
                threaded is not None and supposed
                and gives(threaded, demand.given) and not only_gives(threaded, demand.given)
            )  # fmt: skip
            found = threaded if given else fuller(inquiry.scope.aim, found, threaded)
        if found is not None and inquiry.scope.aim == "latest" and "clock" in demand.kinds:
            found = _unless_called_off(found, [e for e in entries.values() if e.page_id == page])
        inquiry.clock.lap("settle")
        if found is not None and supposed and only_gives(found, demand.given):
            newer = sure and repeats_older(found, demand.given, candidates[0])
            if newer or not asks_whether(subject.ask):
                return None
        return None if found and inquiry.scope.aim == "latest" and reprints(found.lead.evidence.text) else found

    def restated(self, inquiry: Inquiry, subject: Subject, candidates: Sequence[Candidate]) -> Settled | None:
        """What other entries give for the surest candidate's answer, by reader and judge; None where none differs."""
        judge, model = self.models.judge, self.calibration.restates
        sure = bool(candidates) and candidates[0].confidence >= self.calibration.threshold
        if judge is None or model is None or not sure:
            return None
        if asks_if_right(subject.ask) and "corrected" in senses(candidates[0].entry.body):
            return None  # what puts the first report right is the answer, whatever came of it since
        others = beside(subject.ask, candidates, judge, self.encoder, inquiry.titles)
        found = restated(inquiry.scope.aim, candidates[0], others, model, timed=bool(inquiry.scope.spans))
        inquiry.clock.lap("restate")
        return found

    def _denied(self, candidates: Sequence[Candidate]) -> bool:
        best = max((c.confidence for c in candidates), default=0.0)
        return best < DENIED_SHARE * self.calibration.threshold

    def stood(
        self, inquiry: Inquiry, subject: Subject, candidates: Sequence[Candidate], hits: Sequence[Hit]
    ) -> Candidate | None:
        """The sentence that tells how something stands or when it happened, found by meaning; None where none does.

        Only where it serves better than the surest candidate: that one is unsure, older, or tells no time.
        """
        if self._denied(candidates):
            return None
        encoder = self.encoder
        entries = [h.entry for h in by_entry(hits)]
        found = None
        if asks_when(subject.ask):
            found = when_happened(subject.ask, entries, encoder)
            serves = found is not None and _tells_better(found, candidates, self.calibration.threshold)
        elif asks_state(subject.ask) or inquiry.scope.aim == "latest":
            found = state_of(subject.ask, entries, encoder, first=inquiry.scope.aim == "first")
            serves = found is not None and _stands_better(found, candidates, self.calibration.threshold)
        inquiry.clock.lap("stand")
        return found if found is not None and serves else None

    def event(self, inquiry: Inquiry, words: str) -> Evidence | None:
        """The sentence of a timed entry that tells of an event; None where none does."""
        hits = by_entry(self.search(inquiry, words))
        encoder = self.encoder
        told = first_told(words, [h.entry for h in hits if h.entry.published], encoder)
        return told.evidence if told is not None and told.confidence >= self.calibration.threshold else None

    def known(self, inquiry: Inquiry, question: str) -> bool:
        """Whether the coverage that the question may see holds any of its names, where it has some."""
        named = story_names(question)
        return not named or any(self._stands(inquiry, n) for n in named)

    def _stands(self, inquiry: Inquiry, name: str) -> bool:
        """Whether a name, or its nation's other form, stands in an entry or page's title that the question may see."""
        forms = [f for f in (name, other_form(name)) if f]
        said = any(self.store.lexical(lexical_query(f), 1, inquiry.allowed) for f in forms)
        return said or any(True for _ in titled(forms, inquiry.titles))

    def mended(self, inquiry: Inquiry) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The question with its slips of the keyboard mended by words of what it may see, and the slips."""
        text, reader = inquiry.question.text, self.models.reader
        if not isinstance(reader, TransformerReader):
            return text, ()
        return mended(text, reader.knows, lambda w: len(self.store.lexical(lexical_query(w), 9, inquiry.allowed)))

    def names_known(self, question: str, inquiry: Inquiry) -> float:
        """Share of the question's names that stand anywhere in what it may see."""
        named = list(dict.fromkeys(names(question)))[:8]
        known = [self._stands(inquiry, n) for n in named]
        return sum(known) / len(known) if known else 1.0

    def _of_page(self, inquiry: Inquiry, text: str, page: str) -> list[Hit]:
        """The hits of one page nearest a text, within what the question may see."""
        allowed = self._chunks_of(inquiry, page, timed_only=True)
        return self._stood(inquiry, self.models.retriever.search(text, top_k=PAGE_K, allowed=allowed))

    def _stood(self, inquiry: Inquiry, hits: list[Hit]) -> list[Hit]:
        if not inquiry.scope.spans:
            return hits
        stood = {h.entry.ref: inquiry.as_it_stood(self.store, h.entry) for h in hits}
        return [replace(h, entry=stood[h.entry.ref]) for h in hits]

    def _hits(self, inquiry: Inquiry, subject: Subject) -> tuple[list[Hit], dict[Ref, float]]:
        """Hits for the question, and what the entries of the question before it are worth more."""
        hits = self.search(inquiry, subject.search)
        if not subject.earlier:
            return hits, {}
        words = f"{subject.earlier} {subject.earlier_answer}"
        before = by_entry(self.search(inquiry, words, top_k=6))[:2]
        known = {h.chunk.key for h in hits}
        hits += [h for h in before if h.chunk.key not in known]
        return hits, {hit.entry.ref: FOLLOW_UP_BONUS / (rank + 1) for rank, hit in enumerate(before)}


def _in_time(inquiry: Inquiry, subject: Subject, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates surest first; what reprints an earlier line, or tells of another occasion or a plan, is less so."""
    if inquiry.scope.aim in {"first", "replaced"}:
        return list(candidates)
    past, begun = asks_when(subject.ask), wants_past_time(subject.ask)

    def left(candidate: Candidate) -> float:
        text, published = candidate.evidence.text, candidate.entry.published
        other = past and of_another_time(text, published) and not of_another_time(subject.ask, published)
        return ANOTHER_TIME if other or (begun and only_planned(text)) or reprints(text) else 1.0

    weighed = [replace(c, confidence=c.confidence * left(c)) for c in candidates]
    return sorted(weighed, key=lambda c: -c.confidence)


def _names_time(candidate: Candidate, spans: Mapping[str, Span]) -> bool:
    """Whether a sentence tells of the minute at which the span of its page ends."""
    end = spans.get(candidate.entry.page_id, (None, None))[1]
    if end is None or looks_ahead(candidate.evidence.text):
        return False
    told = (t.at for t in event_times(candidate.evidence.text, candidate.entry.published) if not t.relative)
    return any(at is not None and 0 <= end - time_key(at) < 60 for at in told)


def _about(inquiry: Inquiry, question: str, entries: Sequence[Entry]) -> list[Entry]:
    """Entries that speak of what the question names, page by page."""
    pages = dict.fromkeys(e.page_id for e in entries)
    return [
        e for page in pages
        for e in about(question, [e for e in entries if e.page_id == page], inquiry.titles.get(page, ""))
    ]  # fmt: skip


def _unless_called_off(found: Settled, entries: Sequence[Entry]) -> Settled:
    """A plan's time, or what a later entry says of it where it will not be."""
    off = called_off([found.lead.evidence, *(c.evidence for c in found.course)], entries)
    if off is None:
        return found
    return replace(found, lead=replace(found.lead, evidence=off), replaced=(found.lead, *found.replaced))


def _wordings(demand: Demand) -> str:
    return search_words([*sorted(demand.senses), *demand.noun])


def _tells_better(found: Candidate, candidates: Sequence[Candidate], threshold: float) -> bool:
    best = next(iter(candidates), None)
    if found.confidence < threshold:
        return False
    if best is None or best.confidence < threshold:
        return True
    text, marks = best.evidence.text, best.evidence.marks
    timed = any(a < y and x < b for x, y in told_times(text) for a, b in marks)
    return looks_back(text) or not tells_when(text) or (not timed and found.confidence > best.confidence / 2)


def _stands_better(found: Candidate, candidates: Sequence[Candidate], threshold: float) -> bool:
    best = next(iter(candidates), None)
    if found.confidence < threshold:
        return False
    newer = best is not None and moment_key(found.entry) >= moment_key(best.entry)
    return best is None or best.confidence < threshold or (newer and found.confidence >= best.confidence / 2)
