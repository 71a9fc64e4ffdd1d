"""What must hold for a form to come to one of its fields, or to one of its checks."""

from __future__ import annotations

from formroute.conditions import All, Condition, Not, Test
from formroute.conditions.axes.aspects import Axis
from formroute.forms import Check, Form

_NONE = frozenset[str]()


def stops_before(form: Form, name: str = "") -> tuple[Condition, ...]:
    """That no notice stops the form before a field; without a name, that none stops it at all."""
    stops: list[Condition] = []
    for page in form.pages:
        for field in page.fields:
            if field.name == name:
                return tuple(stops)
            if field.stops:
                stops.append(Not(All((page.visible, field.visible))))
    return tuple(stops)


def shown(form: Form, name: str) -> tuple[Condition, ...]:
    """That a field shows, as far as its own conditions say."""
    return next((page.visible, field.visible) for page in form.pages for field in page.fields if field.name == name)


def looked_at(check: Check) -> frozenset[str]:
    """The fields of which none may be refused when a check is to be made."""
    return check.require.fields | {check.at}


def made(form: Form, check: Check) -> tuple[Condition, ...]:
    """That a check is made: the form can be sent, the place of its message shows, and nothing that it looks at is
    refused or missing.
    """
    questions = [form.scope[name] for name in sorted(looked_at(check)) if name in form.scope]
    answered = [Test(Axis(one.name, one.domain.main), one.domain.space(one.domain.main).or_blank) for one in questions]
    return (*stops_before(form), *shown(form, check.at), *answered, *_not_refused(form, check))


def _not_refused(form: Form, check: Check, taken: frozenset[str] = _NONE) -> tuple[Condition, ...]:
    """That no check before this one fails where it looks; those at the fields in `taken` are known not to."""
    fields = looked_at(check) - taken
    before = form.checks[: form.checks.index(check)]
    firm = [one for one in before if one.at in fields and not one.warning]
    return tuple(
        Not(All((*shown(form, one.at), Not(one.require), *_not_refused(form, one, taken | fields)))) for one in firm
    )
