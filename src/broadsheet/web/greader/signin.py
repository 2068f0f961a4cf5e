"""Signing in by the API: the secret of an API token is the password, and what it stands for says what may be done.

Sources: ClientLogin of Google Accounts as FreshRSS answers it (p/api/greader.php: clientLogin, token, userInfo).
"""

from typing import Any, Final

from litestar import MediaType, Request, Response, get
from litestar.handlers import route

from broadsheet.web.access.keys import digest_of
from broadsheet.web.greader.items import Json
from broadsheet.web.greader.params import params_of
from broadsheet.web.guard import asker_of
from broadsheet.web.house.given import TheHouse

ACTION_TOKEN: Final = "broadsheet".ljust(57, "Z")
"""What edits bring back as `T`: 57 characters, as Google's had. It keeps nothing safe, for the API token does."""

OWNER: Final = "1"


@route("/accounts/ClientLogin", http_method=["GET", "POST"], opt={"needs": "open"}, status_code=200)
async def client_login(request: Request[Any, Any, Any], house: TheHouse) -> Response[str]:
    """Tell a reader how to name itself from now on: by the secret of a token, `Passwd`; `Email` may be anything."""
    params = await params_of(request)
    secret, peer = params.need("Passwd").strip(), asker_of(request, house)
    if wait := house.attempts.wait_s(peer, house.now()):
        return _said("Error=TooManyAttempts\n", 429, {"Retry-After": str(wait)})
    known = await house.desk.ask(lambda store: store.doors.token(digest_of(secret), house.now()))
    if known is None:
        house.attempts.failed(peer, house.now())
        return _said("Error=BadAuthentication\n", 401)
    return _said(f"SID={secret}\nLSID=null\nAuth={secret}\n")


@get("/reader/api/0/token")
async def token() -> Response[str]:
    """Give what edits bring back."""
    return _said(ACTION_TOKEN)


@get("/reader/api/0/user-info")
async def user_info(house: TheHouse) -> Json:
    """Say whose paper it is."""
    name = house.config.paper.title
    return {"userId": OWNER, "userName": name, "userProfileId": OWNER, "userEmail": ""}


def _said(text: str, status: int = 200, headers: dict[str, str] | None = None) -> Response[str]:
    return Response(text, status_code=status, media_type=MediaType.TEXT, headers=headers)
