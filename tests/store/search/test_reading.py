"""What other indexes are told of how search reads."""

from broadsheet.store import folding
from broadsheet.store.search.fold import fold


def test_others_fold_as_the_store_does() -> None:
    assert folding().fold("Ｘｉａｏｍｉ　小米") == fold("Ｘｉａｏｍｉ　小米")


def test_one_way_of_reading_has_one_digest() -> None:
    assert folding().digest == folding().digest
    assert len(folding().digest) == 16
