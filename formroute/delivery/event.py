"""What a program reads: a message as a CloudEvent."""

from __future__ import annotations

from typing import Any

from formroute.delivery.message import Message
from formroute.records import to_json


def cloud_event(message: Message) -> dict[str, Any]:
    """A submission as a CloudEvent 1.0 in JSON, the same on every try."""
    submission, decision = message.submission, message.decision
    return {
        "specversion": "1.0",
        "id": message.key,
        "source": "formroute",
        "type": "formroute.submission",
        "subject": message.reference,
        "time": to_json(submission.received),
        "datacontenttype": "application/json",
        "data": {
            "reference": message.reference,
            "form": submission.form,
            "version": submission.version,
            "channel": submission.channel,
            "language": submission.language,
            "received": to_json(submission.received),
            "department": message.department,
            "copy": message.copied,
            "decision": {
                "table": decision.table,
                "route": decision.route,
                "send_to": decision.send_to,
                "copy_to": to_json(decision.copy_to),
                "priority": decision.priority,
                "due": to_json(decision.due),
                "tags": to_json(decision.tags),
                "set": to_json(decision.values),
                "reasons": to_json(message.reasons),
            },
            "answers": message.answers,
            "lines": [{"name": line.name, "label": line.label, "text": line.text} for line in message.lines],
            "personal_answers_left_out": message.left_out,
        },
    }
