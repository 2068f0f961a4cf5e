"""What a poll brought, what of it is new and why, and when to ask again."""

from broadsheet.decide.asking import may_ask, put_off
from broadsheet.decide.clock import put_right
from broadsheet.decide.digests import body_digest, entry_digest, entry_key
from broadsheet.decide.fulltext import after_refusal, rule_for, wants_full_text
from broadsheet.decide.images import image_due
from broadsheet.decide.notices import clock_notice, say, say_failure, say_repair
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
    "after_refusal",
    "body_digest",
    "clock_notice",
    "decide_update",
    "entry_digest",
    "entry_key",
    "image_due",
    "instances_for",
    "is_route",
    "judge",
    "known_instances",
    "may_ask",
    "put_off",
    "put_right",
    "route_url",
    "rule_for",
    "say",
    "say_failure",
    "say_repair",
    "wants_full_text",
    "when_told",
    "wishes",
]
