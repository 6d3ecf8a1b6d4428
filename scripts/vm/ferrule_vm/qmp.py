# SPDX-License-Identifier: GPL-2.0
"""QEMU's monitor protocol: commands, their answers, and events in between."""

import json
import select
import time


class QmpError(Exception):
    """QEMU refused a command or did not answer in time."""


class Qmp:
    """A connection to one QEMU, over a socket that is already connected."""

    def __init__(self, sock):
        self._sock = sock
        self._buffer = b""
        self._events = []
        self._ready = False

    def _message(self, deadline):
        while b"\n" not in self._buffer:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._sock], [], [], left)[0]:
                raise QmpError("QEMU did not answer in time")
            data = self._sock.recv(65536)
            if not data:
                raise QmpError("QEMU has ended")
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\n")
        return json.loads(line)

    def _greet(self, deadline):
        # QEMU speaks first, and takes no command before this one.
        self._message(deadline)
        self._ready = True
        self.execute("qmp_capabilities")

    def execute(self, command, timeout=10, **arguments):
        """Run a command and return its answer."""
        deadline = time.monotonic() + timeout
        if not self._ready:
            self._greet(deadline)
        request = {"execute": command, "arguments": arguments}
        self._sock.sendall(json.dumps(request).encode() + b"\n")
        while True:
            message = self._message(deadline)
            if "event" in message:
                self._events.append(message)
            elif "error" in message:
                raise QmpError(message["error"]["desc"])
            else:
                return message["return"]

    def forget_events(self):
        """Drop the events seen so far: what is waited for is yet to happen."""
        self._events.clear()

    def wait_event(self, name, timeout, **data):
        """Wait for an event with this name and this data."""
        deadline = time.monotonic() + timeout
        while True:
            for event in self._events:
                if event["event"] == name and \
                   data.items() <= event.get("data", {}).items():
                    self._events.remove(event)
                    return event
            message = self._message(deadline)
            if "event" in message:
                self._events.append(message)
