"""Right and wrong in time: the lead counts, parts count, and whatever is later than the as-of leaks."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from conftest import FakeReader, TinyEncoder, plain_calibration

from eval import temporal
from eval.gold import Coverage
from eval.questions import Item, Proof
from eval.simulate import simulate
from eval.temporal import IN_WORDS, NO_HISTORY, UNTOLD, Row, sampled, table
from eval.timely import lead_text, leaks, right
from index.records import Entry, Page
from rag.answering import Assistant
from rag.records import Answer, Citation, Evidence, Sentence, Superseded


def at(hour, minute=0):
    return datetime(2031, 3, 4, hour, minute, tzinfo=UTC)


def entry(name, hour, body):
    return Entry(name, "crash", 0, published=at(hour), body=body)


NINE, TEN = entry("nine", 9, "Nine were hurt."), entry("ten", 10, "Ten were hurt.")
COVERAGE = Coverage.of([Page("crash")], [NINE, TEN])


def cite(of, quote=None):
    quote = quote or of.body
    return Citation(of.id, of.page_id, of.published, f"{of.published:%H:%M}", None, None, quote, 0, len(quote))


def said(*sentences, **more):
    made = tuple(Sentence(text, (cite(of),)) for text, of in sentences)
    citations = tuple(c for s in made for c in s.citations)
    return Answer("?", " ".join(s.text for s in made), made, "quoted", citations, **more)


def asked(kind, *answers, evidence=(), as_of=None):
    return Item("q", ("crash",), "?", answers, evidence, kind, as_of)


REFUSED = Answer("?", "Not in the coverage.", (), "not_in_coverage", ())


def test_a_stale_lead_is_wrong_though_the_newest_value_follows():
    answer = said(("Nine were hurt.", NINE), ("Before that: ten.", TEN))
    assert lead_text(answer) == "Nine were hurt."
    assert right(asked("latest", "nine"), answer, COVERAGE)
    assert not right(asked("latest", "ten"), answer, COVERAGE)
    assert right(asked("superseded", "ten"), answer, COVERAGE)


def test_the_words_that_prove_the_newest_value_are_right_as_the_answer_is():
    proofs = (Proof(at(9), "Nine were hurt"), Proof(at(10), "Ten were hurt"))
    item = asked("latest", "the count is ten", evidence=proofs)
    assert right(item, said(("Ten were hurt.", TEN)), COVERAGE)
    assert not right(item, said(("Nine were hurt.", NINE)), COVERAGE)


def test_a_refusal_is_right_only_where_there_is_no_answer():
    assert right(asked("unanswerable"), REFUSED, COVERAGE)
    assert not right(asked("as_of", "nine"), REFUSED, COVERAGE)
    assert not right(asked("unanswerable"), said(("Nine were hurt.", NINE)), COVERAGE)


def test_a_timeline_is_right_with_every_part_named_or_every_entry_cited():
    proofs = (Proof(at(9), "Nine were hurt."), Proof(at(10), "Ten were hurt."))
    item = asked("timeline", "9; 10", evidence=proofs)
    assert right(item, said(("It went from nine to ten.", TEN)), COVERAGE)
    assert right(item, said(("They were hurt.", NINE), ("More were.", TEN)), COVERAGE)
    assert not right(item, said(("Ten were hurt.", TEN)), COVERAGE)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"superseded": (Superseded("ten", cite(TEN)),)}, "replaced 10:00"),
        ({"nearest": (cite(TEN),)}, "nearest 10:00"),
        ({"evidence": (Evidence(TEN, "body", TEN.body, 0, 14, 1.0),)}, "evidence ten"),
        ({"coverage_until": at(10)}, "coverage until 10:00"),
    ],
)
def test_whatever_is_later_than_the_as_of_leaks(more, told):
    answer = said(("Nine were hurt.", NINE), **more)
    assert leaks(answer, at(9, 30)) == (told,)
    assert leaks(answer, at(10)) == ()
    assert leaks(answer, None) == ()


def test_words_of_a_later_edit_leak():
    answer = said(("Nine were hurt.", NINE))
    assert leaks(answer, at(9, 30), {"crash nine": "Nine were hurt."}) == ()
    assert leaks(answer, at(9, 30), {"crash nine": "Eight were hurt."}) == ("cited 09:00, words of a later edit",)


def test_only_the_pages_asked_about_leak_where_they_are_named():
    answer = said(("Ten were hurt.", TEN))
    assert leaks(answer, at(9), pages={"crash"}) == ("cited 10:00",)
    assert leaks(answer, at(9), pages={"other"}) == ()


def test_the_same_questions_are_sampled_for_a_seed_and_asked_in_each_way():
    questions = list(simulate(3, 120, split="tuning").questions())
    puts = sampled(questions, 4, seed=1)
    assert [p.item.id for p in puts] == [p.item.id for p in sampled(questions, 4, seed=1)]
    worded = [p for p in puts if p.kind == IN_WORDS]
    assert worded
    assert all(p.item.as_of and p.asked.as_of is None for p in worded)
    alone = [p for p in puts if p.kind == NO_HISTORY]
    assert len(alone) == 4
    assert all(p.item.history and not p.asked.history for p in alone)
    assert all(p.item.as_of for p in puts if p.kind == UNTOLD)
    assert not {q.id for q in questions if q.edit} & {p.item.id for p in puts}


def test_the_table_gives_shares_and_leaks_of_each_kind():
    def row(kind, ok, leaked=()):
        return Row("sample", kind, "q", "?", None, (), ok, "", leaked, False, "", 1)

    (as_of, when) = table([row("as_of", True), row("as_of", False, ("cited 10:00",)), row("when", True)])
    assert (as_of["kind"], as_of["n"], as_of["presstime"], as_of["without_time"]) == ("as_of", 2, 0.5, 0.0)
    assert (as_of["leaks"], as_of["without_time_leaks"]) == (1, 2)
    assert (when["presstime"], when["interval"]) == (1.0, [1.0, 1.0])


def test_the_command_writes_rows_results_and_a_table(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(temporal, "Untimed", Deaf)
    monkeypatch.setattr(temporal, "Assistant", small_desk)
    monkeypatch.setattr(temporal.Store, "encoder", property(lambda store: TinyEncoder()))
    options = ["--sets", "simulated", "--entries", "60", "--per-kind", "1", "--split", "tuning", "--wrong"]
    assert temporal.main([*options, "--out", str(tmp_path)]) == 0
    assert "presstime" in capsys.readouterr().out
    results = json.loads((tmp_path / "results.json").read_text())
    rows = [json.loads(line) for line in (tmp_path / "rows.jsonl").read_text().splitlines()]
    assert sum(row["n"] for row in results["table"]) == len(rows) > 8
    assert {row["set"] for row in rows} == {"simulated"}
    assert not any(row["leaks"] for row in rows)


class Deaf:
    """Refuses everything."""

    def __init__(self, store, generator):
        pass

    def ask(self, question, *, as_of=None, history=()):
        return REFUSED


def small_desk(store, generator):
    return Assistant(
        store, encoder=TinyEncoder(), reader=FakeReader(), generator=generator, calibration=plain_calibration()
    )


def test_an_as_of_names_a_whole_minute():
    answer = said(("Nine were hurt.", NINE))
    assert leaks(answer, at(9) + timedelta(seconds=30)) == ()
