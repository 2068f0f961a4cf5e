"""From an edition to a published site: `render_site` plans the pages in a theme, `write_site` puts them in place."""

from broadsheet.publish.site import render_site
from broadsheet.publish.theme import Theme, load_theme
from broadsheet.publish.writing.imagefiles import ImageFiles
from broadsheet.publish.writing.write import write_site

__all__ = ["ImageFiles", "Theme", "load_theme", "render_site", "write_site"]
