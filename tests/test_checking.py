"""No invented number, name, date, quotation or turn of meaning passes the check; true sentences do."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lies import lies

from rag.checking import Grounds, Problem, check, follows, lifted
from rag.claims.facts import tokenise
from rag.claims.spans import normalise, sentence_spans

ENTRIES = (
    "More than 4,200 homes in Harlow Bay have no power, the network operator Northgrid said on Tuesday. "
    "Eleven people were killed and 56 injured when the roof of the Alder Street market fell at 17:30. "
    "14-year-old twin sisters Mia and Ana Holt were among them.",
    '"We need a signal," said Anna Hale, the mayor of Harlow. Police denied that officers fired shots. '
    "The ferry Aurora rescued the tug Boreas near Gull Point. Storm damage could cost up to £1.5m, insurers said.",
    "Ruth Calloway, who leads the regional assembly, opened the bridge on 3 May 2026. The bridge will not close "
    "before 9pm. Nearly two-thirds of the 164 trains ran. The Guild rejected an offer of 3.2 per cent.",
    "Ostrov attacked Marlow from the north. The minister failed to reach a deal with Tessaly. "
    'Hale told reporters: "Nobody in this town was warned, and I will not forget it." '
    "The strike may be called off if at least half of the drivers agree.",
    "A lorry carrying 12 tonnes of salt overturned 3 miles east of Brindle at about 5.40am. "
    "Dr Emeka Oyelaran of the Pelagic Weather Agency expects winds of 55mph by Friday. "
    "It was the strongest gust in Brindle since 1962.",
)

TRUE = [
    (0, "More than 4,200 homes in Harlow Bay have no power, Northgrid said."),
    (0, "On Tuesday, Northgrid said more than 4,200 homes in Harlow Bay have no power."),
    (0, "Northgrid said on Tuesday that over 4,200 homes in Harlow Bay have no power."),
    (0, "11 people were killed."),
    (0, "11 people were killed and 56 were injured."),
    (0, "56 were injured when the roof of the Alder Street market fell at 5.30pm."),
    (0, "The sisters were 14 years old."),
    (0, "The twin sisters were 14."),
    (1, 'Anna Hale said: "We need a signal."'),
    (1, "“We need a signal,” Anna Hale said."),
    (1, "Anna Hale is the mayor of Harlow."),
    (1, "The Aurora rescued the Boreas."),
    (1, "The ferry Aurora rescued the tug Boreas."),
    (1, "Insurers said storm damage could cost up to £1.5 million."),
    (1, "Police denied that officers fired shots."),
    (2, "Ruth Calloway leads the regional assembly."),
    (2, "Ruth Calloway opened the bridge on May 3, 2026."),
    (2, "Ruth Calloway opened the bridge."),
    (2, "On 3 May 2026, Ruth Calloway opened the bridge."),
    (2, "The Guild rejected an offer of 3.2%."),
    (2, "Nearly two-thirds of the 164 trains ran."),
    (3, "Ostrov attacked Marlow."),
    (3, 'Hale told reporters: "Nobody in this town was warned."'),
    (4, "Emeka Oyelaran of the Pelagic Weather Agency expects winds of 55mph."),
]

FALSE = [
    (0, "number", "4,200 homes in Harlow Bay have no power, Northgrid said."),
    (0, "number", "More than 4,300 homes in Harlow Bay have no power, Northgrid said."),
    (0, "number", "11 people were injured."),
    (0, "number", "56 people were killed."),
    (0, "number", "The sisters were 56 years old."),
    (0, "word", "More than 4,200 boats in Harlow Bay have no power, Northgrid said."),
    (0, "negation", "More than 4,200 homes in Harlow have no power, Northgrid said."),
    (0, "negation", "More than 4,200 homes in Harlow Bay have no power."),
    (0, "negation", "Eleven people were not killed."),
    (0, "date", "On Wednesday, Northgrid said more than 4,200 homes in Harlow Bay have no power."),
    (0, "time", "The roof of the Alder Street market fell at 5.30am."),
    (1, "quotation", 'Anna Hale said: "We need the signal."'),
    (1, "word", 'Northgrid said: "We need a signal."'),
    (1, "negation", "Anna Hale is not the mayor of Harlow."),
    (1, "word", "The tug Boreas rescued the ferry Aurora."),
    (1, "name", "The ferry Aurora was rescued."),
    (1, "word", "Officers fired shots."),
    (1, "word", "Police fired shots."),
    (1, "hedge", "Storm damage will cost up to £1.5m, insurers said."),
    (1, "number", "Storm damage could cost £1.5m, insurers said."),
    (1, "number", "Storm damage could cost up to $1.5m, insurers said."),
    (2, "hedge", "The bridge will close before 9pm."),
    (2, "name", "Ruth Calloway rejected an offer of 3.2 per cent."),
    (2, "number", "Two-thirds of the 164 trains ran."),
    (3, "name", "Marlow attacked Ostrov."),
    (3, "word", "Ostrov was attacked from the north."),
    (3, "word", "The minister reached a deal with Tessaly."),
    (3, "quotation", 'Hale told reporters: "I will forget it."'),
    (3, "quotation", 'Hale told reporters: "forget it."'),
    (3, "hedge", "The strike may be called off."),
    (3, "word", "The strike is called off."),
    (4, "number", "A lorry carrying 12 miles of salt overturned."),
    (4, "word", "It was the strongest gust since 1962."),
    (4, "word", "It was the strongest gust."),
    (4, "unit", "A lorry carrying 12 kilograms of salt overturned."),
    (4, "word", "A lorry carrying 12 tonnes of salt overturned 3 miles west of Brindle."),
]


@pytest.mark.parametrize(("entry", "sentence"), TRUE, ids=[s for _, s in TRUE])
def test_a_true_sentence_stands(entry, sentence):
    assert check(sentence, [ENTRIES[entry]]) == ()


@pytest.mark.parametrize(("entry", "kind", "sentence"), FALSE, ids=[s for _, _, s in FALSE])
def test_a_false_sentence_falls(entry, kind, sentence):
    assert kind in [problem.kind for problem in check(sentence, [ENTRIES[entry]])]


def test_a_problem_names_kind_value_and_reason():
    assert check("A lorry carrying 12 kilograms of salt overturned.", [ENTRIES[4]]) == (
        Problem("unit", "kilograms", "not in the cited text"),
    )
    (problem,) = check("Nearly 4,200 homes in Harlow Bay have no power, Northgrid said.", [ENTRIES[0]])
    assert (problem.kind, problem.value) == ("number", "nearly 4,200")
    assert problem.reason == 'the cited text says "more than 4,200"'


def test_what_the_question_says_is_no_evidence():
    question = "Who bombed the Alder Street market on Friday?"
    assert check("Ostrov bombed the Alder Street market on Friday.", ENTRIES, question=question) != ()


def test_a_fact_of_one_entry_is_not_lent_to_another():
    assert check("Anna Hale attacked Marlow.", ENTRIES) != ()
    assert check("The ferry Aurora was 14 years old.", ENTRIES) != ()


def test_nothing_claimed_is_nothing_wrong():
    assert check("", ENTRIES) == ()
    assert check("...", ENTRIES) == ()


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_sentence_of_an_entry_stands_on_it(entry):
    text = normalise(entry)
    for a, b in sentence_spans(text):
        assert check(text[a:b], [entry]) == ()
        assert check(text[a:b].rstrip(". "), [entry]) == ()


def test_a_cut_that_turns_the_meaning_is_no_quotation():
    assert check("officers fired shots", [ENTRIES[1]]) != ()
    assert check("4,200 homes", [ENTRIES[0]]) != ()
    assert check("5.40am", [ENTRIES[4]]) != ()
    assert check("200 homes", [ENTRIES[0]]) != ()


def test_a_sentence_that_ends_in_a_quotation_stands_before_another_sentence():
    entry = '[00:51 UTC] The stage is down, Halden says: "She\'s landed and standing." The hall is on its feet.'
    assert check('[00:51 UTC] The stage is down, Halden says: "She\'s landed and standing."', [entry]) == ()


def test_spoken_words_without_their_marks_are_lifted():
    grounds = Grounds.of([ENTRIES[1]])
    assert lifted("We need a signal.", grounds)
    assert not lifted('"We need a signal," said Anna Hale.', grounds)


def test_a_beginning_follows_until_the_first_strange_word():
    grounds = Grounds.of([ENTRIES[1]])
    assert follows("The ferry Aurora rescued the", grounds)
    assert follows("The ferry Aurora rescued the tug Boreas", grounds)
    assert not follows("The ferry Aurora sank", grounds)
    assert not follows("The tug Boreas rescued", grounds)


def _true_sentences():
    return [
        (text[a:b].strip(), entry) for entry in ENTRIES for text in [normalise(entry)] for a, b in sentence_spans(text)
    ]


NAMES = tuple({t.text for e in ENTRIES for t in tokenise(normalise(e)) if t.sort == "name" and t.text.isalpha()})


@pytest.mark.parametrize(("sentence", "entry"), _true_sentences(), ids=lambda v: v[:40])
def test_no_way_of_making_a_true_sentence_false_passes(sentence, entry):
    made = [*lies(sentence, NAMES)]
    assert made
    assert [lie for lie in made if not check(lie[1], [entry])] == []


@pytest.mark.parametrize(("entry", "sentence"), TRUE, ids=[s for _, s in TRUE])
def test_no_lie_about_a_compressed_sentence_passes(entry, sentence):
    assert [lie for lie in lies(sentence, NAMES) if not check(lie[1], [ENTRIES[entry]])] == []


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_lying_generator_gets_nothing_out(data):
    sentence, entry = data.draw(st.sampled_from(_true_sentences()))
    kind, lie = data.draw(st.sampled_from([*lies(sentence, NAMES)]))
    # A second lie of the same kind may undo the first: Anna for Emeka for Anna Hale is true again.
    more = [text for other, text in lies(lie, NAMES) if other != kind]
    again = [lie, *(text for text in more if sentence not in text and text not in normalise(entry))]
    assert check(data.draw(st.sampled_from(again)), [entry]) != ()


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_words_of_other_entries_never_slip_in(data):
    sentence, entry = data.draw(st.sampled_from(_true_sentences()))
    strange = [t for e in ENTRIES if e != entry for t in tokenise(normalise(e)) if t.content]
    word = data.draw(st.sampled_from([t.text for t in strange if t.text.lower() not in entry.lower()]))
    words = sentence.split(" ")
    at = data.draw(st.integers(0, len(words)))
    assert check(" ".join([*words[:at], word, *words[at:]]), [entry]) != ()


def test_quoting_the_real_pages_raises_no_alarm(shared):
    pages = json.loads((shared / "eval" / "seed_entries.json").read_text("utf-8"))
    checked = 0
    for name in pages:
        for line in (shared / "seeds" / name).read_text("utf-8").splitlines():
            text = normalise(line)
            for a, b in sentence_spans(text):
                checked += 1
                assert check(text[a:b], [line]) == ()
    assert checked > 200


def test_lies_about_the_real_pages_do_not_pass(shared):
    told = passed = 0
    for path in sorted((shared / "seeds").glob("*.txt")):
        for line in path.read_text("utf-8").splitlines()[::4]:
            text = normalise(line)
            names = tuple(sorted({t.text for t in tokenise(text) if t.sort == "name" and t.text.isalpha()}))
            grounds = Grounds.of([line])
            for a, b in sentence_spans(text):
                for kind, lie in lies(text[a:b].strip(), names):
                    if kind != "unit":  # "one soldier" and "one soldiers" are one unit
                        told += 1
                        passed += not check(lie, grounds)
    assert told > 300
    assert passed == 0
