"""One tree of errors: what went wrong is the class, what it is about is an attribute, what to do is in the text."""


class BroadsheetError(Exception):
    """Base of everything Broadsheet raises on purpose; `exit_code` is what the command line ends with."""

    exit_code = 1


class ConfigError(BroadsheetError):
    """A wrong use or a wrong configuration; `key` names the option, argument or file."""

    exit_code = 2

    def __init__(self, key: str, cause: str) -> None:
        super().__init__(f"{key}: {cause}")
        self.key = key


class FeedError(BroadsheetError):
    """A document that cannot be read as a feed, an OPML list or a post file; `reason` is one stable word."""

    def __init__(self, reason: str, cause: str) -> None:
        super().__init__(cause)
        self.reason = reason


class FetchError(BroadsheetError):
    """An address that gave no usable answer; `reason` is one stable word, `address` the one that failed."""

    def __init__(self, address: str, reason: str, cause: str) -> None:
        super().__init__(f"{address}: {cause}")
        self.address = address
        self.reason = reason
        self.cause = cause


class ImageError(BroadsheetError):
    """Bytes that are not kept as an image; `reason` is one stable word."""

    def __init__(self, reason: str, cause: str) -> None:
        super().__init__(cause)
        self.reason = reason


class StoreError(BroadsheetError):
    """A store that cannot be opened, read or written; `store` names it."""

    def __init__(self, store: str, cause: str) -> None:
        super().__init__(f"{store}: {cause}")
        self.store = store


class BusyError(StoreError):
    """Something in the store that another process has in hand: whoever asks again in a minute may get it."""


class StoreVersionError(StoreError):
    """A store written by a newer Broadsheet than this one."""

    exit_code = 2


class NotFoundError(BroadsheetError):
    """A feed, post or file that was asked for by name and is not there; `name` is what was asked."""

    exit_code = 2

    def __init__(self, name: str, cause: str) -> None:
        super().__init__(f"{name}: {cause}")
        self.name = name


class PublishError(BroadsheetError):
    """A site or a post file that cannot be written; `path` names it."""

    def __init__(self, path: str, cause: str) -> None:
        super().__init__(f"{path}: {cause}")
        self.path = path
