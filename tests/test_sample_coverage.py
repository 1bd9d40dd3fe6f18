"""The sample pages and their questions, checked against the raw text of the pages."""

import json
import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest

from eval.normalise import contained
from eval.questions import KINDS, load_questions
from tests.conftest import ROOT

COVERAGE = ROOT / "eval" / "coverage"
QUESTIONS = ROOT / "eval" / "questions" / "sample.jsonl"
NOT_STATED = ["not stated", "unanswerable", "the page does not say"]
STORM = re.compile(r"^  \d+\. .*published at (\d\d):(\d\d) Greenwich Mean Time 12 November 2026$", re.M)
RAIL = re.compile(r"^(\d\d):(\d\d) ([AP])M$", re.M)
LAUNCH = re.compile(r"^\[(\d\d):(\d\d) UTC\]", re.M)


def moment(page, match):
    hour, minute = int(match[1]), int(match[2])
    if page == "storm-ingrid.txt":
        return datetime(2026, 11, 12, hour, minute, tzinfo=UTC)
    if page == "rail-strike.txt":
        return datetime.combine(date(2026, 9, 18), time(hour % 12 + 12 * (match[3] == "P"), minute))
    return datetime(2026, 3, 3 if hour >= 12 else 4, hour, minute, tzinfo=UTC)


def split(page, pattern):
    """Raw text of each entry by its time; None holds what stands above the first stamp."""
    text = (COVERAGE / page).read_text(encoding="utf-8")
    found = list(pattern.finditer(text))
    ends = [m.start() for m in found[1:]] + [len(text)]
    entries = {None: text[: found[0].start()]}
    return entries | {moment(page, m): text[m.start() : end] for m, end in zip(found, ends, strict=True)}, len(found)


@pytest.fixture(scope="module")
def pages():
    layouts = {"storm-ingrid.txt": STORM, "rail-strike.txt": RAIL, "launch-kestrel.txt": LAUNCH}
    return {page: split(page, pattern)[0] for page, pattern in layouts.items()}


@pytest.fixture(scope="module")
def rows():
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("page", "pattern", "timed"),
    [("storm-ingrid.txt", STORM, 35), ("rail-strike.txt", RAIL, 29), ("launch-kestrel.txt", LAUNCH, 36)],
)
def test_every_entry_of_a_page_has_a_time_of_its_own(page, pattern, timed):
    entries, stamps = split(page, pattern)
    assert stamps == timed
    assert len(entries) == timed + 1


def test_storm_and_rail_run_newest_first_and_launch_oldest_first(pages):
    for page, newest_first in (
        ("storm-ingrid.txt", True),
        ("rail-strike.txt", True),
        ("launch-kestrel.txt", False),
    ):
        times = [t for t in pages[page] if t]
        assert times == sorted(times, reverse=newest_first)


def test_every_page_says_above_its_entries_that_it_is_invented(pages):
    for entries in pages.values():
        opening = entries[None].lower()
        assert "invented sample coverage" in opening
        assert "written for presstime" in opening


def test_question_file_loads_with_the_same_reader_as_any_other():
    assert len(load_questions(QUESTIONS)) >= 180


def test_ids_are_unique_and_questions_differ(rows):
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({(row["page"], row["question"].lower(), str(row["history"])) for row in rows}) == len(rows)


def test_fields_are_those_of_the_format(rows):
    fields = {"id", "page", "question", "answers", "evidence", "kind", "as_of", "history"}
    for row in rows:
        assert fields <= set(row) <= fields | {"note"}, row["id"]
        assert row["kind"] in KINDS


def test_every_quote_stands_word_for_word_in_its_own_entry(rows, pages):
    for row in rows:
        for proof in row["evidence"]:
            when = proof["published"] and datetime.fromisoformat(proof["published"])
            assert proof["quote"] in pages[row["page"]][when], (row["id"], proof)


def test_no_evidence_is_later_than_the_time_asked_for(rows):
    for row in rows:
        if row["as_of"] is None:
            continue
        limit = datetime.fromisoformat(row["as_of"])
        for proof in row["evidence"]:
            assert proof["published"] is not None, row["id"]
            assert datetime.fromisoformat(proof["published"]) <= limit, row["id"]


def test_as_of_times_are_floating_only_where_the_page_names_no_zone(rows):
    for row in rows:
        if row["as_of"] is not None:
            aware = datetime.fromisoformat(row["as_of"]).tzinfo is not None
            assert aware == (row["page"] != "rail-strike.txt"), row["id"]


def test_an_accepted_answer_stands_in_the_evidence_or_is_its_posting_time(rows):
    for row in rows:
        if row["kind"] in {"unanswerable", "timeline"}:
            continue
        clocks = " ".join(p["published"][11:16] for p in row["evidence"] if p["published"])
        proofs = [p["quote"] for p in row["evidence"]] + [clocks] * (row["kind"] == "when")
        assert any(contained(a, proof) for a in row["answers"] for proof in proofs), row["id"]


def test_answers_asked_for_word_for_word_or_by_name_stand_in_full(rows):
    for row in rows:
        if row["kind"] in {"who", "where", "quote"}:
            long = max(row["answers"], key=len)
            assert any(contained(long, p["quote"]) for p in row["evidence"]), row["id"]


def test_a_third_is_unanswerable_and_has_neither_evidence_nor_answer(rows):
    none = [row for row in rows if row["kind"] == "unanswerable"]
    assert len(none) * 3 >= len(rows)
    assert all(row["evidence"] == [] and row["answers"] == NOT_STATED for row in none)


def test_every_kind_is_asked_on_every_page(rows):
    asked = Counter((row["page"], row["kind"]) for row in rows)
    assert all(asked[page, kind] for page in {row["page"] for row in rows} for kind in KINDS)


def test_follow_ups_carry_the_turn_they_follow(rows):
    assert all(row["history"] for row in rows if row["kind"] == "follow_up")


def test_superseded_figures_stay_findable_at_their_own_minute(pages):
    rail = pages["rail-strike.txt"]
    day = datetime(2026, 9, 18)
    assert "83 ticket offices" in rail[day + timedelta(hours=6, minutes=5)]
    assert "The number is 38" in rail[day + timedelta(hours=12, minutes=58)]
