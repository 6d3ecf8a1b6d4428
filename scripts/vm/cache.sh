# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Where what takes minutes to make is kept, and how two makes share it.
# Sourced by the scripts that make a kernel. They print the path of what they
# made on stdout and everything that is meant for a reader on stderr.

top=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
cache=${FERRULE_CACHE:-$top/build/cache}
mkdir -p "$cache"
cache=$(cd "$cache" && pwd -P)

say() {
	printf '%s\n' "$*" >&2
}

die() {
	say "error: $*"
	exit 1
}

# cache_lock NAME: one maker of NAME at a time; held until the script ends.
cache_lock() {
	exec {cache_lock_fd}>"$cache/$1.lock"
	flock -n "$cache_lock_fd" && return
	say "$1: waiting for another make that is at it"
	flock "$cache_lock_fd"
}
