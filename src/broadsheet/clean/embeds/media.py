"""Sound and film: one absolute source, no autoplay, nothing fetched before a reader asks."""

from collections import Counter

from broadsheet.clean.dom import Element, attributes_of, remove, unwrap
from broadsheet.clean.links.addresses import absolute

MEDIA = frozenset({"audio", "video"})
_SOURCES = ("src", "data-src", "data-url", "data-mp4")


def repair_media(root: Element, base: str | None, changes: Counter[str]) -> None:
    """Give each player its address and take all else out of it; one without an address is removed."""
    for player in list(root.iter(*MEDIA)):
        if player.getparent() is not None:
            _repair(player, base, changes)


def _repair(player: Element, base: str | None, changes: Counter[str]) -> None:
    written = attributes_of(player)
    address = _address([written, *(attributes_of(source) for source in player.iter("source"))], base)
    for source in list(player.iter("source")):
        remove(source)
    if address is None:
        changes["player-without-address"] += 1
        unwrap(player)
        return
    for child in list(player):
        player.remove(child)
    player.text = None
    player.attrib.clear()
    player.set("src", address)
    _write_appearance(player, written, base)


def _address(offers: list[dict[str, str]], base: str | None) -> str | None:
    found = (absolute(offer[name], base) for offer in offers for name in _SOURCES if offer.get(name))
    return next((address for address in found if address is not None), None)


def _write_appearance(player: Element, written: dict[str, str], base: str | None) -> None:
    """Keep a film's poster and size."""
    poster = absolute(written.get("poster", ""), base) if player.tag == "video" else None
    if poster is not None:
        player.set("poster", poster)
    for name in ("width", "height") if player.tag == "video" else ():
        if written.get(name, "").isdecimal():
            player.set(name, written[name])
    player.set("preload", "none")
