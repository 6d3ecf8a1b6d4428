#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Build what is tested, run test sections, and add up what they counted.
#
# Usage: test.sh BUILD SECTION...
#
# A section is a make target. It leaves "PASSED FAILED SKIPPED" in
# build/results/SECTION and fails if a test did. One that leaves no counts
# did not get as far as to test: that is a failure too.
#
# One more runs at a time than there are CPUs: a guest does not even keep one busy, as it
# waits for its devices a fifth of the time. They begin in the order given, and what they say
# is shown in that order. The first takes the longest, so that the others stand back for it.

set -euo pipefail
top=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
results=$top/build/results

passed=0
failed=0
skipped=0

add() {
	passed=$((passed + $1))
	failed=$((failed + $2))
	skipped=$((skipped + $3))
}

# target NAME [NICENESS]
target() {
	nice -n "${2:-0}" make --no-print-directory -C "$top" "$1"
}

# section NAME NICENESS: run it; $said/NAME is what it says, NAME.status what came of it.
section() {
	local status=0

	target "$@" >"$said/$1" 2>&1 || status=$?
	echo "$status" >"$said/$1.status"
}

begin_all() {
	local name niceness=0

	set +e
	for name; do
		while (($(jobs -rp | wc -l) > $(nproc))); do
			wait -n
		done
		section "$name" "$niceness" &
		niceness=10
	done
	wait
}

# show NAME: what it says, until it ends.
show() {
	local shown=0 size status

	while :; do
		status=$(cat "$said/$1.status" 2>/dev/null)
		size=$(stat -c %s "$said/$1" 2>/dev/null || echo 0)
		if ((size > shown)); then
			tail -c "+$((shown + 1))" "$said/$1" | head -c "$((size - shown))"
			shown=$size
		fi
		[[ -z $status ]] || return "$status"
		sleep 0.2
	done
}

# end NAME STATUS: count it.
end() {
	local counts=()

	if [[ -e $results/$1 ]]; then
		read -ra counts <"$results/$1"
		add "${counts[@]}"
	fi
	if (($2 != 0 && ${counts[1]:-0} == 0)) || ((${#counts[@]} == 0)); then
		echo "$1: ended without its counts"
		add 0 1 0
	fi
}

summary() {
	printf '\n%d passed, %d failed' "$passed" "$failed"
	((skipped == 0)) || printf ', %d skipped' "$skipped"
	printf '\n'
	((failed == 0 && passed > 0))
}

unset MAKEFLAGS
if ! target "$1"; then
	failed=1
	summary
fi
shift
mkdir -p "$results"
said=$(mktemp -d)
for name; do
	rm -f "$results/$name"
done
# A process group of its own: all of it ends with this script.
set -m
begin_all "$@" &
set +m
all=$!
trap 'kill -- "-$all" 2>/dev/null || true; rm -rf "$said"' EXIT

number=0
for name; do
	number=$((number + 1))
	status=0
	printf '\n== %s (%d of %d)\n' "$name" "$number" "$#"
	show "$name" || status=$?
	end "$name" "$status"
done
summary
