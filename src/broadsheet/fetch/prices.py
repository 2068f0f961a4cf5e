"""Libraries that ask vendors for prices, where they are installed; the only place that calls them."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from broadsheet.errors import ConfigError, FetchError
from broadsheet.market.sources import PriceSource, Question


def ask_prices(source: PriceSource, question: Question) -> list[Mapping[str, object]]:
    """Ask a library and give the rows of its answer. It goes to the internet by its own ways.

    Raises:
        ConfigError: the library is not installed.
        FetchError: it failed, whatever it was.
    """
    try:
        library: Any = import_module(source)
    except ImportError as error:
        advice = f"needs the package {source}: install it beside Broadsheet (pip install {source})"
        raise ConfigError(f"--from {source}", advice) from error
    try:
        if source == "yfinance":
            frame = getattr(library.Ticker(question.subject), question.function)(**question.arguments)
        else:
            frame = getattr(library, question.function)(symbol=question.subject, **question.arguments)
        rows: list[Mapping[str, object]] = frame.reset_index().to_dict("records")
    except Exception as error:
        cause = f"{source} gave no prices of {question.subject}: {str(error) or type(error).__name__}"
        raise FetchError(question.subject, "no_prices", cause) from error
    return rows
