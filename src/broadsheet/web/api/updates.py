"""Updates by the API: start one, and see how the last one goes."""

from litestar import get, post
from litestar.exceptions import ClientException
from msgspec import Struct

from broadsheet.errors import ConfigError
from broadsheet.web.api.shapes import faults
from broadsheet.web.house.given import TheHouse
from broadsheet.web.house.jobs import Job


class UpdateState(Struct, frozen=True, kw_only=True):
    """How the last update goes: the last of its lines; `code` is what it ended with, null without an end."""

    running: bool
    code: int | None = None
    lines: tuple[str, ...] = ()


@get("/api/update", tags=["update"], summary="See the last update", responses=faults())
async def update_state(house: TheHouse) -> UpdateState:
    """Tell how the last update goes or went."""
    return _state(house.jobs.last)


@post("/api/update", status_code=202, tags=["update"], summary="Start an update", responses=faults(409))
async def start_update(house: TheHouse) -> UpdateState:
    """Poll what is due, publish it, and keep its images, beside the server."""
    try:
        return _state(await house.jobs.update())
    except ConfigError as error:
        raise ClientException(str(error), status_code=409) from error


def _state(job: Job | None) -> UpdateState:
    if job is None:
        return UpdateState(running=False)
    return UpdateState(running=job.code is None, code=job.code, lines=job.lines)
