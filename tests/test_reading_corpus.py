"""Every labelled layout reads as labelled, and nothing is invented on any of them."""

import pytest

from eval.reading import CORPUS, load_page, score_folder, score_page, totals

PAGES = sorted(CORPUS.glob("*.page"))


def test_the_corpus_holds_at_least_sixty_pages_in_four_languages():
    assert len(PAGES) >= 60
    assert {path.name[:3] for path in PAGES} >= {"fr-", "de-", "es-"}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_labelled_page_reads_as_labelled(path):
    score = score_page(load_page(path))
    assert score.wrong == ()
    assert score.invented == 0


def test_totals_count_all_pages_together():
    rates = totals(score_folder(CORPUS))
    assert rates["entry_f1"] >= 0.98
    assert rates["invented"] == 0
