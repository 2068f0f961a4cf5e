"""Plain frozen types, and nothing else: what the rooms hand to each other."""

from broadsheet.model.clocks import Clock, Lead
from broadsheet.model.editions import Edition, Page, Paper, PostRef, Shelf, WriteReport
from broadsheet.model.feeds import (
    Failure,
    Feed,
    FeedState,
    Move,
    Notice,
    Redirect,
    Response,
    Standing,
    Subscription,
    Validators,
)
from broadsheet.model.fulltext import (
    ArticlePage,
    FullText,
    FullTextChoice,
    FullTextRule,
    PageTask,
    Refusal,
    WantedPage,
)
from broadsheet.model.images import CopiedImage, ImageBounds, ImageCopy, NewCopies, WaitingImage
from broadsheet.model.limits import Limits
from broadsheet.model.moments import iso, require_utc
from broadsheet.model.parsed import Category, Enclosure, ParsedEntry, ParsedFeed, Person, TextType
from broadsheet.model.policy import Policy
from broadsheet.model.posts import (
    Card,
    CleanEntry,
    Image,
    KnownEntry,
    Original,
    Post,
    Revision,
    SafeHtml,
    Version,
    feed_id,
    post_id,
)
from broadsheet.model.push import Push
from broadsheet.model.robots import Robots
from broadsheet.model.updates import Batch, Choice, Known, Outcome, Stored, Task, Update

__all__ = [
    "ArticlePage",
    "Batch",
    "Card",
    "Category",
    "Choice",
    "CleanEntry",
    "Clock",
    "CopiedImage",
    "Edition",
    "Enclosure",
    "Failure",
    "Feed",
    "FeedState",
    "FullText",
    "FullTextChoice",
    "FullTextRule",
    "Image",
    "ImageBounds",
    "ImageCopy",
    "Known",
    "KnownEntry",
    "Lead",
    "Limits",
    "Move",
    "NewCopies",
    "Notice",
    "Original",
    "Outcome",
    "Page",
    "PageTask",
    "Paper",
    "ParsedEntry",
    "ParsedFeed",
    "Person",
    "Policy",
    "Post",
    "PostRef",
    "Push",
    "Redirect",
    "Refusal",
    "Response",
    "Revision",
    "Robots",
    "SafeHtml",
    "Shelf",
    "Standing",
    "Stored",
    "Subscription",
    "Task",
    "TextType",
    "Update",
    "Validators",
    "Version",
    "WaitingImage",
    "WantedPage",
    "WriteReport",
    "feed_id",
    "iso",
    "post_id",
    "require_utc",
]
