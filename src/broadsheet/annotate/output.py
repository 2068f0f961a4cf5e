"""What `annotate --json` prints of a text."""

from msgspec import Struct, structs

from broadsheet.model import Annotations


def annotations_json(annotations: Annotations) -> dict[str, object]:
    """Give the facts of a text as plain values: absent as None or an empty list, whole numbers without a point."""
    return {
        "language": annotations.language,
        "text": annotations.text,
        "mentions": [_fields(mention, without="company_id") for mention in annotations.mentions],
        "moves": [_fields(move) for move in annotations.moves],
        "claims": [_fields(claim) for claim in annotations.claims],
        "responses": [_fields(response) for response in annotations.responses],
        "origins": [_fields(origin) for origin in annotations.origins],
        "dates": [_fields(date) for date in annotations.dates],
    }


def _fields(fact: Struct, without: str = "") -> dict[str, object]:
    return {name: _plain(value) for name, value in structs.asdict(fact).items() if name != without}


def _plain(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return list(value) if isinstance(value, tuple) else value
