"""Who gets a submission, as authors write it: a department by its name, or an e-mail address."""

from __future__ import annotations

from typing import Annotated, Any

from email_validator import EmailNotValidError, validate_email

from formroute.definitions import wrong
from formroute.definitions.shape import Named
from formroute.definitions.types import Reference, typed, word


def _email_address(value: Any) -> str:
    try:
        return validate_email(word(value), check_deliverability=False).normalized
    except EmailNotValidError:
        raise wrong("R404", word=value) from None


DepartmentId = Annotated[Reference, Named("departments")]
EmailAddress = Annotated[str, typed(_email_address, {"type": "string", "examples": ["desk@example.org"]})]
