# SPDX-License-Identifier: GPL-2.0
"""The emulated machine: QEMU's command line, its process and its ports."""

import ctypes
import os
import signal
import socket
import subprocess

PR_SET_PDEATHSIG = 1

# The devices under test, by the name that unplug and plug know them by. Each
# sits behind a root port of its own, because only there it can be unplugged.
DEVICES = {"edu0": "edu", "edu1": "edu"}


def accelerator():
    """Choose how the guest's CPU is made.

    That /dev/kvm opens proves nothing: it is also there on hosts whose CPU
    cannot run a guest, and the guest then never starts.
    """
    chosen = os.environ.get("ACCEL")
    if chosen:
        return chosen
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as cpuinfo:
        flags = cpuinfo.read().split()
    if ("vmx" in flags or "svm" in flags) and \
       os.access("/dev/kvm", os.R_OK | os.W_OK):
        return "kvm"
    return "tcg"


def die_with_parent(sig=signal.SIGKILL):
    """Have the kernel send sig to this process when its parent ends."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, int(sig), 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


def device_arguments():
    """Return the options for the root ports and the devices behind them."""
    arguments = []
    for slot, (name, driver) in enumerate(DEVICES.items(), start=1):
        arguments += [
            "-device",
            f"pcie-root-port,id={port(name)},bus=pcie.0,chassis={slot},slot={slot}",
            "-device", f"{driver},id={name},bus={port(name)}"]
    return arguments


def port(name):
    """Return the name of the root port that a device sits behind."""
    return f"port-{name}"


def nameless(data):
    """Return a file that has this in it and no name: none is left over, however it ends."""
    file = os.memfd_create("nameless")
    with os.fdopen(file, "wb", closefd=False) as writer:
        writer.write(data)
    return file


class Machine:
    """A QEMU that is not running yet.

    kernel is a path, initrd the initial file system itself, disk one that is only read, if
    there is one. icount makes the guest's time its instructions: each takes a nanosecond,
    whatever the host does meanwhile; that needs an emulated CPU. devices are options for
    more of them.
    """

    # The order is that of ttyS0, ttyS1 and so on in the guest.
    SERIAL = ("console", "control", "output")

    def __init__(self, kernel, initrd, append, *, disk=b"", memory=320, cpus=2,
                 icount=False, devices=None):
        self._kernel = kernel
        self._initrd = initrd
        self._disk = disk
        self._append = append
        self._memory = memory
        self._cpus = cpus
        self._icount = icount
        self._devices = device_arguments() if devices is None else devices

    def command(self, chardevs, initrd, disk):
        """Return the command line, with a backend for each port and paths."""
        accel = "tcg" if self._icount else accelerator()
        arguments = [
            "qemu-system-x86_64", "-nodefaults", "-no-user-config",
            "-display", "none", "-no-reboot",
            "-machine", "q35", "-accel", accel,
            "-cpu", "host" if accel == "kvm" else "max",
            "-smp", str(self._cpus), "-m", str(self._memory),
            "-kernel", self._kernel, "-initrd", initrd,
            "-append", self._append]
        for name in self.SERIAL:
            arguments += ["-chardev", f"{chardevs[name]},id={name}",
                          "-serial", f"chardev:{name}"]
        arguments += ["-chardev", f"{chardevs['qmp']},id=qmp",
                      "-mon", "chardev=qmp,mode=control"]
        if self._icount:
            arguments += ["-icount", "shift=0"]
        if self._disk:
            arguments += ["-drive", f"if=none,id=disk,format=raw,readonly=on,file={disk}",
                          "-device", "virtio-blk-pci-non-transitional,drive=disk"]
        return arguments + self._devices

    def start(self, interactive=False):
        """Start QEMU; return its process and our ends of its ports.

        An interactive machine's console is the terminal, and is not returned.
        """
        files = [nameless(self._initrd), nameless(self._disk)]
        ours, theirs, chardevs = {}, [], {}
        for name in (*self.SERIAL, "qmp"):
            if name == "console" and interactive:
                chardevs[name] = "stdio,signal=off"
                continue
            ours[name], other = socket.socketpair()
            theirs.append(other)
            chardevs[name] = f"socket,fd={other.fileno()}"
        process = subprocess.Popen(
            self.command(chardevs, *(f"/proc/self/fd/{file}" for file in files)),
            stdin=None if interactive else subprocess.DEVNULL,
            pass_fds=files + [other.fileno() for other in theirs],
            preexec_fn=die_with_parent)
        for file in files:
            os.close(file)
        for other in theirs:
            other.close()
        return process, ours
