"""Every labelled layout reads as labelled, and nothing is invented on any of them."""

import pytest

from eval.reading import CORPUS, load_page, score_folder, score_page, totals

PAGES = sorted(CORPUS.glob("*.page"))


def test_the_corpus_holds_two_hundred_pages_in_seven_languages():
    assert len(PAGES) >= 200
    assert {path.name[:3] for path in PAGES} >= {"fr-", "de-", "es-", "it-", "pt-", "nl-"}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_labelled_page_reads_as_labelled(path):
    score = score_page(load_page(path))
    assert score.wrong == ()
    assert score.invented == 0


def test_totals_count_all_pages_together():
    rates = totals(score_folder(CORPUS))
    assert rates["entry_f1"] >= 0.98
    assert rates["invented"] == 0
