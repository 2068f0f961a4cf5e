"""The two trees and the link between them."""

from pathlib import Path

import pytest

from broadsheet.errors import PublishError
from broadsheet.publish.writing.formes import claim, flip


def test_a_new_site_has_no_served_tree(tmp_path: Path) -> None:
    with claim(tmp_path / "site") as formes:
        assert (formes.live, formes.idle) == (None, "a")
        assert formes.tree("a") == tmp_path / ".site.formes" / "a"


def test_each_flip_serves_the_other_tree(tmp_path: Path) -> None:
    with claim(tmp_path / "site") as claimed:
        formes = claimed
        for name in ("a", "b", "a"):
            formes.tree(formes.idle).mkdir(exist_ok=True)
            formes = flip(formes)
            assert formes.live == name
            assert (tmp_path / "site").resolve() == formes.tree(name)


def test_a_claim_ends_with_its_block(tmp_path: Path) -> None:
    with claim(tmp_path / "site"), pytest.raises(PublishError, match="another build"), claim(tmp_path / "site"):
        pass
    with claim(tmp_path / "site"):
        pass


def test_two_sites_side_by_side_do_not_meet(tmp_path: Path) -> None:
    with claim(tmp_path / "one") as one, claim(tmp_path / "two") as two:
        assert one.home != two.home
