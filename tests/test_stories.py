"""Which page and place the names of a question pin, among pages that are worded alike."""

from datetime import UTC, datetime

from storm import page_of

from index.records import Entry
from index.store import Store
from rag.facts.stated import statements
from rag.facts.stories import about, elsewhere, home_page, of_place, story_names, titled

NORBY = page_of("norby", ["Nine people were hurt in Norby.", "The number hurt has risen to 12."])
SELBY = page_of("selby", ["Thirty people were hurt in Selby.", "The mayor of Selby has left for Norby."])


def entry(body, title=None):
    return Entry("e", "norby", 0, published=datetime(2031, 3, 4, 9, tzinfo=UTC), title=title, body=body)


def test_days_months_and_numbers_name_no_story():
    assert story_names("How many were hurt in Norby's school at 9am on Tuesday 3 March?") == ["Norby"]


def test_the_page_that_holds_more_of_the_names_is_home(tmp_path, tiny_encoder):
    with Store.open(tmp_path / "s", encoder=tiny_encoder) as store:
        store.add(NORBY)
        store.add(SELBY)
        assert home_page(store, "How many were hurt in Selby?", None, {}) == "selby"
        assert home_page(store, "Is the mayor of Selby in Norby?", None, {}) == "selby"
        assert home_page(store, "How many were hurt in Norby?", None, {}) is None
        assert home_page(store, "How many were hurt in Whitby?", None, {}) is None
        assert home_page(store, "How many were hurt?", None, {}) is None
        assert home_page(store, "How many were hurt in Whitby?", None, {"norby": "Whitby ferry aground"}) == "norby"


def test_a_name_stands_in_a_title_as_a_word_of_its_own():
    titles = {"a": "Leeds sign Lee: deadline day", "b": "Leeds flood", "c": "The Lees’ farm", "d": "", "e": "LEE'S LAW"}
    assert list(titled(["Lee"], titles)) == ["a", "c", "e"]
    assert list(titled(["Poland", "Polish"], {"p": "Polish lorries cross", "q": "A polished floor"})) == ["p"]


def test_entries_that_name_another_place_are_not_about_the_one_asked_of():
    own, silent, other = entry("Nine hurt in Norby."), entry("Twelve are hurt."), entry("Forty hurt at Selby.")
    asked = "How many were hurt in Norby?"
    assert about(asked, [own, silent, other]) == [own]
    assert about(asked, [own, silent, other], "Fire in Norby: live") == [own, silent]
    assert about(asked, [silent, other]) == [silent, other]


def test_a_street_is_no_other_place():
    assert not elsewhere("Nine were hurt in Church Street.", {"norby"})
    assert elsewhere("Nine were hurt in Selby.", {"norby"})


def test_a_summary_of_two_places_tells_each_its_own_figure():
    both = entry("Nine people were hurt in Norby. Forty people were hurt in Selby.")
    assert [s.figure.value for s in of_place("How many were hurt in Norby?", statements([both]))] == ["9"]


def test_a_source_from_a_place_does_not_set_its_figure_there():
    told = statements([entry("Six people have died in Norby."), entry("Four have died in Ashby, Norby council says.")])
    assert [s.figure.value for s in of_place("How many have died in Norby?", told)] == ["6"]
