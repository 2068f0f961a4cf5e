"""The live reader as one ASGI application."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Final

from litestar import Litestar, Request
from litestar.datastructures import State
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from broadsheet.config import Config
from broadsheet.pipeline.means import Clock
from broadsheet.version import VERSION
from broadsheet.web.access.doors import Visitor
from broadsheet.web.api import ROUTER as API
from broadsheet.web.api import described
from broadsheet.web.greader import ROUTES as GREADER
from broadsheet.web.guard import guard
from broadsheet.web.house.answers import RefusedError, failed, refused, with_headers
from broadsheet.web.house.given import TheHouse
from broadsheet.web.house.house import House, open_house
from broadsheet.web.reader import (
    companies,
    events,
    finding,
    installing,
    judging,
    lists,
    managing,
    marking,
    pages,
    settings,
    signin,
    watching,
)

LARGEST_REQUEST: Final = 10 * 1024 * 1024
"""Bytes of a request's body: a long reading list, or a post file."""

ROUTES: Final[Sequence[ControllerRouterHandler]] = (
    pages.published,
    pages.own_file,
    pages.theme_file,
    signin.sign_in_page,
    signin.sign_in,
    signin.sign_out,
    finding.search,
    installing.manifest,
    installing.worker,
    events.events,
    events.update_page,
    events.update,
    judging.story_page,
    judging.judge,
    settings.settings_page,
    settings.set_password,
    settings.add_token,
    settings.revoke_token,
    settings.end_sessions,
    managing.manage_page,
    managing.feeds_page,
    managing.preview_page,
    managing.add,
    managing.change,
    managing.import_list,
    managing.export_list,
    watching.watches_page,
    watching.add,
    watching.remove,
    companies.companies_page,
    companies.company_page,
    companies.keep,
    companies.import_list,
    companies.forget_list,
    marking.mark,
    marking.mark_all,
    lists.unread,
    lists.starred,
    lists.noted,
    lists.tagged,
    API,
    *GREADER,
)


def _now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def _life(app: Litestar) -> AsyncIterator[None]:
    """What goes on beside answering: looking for new editions; at the end, jobs and stores are closed."""
    house: House = app.state.house
    watching = asyncio.create_task(events.watch_paper(house))
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await house.jobs.close()
        house.desk.close()


def create_app(config: Config, host: str = "127.0.0.1", clock: Clock = _now) -> Litestar:
    """Make the application that serves a paper; where it will listen (`host`) decides who needs a password."""
    state = State({"house": open_house(config, host, clock)})

    def visitor_of(request: Request[Any, Any, Any], house: TheHouse) -> Visitor:
        del house  # asked for so that one comes after the other: two that could be made at once cost a task each
        known: Visitor = request.state.visitor
        return known

    return Litestar(
        ROUTES,
        guards=[guard],
        dependencies={
            "house": Provide(lambda: state["house"], sync_to_thread=False),
            "visitor": Provide(visitor_of, sync_to_thread=False),
        },
        exception_handlers={RefusedError: refused, Exception: failed},
        before_send=[with_headers],
        lifespan=[_life],
        state=state,
        request_max_body_size=LARGEST_REQUEST,
        openapi_config=described(VERSION),
        logging_config=None,
        debug=False,
    )
