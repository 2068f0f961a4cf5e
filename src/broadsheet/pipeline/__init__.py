"""The order of the stages: the only place that knows it. Doors: `update`, `build`, `rework` and the transfers."""

from broadsheet.pipeline.build import build
from broadsheet.pipeline.postfiles import ImportReport, export_posts, import_posts
from broadsheet.pipeline.preview import preview
from broadsheet.pipeline.report import Progress, UpdateReport
from broadsheet.pipeline.rework import ReworkReport, rework
from broadsheet.pipeline.subscribe import Followed, follow, subscribe
from broadsheet.pipeline.update import Means, update

__all__ = [
    "Followed",
    "ImportReport",
    "Means",
    "Progress",
    "ReworkReport",
    "UpdateReport",
    "build",
    "export_posts",
    "follow",
    "import_posts",
    "preview",
    "rework",
    "subscribe",
    "update",
]
