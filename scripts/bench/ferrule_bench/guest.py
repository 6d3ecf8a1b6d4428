# SPDX-License-Identifier: GPL-2.0
"""A machine whose time is instructions, and what is measured in it."""

import os
import pathlib
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent.parent.parent
BUILD = TOP / "build"
sys.path.insert(0, str(TOP / "scripts/vm"))

from ferrule_vm import image, qemu, reports, session, view  # noqa: E402

APPEND = "console=ttyS0,115200 panic=-1 oops=panic tsc=reliable quiet"
LIMIT = 1500


class Failed(Exception):
    """The guest did not get to its end."""


class Progress(view.Plain):
    """Samples are not for the terminal."""

    def __init__(self):
        super().__init__(verbose=False)

    def output(self, line):
        """Show what is no sample, aside."""
        if not line.startswith(("sample ", "marked ")):
            self.note(f"  {line}")


def edu_devices(count):
    """Return the options for edu devices: eight in each slot of the root bus."""
    arguments = []
    for number in range(count):
        slot, function = 8 + number // 8, number % 8
        arguments += ["-device", f"edu,bus=pcie.0,addr={slot:#x}.{function},multifunction=on"]
    return arguments


def run_counted(script, *words, cpus, **options):
    """Run a script that marks, in a machine whose instructions a plugin counts; return samples.

    One thread emulates all CPUs by turns, or the plugin would lose count. The first sample of
    each row has what is slow the first time only.
    """
    with tempfile.NamedTemporaryFile("r", encoding="ascii") as marks:
        os.environ.update(COUNT=marks.name, ACCEL="tcg,thread=single")
        lines = _output(script, *words, cpus=cpus,
                        more=["-plugin", str(BUILD / "bench/count.so")], **options)
        del os.environ["COUNT"], os.environ["ACCEL"]
        counts = [int(line) for line in marks]
    marked = [line.split() for line in lines if line.startswith("marked ")]
    if len(counts) != 3 * len(marked):
        raise Failed(f"{script}: {len(counts)} marks for {len(marked)} samples")
    samples = {}
    for number, (_, row, side, times) in enumerate(marked):
        first, second, third = counts[3 * number:3 * number + 3]
        samples.setdefault(row, {}).setdefault(side, []).append(
            (third - 2 * second + first) / int(times))
    return {row: {side: values[1:] for side, values in sides.items()}
            for row, sides in samples.items()}


def run(script, *words, **options):
    """Run a script of guest/ in a machine; return the samples: {row: {side: [value]}}.

    Two CPUs have the host's time: one by one, by instructions, QEMU 7.2 does not bring them up.
    """
    samples = {}
    for words in (line.split() for line in _output(script, *words, **options)):
        if words[:1] == ["sample"] and len(words) == 4:
            samples.setdefault(words[1], {}).setdefault(words[2], []).append(float(words[3]))
    return samples


def _output(script, *words, cpus=1, devices=4, disks=False, more=()):
    """Run a script of guest/; return the lines that it printed."""
    guest = TOP / "scripts/bench/guest"
    initrd = image.build(BUILD / "stock/kernel", [BUILD / "stock/tree", TOP / "scripts/bench"],
                         [BUILD / "programs", BUILD / "bench/programs"],
                         TOP / "scripts/vm/guest")
    text = (guest / script).read_text(encoding="utf-8")
    command = f"set -- {' '.join(str(word) for word in words)}\n{text}"
    initrd += image.scenario("exec", command=command)
    machine = qemu.Machine(str(BUILD / "stock/kernel/image"), initrd, APPEND, icount=cpus == 1,
                           disk=image.disk_tools() if disks else b"", memory=512,
                           cpus=cpus, devices=[*edu_devices(devices), *more])
    outcome = session.Session(machine, Progress(), LIMIT, LIMIT).run()
    found = reports.find(outcome.console)
    if outcome.failure or outcome.status or found:
        raise Failed("\n".join([f"{script}: {outcome.failure or outcome.status}",
                                *outcome.console[-10:]]))
    return outcome.output
