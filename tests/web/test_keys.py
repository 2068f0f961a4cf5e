"""Secrets and passwords."""

from broadsheet.web.keys import digest_of, hash_password, matches, new_secret, same


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
