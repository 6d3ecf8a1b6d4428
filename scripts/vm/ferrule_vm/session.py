# SPDX-License-Identifier: GPL-2.0
"""One run of a guest, from power-on to its verdict."""

import dataclasses
import select
import subprocess
import time

from .control import Control

# A guest that has said its last word has this long to power off.
GRACE = 30


@dataclasses.dataclass
class Outcome:
    """What came of a run: failure is why there is no status, or None."""

    status: int | None = None
    failure: str | None = None
    console: list = dataclasses.field(default_factory=list)
    output: list = dataclasses.field(default_factory=list)


class Lines:
    """Cuts a port's bytes into lines, which may arrive in pieces."""

    def __init__(self, lines, on_line):
        self._lines = lines
        self._on_line = on_line
        self._rest = b""

    def feed(self, data):
        """Take the next bytes; none at all means that the port has closed."""
        *whole, self._rest = (self._rest + data).split(b"\n")
        if not data and self._rest:
            whole.append(self._rest)
            self._rest = b""
        for line in whole:
            text = line.decode(errors="replace").rstrip("\r")
            self._lines.append(text)
            self._on_line(text)


class Session:
    """Runs a machine and watches over it.

    limit bounds the whole run, silence the time without a byte from the
    guest: a guest that hangs is killed after one or the other. watcher is
    told of every console line, output line and note as it comes.
    """

    def __init__(self, machine, watcher, limit, silence):
        self._machine = machine
        self._watcher = watcher
        self._limit = limit
        self._silence = silence

    def run(self):
        """Run a machine that nobody types at."""
        outcome = Outcome()
        process, ports = self._machine.start()
        control = Control(ports["control"], ports["qmp"], self._watcher.note)
        control.start()
        try:
            outcome.failure = self._watch(ports, outcome, control)
            if not outcome.failure:
                process.wait(GRACE)
        except subprocess.TimeoutExpired:
            outcome.failure = "QEMU does not end"
        finally:
            process.kill()
            process.wait()
        # The port is closed now: the last request is answered, or never was.
        control.join(GRACE)
        outcome.status = control.status
        if outcome.status is None and not outcome.failure:
            outcome.failure = "the guest ended without a verdict"
        return outcome

    def run_interactive(self):
        """Run a machine whose console is the terminal."""
        process, ports = self._machine.start(interactive=True)
        control = Control(ports["control"], ports["qmp"], self._watcher.note)
        control.start()
        try:
            while select.select([ports["output"]], [], [])[0]:
                if not ports["output"].recv(65536):
                    break
            process.wait()
        finally:
            process.kill()
            process.wait()
        control.join(GRACE)
        return control.status

    def _watch(self, ports, outcome, control):
        """Read what the guest prints; return why it had to be given up."""
        readers = {
            ports["console"]: Lines(outcome.console, self._watcher.console),
            ports["output"]: Lines(outcome.output, self._watcher.output)}
        start = last = time.monotonic()
        done = None
        while readers:
            ready = select.select(list(readers), [], [], 1)[0]
            now = time.monotonic()
            for port in ready:
                last = now
                data = port.recv(65536)
                readers[port].feed(data)
                if not data:
                    del readers[port]
            if control.status is not None:
                done = done or now
                if now - done > GRACE:
                    return "the guest does not power off"
            elif now - start > self._limit:
                return f"killed: not done after {self._limit} s"
            elif now - last > self._silence:
                return f"killed: nothing heard for {self._silence} s"
        return None
