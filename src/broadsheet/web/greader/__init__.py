"""The Google Reader API in the dialect of FreshRSS, for the readers that people already use."""

from broadsheet.web.greader.routes import ROUTES as ROUTES
