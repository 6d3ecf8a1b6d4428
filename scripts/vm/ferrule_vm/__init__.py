# SPDX-License-Identifier: GPL-2.0
"""Test machines for kernel modules: image, QEMU, console, control, verdict."""
