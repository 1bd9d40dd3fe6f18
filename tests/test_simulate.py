"""Simulated coverage is the same for the same seed, is read back as it was made, and its gold answers hold."""

import json
from datetime import timedelta
from itertools import islice

import pytest

from eval.gold import Coverage
from eval.normalise import contained
from eval.questions import KINDS as QUESTION_KINDS
from eval.questions import load_questions
from eval.simulate import __main__ as command
from eval.simulate import simulate
from eval.simulate.kinds import KINDS, TRAINING_KINDS, kinds_of
from eval.simulate.layouts import LAYOUTS
from eval.simulate.names import place
from eval.simulate.phrases import clock, fill, number_slots, tell
from eval.simulate.templates import load_templates
from index.errors import QuestionError

SPLITS = ("tuning", "held_out", "training")
FILES = [*KINDS, "general", "names"]


@pytest.fixture(scope="module", params=SPLITS)
def pages(request):
    return list(simulate(5, 1_800, "mixed", request.param))


@pytest.fixture(scope="module")
def questions(pages):
    return [asked for page in pages for asked in page.questions]


def words(entry):
    return " ".join("\n\n".join(entry.paragraphs).replace("•", " ").split())


def test_the_same_seed_gives_the_same_pages_and_questions():
    first, second = (next(iter(simulate(3, 120))) for _ in range(2))
    assert first.text() == second.text()
    assert first.questions == second.questions
    assert first.text() != next(iter(simulate(4, 120))).text()


@pytest.mark.parametrize("size", [50, 51, 116, 2_000])
def test_coverage_has_exactly_the_entries_asked_for(size):
    made = list(simulate(1, size))
    assert sum(len(page.event.entries) for page in made) == size
    ids = [entry.id for page in made for entry in page.event.entries]
    assert len(set(ids)) == size


def test_a_million_entries_are_made_one_page_at_a_time():
    first = list(islice(simulate(1, 1_000_000), 2))
    assert first[0].file.startswith(tuple(KINDS))
    assert 50 <= len(first[1].event.entries) <= 66


@pytest.mark.parametrize(
    ("size", "layout", "split", "named"),
    [
        (49, "mixed", "tuning", "49 entries: give a number from 50 to 1,000,000"),
        (50, "pink", "tuning", "'pink' is no layout; use mixed, alone 24"),
        (50, "mixed", "test", "'test' is no split; use tuning, held_out, training"),
    ],
)
def test_what_cannot_be_simulated_is_named(size, layout, split, named):
    with pytest.raises(QuestionError, match=named):
        simulate(1, size, layout, split)


@pytest.mark.parametrize("name", FILES)
def test_the_splits_share_no_template_and_no_name(name):
    held = []
    for split in ("tuning", "held_out"):
        file = load_templates(split, name)
        lines = [line for keys in (file.head, *file.sections.values()) for rows in keys.values() for line in rows]
        held.append(set(lines) if name != "names" else {word for line in lines for word in line.split()})
    assert not held[0] & held[1]


def test_training_sees_other_kinds_of_event_than_are_measured():
    assert len(TRAINING_KINDS) == 28
    assert not set(TRAINING_KINDS) & set(KINDS)


@pytest.mark.parametrize("split", SPLITS)
def test_no_two_places_share_a_name(split):
    found = [place(split, index) for index in range(12_000)]
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name not in {"title above", "author", "glued"}])
def test_pages_are_read_back_with_every_time_and_word(layout):
    page = next(iter(simulate(2, 60, layout)))
    read = {(e.published, " ".join(e.body.replace("•", " ").split())) for e in page.reading().entries}
    assert {(page.published(e), words(e)) for e in page.event.entries} <= read


def test_every_piece_of_evidence_stands_in_an_entry(pages):
    for page in pages:
        coverage = Coverage.of_readings([page.records()])
        for asked in page.questions:
            assert asked.edit or all(coverage.proving(asked.to_item())), asked


def test_evidence_names_the_entry_that_prints_its_quote(pages):
    for page in pages:
        printed = {e.id: (page.published(e), words(e)) for e in page.event.entries}
        for asked in page.questions:
            for gold in asked.evidence if not asked.edit else ():
                published, text = printed[gold.entry]
                assert gold.published == published
                assert gold.quote in text


def test_no_evidence_is_later_than_the_as_of(questions):
    timed = [asked for asked in questions if asked.as_of]
    assert len(timed) > 100
    for asked in timed:
        assert all(gold.published <= asked.as_of for gold in asked.evidence)


def test_answers_stand_in_their_evidence_or_are_its_times(questions):
    for asked in questions:
        if asked.kind in {"unanswerable", "timeline", "multi_entry", "follow_up"}:
            continue
        shown = " ".join(f"{gold.quote} {gold.published:%H:%M}" for gold in asked.evidence)
        assert any(contained(answer, shown) for answer in asked.answers), asked


def test_every_kind_of_question_and_of_event_comes_up(pages, questions):
    assert {asked.kind for asked in questions} == set(QUESTION_KINDS)
    assert {page.event.kind for page in pages} == set(kinds_of(pages[0].event.split))
    assert any(asked.edit for asked in questions)
    assert len({asked.id for asked in questions}) == len(questions)


def test_a_standing_value_is_the_last_one_told_by_then(pages):
    for page in pages:
        for asked in page.questions:
            if asked.kind != "as_of" or asked.edit:
                continue
            newest = max(gold.published for gold in asked.evidence)
            told = {
                (page.stamped(entry.published), telling.answers)
                for entry in page.event.entries
                for telling in entry.tellings
                if telling.thread.split("@")[0] in {f.name for f in page.event.facts} and not telling.stale
            }
            same = [t for at, t in told if at == newest and set(t) & set(asked.answers)]
            assert same, asked


def test_corrections_take_back_a_value_and_say_so(pages):
    fixes = [
        (entry, telling) for page in pages for entry in page.event.entries for telling in entry.tellings
        if telling.form == "fix"
    ]  # fmt: skip
    assert fixes
    assert all(telling.answers[0].lower() in telling.quote.lower() for _, telling in fixes)


def test_an_edited_entry_has_other_words_before(pages):
    edited = [(page, e) for page in pages for e in page.event.entries if e.before]
    page, entry = edited[0]
    assert entry.before != entry.paragraphs
    assert entry.edited > entry.published
    assert entry.before[0].split(".")[0] in page.text_before_edits()
    captured = page.captures()
    moments = [moment for moment, _ in captured]
    assert moments == sorted(moments)
    assert page.aware(entry.edited) in moments
    assert page.aware(entry.edited) - timedelta(minutes=1) in moments


def test_records_hold_what_is_printed(pages):
    page = pages[0]
    records = page.records()
    assert [e.body for e in reversed(records.entries)] == ["\n\n".join(e.paragraphs) for e in page.event.entries]
    assert records.page.id == page.file


def test_the_command_writes_pages_and_a_question_file(tmp_path, capsys):
    out = tmp_path / "made"
    assert command.main(["--seed", "9", "--entries", "120", "--split", "tuning", "--out", str(out)]) == 0
    assert "2 pages, 120 entries" in capsys.readouterr().out
    items = load_questions(out / "questions.jsonl")
    assert len(items) > 60
    names = {path.name for path in (out / "pages").iterdir()}
    assert {name for item in items for name in item.pages} == names
    row = json.loads((out / "questions.jsonl").read_text().splitlines()[0])
    assert set(row["evidence"][0]) == {"published", "quote", "entry"}


def test_the_command_names_what_it_cannot_make(tmp_path, capsys):
    assert command.main(["--entries", "7", "--out", str(tmp_path)]) == 1
    assert "7 entries: give a number" in capsys.readouterr().err


class First:
    """Always takes the first choice."""

    def choice(self, rows):
        return rows[0]


def test_a_template_gives_its_words_answers_and_the_sentence_that_holds_them():
    slots = {"place": "Eskford", "src": "the mayor", **number_slots(4)}
    told = tell(First(), "Bad news[, sadly]. {Src} says <{v}> people [died|fell] in {place}. More later.", slots)
    assert told.text == "Bad news, sadly. The mayor says four people died in Eskford. More later."
    assert told.answers == ("four",)
    assert told.quote == "The mayor says four people died in Eskford."


def test_a_number_begins_a_sentence_as_a_word():
    assert fill(First(), "{V} boats", number_slots(12)) == "Twelve boats"
    assert fill(First(), "{v} boats", number_slots(12)) == "12 boats"
    assert fill(First(), "{V} boats", number_slots(1250)) == "1,250 boats"


def test_a_slot_that_nothing_fills_is_named():
    with pytest.raises(QuestionError, match="nothing fills {where}; use one of place"):
        fill(First(), "Fire in {where}", {"place": "Eskford"})


@pytest.mark.parametrize(
    ("hour", "minute", "style", "said"),
    [
        (15, 40, "24", "15:40"),
        (15, 40, "12", "3.40pm"),
        (15, 40, "us", "3:40 p.m."),
        (15, 40, "words", "twenty to four"),
        (9, 15, "words", "a quarter past nine"),
        (12, 0, "words", "noon"),
        (11, 0, "12", "11am"),
        (23, 45, "words", "a quarter to twelve"),
    ],
)
def test_times_are_said_as_people_say_them(hour, minute, style, said):
    from datetime import datetime

    assert clock(datetime(2021, 1, 13, hour, minute), style) == said
