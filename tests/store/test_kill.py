"""A process that is killed while it accepts: what it had acknowledged is there, and nothing is there by half."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from formroute.store import Store

ACCEPT_FOR_EVER = """
import itertools, os, sys
from formroute.store import Store
from tests.store.samples import accept
store = Store(sys.argv[1], sys.argv[2])
for number in itertools.count():
    os.write(1, f"{accept(store, f'WPG-{number}').reference}\\n".encode())
"""


@pytest.mark.parametrize("milliseconds", [1, 17, 60, 150])
def test_no_acknowledged_submission_is_lost(url: str, files: Path, milliseconds: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", ACCEPT_FOR_EVER, url, str(files)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)},
    )
    with process:
        first = process.stdout.readline()
        time.sleep(milliseconds / 1000)
        process.send_signal(signal.SIGKILL)
        acknowledged = [line.decode().strip() for line in [first, *process.stdout] if line.endswith(b"\n")]
    store = Store(url, files)
    assert acknowledged
    for reference in acknowledged:
        assert len(store.find(reference).deliveries) == 2
    standing = store.outbox.standing()
    assert standing.submissions.accepted in {len(acknowledged), len(acknowledged) + 1}
    assert standing.submissions.add_up
    assert standing.deliveries.add_up
    store.close()
