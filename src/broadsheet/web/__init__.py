"""The live reader: the published paper with what is its reader's own, for people, programs and other readers."""

from broadsheet.web.app import create_app as create_app
