"""A candidate of another subject, or of another thing than is asked, loses most of its confidence."""

from datetime import UTC, datetime

from index.records import Entry
from rag.doubt import doubted
from rag.evidence import Candidate
from rag.facts.demand import read_demand
from rag.records import Evidence

AT = datetime(2031, 3, 4, 9, tzinfo=UTC)


def left(question, text, mark, title="News", page_title=""):
    entry = Entry("e", "p", 0, published=AT, title=title, body=text)
    at = text.index(mark)
    evidence = Evidence(entry, "body", text, 0, len(text), 1.0, ((at, at + len(mark)),))
    candidate = Candidate(evidence, 1.0, 0.5, 0.5, 0.5, confidence=0.8)
    (found,) = doubted(question, read_demand(question), [candidate], {"p": page_title})
    return found.confidence


def test_an_entry_that_holds_none_of_the_names_is_of_another_subject():
    assert left("Who leads the council in Selby?", "Ann Hill leads the council.", "Ann Hill") < 0.2
    assert left("Who leads the council in Norby?", "Ann Hill leads the council.", "Ann Hill", page_title="Norby") == 0.8


def test_a_count_of_another_thing_is_doubted():
    assert left("How many people have died?", "Water has entered 283 homes.", "283") < 0.2
    assert left("How many people have died?", "Nine people were killed.", "Nine") == 0.8


def test_a_sentence_without_a_figure_of_the_kind_is_doubted():
    assert left("How deep is the river?", "The river burst its banks.", "burst") < 0.2
    assert left("How deep is the river?", "The river is 4 metres deep.", "4 metres") == 0.8


def test_the_figure_that_the_question_gives_is_not_its_answer():
    question = "They were aiming for 23:50. What time did they switch to?"
    assert left(question, "New time: 23:50 UTC.", "23:50") < 0.2
    assert left(question, "They will try again at 00:42.", "00:42") == 0.8


def test_a_boat_of_another_clock_and_another_usual_day_are_doubted():
    asked, off = "Did the 16:45 boat to Carrow sail?", "The firm has called off the 07:15 and 10:30 sailings to Carrow."
    assert left(asked, off, "called off") < 0.2
    assert left("Did the 10.30am boat to Carrow sail?", off, "called off") == 0.8
    assert left(asked, "The boat to Carrow left at 17:02.", "left") == 0.8
    assert left("What did the 16:45 update say?", off, "called off") == 0.8
    asked, told = (
        "How many journeys are made on a normal Sunday?",
        "Some 300,000 journeys are usually made on a Friday.",
    )
    assert left(asked, told, "300,000") < 0.2
    assert left(asked.replace("Sunday", "Friday"), told, "300,000") == 0.8
    assert left("How many journeys were made on Sunday?", told, "300,000") == 0.8


def placed(question, text, start, page_title):
    """Confidence left to the sentence that begins at `start`, its first word marked."""
    entry = Entry("e", "p", 0, published=AT, title="Fire", body=text)
    at = text.index(start)
    evidence = Evidence(entry, "body", text[at:], at, len(text), 1.0, ((0, len(start)),))
    candidate = Candidate(evidence, 1.0, 0.5, 0.5, 0.5, confidence=0.8)
    (found,) = doubted(question, read_demand(question), [candidate], {"p": page_title})
    return found.confidence


def test_a_sentence_set_at_another_place_is_doubted():
    asked = "How many people were hurt in Norby?"
    both = "Sheep were moved near Norby. Nine people were hurt at Ashby."
    assert placed(asked, both, "Nine", "Fire near Ashby") < 0.3
    assert placed(asked, both, "Nine", "Fire in the hills of Norby") == 0.8


def test_what_became_of_something_is_told_from_where_it_is():
    both = "Nets were found off Norby. The cutter has been seen near Ashby."
    assert placed("What has happened to the cutter in Norby?", both, "The cutter", "Search off Ashby") == 0.8


def test_what_only_describes_the_one_acted_on_is_not_who_acted():
    text = "Orbit Watch, a group of amateur trackers, makes it 498km."
    assert left("Who set up Orbit Watch?", text, "a group of amateur trackers") < 0.2
    assert left("Who is Orbit Watch?", text, "a group of amateur trackers") == 0.8
    assert left("Who leads Orbit Watch?", "Jules Petrakis, the head of Orbit Watch, agreed.", "Jules Petrakis") == 0.8


def test_a_share_is_no_sum_of_money():
    assert left("What is inflation in Norby?", "The strike costs Norby £9m a day.", "£9m") < 0.2
    assert left("What is inflation in Norby?", "Prices in Norby rose by 3.9 per cent.", "3.9 per cent") == 0.8


def test_an_entry_without_the_thing_asked_of_is_doubted_where_others_speak_of_it():
    texts = ("The viewing area is at Priory Road.", "The booster is descending towards its ship.")
    candidates = []
    for n, text in enumerate(texts):
        entry = Entry(str(n), "p", n, published=AT, title="News", body=text)
        evidence = Evidence(entry, "body", text, 0, len(text), 1.0, ((0, len(text)),))
        candidates.append(Candidate(evidence, 1.0, 0.5, 0.5, 0.5, confidence=0.6 - 0.3 * n))
    asked = "Where was the lower stage?"
    assert [c.entry.id for c in doubted(asked, read_demand(asked), candidates, {})] == ["1", "0"]
    assert [c.confidence for c in doubted(asked, read_demand(asked), candidates[:1], {})] == [0.6]


def test_the_whole_is_no_part_of_itself():
    asked = "Of the ten people who were hurt in Norby, how many are children?"
    assert left(asked, "Ten people were hurt in Norby; the earlier figure was eight.", "Ten") < 0.2
    assert left(asked, "Two of the people hurt in Norby are children.", "Two") == 0.8
