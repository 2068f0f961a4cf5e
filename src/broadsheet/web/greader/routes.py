"""Where the API is found: at the root of the server, and under the path that FreshRSS has it at.

Readers ask `SERVER/accounts/ClientLogin` and `SERVER/reader/api/0/...`, and people are used to give them an address
that ends in `/api/greader.php` (FreshRSS, docs/en/users/06_Mobile_access.md); either is right here.
"""

from collections.abc import Sequence
from typing import Final

from litestar import Router
from litestar.types import ControllerRouterHandler

from broadsheet.web.greader import edits, reading, signin, subscribing

HANDLERS: Final[Sequence[ControllerRouterHandler]] = (
    signin.client_login,
    signin.token,
    signin.user_info,
    reading.subscription_list,
    reading.tag_list,
    reading.unread_count,
    reading.stream_contents,
    reading.stream_item_ids,
    reading.stream_item_contents,
    reading.atom,
    edits.edit_tag,
    edits.mark_all_as_read,
    edits.rename_tag,
    edits.disable_tag,
    subscribing.subscription_edit,
    subscribing.quickadd,
)
ROUTES: Final[Sequence[ControllerRouterHandler]] = tuple(
    Router(path=path, route_handlers=HANDLERS, include_in_schema=False) for path in ("/", "/api/greader.php")
)
