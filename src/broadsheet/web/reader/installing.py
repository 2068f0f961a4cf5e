"""What makes the paper an app of a phone or a desktop: a manifest, and a worker that keeps what was read."""

from litestar import Response, get

from broadsheet.web.house.given import TheHouse
from broadsheet.web.reader.pages import ASK_AGAIN


@get("/my/paper.webmanifest", opt={"needs": "open"}, include_in_schema=False)
async def manifest(house: TheHouse) -> Response[dict[str, object]]:
    """Describe the paper as a web application (W3C Web Application Manifest)."""
    paper = house.config.paper
    described: dict[str, object] = {
        "name": paper.title,
        "short_name": paper.title,
        "lang": paper.language,
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#f8f8f4",
        "theme_color": "#f8f8f4",
        "icons": [{"src": f"/{_icon(house)}", "sizes": "any", "type": "image/svg+xml"}],
    }
    return Response(described, media_type="application/manifest+json", headers={"Cache-Control": ASK_AGAIN})


@get("/my/worker.js", opt={"needs": "open"}, include_in_schema=False)
async def worker(house: TheHouse) -> Response[bytes]:
    """Give the worker under an address that stays, allowed to serve the whole paper (Service-Worker-Allowed)."""
    headers = {"Cache-Control": ASK_AGAIN, "Service-Worker-Allowed": "/"}
    return Response(house.assets[house.asset("worker.js")], media_type="text/javascript", headers=headers)


def _icon(house: TheHouse) -> str:
    return next(path for path in house.theme.assets if path.startswith("static/icon-"))
