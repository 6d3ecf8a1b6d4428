#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Run test sections, one after the other, and add up what they counted.
#
# Usage: test.sh SECTION...
#
# A section is a make target. It leaves "PASSED FAILED SKIPPED" in
# build/results/SECTION and fails if a test did. One that leaves no counts
# did not get as far as to test: that is a failure too.

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

section() {
	local name=$1 status=0 counts=()

	printf '\n== %s (%d of %d)\n' "$name" "$2" "$3"
	rm -f "$results/$name"
	make --no-print-directory -C "$top" "$name" || status=$?
	if [[ -e $results/$name ]]; then
		read -ra counts <"$results/$name"
		add "${counts[@]}"
	fi
	if ((status != 0 && ${counts[1]:-0} == 0)) || ((${#counts[@]} == 0)); then
		echo "$name: ended without its counts"
		add 0 1 0
	fi
}

unset MAKEFLAGS
mkdir -p "$results"
number=0
for name; do
	number=$((number + 1))
	section "$name" "$number" "$#"
done

printf '\n%d passed, %d failed' "$passed" "$failed"
((skipped == 0)) || printf ', %d skipped' "$skipped"
printf '\n'
((failed == 0 && passed > 0))
