"""Secrets and passwords."""

from datetime import timedelta

from tests.web.conftest import NOW

from broadsheet.web.access.keys import MARK, digest_of, hash_password, make_token, matches, new_secret, same


def test_secrets_are_long_and_never_the_same() -> None:
    assert len({new_secret() for _ in range(100)}) == 100
    assert len(new_secret()) >= 43


def test_a_digest_tells_secrets_apart() -> None:
    assert digest_of("a") == digest_of("a") != digest_of("b")
    assert digest_of("\udcff")


def test_secrets_are_compared_whole() -> None:
    assert same("é", "é")
    assert not same("a", "ab")


def test_a_password_is_known_by_its_hash_alone() -> None:
    kept = hash_password("correct horse")
    assert kept.startswith("$argon2id$")
    assert hash_password("correct horse") != kept
    assert matches(kept, "correct horse")
    assert not matches(kept, "wrong horse")
    assert not matches("no hash", "correct horse")


def test_a_token_is_made_with_a_secret_that_is_not_kept() -> None:
    secret, token = make_token("phone", "write", NOW, 30)
    assert secret.startswith(MARK)
    assert token.digest == digest_of(secret)
    assert token.expires_at == NOW + timedelta(days=30)
    assert make_token("phone", "read", NOW)[1].expires_at is None
