# SPDX-License-Identifier: GPL-2.0
"""The guest's control port: one request a line, one answer a line.

    unplug NAME   take a device away; answered when it is gone
    plug NAME     put it back
    note TEXT     show TEXT to whoever watches
    exit STATUS   the guest's verdict; nothing follows

The answer is "ok", or "error" and the reason.
"""

import threading

from . import qemu
from .qmp import Qmp, QmpError

# What a loaded host needs for an unplug under full debugging, and then some.
UNPLUG_TIMEOUT = 60


class Control(threading.Thread):
    """Serves the control port until the guest closes it.

    A thread of its own: an unplug waits for the guest, which must be able to
    go on printing in the meantime.
    """

    def __init__(self, port, monitor, on_note):
        super().__init__(daemon=True)
        self._port = port
        self._qmp = Qmp(monitor)
        self._on_note = on_note
        self.status = None

    def run(self):
        """Answer requests until the port is closed."""
        with self._port.makefile("rwb", buffering=0) as port:
            for line in port:
                request = line.decode(errors="replace").strip()
                # Noise from before the guest made the port raw.
                if not request:
                    continue
                try:
                    port.write(self._answer(request).encode() + b"\n")
                except (BrokenPipeError, ConnectionResetError):
                    return

    def _answer(self, request):
        verb, _, rest = request.partition(" ")
        handler = {"unplug": self._unplug, "plug": self._plug,
                   "note": self._note, "exit": self._exit}.get(verb)
        if not handler:
            return f"error: unknown request '{verb}'"
        try:
            handler(rest)
        except (QmpError, ValueError) as error:
            return f"error: {error}"
        return "ok"

    def _unplug(self, name):
        self._known(name)
        self._qmp.forget_events()
        self._qmp.execute("device_del", id=name)
        self._qmp.wait_event("DEVICE_DELETED", UNPLUG_TIMEOUT, device=name)

    def _plug(self, name):
        self._known(name)
        self._qmp.execute("device_add", driver=qemu.DEVICES[name], id=name,
                          bus=qemu.port(name))

    @staticmethod
    def _known(name):
        if name not in qemu.DEVICES:
            raise ValueError(f"no device '{name}'")

    def _note(self, text):
        self._on_note(text)

    def _exit(self, status):
        self.status = int(status)
