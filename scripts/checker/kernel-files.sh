#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Compiles files of the kernel itself with the checker, every function analysed: what it
# says about code that knows no ownership does not count, but it must not crash the
# compiler, run away, or give up. Needs the distribution's kernel source.
#
#   kernel-files.sh SOURCE [COUNT]
#
# SOURCE is the unpacked source of the kernel whose headers are in KDIR; of its drivers/
# and lib/, COUNT files (300) are taken, spread evenly. What stands is said on stderr.
set -euo pipefail
shopt -s extglob

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
top=$(cd "$here/../.." && pwd)
[[ $# -ge 1 && -d $1/drivers && -d $1/lib ]] || {
	echo "usage: kernel-files.sh SOURCE [COUNT]" >&2
	exit 2
}
source=$(cd "$1" && pwd)
count=${2:-300}
kdir=$("$top/scripts/vm/headers.sh" "${KDIR-}" | cut -f 1)
kdir=$(cd "$kdir" && pwd -P)
limit=120		# seconds of CPU time for one file: the host may be busy

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What Kbuild would call the compiler with, asked once.
echo 'obj-m := probe.o' >"$work/Kbuild"
echo 'int probe;' >"$work/probe.c"
command=$(make -C "$kdir" M="$work" V=1 probe.o |
	  sed -n 's/^ *\([^ ]*gcc[^ ]* .*\) -c -o .*probe\.o .*probe\.c.*/\1/p' | tail -1)
[[ -n $command ]] || {
	echo "kernel-files.sh: $kdir does not tell how it compiles" >&2
	exit 1
}
command=${command//-Wp,-MMD,*([^ ])/}
plugin=$(CC=${command%% *} "$here/build.sh")

# One line for each file that gcc or the checker did not come to an end with.
compile() {
	local file=$1 log=$work/$BASHPID.log status=0

	cd "$kdir"
	ulimit -t "$limit"
	# shellcheck disable=SC2086 # the command is a list of words
	$command -I"${file%/*}" -Wno-error -w -DFERRULE_CHECKER \
		-fplugin="$plugin" -fplugin-arg-ferrule-layer="$top/include/ferrule" \
		-c -o /dev/null "$file" >"$log" 2>&1 || status=$?
	if [[ $status -gt 1 ]] || grep -q 'internal compiler error' "$log"; then
		echo "crash or runaway ($status): $file"
	elif grep -q '\[ferrule-\|error:' "$log"; then
		grep -q 'error:.*\[ferrule-' "$log" && echo reported || echo does-not-build
	else
		echo silent
	fi
	rm -f "$log"
}
export -f compile
export work kdir command plugin top limit

find "$source/drivers" "$source/lib" -name '*.c' | sort |
	awk -v n="$count" '{ all[NR] = $0 }
		END { step = NR / n; for (i = 0; i < n; i++) print all[int(i * step) + 1] }' |
	xargs -P 2 -I{} bash -c 'compile {}' |
	awk -v n="$count" '{ print; fflush() }
		NR % 25 == 0 { print "kernel files: " NR " of " n > "/dev/stderr" }' >"$work/results"

sort "$work/results" | uniq -c
bad=$(grep -c '^crash' "$work/results" || true)
echo "$(($(wc -l <"$work/results") - bad)) passed, $bad failed"
((bad == 0))
