#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Build the kernel modules, and lay under build/KERNEL what a machine with that
# kernel is made of: kernel/ and tree/.
#
#   modules.sh plain   for the installed headers (or KDIR), in the source tree
#   modules.sh stock   the same, and get the kernel image that belongs to them
#   modules.sh debug   for the debug kernel, with run-time checks and the KUnit
#                      suites, in a mirror of the tree, beside the others
#   modules.sh check   as plain, in a mirror too, with all warnings, sparse's as well; and what
#                      is measured beside the drivers
#
# KDIR, DEBUG, CHECKER, W and C in the environment are as in the Makefile.

set -euo pipefail
here=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
top=$(cd "$here/../.." && pwd)
build=$top/build
sources=(Kbuild include abstractions drivers kunit scripts/bench)

# BTF needs a vmlinux that no headers package has. Switched off, it does not
# warn about that for each module.
kbuild() {
	local kdir=$1 tree=$2
	shift 2
	make --no-print-directory -C "$kdir" M="$tree" -j"$(nproc)" \
		CONFIG_DEBUG_INFO_BTF_MODULES= "${passed[@]}" "$@" modules
}

# One make at a time in one tree.
lock() {
	mkdir -p "$build"
	exec {lock_fd}>"$build/$1.lock"
	flock "$lock_fd"
}

# lay KERNEL KERNEL_DIR TREE
lay() {
	mkdir -p "$build/$1"
	ln -sfn "$2" "$build/$1/kernel"
	[[ $3 == "$build/$1/tree" ]] || ln -sfn "$3" "$build/$1/tree"
}

plain() {
	local found

	found=$("$here/headers.sh" "${KDIR-}")
	IFS=$'\t' read -r kdir release <<<"$found"
	lock plain
	kbuild "$kdir" "$top"
}

stock() {
	plain
	kernel=$("$here/stock-kernel.sh" "$release")
	lay stock "$kernel" "$top"
}

# Warnings are errors, so that what has one is compiled, and complained about, until it has
# none; what has none needs no second look until it changes, or what looks at it.
check() {
	local found kdir tree=$build/check/tree part

	found=$("$here/headers.sh" "${KDIR-}")
	IFS=$'\t' read -r kdir _ <<<"$found"
	lock check
	mirror "$tree"
	for part in "$tree" "$tree/scripts/bench"; do
		kbuild "$kdir" "$part" -k W=1 C=1 CF=-Wsparse-error \
			KCFLAGS="-Werror -DSPARSE=$(sparse --version | cksum | cut -d' ' -f1)"
	done
}

# What Kbuild makes is neither copied nor deleted there: only what changed is
# built again.
mirror() {
	mkdir -p "$1"
	(cd "$top" && rsync -aR --delete --exclude='.*' --exclude='*.o' \
		--exclude='*.a' --exclude='*.ko' --exclude='*.mod' \
		--exclude='*.mod.c' --exclude=modules.order \
		--exclude=Module.symvers "${sources[@]}" "$1")
	ln -sfn "$top"/scripts/{checker,driver.mk,vm} "$1/scripts"
}

debug() {
	local kernel

	kernel=$("$here/debug-kernel.sh")
	lock debug
	lay debug "$kernel" "$build/debug/tree"
	mirror "$build/debug/tree"
	# Our code is what undefined behaviour is looked for in, not the kernel.
	kbuild "$kernel" "$build/debug/tree" CC=gcc-12 UBSAN_SANITIZE=y \
		DEBUG=1 FERRULE_KUNIT=1
}

# Kbuild takes some of its settings from the command line only. The rest of what
# the front door's make has in its flags, as its job server, is its own.
passed=()
for name in DEBUG CHECKER W C; do
	[[ -z ${!name-} ]] || passed+=("$name=${!name}")
done
unset MAKEFLAGS

case ${1-} in
plain | stock | debug | check) "$1" ;;
*)
	echo "usage: ${0##*/} plain|stock|debug|check" >&2
	exit 2
	;;
esac
