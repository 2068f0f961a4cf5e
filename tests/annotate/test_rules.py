"""The digest of the rules names them: always the same for the same rules."""

import pytest

from broadsheet.annotate import rules


def test_the_digest_is_the_same_each_time() -> None:
    rules.rules_digest.cache_clear()
    first = rules.rules_digest()
    rules.rules_digest.cache_clear()
    assert rules.rules_digest() == first
    assert len(first) == 16


def test_another_version_of_the_code_is_other_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    first = rules.rules_digest()
    monkeypatch.setattr(rules, "VERSION", rules.VERSION + 1)
    rules.rules_digest.cache_clear()
    assert rules.rules_digest() != first
    rules.rules_digest.cache_clear()
