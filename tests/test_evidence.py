"""Hits to the sentences that can answer, with exact offsets and the answering words marked."""

import pytest
from newsroom import CRASH_ENTRIES, entry, on_the_day

from index.chunking import chunk_entry
from index.records import Chunk, Hit
from rag.evidence import MIN_READ, WHOLE_BODY_CHARS, context_of, find_candidates, sentence_at
from rag.judge import Verdict
from rag.reader import Found, Span

HURT = "How many people were hurt in the crash on Hallam bridge?"
BY_ID = {e.id: e for e in CRASH_ENTRIES}


def hit(held, score=0.5, start=0, end=None, key=0):
    end = len(held.body) if end is None else end
    return Hit(Chunk(key, held.id, held.page_id, "body", held.body[start:end], start, end), held, score, 0.4, 0.3)


class Scripted:
    """A reader that marks given words wherever they stand, with a margin for each."""

    name = "scripted"

    def __init__(self, margins, titles=()):
        self.margins, self.titles, self.passages = margins, dict(titles), []

    def read(self, question, passages, *, top_k=8):
        self.passages += passages
        return [Found(self._spans(p.text, self.margins), self._spans(p.context, self.titles)) for p in passages]

    def _spans(self, text, margins):
        found = [Span(text.index(w), text.index(w) + len(w), m) for w, m in dict(margins).items() if w in text]
        return tuple(sorted(found, key=lambda s: -s.margin))


def candidates(held, margins, encoder, question=HURT, **more):
    return find_candidates(question, [hit(held)], Scripted(margins, **more), encoder)


def test_a_candidate_is_the_whole_sentence_with_the_words_marked(tiny_encoder):
    (found,) = candidates(BY_ID["1500"], {"Eleven": 5.0}, tiny_encoder)
    evidence = found.evidence
    assert evidence.text == "Eleven people were hurt in the crash on Hallam bridge."
    assert evidence.marked == ("Eleven",)
    assert evidence.text == found.entry.body[evidence.start : evidence.end]
    assert (found.margin, found.retrieval, found.dense, found.lexical) == (5.0, 0.5, 0.4, 0.3)
    assert found.entry is BY_ID["1500"]


def test_one_candidate_a_sentence_the_best_words_marked(tiny_encoder):
    found = candidates(BY_ID["1500"], {"Eleven": 5.0, "Hallam bridge": 3.0, "Two": 1.0}, tiny_encoder)
    assert [c.evidence.marked for c in found] == [("Eleven",), ("Two",)]


def test_a_question_for_a_list_gets_all_its_words_marked(tiny_encoder):
    held = entry("l", 0, on_the_day(9), None, "Norby, Skelby and Thrupp have no power. Nobody is hurt.")
    found = candidates(
        held,
        {"Norby": 5.0, "Skelby": 4.0, "Thrupp": 3.0, "Nobody": 2.0},
        tiny_encoder,
        question="Which towns have no power?",
    )
    assert found[0].evidence.marked == ("Norby", "Skelby", "Thrupp")


def test_unlikely_words_do_not_join_a_list(tiny_encoder):
    held = entry("l", 0, on_the_day(9), None, "Norby, Skelby and Thrupp have no power.")
    (found,) = candidates(
        held, {"Norby": 5.0, "Skelby": 4.0, "Thrupp": -1.0}, tiny_encoder, question="Which towns have no power?"
    )
    assert found.evidence.marked == ("Norby", "Skelby")


def test_words_in_the_title_are_evidence_of_the_title(tiny_encoder):
    (found,) = candidates(BY_ID["1600"], {}, tiny_encoder, titles={"Trains": 2.0})
    assert (found.evidence.part, found.evidence.text) == ("title", "Trains halted")
    assert found.evidence.marked == ("Trains",)


def test_captions_are_read_as_a_part_of_their_own(tiny_encoder):
    found = candidates(BY_ID["0900"], {"lorry": 3.0}, tiny_encoder)
    assert [(c.evidence.part, c.evidence.text) for c in found] == [("captions", "The lorry on Hallam bridge")]


def test_the_passage_carries_title_and_time_and_knows_where_the_title_ends(tiny_encoder):
    reader = Scripted({})
    find_candidates(HURT, [hit(BY_ID["1200"])], reader, tiny_encoder)
    (passage,) = reader.passages
    assert passage.context == "Toll rises | 12:00 GMT, 4 March 2031"
    assert passage.context[: passage.title_chars] == "Toll rises"
    assert passage.text == BY_ID["1200"].body


def test_entries_are_read_and_judged_under_the_title_of_their_page(tiny_encoder):
    judged = []

    class Judging:
        def judge(self, pairs):
            judged.extend(passage for _, passage in pairs)
            return [Verdict(1.0, 0.0, 0.0) for _ in pairs]

    reader, page = Scripted({"Eleven": 5.0}), BY_ID["1500"].page_id
    find_candidates(
        HURT, [hit(BY_ID["1500"])], reader, tiny_encoder, Judging(), titles={page: "Hallam bridge crash", "else": "No"}
    )
    own = "Toll up again | 15:00 GMT, 4 March 2031"
    assert {p.context for p in (*reader.passages, *judged)} == {f"{own} | Hallam bridge crash"}
    assert context_of(BY_ID["1500"], "long " * 90) == f"{own} | {'long ' * 27}long"


def test_the_better_scored_candidate_comes_first(tiny_encoder):
    hits = [hit(BY_ID["0900"], 0.5, key=1), hit(BY_ID["1500"], 0.5, key=2)]
    found = find_candidates(HURT, hits, Scripted({"8": 1.0, "Eleven": 5.0}), tiny_encoder)
    assert [c.evidence.marked for c in found] == [("Eleven",), ("8",)]
    assert found[0].evidence.score > found[1].evidence.score


def test_a_bonus_lifts_the_entry_that_a_follow_up_speaks_of(tiny_encoder):
    hits = [hit(BY_ID["0900"], 0.5, key=1), hit(BY_ID["1500"], 0.5, key=2)]
    reader = Scripted({"8": 1.0, "Eleven": 1.0})
    found = find_candidates(HURT, hits, reader, tiny_encoder, bonus={BY_ID["0900"].ref: 0.5})
    assert found[0].entry.id == "0900"
    assert found[0].retrieval == 1.0


@pytest.mark.parametrize(("words", "read"), [(1, MIN_READ + 4), (400, MIN_READ)])
def test_the_best_entries_are_read_and_more_of_them_where_they_are_short(tiny_encoder, words, read):
    many = [entry(f"e{i}", i, on_the_day(9), None, f"Report {i}. " * words) for i in range(MIN_READ + 4)]
    hits = [hit(e, 0.9 - i / 100, key=i) for i, e in enumerate(many)]
    reader = Scripted({})
    find_candidates(HURT, hits, reader, tiny_encoder)
    assert len(reader.passages) == read


def test_a_long_entry_is_read_by_its_found_chunks_with_right_offsets(tiny_encoder):
    body = "Nothing to see here today. " * 120 + "Exactly 37 boats sank off Norby. " + "More follows soon. " * 60
    assert len(body) > WHOLE_BODY_CHARS
    held = entry("long", 0, on_the_day(9), None, body)
    at = body.index("Exactly")
    reader = Scripted({"37": 4.0})
    (found,) = find_candidates("How many boats sank?", [hit(held, 0.5, at - 27, at + 80)], reader, tiny_encoder)
    assert [p.text for p in reader.passages] == [body[at - 27 : at + 80]]
    assert found.evidence.text == "Exactly 37 boats sank off Norby."
    assert found.evidence.start == at
    assert found.evidence.marked == ("37",)


def test_real_chunks_of_a_long_entry_give_exact_quotes(tiny_encoder, fake_reader):
    body = "\n\n".join(f"Boat {i} of the fleet sank off Norby at dawn with its crew aboard." for i in range(60))
    held = entry("long", 0, on_the_day(9), "Fleet", body)
    hits = [Hit(c, held, 0.5) for c in chunk_entry(held, tiny_encoder.count_tokens, 64)]
    found = find_candidates("Which boat of the fleet sank off Norby?", hits, fake_reader, tiny_encoder)
    assert found
    for candidate in found:
        evidence = candidate.evidence
        assert evidence.text == held.text(evidence.part)[evidence.start : evidence.end]


def test_an_answer_across_two_sentences_quotes_both():
    held = entry("x", 0, on_the_day(9), None, "It rained. It snowed. It froze.")
    evidence = sentence_at(held, "body", 3, 16)
    assert evidence.text == "It rained. It snowed."
    assert evidence.marked == ("rained. It sn",)


def test_similarity_is_the_cosine_of_question_and_titled_sentence(tiny_encoder):
    (found,) = candidates(BY_ID["1200"], {"10": 2.0}, tiny_encoder)
    rows = tiny_encoder.encode([HURT, f"Toll rises\n{found.evidence.text}"])
    assert found.sentence == pytest.approx(float(rows[0] @ rows[1]), abs=1e-6)


@pytest.mark.parametrize("hits", [[], [hit(entry("e", 0, None, None, ""))]])
def test_where_nothing_can_be_read_there_are_no_candidates(hits, tiny_encoder, fake_reader):
    assert find_candidates(HURT, hits, fake_reader, tiny_encoder) == []


def test_a_span_over_lines_of_a_list_is_cut_to_the_line_that_is_asked_about(tiny_encoder):
    body = "What we know:\n\n• 3 cars burnt in Ashby\n• 9 people were hurt on Hallam bridge\n• The road is shut"
    held = entry("0930", 0, on_the_day(9, 30), "Summary", body)
    span = "3 cars burnt in Ashby\n• 9 people were hurt on Hallam bridge"
    (found,) = candidates(held, {span: 2.0}, tiny_encoder)
    assert found.evidence.marked == ("9 people were hurt on Hallam bridge",)
    assert "cars" not in found.evidence.text


def test_marks_take_the_whole_of_a_figure(tiny_encoder):
    held = entry("2110", 0, on_the_day(21, 10), "Goal", "Norby lead 0-2 at the break.")
    (found,) = candidates(held, {"0": 2.0}, tiny_encoder)
    assert found.evidence.marked == ("0-2",)
