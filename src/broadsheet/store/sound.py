"""Text that UTF-8 cannot hold: a lone surrogate, from broken JSON or from a command line, costs one character."""


def sound_text(text: str) -> str:
    """Put U+FFFD in the place of every lone surrogate."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def sound(value: object) -> object:
    """The same for every text inside plain values: dicts, lists and tuples."""
    if isinstance(value, str):
        return sound_text(value)
    if isinstance(value, dict):
        return {sound_text(key): sound(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [sound(part) for part in value]
    return value
