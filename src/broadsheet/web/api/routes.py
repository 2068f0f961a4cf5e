"""Every route of the API, and what describes them."""

from collections.abc import Sequence
from typing import Final

from litestar import Router
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme

from broadsheet.web.access.sessions import COOKIE
from broadsheet.web.api import (
    claims,
    companies,
    companylists,
    feeds,
    keys,
    marks,
    opml,
    posts,
    search,
    stories,
    updates,
    watches,
)
from broadsheet.web.api.describing import Describing
from broadsheet.web.api.strict import only_known, only_typed

HANDLERS: Final[Sequence[HTTPRouteHandler]] = (
    posts.list_posts,
    posts.one_post,
    marks.mark_posts,
    marks.mark_post,
    marks.mark_all,
    marks.tags,
    marks.unread,
    search.search,
    feeds.list_feeds,
    feeds.one_feed,
    feeds.preview_feed,
    feeds.add_feed,
    feeds.change_feed,
    opml.export_list,
    opml.import_list,
    stories.list_stories,
    stories.one_story,
    stories.merge,
    stories.split,
    stories.pin,
    claims.list_claims,
    claims.one_claim,
    companies.find_companies,
    companies.one_company,
    companylists.company_lists,
    companylists.lay_list,
    companylists.forget_list,
    watches.list_watches,
    watches.add_watch,
    watches.one_watch,
    watches.remove_watch,
    updates.update_state,
    updates.start_update,
    keys.list_tokens,
    keys.add_token,
    keys.revoke_token,
    keys.list_sessions,
    keys.end_session,
    keys.end_sessions,
    keys.set_password,
)


ROUTER: Final = Router(path="/", route_handlers=HANDLERS, guards=[only_known, only_typed])


def described(version: str) -> OpenAPIConfig:
    """Describe the API of this version (OpenAPI 3.1), to whoever may read the paper."""
    token = SecurityScheme(
        type="http", scheme="bearer", description="A token of `broadsheet token add NAME`, of scope read or write."
    )
    session = SecurityScheme(
        type="apiKey", name=COOKIE, security_scheme_in="cookie", description="The owner, signed in at /my/sign-in."
    )
    return OpenAPIConfig(
        title="Broadsheet",
        version=version,
        description=(
            "All that the pages of the live reader do. Lists are given a page at a time: `next` of one is `after` of "
            "the following. Moments are in UTC (RFC 3339). What goes wrong is told as `status` and `error`. A "
            "browser that is signed in changes things with the header X-CSRF-Token, whose value stands in every page."
        ),
        path="/api",
        render_plugins=[Describing(HANDLERS)],
        components=Components(security_schemes={"token": token, "session": session}),
        security=[{"token": []}],
    )
