"""What a poll brought, what of it is new and why, and when to ask again."""

from broadsheet.decide.asking import may_ask, put_off
from broadsheet.decide.digests import body_digest, entry_digest, entry_key
from broadsheet.decide.push import Wish, when_told, wishes
from broadsheet.decide.rsshub import (
    Instance,
    after_answer,
    instances_for,
    is_route,
    judge,
    known_instances,
    route_url,
)
from broadsheet.decide.update import decide_update
from broadsheet.model import Policy

__all__ = [
    "Instance",
    "Policy",
    "Wish",
    "after_answer",
    "body_digest",
    "decide_update",
    "entry_digest",
    "entry_key",
    "instances_for",
    "is_route",
    "judge",
    "known_instances",
    "may_ask",
    "put_off",
    "route_url",
    "when_told",
    "wishes",
]
