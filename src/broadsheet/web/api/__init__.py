"""The paper's own API: all that the pages do, as JSON, described by OpenAPI 3.1 at `/api/openapi.json`."""

from broadsheet.web.api.routes import ROUTER as ROUTER
from broadsheet.web.api.routes import described as described
