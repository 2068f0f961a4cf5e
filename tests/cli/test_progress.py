"""A running update on the terminal: told, it never fails."""

import pytest

from broadsheet.cli.progress import live_full_texts, live_images, live_moving, live_progress
from broadsheet.pipeline.report import FullTextReport, ImagesReport, UpdateReport
from broadsheet.store.moving.state import Moving


def test_it_can_be_told_of_more_feeds_than_were_due_at_first(capsys: pytest.CaptureFixture[str]) -> None:
    with live_progress(0) as tell:
        tell(UpdateReport(due=1, polled=1, new=3))
        tell(UpdateReport(due=5, polled=4, new=9))
    assert capsys.readouterr().out == ""


def test_images_are_counted_from_none(capsys: pytest.CaptureFixture[str]) -> None:
    with live_images() as tell:
        tell(ImagesReport(due=3, kept=1, bytes_kept=2048))
    assert capsys.readouterr().out == ""


def test_articles_are_counted_whatever_came_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    with live_full_texts() as tell:
        tell(FullTextReport(due=3, read=1, kept=1))
    assert capsys.readouterr().out == ""


def test_rows_are_counted_with_the_table_in_hand(capsys: pytest.CaptureFixture[str]) -> None:
    with live_moving("export") as tell:
        tell(Moving("post", 5, 9))
        tell(Moving("search index", 0, 0))
    assert capsys.readouterr().out == ""
