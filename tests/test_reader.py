"""The reader: answering words with exact offsets in windows, and the weights that ship."""

import json
import shutil
from types import SimpleNamespace

import pytest
from conftest import ROOT

import rag.reader
from index.errors import ModelError
from rag.reader import BUNDLED, Found, Passage, Span, load_reader


@pytest.fixture
def reader(letters_model):
    return load_reader(str(letters_model))


class Marking:
    """Logits by token: 10 where a span may start or end, 1 on the first token, 0 elsewhere."""

    def __init__(self, tokenizer, starts, ends):
        self.starts, self.ends = (tokenizer.convert_tokens_to_ids(list(marks)) for marks in (starts, ends))

    def read(self, ids, segments, mask):
        import torch

        heads = {"relevance": torch.zeros(len(ids)), "verdicts": torch.zeros(len(ids), 3)}
        return SimpleNamespace(starts=self._logits(ids, self.starts), ends=self._logits(ids, self.ends), **heads)

    def _logits(self, ids, marks):
        import torch

        logits = torch.zeros(ids.shape)
        for mark in marks:
            logits[ids == mark] = 10.0
        logits[:, 0] = 1.0
        return logits


def marking(reader, starts="q", ends=None):
    """The reader with a model that marks these letters alone."""
    reader.network._model = Marking(reader.network.tokenizer, starts, ends or starts)
    return reader


def test_an_answer_is_given_by_its_offsets_in_the_text(reader):
    passage = Passage("t | 0", "a b q d")
    (found,) = marking(reader).read("who?", [passage])
    assert found.spans[0] == Span(4, 5, 18.0)
    assert passage.text[4:5] == "q"
    assert found.margin == 18.0


def test_the_margin_is_over_no_answer(reader):
    (found,) = marking(reader).read("who?", [Passage("t | 0", "a b c")])
    assert found.margin == -2.0


def test_a_span_runs_from_its_start_to_its_end(reader):
    (found,) = marking(reader, "q", "z").read("who?", [Passage("t", "a q c z e")])
    assert found.spans[0] == Span(2, 7, 18.0)


def test_an_answer_far_into_a_long_passage_keeps_its_offsets(reader):
    text = "a b c d e f " * 120 + "q" + " f g" * 40
    (found,) = marking(reader).read("who?", [Passage("t | 0", text)])
    assert found.spans[0] == Span(text.index("q"), text.index("q") + 1, 18.0)


def test_an_answer_seen_in_two_windows_is_given_once(reader):
    text = " ".join("abcdefghij"[i % 10] if i != 190 else "q" for i in range(400))
    (found,) = marking(reader).read("who?", [Passage("t | 0", text)])
    assert [s for s in found.spans if s.margin == 18.0] == [Span(380, 381, 18.0)]


def test_each_passage_gets_its_own_answer_in_order(reader):
    passages = [Passage("t", "a b"), Passage("t", "q " + "a " * 400), Passage("t", "c q")]
    found = marking(reader).read("who?", passages)
    assert [f.margin for f in found] == [-2.0, 18.0, 18.0]
    assert [f.spans[0].start for f in found[1:]] == [0, 2]


def test_an_answer_in_the_title_counts_in_the_context(reader):
    (found,) = marking(reader).read("who?", [Passage("a q | 0", "c d", title_chars=3)])
    assert found.in_title[0] == Span(2, 3, 18.0)
    assert found.margin == 18.0


def test_the_time_label_is_never_an_answer(reader):
    (found,) = marking(reader).read("who?", [Passage("a b | q", "c d", title_chars=3)])
    assert found.margin <= 8.0
    assert all(s.end <= 3 for s in found.in_title)


def test_an_answer_never_runs_from_the_title_or_label_into_the_text(reader):
    (found,) = marking(reader, "q", "z").read("who?", [Passage("a q | 0", "c z", title_chars=3)])
    assert found.margin < 18.0


def test_words_of_the_question_are_never_an_answer(reader):
    (found,) = marking(reader).read("q q q?", [Passage("t", "a b")])
    assert found.margin == -2.0


def test_an_answer_has_at_most_thirty_tokens(reader):
    text = "q " + "a " * 40 + "z"
    (found,) = marking(reader, "q", "z").read("who?", [Passage("t", text)])
    assert all(s.end - s.start < 80 for s in found.spans)


def test_spans_of_one_passage_come_best_first_and_do_not_overlap(reader):
    text = "the quick brown fox, and 12 of the lazy dogs. " * 12
    found = reader.read("how many dogs?", [Passage("dogs | 09:00", text, 4), Passage("", "a", 0)])
    for one, passage in zip(found, ("dogs | 09:00", ""), strict=True):
        for spans, length in ((one.spans, len(text)), (one.in_title, len(passage))):
            assert list(spans) == sorted(spans, key=lambda s: -s.margin)
            assert all(0 <= s.start < s.end <= length for s in spans)
            ordered = sorted(spans, key=lambda s: s.start)
            assert all(a.end <= b.start for a, b in zip(ordered, ordered[1:], strict=False))
    assert all(s.end <= 4 for s in found[0].in_title)


def test_at_most_top_k_spans_come_back(reader):
    (found,) = reader.read("who?", [Passage("t", "a b c d e f g h")], top_k=3)
    assert len(found.spans) == 3


def test_a_passage_reads_the_same_alone_and_among_others(reader):
    alone = reader.read("who?", [Passage("t", "a b c d")])[0]
    among = reader.read("who?", [Passage("t", "x y z " * 60), Passage("t", "a b c d")])[1]
    assert [(s.start, s.end) for s in among.spans] == [(s.start, s.end) for s in alone.spans]
    assert among.margin == pytest.approx(alone.margin, abs=1e-2)


def test_no_passages_give_nothing(reader):
    assert reader.read("who?", []) == []


@pytest.mark.parametrize("passage", [Passage("", ""), Passage("t | 0", ""), Passage("", "   "), Passage("", "\n\n")])
def test_a_passage_without_words_has_no_answer(reader, passage):
    (found,) = reader.read("who?", [passage])
    assert found.spans == ()


def test_nothing_found_has_no_margin():
    assert Found(()).margin == float("-inf")


@pytest.mark.parametrize("question", ["", "?", "a" * 1999, "a b " * 400, "?!" * 900, "有多少人受伤" * 300, "🚑" * 1000])
def test_a_question_of_any_length_and_script_leaves_room_for_the_passage(reader, question):
    (found,) = marking(reader).read(question, [Passage("t | 0", "a b c d e f " * 60 + "q")])
    assert found.margin == 18.0


def test_a_folder_that_holds_no_model_is_an_error_that_names_it(tmp_path):
    with pytest.raises(ModelError, match="nothing-here"):
        load_reader(str(tmp_path / "nothing-here"))


def test_any_extractive_model_can_be_named_by_its_folder(letters_model):
    reader = load_reader(str(letters_model))
    assert reader.name == letters_model.name
    assert len(reader.read("who?", [Passage("t", "a b")])) == 1


def test_a_missing_bundled_reader_is_an_error_that_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(rag.reader, "BUNDLED", tmp_path / "reader")
    with pytest.raises(ModelError, match="reinstall presstime"):
        load_reader()


def test_a_changed_byte_in_the_weights_is_an_error(tmp_path, monkeypatch, letters_model):
    import hashlib

    copy = tmp_path / "reader"
    shutil.copytree(letters_model, copy)
    sums = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(copy.iterdir())}
    (copy / "checksums.json").write_text(json.dumps(sums))
    monkeypatch.setattr(rag.reader, "BUNDLED", copy)
    assert load_reader().name == "reader"
    weights = copy / "model.safetensors"
    held = bytearray(weights.read_bytes())
    held[-1] ^= 1
    weights.write_bytes(bytes(held))
    with pytest.raises(ModelError, match=r"model\.safetensors does not match its checksum"):
        load_reader()


@pytest.fixture(scope="module")
def bundled():
    if not BUNDLED.is_dir():
        pytest.skip(f"the reader's weights are not in {BUNDLED.relative_to(ROOT)} yet")
    return load_reader()


@pytest.mark.model
def test_every_bundled_file_has_a_checksum(bundled):
    sums = json.loads((BUNDLED / "checksums.json").read_text())
    loaded = {f.name for f in BUNDLED.iterdir() if f.suffix in {".safetensors", ".json"}}
    assert loaded - {"checksums.json"} <= set(sums)


@pytest.mark.model
def test_a_changed_byte_in_a_copy_of_the_bundled_reader_is_an_error(bundled, tmp_path, monkeypatch):
    copy = tmp_path / "reader"
    shutil.copytree(BUNDLED, copy)
    weights = next(copy.glob("*.safetensors"))
    with weights.open("r+b") as file:
        file.seek(-1, 2)
        last = file.read(1)
        file.seek(-1, 2)
        file.write(bytes([last[0] ^ 1]))
    monkeypatch.setattr(rag.reader, "BUNDLED", copy)
    with pytest.raises(ModelError, match="does not match its checksum"):
        load_reader()


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("How many people were hurt?", "The Hallam bridge was shut at nine. Ten people were hurt.", "Ten"),
        ("Who leads the town council?", "It met at dawn. Ann Hill, who leads the town council, spoke.", "Ann Hill"),
        ("Where did the lorry overturn?", "A lorry overturned near Eastholme on Thursday morning.", "Eastholme"),
    ],
)
def test_the_bundled_reader_marks_the_answering_words(bundled, question, text, answer):
    (found,) = bundled.read(question, [Passage("Storm | 09:00 GMT, 4 March 2031", text, 5)])
    best = found.spans[0]
    assert answer in text[best.start : best.end]
    assert best.margin > 0


@pytest.mark.model
def test_the_bundled_reader_finds_nothing_where_nothing_answers(bundled):
    text = "The Hallam bridge was shut at nine. Ten people were hurt."
    question = "Which company made the rocket's engine?"
    (found,) = bundled.read(question, [Passage("Storm | 09:00 GMT, 4 March 2031", text, 5)])
    assert found.margin < 0


@pytest.mark.model
def test_the_bundled_reader_finds_an_answer_deep_in_a_long_entry(bundled):
    text = "The wind went on blowing over the empty harbour. " * 60 + "The trawler was owned by Gus Marrow."
    (found,) = bundled.read("Who owned the trawler?", [Passage("Harbour | 09:00 GMT, 4 March 2031", text, 7)])
    best = found.spans[0]
    assert "Gus Marrow" in text[best.start : best.end]


@pytest.mark.model
@pytest.mark.parametrize("question", ["有多少人受伤" * 60, "🚑" * 300, "qzxvkj" * 60, "a b c d " * 60])
def test_the_bundled_reader_takes_any_question(bundled, question):
    assert len(bundled.read(question, [Passage("Storm", "Ten people were hurt. " * 60, 5)])) == 1
