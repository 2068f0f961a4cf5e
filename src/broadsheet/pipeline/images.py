"""Copies of images: which ones posts show, asked for at leisure, kept in the archive. Polls never wait for it."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from broadsheet.decide import image_due
from broadsheet.errors import FetchError, ImageError
from broadsheet.fetch import Client, fetch_image
from broadsheet.model import CopiedImage, Failure, ImageBounds, ImageCopy, Response, WaitingImage, host_of
from broadsheet.pipeline.faults import first_fault
from broadsheet.pipeline.means import Means
from broadsheet.pipeline.polling.holds import Holds
from broadsheet.pipeline.report import FailedImage, ImagesProgress, ImagesReport, no_images_progress
from broadsheet.store import Archive, Store

if TYPE_CHECKING:
    from broadsheet.pipeline.workers.decoders import Decoders

AT_A_TIME = 2
"""Images that are asked for or decoded at one time."""

MOST = 20_000
"""Images of one run; the next goes on."""

GROUP = 200
SICK = 3
"""After so many connections in a row that failed, a host is left alone until the next run."""

NO_CONNECTION = frozenset({"timeout", "dns", "refused", "tls"})


def archive_images(
    store: Store,
    archive: Archive,
    means: Means,
    bounds: ImageBounds,
    until: datetime | None = None,
    progress: ImagesProgress = no_images_progress,
) -> ImagesReport:
    """Ask for every image that posts show and the paper has no copy of, two at a time; start none after `until`.

    What is known is never asked for again. An image that does not come is noted, and costs no post anything.

    Raises:
        StoreError: the store or the archive cannot be written, or another process adds to the archive.
    """
    with archive.claim():
        list_images(store, means, until)
        waiting = store.images.due(means.clock(), MOST)
        plain = store.images.copies_to_vary(bounds.formats) if bounds.formats else []
        run = _Run(store, archive, means, bounds, until)
        run.report = ImagesReport(due=len(waiting))
        if waiting or plain:
            run.progress = progress
            with first_fault(), asyncio.Runner(loop_factory=means.new_loop) as runner:
                runner.run(run.run(waiting, plain))
        if bounds.formats and not run.is_over():
            store.images.note_varied(bounds.formats)
    kept, failed = run.report.kept, len(run.report.failed)
    return replace(run.report, left=run.report.due - kept - failed)


def retry_images(store: Store, archive: Archive, now: datetime) -> None:
    """Let every image be due that has no copy, given up or not, or whose file the archive has lost."""
    store.images.retry(now)
    store.images.forget_copies(list(archive.missing(store.images.new_copies("").copies)), now)


def list_images(store: Store, means: Means, until: datetime | None = None) -> None:
    """Look through the posts that came or changed since this was done last, but not long after `until`."""
    while (until is None or means.clock() < until) and (posts := store.images.unlisted_posts(GROUP)).posts:
        from broadsheet.publish.pictures import picture_addresses

        found = {post: picture_addresses(store.post(post)) for post in posts.posts}
        store.images.list_shown(posts, found, means.clock())


class _Run:
    """The images of a host wait in its line, and every line for a seat; only who has a seat asks or decodes."""

    def __init__(
        self, store: Store, archive: Archive, means: Means, bounds: ImageBounds, until: datetime | None
    ) -> None:
        self.report = ImagesReport()
        self.progress: ImagesProgress = no_images_progress
        self._store = store
        self._archive = archive
        self._means = means
        self._bounds = bounds
        self._until = until
        self._limits = replace(means.limits, wire_bytes=bounds.max_bytes, body_bytes=bounds.max_bytes)
        self._seats = asyncio.Semaphore(AT_A_TIME)
        self._holds = Holds(store, means.clock)
        self._sick: Counter[str] = Counter()

    async def run(self, waiting: list[WaitingImage], plain: list[ImageCopy]) -> None:
        from broadsheet.pipeline.workers.decoders import open_decoders

        lines: dict[str, list[WaitingImage]] = {}
        for image in waiting:
            lines.setdefault(host_of(image.address), []).append(image)
        means = self._means
        async with (
            means.connect(self._limits, AT_A_TIME, means.per_host) as client,
            open_decoders(AT_A_TIME, self._bounds) as decoders,
            asyncio.TaskGroup() as hosts,
        ):
            hosts.create_task(self._vary(plain, decoders))
            for host, images in lines.items():
                line = iter(images)
                for _ in range(min(AT_A_TIME, means.per_host)):
                    hosts.create_task(self._ask_host(host, line, client, decoders))

    async def _ask_host(self, host: str, line: Iterator[WaitingImage], client: Client, decoders: "Decoders") -> None:
        """Ask for one image of a host after another, until it is not to be asked any more."""
        for image in line:
            if self._is_unwanted(host):
                return
            async with self._means.pace.turn(host, self._seats):
                if not self._is_unwanted(host):
                    await self._ask(image, client, decoders)

    async def _vary(self, plain: list[ImageCopy], decoders: "Decoders") -> None:
        """Make the variants that copies lack; one that cannot be made leaves its copy as it is."""
        for copy in plain:
            async with self._seats:
                if self.is_over():
                    return
                with suppress(ImageError, FileNotFoundError):
                    body = self._archive.path(copy).read_bytes()
                    made = await decoders.variants(body)
                    self._add_variants(copy, body, {kind: made[kind] for kind in made.keys() - set(copy.variants)})

    def _add_variants(self, copy: ImageCopy, body: bytes, made: dict[str, bytes]) -> None:
        if not made:
            return
        self._archive.keep(CopiedImage(copy=copy, body=body, variants=made))
        kinds = (copy.kind, *copy.variants, *made)
        size = sum(self._archive.path(copy, kind).stat().st_size for kind in kinds)
        self._store.images.add_variants(copy, tuple(made), size)
        self.report = replace(self.report, varied=self.report.varied + 1)

    def is_over(self) -> bool:
        """Whether no image may be begun any more."""
        return self._until is not None and self._means.clock() >= self._until

    def _is_unwanted(self, host: str) -> bool:
        return self.is_over() or self._holds.is_held(host) or self._sick[host] >= SICK

    async def _ask(self, image: WaitingImage, client: Client, decoders: "Decoders") -> None:
        answer: Response | None = None
        try:
            answer = await fetch_image(image.address, client, self._limits)
            self._sick[host_of(image.address)] = 0
            copied = await decoders.copy(answer.body) if answer.status == 200 else None
        except FetchError as error:
            self._sick[host_of(image.address)] += error.reason in NO_CONNECTION
            self._fail(image, error.reason, error.cause, answer)
        except ImageError as error:
            self._fail(image, error.reason, str(error), answer)
        else:
            if copied is not None:
                self._keep(image, copied)
            else:
                self._fail(image, "http-status", f"its server answered {answer.status}", answer)
        self.progress(self.report)

    def _keep(self, image: WaitingImage, copied: CopiedImage) -> None:
        """Files first: a row that names them is written only when they are on the disk."""
        size = self._archive.keep(copied)
        self._store.images.keep(image.address, copied.copy, size, self._means.clock())
        self.report = replace(self.report, kept=self.report.kept + 1, bytes_kept=self.report.bytes_kept + size)

    def _fail(self, image: WaitingImage, reason: str, cause: str, answer: Response | None) -> None:
        now = self._means.clock()
        failure = Failure(reason=reason, message=cause, at=now, status=answer.status if answer else None)
        due = image_due(image.failures + 1, failure, answer)
        if answer and answer.status == 429 and due:
            self._holds.hold(host_of(answer.final_address), due)
        self._store.images.fail(image.address, failure, due)
        failed = FailedImage(address=image.address, failure=failure, due=due)
        self.report = replace(self.report, failed=(*self.report.failed, failed))
