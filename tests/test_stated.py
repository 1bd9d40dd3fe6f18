"""What entries state: figures with their senses, their sources, and whether they look back."""

from datetime import UTC, datetime

from index.records import Entry
from rag.facts.senses import asked_keys, senses
from rag.facts.stated import looks_back, reprints, source_of, statements


def stated(body, title="News"):
    entry = Entry("e", "p", 0, published=datetime(2031, 3, 4, 9, tzinfo=UTC), title=title, body=body)
    return [s for s in statements([entry]) if s.part == "body"]


def test_many_wordings_have_one_sense():
    for words in ("Three people have died", "the death toll", "was killed", "lost their lives"):
        assert "dead" in senses(words)
    assert "missing" in senses("two are unaccounted for")
    assert senses("a walk by the sea") == frozenset()


def test_a_question_is_matched_by_senses_where_it_has_them():
    assert asked_keys("Was anyone killed in Norby?")[-2:] == ("~dead", "norby")


def test_each_figure_owns_the_sense_that_stands_nearest():
    first, second = stated("It says three children were among the dead and another 56 people were injured.")
    assert (first.figure.value, first.senses) == ("3", {"dead"})
    assert (second.figure.value, second.senses) == ("56", {"hurt"})


def test_a_part_does_not_take_the_sense_from_the_whole():
    whole = stated("Two people, one of them the skipper, are unaccounted for.")[0]
    assert (whole.figure.value, whole.senses) == ("2", {"missing"})


def test_a_figure_that_refers_back_inherits_what_is_counted():
    old, new = stated("An earlier post said that 83 ticket offices would close. The number is 38.")
    assert old.former and not new.former
    assert new.figure.noun == ("ticket", "offic")
    assert new.revised


def test_another_count_of_the_same_is_recognised_with_its_source():
    one, other = stated("The union says 2,000 people took part in the rally. Police put the number at 1,200.")
    assert one.senses == other.senses == {"turnout"}
    assert (one.source, other.source) == ("union", "police")


def test_a_time_that_was_planned_is_former_and_the_new_one_is_not():
    old, new = stated("The warning, which was to have ended at 11:00, will now last until 15:00.")
    assert (old.figure.value, old.former) == ("11:00", True)
    assert (new.figure.value, new.former) == ("15:00", False)


def test_a_sentence_about_what_was_said_before_looks_back():
    assert looks_back("The firm had hoped to run trains from six.")
    assert looks_back("We reported earlier that he was in his sixties.")
    assert not looks_back("Work will begin at first light.")


def test_a_sentence_that_only_quotes_an_earlier_post_reprints_it():
    assert reprints('From our notes: at 09:10 we wrote, "The road is shut".')
    assert reprints("Earlier, at 9:10, we reported: “The road is shut.”")
    assert not reprints("At 09:10 he said the road was shut.")


def test_sources_are_named_without_articles():
    assert source_of("The ambulance service says 17 were hurt.") == "ambulance service"
    assert source_of("Two roads are shut, according to the council.") == "council"
    assert source_of("Two roads are shut.") == ""
