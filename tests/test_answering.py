"""The assistant: cited answers, as things stood, over stores made by hand and over the sample coverage."""

import subprocess
import sys
import threading
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from conftest import FakeGenerator
from newsroom import CRASH, CRASH_ENTRIES, READINGS, desk_over, entry, on_the_day

import rag.reader
from eval.questions import load_questions
from index import read_source
from index.errors import QuestionError, StoreError, TimeError
from index.records import Page, Reading
from index.store import Store
from rag.answering import Assistant
from rag.confidence import FEATURES
from rag.inquiry import open_inquiry
from rag.records import Window

ROOT = Path(__file__).resolve().parent.parent
HURT = "How many people were hurt in the crash on Hallam bridge?"
LEADS = "Who leads the town council?"
TRAINS = "Which trains are cancelled until Friday?"
GOAL = "Who scored the late goal for Norby Town?"
UNKNOWN = "How much did the mayor of Paris pay the astronauts?"
QUESTIONS = (
    HURT,
    LEADS,
    TRAINS,
    GOAL,
    UNKNOWN,
    "What is the newest post?",
    "What happened today?",
    "When was the post about the council published?",
    "How has the number of people hurt in the crash changed?",
    "What is the latest on Hallam bridge?",
    "What did Ann Hill say in the last hour?",
)


@pytest.fixture
def desk(tmp_path):
    desk = desk_over(tmp_path / "store", *READINGS)
    yield desk
    desk.close()


def told(answer):
    """What an answer says, without how long it took."""
    return replace(answer, timings_ms={})


def assert_exact(answer, store):
    """Every citation, everywhere in the answer, is the entry's own words at its offsets."""
    cited = [*answer.citations, *answer.nearest, *(s.citation for s in answer.superseded)]
    cited += [c for s in answer.sentences for c in s.citations]
    for citation in cited:
        held = store.entry(citation.entry_id, citation.page_id).text(citation.part)
        assert citation.quote == held[citation.start : citation.end]
        for start, end in citation.marks:
            assert 0 <= start < end <= len(citation.quote)
    for evidence in answer.evidence:
        assert evidence.text == evidence.entry.text(evidence.part)[evidence.start : evidence.end]
    assert set(answer.citations) == {c for s in answer.sentences for c in s.citations}


def test_an_answer_quotes_and_cites_the_entry(desk):
    answer = desk.ask(LEADS)
    assert answer.status == "quoted"
    assert answer.sentences[0].text == "Ann Hill leads the town council."
    assert answer.text.startswith("Ann Hill leads the town council. [10:30 GMT, 4 March 2031]")
    citation = answer.citations[0]
    assert {(c.entry_id, c.page_id) for c in answer.citations} == {("1030", "crash")}
    assert all(s.quoted and s.citations for s in answer.sentences)
    assert citation.quote[slice(*citation.marks[0])] == "Ann Hill"
    assert answer.question == LEADS


def test_an_answer_says_how_fresh_the_coverage_is(desk):
    answer = desk.ask(LEADS)
    assert answer.coverage_until == on_the_day(16)
    assert answer.coverage_label == "16:00 GMT, 4 March 2031"
    assert answer.searched == 8
    assert answer.as_of is None and answer.window is None


def test_the_newest_value_leads_and_says_what_it_replaced(desk):
    answer = desk.ask(HURT)
    assert answer.sentences[0].text == "Eleven people were hurt in the crash on Hallam bridge."
    assert [s.value for s in answer.superseded] == ["10", "8"]
    assert [s.citation.entry_id for s in answer.superseded] == ["1200", "0900"]
    assert "Replaces 10, reported 12:00 GMT." in answer.text
    assert answer.citations[0].entry_id == "1500"


def test_as_of_gives_the_value_that_stood_then(desk):
    answer = desk.ask(HURT, as_of="13:00", pages=["crash"])
    assert answer.sentences[0].text == "Now 10 people were hurt in the crash on Hallam bridge."
    assert [s.value for s in answer.superseded] == ["8"]
    assert answer.as_of == on_the_day(13)
    assert answer.coverage_until == on_the_day(12)
    assert answer.searched == 3


def test_as_of_may_stand_in_the_question(desk):
    answer = desk.ask(f"As of 11.59am, {HURT[0].lower()}{HURT[1:]}", pages=["crash"])
    assert "8 people were hurt" in answer.sentences[0].text
    assert answer.superseded == ()


def test_as_of_leaves_untimed_entries_out(desk):
    answer = desk.ask("What has hit the Hallam bridge?", as_of="23:00", pages=["crash"])
    assert "summary" not in {c.entry_id for c in (*answer.citations, *answer.nearest)}


def test_as_of_before_the_first_entry_says_so(desk):
    answer = desk.ask(HURT, as_of="2031-03-03 08:00")
    assert answer.status == "not_in_coverage"
    assert answer.searched == 0
    assert answer.citations == answer.nearest == ()
    assert answer.coverage_until is None
    assert "no entry had been published" in answer.text
    assert "08:00" in answer.text and "3 March 2031" in answer.text


def test_as_of_in_the_future_sees_all_timed_coverage(desk):
    answer = desk.ask(HURT, as_of="2099-01-01 12:00")
    assert answer.sentences[0].text.startswith("Eleven people")
    assert answer.searched == 7
    assert answer.coverage_until == on_the_day(16)


def test_a_window_rests_on_its_entries_alone(desk):
    answer = desk.ask(HURT, since="11:00", until="13:00", pages=["crash"])
    assert answer.sentences[0].text.startswith("Now 10 people")
    assert answer.superseded == ()
    assert answer.window == Window(on_the_day(11), on_the_day(13))
    assert answer.searched == 1


def test_an_empty_window_says_so(desk):
    answer = desk.ask(HURT, since="13:00", until="14:00", pages=["crash"])
    assert answer.status == "not_in_coverage"
    assert answer.text == "Not in the coverage: no entry was published in that time."


def test_what_happened_in_a_window_is_told_in_order_with_citations(desk):
    answer = desk.ask("What happened between 10am and 3.30pm?", pages=["crash"])
    assert [c.entry_id for c in answer.citations] == ["1030", "1200", "1500"]
    assert answer.status == "quoted"


def test_the_page_filter_holds(desk):
    answer = desk.ask(GOAL, pages=["crash"])
    assert answer.status == "not_in_coverage"
    assert {c.page_id for c in answer.nearest} <= {"crash"}
    assert desk.ask(GOAL, pages=["match"]).citations[0].entry_id == "late-goal"


def test_an_unknown_page_holds_nothing(desk):
    answer = desk.ask(GOAL, pages=["nothing"])
    assert (answer.status, answer.searched) == ("not_in_coverage", 0)


def test_a_floating_page_is_labelled_so(desk):
    answer = desk.ask(GOAL)
    assert answer.citations[0].label == "21:10 (time zone not stated), 3 March 2031"
    assert answer.citations[0].published == datetime(2031, 3, 3, 21, 10)


def test_an_aware_as_of_over_a_floating_page_gives_a_notice(desk):
    answer = desk.ask(GOAL, as_of="2031-03-03 22:00 GMT", pages=["match"])
    assert answer.citations[0].entry_id == "late-goal"
    assert any("no time zone" in notice for notice in answer.notices)


def test_what_the_coverage_does_not_say_is_refused_with_what_came_closest(desk):
    answer = desk.ask(UNKNOWN)
    assert answer.status == "not_in_coverage"
    assert answer.citations == answer.sentences == answer.superseded == ()
    assert 1 <= len(answer.nearest) <= 3
    assert len({c.entry_id for c in answer.nearest}) == len(answer.nearest)
    assert answer.text == "Not in the coverage. Searched 8 entries, up to 16:00 GMT, 4 March 2031."
    assert answer.searched == 8
    assert_exact(answer, desk.store)


def test_a_refusal_as_of_a_minute_counts_only_what_stood_then(desk):
    answer = desk.ask(UNKNOWN, as_of="09:30", pages=["crash"])
    assert answer.text == "Not in the coverage. Searched 1 entry, up to 09:00 GMT, 4 March 2031."
    assert [c.entry_id for c in answer.nearest] == ["0900"]


def test_a_name_of_a_pages_title_is_known_only_where_the_page_may_be_seen(desk):
    asked = "How many people were hurt in the crash on Hallam bridge?"
    assert desk._gatherer.known(open_inquiry(desk.store, asked, None, None, (), None, None), "Is the Cup in Norby?")
    before = open_inquiry(desk.store, asked, "2031-03-01", None, (), None, None)
    assert dict(before.titles) == {}
    on_one = open_inquiry(desk.store, asked, None, ["crash"], (), None, None)
    assert list(on_one.titles) == ["crash"]


def test_an_empty_store_says_what_to_do(tmp_path):
    desk = desk_over(tmp_path / "empty")
    answer = desk.ask(HURT)
    assert answer.status == "not_in_coverage"
    assert "no entries to search" in answer.text and "presstime add" in answer.text


def test_a_follow_up_leans_on_the_conversation(desk):
    first = desk.ask(HURT)
    answer = desk.ask("And how many of them are children?", history=[(HURT, first.text)])
    assert answer.citations[0].entry_id == "1500"
    assert answer.sentences[0].text == "Two of them are children."


def test_a_pronoun_is_read_by_the_conversation(desk):
    answer = desk.ask("And what did she say?", history=[(LEADS, desk.ask(LEADS).text)])
    assert answer.evidence[0].entry.id == "1030"


def test_a_new_subject_does_not_lean_on_the_conversation(desk):
    first = desk.ask(HURT)
    assert told(desk.ask(GOAL, history=[(HURT, first.text)])) == told(desk.ask(GOAL))


def test_when_an_entry_was_posted_is_its_stamp(desk):
    answer = desk.ask("When was the post about the town council published?")
    assert answer.sentences[0].text == "“Council speaks” was published at 10:30 GMT, 4 March 2031."


def test_the_newest_post_of_each_page(desk):
    answer = desk.ask("What is the newest post?")
    assert [c.entry_id for c in answer.citations] == ["1600", "late-goal"]


def test_the_newest_post_as_of_a_minute(desk):
    answer = desk.ask("What is the newest post?", as_of="11:00", pages=["crash"])
    assert [c.entry_id for c in answer.citations] == ["1030"]


def test_the_post_after_that_one(desk):
    history = [(LEADS, desk.ask(LEADS).text)]
    after = desk.ask("Which post came right after that?", history=history)
    before = desk.ask("Which post came just before that?", history=history)
    assert [c.entry_id for c in after.citations] == ["1200"]
    assert [c.entry_id for c in before.citations] == ["0900"]


def test_how_a_figure_changed_is_told_value_by_value(desk):
    answer = desk.ask("How has the number of people hurt in the crash on Hallam bridge changed?")
    assert [c.entry_id for c in answer.citations] == ["0900", "1200", "1500"]


def test_a_timeline_is_in_order_and_in_the_entries_words(desk):
    lines = desk.timeline("Hallam bridge")
    ids = [line.citations[0].entry_id for line in lines]
    assert ids == ["0900", "1200", "1500"]
    assert all(line.quoted for line in lines)


def test_a_timeline_as_of_a_minute_ends_there(desk):
    lines = desk.timeline("Hallam bridge", as_of="13:00", pages=["crash"])
    assert [line.citations[0].entry_id for line in lines] == ["0900", "1200"]
    assert desk.timeline("Hallam bridge", as_of="2031-03-01") == []


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("cut", [(9, 0), (10, 45), (12, 0), (15, 30), (23, 0)])
def test_later_entries_do_not_exist_before_as_of(tmp_path, question, cut):
    moment = on_the_day(*cut)
    then = tuple(e for e in CRASH_ENTRIES if e.published is None or e.published <= moment)
    whole = desk_over(tmp_path / "whole", Reading(CRASH, CRASH_ENTRIES))
    held = desk_over(tmp_path / "then", Reading(CRASH, then))
    assert_same_then(whole.ask(question, as_of=moment), held.ask(question, as_of=moment))


def assert_same_then(now, then):
    """Two answers say, cite and count the same.

    Scores behind them may differ, and only the store that ends early says that its coverage ends there.
    """
    for name in (
        "status",
        "text",
        "sentences",
        "citations",
        "superseded",
        "nearest",
        "as_of",
        "window",
        "coverage_until",
        "coverage_label",
        "searched",
    ):
        assert getattr(now, name) == getattr(then, name), name


def test_a_timeline_before_as_of_is_that_of_the_store_then(tmp_path):
    moment = on_the_day(12, 30)
    then = tuple(e for e in CRASH_ENTRIES if e.published is None or e.published <= moment)
    whole = desk_over(tmp_path / "whole", Reading(CRASH, CRASH_ENTRIES))
    held = desk_over(tmp_path / "then", Reading(CRASH, then))
    assert whole.timeline("Hallam bridge", as_of=moment) == held.timeline("Hallam bridge", as_of=moment)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_citation_is_exactly_the_entrys_words(desk, question):
    assert_exact(desk.ask(question), desk.store)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_last_update_of_a_stream_is_the_answer(desk, question):
    updates = list(desk.stream(question))
    assert [u.answer is None for u in updates[:-1]] == [True] * (len(updates) - 1)
    assert told(updates[-1].answer) == told(desk.ask(question))
    assert updates[-1].text == updates[-1].answer.text


@pytest.mark.parametrize("question", ["", " ", "\n\t ", "\u2003"])
def test_an_empty_question_is_an_error_that_says_what_to_do(desk, question):
    with pytest.raises(QuestionError, match="empty"):
        desk.ask(question)


def test_an_overlong_question_is_an_error_that_names_its_length(desk):
    with pytest.raises(QuestionError, match=r"10,000 characters.*2,000"):
        desk.ask("x" * 10_000)


def test_the_longest_question_is_answered(desk):
    question = ("zebra " * 500)[:1999] + "?"
    assert desk.ask(question).status == "not_in_coverage"


def test_a_time_that_cannot_be_read_is_an_error_that_names_it(desk):
    with pytest.raises(TimeError, match="teatime"):
        desk.ask(HURT, as_of="teatime")


@pytest.mark.parametrize(
    "question",
    [
        "<script>alert(1)</script>",
        "<b>Who</b> leads the <i>council</i>?",
        '"crash" AND (bridge OR "") NEAR/3 * ^ -title:x',
        "crash' OR 1=1; DROP TABLE entries; --",
        "{{ crash }} ${crash} %s %(x)s \\N{DEGREE SIGN}",
        "¿Cuántas personas resultaron heridas?",
        "Сколько человек пострадало?",
        "有多少人受伤？",
        "كم عدد الجرحى؟",
        "🚑🚑🚑",
        "?",
        "...",
        "\u0000\u0007 who",
        "\ud83d who",
        "a" * 1500,
        "As of 25:99, who leads?",
        "between 3 and",
    ],
)
def test_odd_questions_get_an_answer_or_a_refusal(desk, question):
    answer = desk.ask(question)
    assert answer.status in {"quoted", "answered", "not_in_coverage"}
    assert_exact(answer, desk.store)


@pytest.mark.parametrize("history", [[("", "")], [("?", "[x]")], [("Who?", "")] * 3, [["Who leads?", "<b>"]]])
def test_odd_conversations_are_no_trouble(desk, history):
    assert_exact(desk.ask("And who said that?", history=history), desk.store)


INVENTIONS = {
    "a person": lambda q, e, m: "Zoe Quill leads the town council.",
    "a number": lambda q, e, m: "Ann Hill leads the town council of 400 people.",
    "a place": lambda q, e, m: "Ann Hill leads the town council of Paris.",
    "a date": lambda q, e, m: "Ann Hill leads the town council since Monday.",
    "a quotation": lambda q, e, m: 'Ann Hill leads the town council: "We give up."',
    "a negation": lambda q, e, m: "Ann Hill no longer leads the town council.",
    "other words": lambda q, e, m: "The town council is a fine thing.",
    "nothing": lambda q, e, m: "",
}


@pytest.mark.parametrize("kind", INVENTIONS)
def test_what_a_generator_invents_never_gets_out(tmp_path, kind):
    desk = desk_over(tmp_path / "s", *READINGS, generator=FakeGenerator(INVENTIONS[kind]))
    answer = desk.ask(LEADS)
    assert answer.status == "quoted"
    assert answer.sentences[0].text == "Ann Hill leads the town council."
    assert answer.sentences[0].quoted


def test_an_invention_is_not_streamed_either(tmp_path):
    desk = desk_over(tmp_path / "s", *READINGS, generator=FakeGenerator(INVENTIONS["a place"]))
    assert not any("Paris" in update.text for update in desk.stream(LEADS))


def test_a_faithful_sentence_of_the_generator_answers(tmp_path):
    generator = FakeGenerator(lambda q, e, m: "Ann Hill leads the council.")
    desk = desk_over(tmp_path / "s", *READINGS, generator=generator)
    answer = desk.ask(LEADS)
    assert answer.status == "answered"
    assert answer.sentences[0].text == "Ann Hill leads the council."
    assert not answer.sentences[0].quoted
    assert answer.citations[0].quote == "Ann Hill leads the town council."
    assert answer.models["generator"] == "fake generator"


def test_a_refused_question_never_reaches_the_generator(tmp_path):
    def write(question, evidence, marked):
        raise AssertionError("the generator was asked")

    desk = desk_over(tmp_path / "s", *READINGS, generator=FakeGenerator(write))
    assert desk.ask(UNKNOWN).status == "not_in_coverage"


def test_models_name_what_answered(desk):
    assert desk.ask(LEADS).models == {"encoder": "tiny", "reader": "fake"}


def test_an_answer_says_how_long_each_step_took(desk):
    timings = desk.ask(LEADS).timings_ms
    assert {"total", "first_words"} <= set(timings)
    assert all(value >= 0 for value in timings.values())


def test_an_answer_becomes_plain_json(desk):
    plain = desk.ask(HURT, as_of="13:00", pages=["crash"]).to_dict()
    assert plain["as_of"] == "2031-03-04T13:00:00+00:00"
    assert plain["superseded"][0]["value"] == "8"


def test_what_another_process_adds_is_seen_without_opening_again(tmp_path, desk):
    assert desk.ask("Who cleared the fallen crane?").status == "not_in_coverage"
    code = (
        "from newsroom import *; from conftest import TinyEncoder\n"
        f"store = Store.open({str(tmp_path / 'store')!r}, encoder=TinyEncoder())\n"
        "new = entry('1700', 0, on_the_day(17), 'Crane', 'Cal Moss cleared the fallen crane.', page_id='crane')\n"
        "store.add(Reading(Page('crane'), (new,)))\n"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        cwd=ROOT / "tests",
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "OMP_NUM_THREADS": "1", "PATH": ""},
    )
    answer = desk.ask("Who cleared the fallen crane?")
    assert answer.citations[0].entry_id == "1700"
    assert answer.coverage_until == on_the_day(17)


def test_an_entry_taken_off_its_page_no_longer_answers(desk):
    desk.store.add(Reading(CRASH, tuple(e for e in CRASH_ENTRIES if e.id != "1500")))
    answer = desk.ask(HURT)
    assert answer.sentences[0].text.startswith("Now 10 people")


def test_an_edited_entry_answers_in_its_new_words(desk):
    edited = tuple(
        replace(e, body="Twelve people were hurt in the crash on Hallam bridge.") if e.id == "1500" else e
        for e in CRASH_ENTRIES
    )
    desk.store.add(Reading(CRASH, edited))
    answer = desk.ask(HURT)
    assert answer.sentences[0].text.startswith("Twelve people")
    assert_exact(answer, desk.store)


def test_two_threads_get_the_answers_of_one(desk):
    expected = [told(desk.ask(q)) for q in QUESTIONS]
    found: list[list[object]] = [[], []]

    def work(mine):
        mine.extend(told(desk.ask(q)) for q in QUESTIONS)

    threads = [threading.Thread(target=work, args=(mine,)) for mine in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected, expected]


@pytest.fixture(scope="module")
def sample_desk(tmp_path_factory):
    """The bundled encoder and reader over the three sample pages."""
    skip_without_reader()
    readings = [read_source(path) for path in sorted((ROOT / "eval" / "coverage").glob("*.txt"))]
    desk = bundled_desk(tmp_path_factory.mktemp("sample") / "s", *readings)
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def storm():
    skip_without_reader()
    return read_source(ROOT / "eval" / "coverage" / "storm-ingrid.txt")


def skip_without_reader():
    if not rag.reader.BUNDLED.is_dir():
        pytest.skip("the reader's weights are not in rag/models/reader yet")


def bundled_desk(folder, *readings):
    store = Store.open(folder)
    for reading in readings:
        store.add(reading)
    return Assistant(store, generator="none")


SAMPLE = load_questions(ROOT / "eval" / "questions" / "sample.jsonl")


@pytest.mark.model
def test_every_citation_over_the_sample_questions_is_exact(sample_desk):
    for item in SAMPLE[::4]:
        answer = sample_desk.ask(item.question, item.as_of, history=item.history)
        assert_exact(answer, sample_desk.store)
        assert bool(answer.citations) == (answer.status != "not_in_coverage"), item.id
        for citation in (*answer.citations, *answer.nearest):
            if answer.as_of and citation.published and same_scale(answer.as_of, citation.published):
                assert citation.published <= answer.as_of + timedelta(minutes=1), item.id


def same_scale(one, other):
    """Whether both times are aware or both floating."""
    return (one.tzinfo is None) == (other.tzinfo is None)


@pytest.mark.model
@pytest.mark.parametrize("entries_left", [4, 16])
def test_the_storm_as_of_a_minute_is_the_storm_of_a_store_made_then(tmp_path, storm, sample_storm, entries_left):
    timed = sorted((e for e in storm.entries if e.published), key=lambda e: e.published)
    moment = timed[entries_left - 1].published
    then = bundled_desk(tmp_path / "then", Reading(storm.page, tuple(e for e in timed if e.published <= moment)))
    for item in [i for i in SAMPLE if "storm-ingrid.txt" in i.pages][::7]:
        now = sample_storm.ask(item.question, as_of=moment, history=item.history)
        assert_same_then(now, then.ask(item.question, as_of=moment, history=item.history))
    assert sample_storm.timeline("power cuts", as_of=moment) == then.timeline("power cuts", as_of=moment)
    then.close()


@pytest.fixture(scope="module")
def sample_storm(tmp_path_factory, storm):
    desk = bundled_desk(tmp_path_factory.mktemp("storm") / "s", storm)
    yield desk
    desk.close()


@pytest.mark.model
def test_before_the_storm_nothing_is_known(sample_storm):
    answer = sample_storm.ask("How many people have died?", as_of="2026-11-11 12:00")
    assert (answer.status, answer.searched, answer.citations) == ("not_in_coverage", 0, ())


@pytest.mark.model
def test_how_it_was_at_a_time_may_be_told_later_but_is_not_known_as_of_it(sample_storm):
    told = sample_storm.ask("How many calls had insurers taken by 4pm?")
    assert "3,100 calls by 4pm" in told.text
    assert told.as_of is None
    assert told.notices == ("No entry by then says; one of 16:25 GMT, 12 November 2026 tells of that time.",)
    for known in (
        sample_storm.ask("As of 4pm, how many calls had insurers taken?"),
        sample_storm.ask("How many calls were known by 4pm to have been taken by insurers?"),
        sample_storm.ask("How many calls had insurers taken by 4pm?", as_of="16:10"),
    ):
        assert (known.status, known.citations) == ("not_in_coverage", ())


@pytest.mark.model
@pytest.mark.parametrize("question", ["有多少人受伤" * 300, "🚑" * 1500, "<b>" * 500, "how many " * 200])
def test_the_bundled_models_take_any_question(sample_storm, question):
    assert_exact(sample_storm.ask(question), sample_storm.store)


def test_opening_where_there_is_no_store_is_an_error(tmp_path, tiny_encoder):
    with pytest.raises(StoreError, match="no store"):
        Assistant.open(tmp_path / "nothing", encoder=tiny_encoder)


def test_an_id_shared_by_two_pages_is_cited_from_its_own_page(tmp_path):
    one = entry("same", 0, on_the_day(9), "Dam", "Ann Hill opened the old dam.", page_id="a")
    two = entry("same", 0, on_the_day(9), "Mill", "Bob Dale closed the new mill.", page_id="b")
    desk = desk_over(tmp_path / "s", Reading(Page("a"), (one,)), Reading(Page("b"), (two,)))
    answer = desk.ask("Who closed the new mill?")
    assert answer.citations[0].page_id == "b"
    assert_exact(answer, desk.store)


def test_consider_gives_every_candidate_with_its_features(desk):
    rows = desk.consider(HURT)
    assert rows is not None
    assert {c.entry.id for c in rows} >= {"0900", "1200", "1500"}
    assert {len(c.features) for c in rows} == {len(FEATURES)}
    assert desk.consider("What is the newest post?") is None


def test_a_second_part_speaks_of_whom_the_first_names_though_that_is_not_answered(desk):
    answer = desk.ask("How old is Ann Hill, and what is her job?")
    assert answer.text.startswith("Ann Hill leads the town council.")
    assert answer.notices == ("The coverage does not answer this part: How old is Ann Hill?",)
