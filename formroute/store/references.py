"""What can be wrong with a reference: it is taken, or nobody has it."""


class ReferenceTakenError(Exception):
    """Another submission has this reference already."""


class UnknownReferenceError(LookupError):
    """No submission has this reference, or it was erased."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"There is no submission {reference}. `formroute find` lists those there are.")
