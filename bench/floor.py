"""The floor: ask for every feed on one connection and parse it with lxml or json; nothing is kept.

floor.py URLS VALIDATORS: asks with the validators of the last run where the file exists, and prints the entries seen.
"""

import json
import sys
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"


def main(urls: str, kept: str) -> None:
    """Poll every address once."""
    store = Path(kept)
    validators: dict[str, str] = json.loads(store.read_text("utf-8")) if store.exists() else {}
    addresses = Path(urls).read_text("utf-8").split()
    connection = HTTPConnection(urlsplit(addresses[0]).netloc)
    entries = 0
    for address in addresses:
        etag = validators.get(address)
        connection.request("GET", urlsplit(address).path, headers={"If-None-Match": etag} if etag else {})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status == 200:
            validators[address] = answer.headers["ETag"]
            entries += _entries(body)
    store.write_text(json.dumps(validators), "utf-8")
    print(entries)


def _entries(body: bytes) -> int:
    if body.startswith(b"{"):
        return len(json.loads(body)["items"])
    root = etree.fromstring(body)
    return len(root.findall(f"{ATOM}entry") or root.findall("channel/item"))


if __name__ == "__main__":
    main(*sys.argv[1:])
