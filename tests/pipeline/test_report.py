"""A report counts; the plain progress says nothing."""

from broadsheet.pipeline.report import UpdateReport, no_progress


def test_an_empty_report_is_all_noughts() -> None:
    assert UpdateReport() == UpdateReport(due=0, polled=0, failed=(), new=0)


def test_no_progress_says_nothing() -> None:
    no_progress(UpdateReport())
