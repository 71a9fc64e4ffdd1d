"""Whatever intake, workers and time do: accepted = delivered + pending + dead."""

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from formroute.store import Dead, Delivered, Delivery, RetryAt, State, Store
from tests.faults.numbers import times
from tests.memory import memory
from tests.store.samples import DESK, EMAIL, WEBHOOK, Clock, accept

LEASE = timedelta(minutes=2)


class Accounts(RuleBasedStateMachine):
    """A model of the outbox beside the real one: a set of keys per state, and who may settle what."""

    held = Bundle("held")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=memory())
        self.clock = Clock()
        self.store = Store(f"sqlite:///{Path(self.folder.name) / 'formroute.db'}", now=self.clock.now)
        self.accepted: dict[str, int] = {}
        self.states: dict[str, State] = {}
        self.holders: dict[str, str] = {}
        self.claims = 0

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @rule(
        token=st.integers(0, 30), destinations=st.lists(st.sampled_from([EMAIL, WEBHOOK, DESK]), min_size=1, max_size=3)
    )
    def submit(self, token: int, destinations: list) -> None:
        reference = accept(self.store, f"WPG-{len(self.accepted)}", *destinations, token=str(token)).reference
        if reference not in self.accepted:
            self.accepted[reference] = len(destinations)
            self.states |= {delivery.key: State.PENDING for delivery in self.store.find(reference).deliveries}

    @rule(target=held)
    def claim(self):
        self.claims += 1
        delivery = self.store.outbox.claim(f"holder {self.claims}", LEASE)
        if delivery is None:
            return multiple()
        assert self.states[delivery.key] == State.PENDING
        self.holders[delivery.key] = delivery.holder
        return delivery

    @rule(delivery=consumes(held), outcome=st.sampled_from([Delivered(), Dead("gone"), RetryAt]))
    def settle(self, delivery: Delivery, outcome: object) -> None:
        if outcome is RetryAt:
            outcome = RetryAt(self.clock.time + timedelta(minutes=1), "busy")
        holds = self.holders.get(delivery.key) == delivery.holder
        assert self.store.outbox.settle(delivery, outcome) is holds
        if holds:
            del self.holders[delivery.key]
            self.states[delivery.key] = {Delivered: State.DELIVERED, Dead: State.DEAD}.get(type(outcome), State.PENDING)

    @rule(delivery=consumes(held))
    def the_worker_dies(self, delivery: Delivery) -> None:
        """Its lease runs out and nobody settles."""

    @rule(seconds=st.integers(1, 200))
    def time_passes(self, seconds: int) -> None:
        self.clock.forward(timedelta(seconds=seconds))

    @invariant()
    def the_figures_add_up(self) -> None:
        standing = self.store.outbox.standing()
        states = list(self.states.values())
        assert standing.submissions.add_up
        assert standing.deliveries.add_up
        assert standing.submissions.accepted == len(self.accepted)
        assert standing.deliveries.accepted == sum(self.accepted.values())
        assert standing.deliveries.pending == states.count(State.PENDING)
        assert standing.deliveries.delivered == states.count(State.DELIVERED)
        assert standing.deliveries.dead == states.count(State.DEAD)
        assert (standing.oldest_pending is None) == (State.PENDING not in states)


TestAccounts = Accounts.TestCase
TestAccounts.settings = settings(settings.get_profile("default"), max_examples=times(20, 200), stateful_step_count=50)
