"""The judge: verdicts on claims beside evidence, and what it adds to the checks of a generated sentence."""

import shutil

import pytest
import torch
from conftest import FakeGenerator

from index.errors import ModelError
from rag.generation import phrase_checked
from rag.judge import Verdict, as_claim, load_judge
from rag.reader import BUNDLED, Passage, load_reader
from rag.reading_model import HEADS_FILE, ReadingModel


@pytest.fixture(scope="module")
def judging_model(letters_model, tmp_path_factory):
    """The letters model with a verdict head that says "contradicted" of everything."""
    folder = tmp_path_factory.mktemp("judging")
    shutil.copytree(letters_model, folder, dirs_exist_ok=True)
    model = ReadingModel.load(letters_model)
    with torch.no_grad():
        model.verdict.weight.zero_()
        model.verdict.bias.copy_(torch.tensor([0.0, 2.0, 0.0]))
    model.save(folder)
    return folder


class Saying:
    """A judge that gives one verdict on everything, and keeps what it was asked."""

    name = "saying"

    def __init__(self, verdict):
        self.verdict, self.asked = Verdict(*verdict), []

    def judge(self, pairs):
        self.asked += pairs
        return [self.verdict] * len(pairs)


def test_a_verdict_is_the_softmax_of_its_head(judging_model):
    judge = load_judge(reader=load_reader(str(judging_model)))
    (verdict,) = judge.judge([("a b.", "c d")])
    assert verdict.contradicted == pytest.approx(0.787, abs=2e-3)  # e^2 / (e^2 + 2)
    assert sum(verdict) == pytest.approx(1.0, abs=1e-5)


def test_every_claim_gets_its_verdict_and_long_evidence_one(judging_model):
    judge = load_judge(reader=load_reader(str(judging_model)))
    assert judge.judge([]) == []
    assert len(judge.judge([("a", "b"), ("a", Passage("t", "c " * 900)), ("a", Passage("", "d"))])) == 3


@pytest.mark.parametrize("claim", ["", "a b " * 400, "?!" * 900, "有多少人受伤" * 300, "🚑" * 1000, "x" * 5000])
def test_a_claim_of_any_length_and_script_leaves_room_for_the_evidence(judging_model, claim):
    judge = load_judge(reader=load_reader(str(judging_model)))
    assert len(judge.judge([(claim, "a b c d e f " * 60)])) == 1


def test_a_claim_too_long_keeps_its_beginning_and_its_end(judging_model):
    judge = load_judge(reader=load_reader(str(judging_model)))
    kept = judge._fitting("q " + "a " * 300 + "z")
    assert kept.startswith("q a") and kept.endswith("a z")
    assert len(kept.split()) == 96


def test_a_reader_without_a_judges_head_has_none(letters_model):
    from rag.judge import TransformerJudge

    reader = load_reader(str(letters_model))
    assert not reader.network.judges
    with pytest.raises(ModelError, match="has no judge"):
        TransformerJudge(reader.network)


def test_an_unknown_model_is_an_error_that_names_it(tmp_path):
    with pytest.raises(ModelError, match="nowhere"):
        load_judge(str(tmp_path / "nowhere"))


def test_heads_are_saved_beside_the_weights_and_found_again(judging_model):
    assert (judging_model / HEADS_FILE).exists()
    assert ReadingModel.load(judging_model).verdict.bias.tolist() == [0.0, 2.0, 0.0]


def test_a_question_and_its_answer_read_as_one_claim():
    assert as_claim("How many were hurt?", "ten") == "How many were hurt? ten"
    assert as_claim("death toll torne", "11") == "death toll torne? 11"


def phrased(judge, text="Ten people were hurt at the bridge."):
    evidence = ["Ten people were hurt at the bridge on Monday."]
    *_, last = phrase_checked(FakeGenerator(lambda *_: text), "How many were hurt?", evidence, ["Ten"], judge=judge)
    return last


def test_a_sentence_that_the_judge_does_not_find_supported_has_a_problem():
    last = phrased(Saying((0.2, 0.7, 0.1)))
    assert [p.kind for p in last.problems] == ["verdict"]
    assert phrased(Saying((0.8, 0.1, 0.1))).problems == ()


def test_the_judge_never_overrules_a_check_that_failed():
    judge = Saying((1.0, 0.0, 0.0))
    assert phrased(judge, "Twelve people were hurt.").problems
    assert judge.asked == []


@pytest.mark.model
@pytest.mark.parametrize(
    ("claim", "borne_out"),
    [
        ("How many people were killed? Eleven", True),
        ("Where did the bridge fall? Torne", True),
        ("How old was the driver? Eleven", False),
        ("What was the driver called? Torne", False),
        ("The driver of the lorry was 52 years old.", False),
        ("The bridge will be rebuilt next year.", False),
    ],
)
def test_the_bundled_judge_knows_what_the_evidence_does_not_say(claim, borne_out):
    if not (BUNDLED / HEADS_FILE).exists():
        pytest.skip("the judge's weights are not here yet")
    evidence = Passage("Storm | 10:20 GMT", "Eleven people were killed when the bridge at Torne fell, police said.")
    (verdict,) = load_judge().judge([(claim, evidence)])
    assert (verdict.supported > 0.8) if borne_out else (verdict.not_enough > 0.8)
