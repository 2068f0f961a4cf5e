"""Compiled templates, kept between runs: compiling them takes longer than printing what one new post changes."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class CompiledTemplates(FileSystemBytecodeCache):
    """Jinja's own cache of bytecode, except that a disk without room is no reason to stop."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one compiled template, if it can be kept."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compiled_templates(environ: Mapping[str, str], variant: str) -> CompiledTemplates | None:
    """Open the cache in the user's own cache folder (XDG Base Directory Specification); `variant` tells themes apart.

    Bytecode is executed, so it is read only from a folder that is ours; where there is none, None.
    """
    try:
        base = environ.get("XDG_CACHE_HOME")
        folder = (Path(base) if base else Path.home() / ".cache") / "broadsheet"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except (OSError, RuntimeError):
        return None
    ours = status.st_uid == os.getuid() and not status.st_mode & 0o022 and os.access(folder, os.W_OK)
    return CompiledTemplates(str(folder), f"{variant}-%s.jinja") if ours else None
