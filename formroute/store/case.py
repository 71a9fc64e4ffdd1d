"""A case: a submission on its way into the store, with all that is written in the same commit."""

from __future__ import annotations

from dataclasses import dataclass

from formroute.records import Decision, Destination, Submission


@dataclass(frozen=True, slots=True)
class Case:
    """A submission, where it goes and why, and one of `destinations` for each delivery.

    `token` is that of the form it was sent with: of two cases with the same token one is accepted. `definition` is the
    form as the resident saw it, as text. The answers named in `private` are kept apart, and `draft` is dropped. Raises
    ValueError for a case that would reach nobody.
    """

    submission: Submission
    decision: Decision
    destinations: tuple[Destination, ...]
    token: str
    definition: str
    private: tuple[str, ...] = ()
    draft: str | None = None

    def __post_init__(self) -> None:
        if not self.destinations:
            raise ValueError(
                f"A submission to {self.decision.send_to} would reach nobody: give the department a destination."
            )
