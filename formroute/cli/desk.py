"""`formroute desk`: who may see which department's desk."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from functools import update_wrapper
from pathlib import Path
from typing import Any

import click

from formroute.cli.schemas_option import named, open_catalog, schemas_option
from formroute.cli.store_option import files_option, open_store, store_option
from formroute.routing import Department
from formroute.store import Store
from formroute.store.accounts import EVERY, Account, Role, WeakPasswordError


@click.group()
def desk() -> None:
    """Say who may see which department's desk.

    A password is asked for, or read from the first line of the input; it never stands on the command line.
    """


def _with_store(*, new: bool) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A command with the store opened, and closed afterwards; it may be a `new` one for the first account."""

    def with_store(command: Callable[..., None]) -> Callable[..., None]:
        def opened(url: str, files: Path | None, **given: Any) -> None:
            with closing(open_store(url, files, new=new)) as store:
                command(store, **given)

        return store_option(files_option(update_wrapper(opened, command)))

    return with_store


@desk.command()
@click.argument("name")
@click.option("--handles", multiple=True, metavar="DEPARTMENT", help="May see its desk and change the status.")
@click.option("--reads", multiple=True, metavar="DEPARTMENT", help="May see its desk.")
@click.option("--everything", is_flag=True, help="May see every desk and change the status.")
@schemas_option
@_with_store(new=True)
def add(store: Store, name: str, handles: Sequence[str], reads: Sequence[str], everything: bool, schemas: Path) -> None:
    """Make an account for NAME. Exits with 1 when the name is taken."""
    roles = dict.fromkeys(reads, Role.READER) | dict.fromkeys(handles, Role.HANDLER)
    roles |= {EVERY: Role.HANDLER} if everything else {}
    departments = open_catalog(schemas).departments
    for option, given in (("--handles", handles), ("--reads", reads)):
        for department in given:
            named(department, departments, option, "department")
    if not roles:
        raise click.UsageError("Say what the account is for: --handles, --reads or --everything.")
    added = _checked(lambda password: store.accounts.add(name, password, roles))
    if added:
        click.echo("".join(f"{line}\n" for line in _without_desk(roles.keys(), departments)), nl=False, err=True)
    _tell(added, f"{name} can enter.", f"{name} is taken.")


def _without_desk(roles: Set[str], departments: Mapping[str, Department]) -> Iterator[str]:
    """Where somebody who may enter finds nothing, and what to write."""
    line = "write `- desk: {}` under its `deliver` in departments.yaml."
    for name in sorted(roles & departments.keys()):
        if not departments[name].has_desk:
            yield f"{name} has no desk yet: {line}"
    if EVERY in roles and not any(department.has_desk for department in departments.values()):
        yield f"No department has a desk yet: for each that shall have one, {line}"


@desk.command()
@click.argument("name")
@_with_store(new=False)
def password(store: Store, name: str) -> None:
    """Give NAME a new password, which ends every session and every lock. Exits with 1 when there is no such account."""
    changed = _checked(lambda text: store.accounts.set_password(name, text))
    _tell(changed, f"{name} has a new password.", f"There is no account {name}.")


@desk.command()
@click.argument("name")
@_with_store(new=False)
def remove(store: Store, name: str) -> None:
    """End the account NAME and its sessions. Exits with 1 when there is none."""
    _tell(store.accounts.remove(name), f"{name} cannot enter any more.", f"There is no account {name}.")


@desk.command("list")
@_with_store(new=False)
def list_(store: Store) -> None:
    """Show every account and what it may do."""
    for account in store.accounts.list():
        click.echo(f"{account.name}  {_roles(account)}{_locked(account, store)}")


def _checked(use: Callable[[str], bool]) -> bool:
    """Do something with a password that is asked for."""
    terminal = sys.stdin.isatty()
    text = click.prompt("Password", hide_input=True, confirmation_prompt=True) if terminal else sys.stdin.readline()
    try:
        return use(text.rstrip("\r\n"))
    except WeakPasswordError as error:
        raise click.UsageError(str(error)) from None


def _tell(done: bool, good: str, bad: str) -> None:
    click.echo(good if done else bad, err=not done)
    sys.exit(0 if done else 1)


def _roles(account: Account) -> str:
    return ", ".join(f"{role} of {_all_or(department)}" for department, role in sorted(account.roles.items()))


def _all_or(department: str) -> str:
    return "every department" if department == EVERY else department


def _locked(account: Account, store: Store) -> str:
    locked = account.locked_until is not None and account.locked_until > store.now()
    return "  (locked for a while after wrong passwords)" if locked else ""
