"""A srcset is parsed and written anew."""

from broadsheet.clean.pictures.srcset import largest, rebuilt


def test_candidates_are_read_with_their_descriptors() -> None:
    value = "a.jpg 1x, /b,c.jpg 2x,, javascript:1 3x, d.jpg 400w 300h, e.jpg"
    assert rebuilt(value, "https://a.example/x/") == (
        ("https://a.example/x/a.jpg", "1x"),
        ("https://a.example/b%2Cc.jpg", "2x"),
        ("https://a.example/x/d.jpg", "400w"),
        ("https://a.example/x/e.jpg", ""),
    )


def test_no_more_candidates_than_any_picture_has() -> None:
    assert len(rebuilt(", ".join(f"/{number}.jpg {number}w" for number in range(1, 99)), "https://a.example/")) == 20


def test_the_largest_candidate_is_named() -> None:
    assert largest((("a", ""), ("b", "1.5x"), ("c", "0.5x"))) == "b"
    assert largest((("a", "400w"), ("b", "1200w"))) == "b"
