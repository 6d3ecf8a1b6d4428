#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Build what is tested, run test sections, and add up what they counted.
#
# Usage: test.sh BUILD SECTION... BESIDE
#
# A section is a make target. It leaves "PASSED FAILED SKIPPED" in
# build/results/SECTION and fails if a test did. One that leaves no counts
# did not get as far as to test: that is a failure too.
#
# The last one, the longest, runs beside the others, since no guest keeps two CPUs
# busy. What it says is shown when the others are done.

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

target() {
	make --no-print-directory -C "$top" "$1"
}

# end NAME STATUS: what came of it.
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

title() {
	printf '\n== %s (%d of %d)%s\n' "$1" "$2" "$total" "${3-}"
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
for name; do
	rm -f "$results/$name"
done

total=$#
beside=${!#}
said=$(mktemp)
target "$beside" >"$said" 2>&1 &
job=$!
trap 'kill "$job" 2>/dev/null || true; rm -f "$said"' EXIT

number=0
for name in "${@:1:total-1}"; do
	number=$((number + 1))
	status=0
	title "$name" "$number"
	target "$name" || status=$?
	end "$name" "$status"
done

title "$beside" "$total" ", begun $SECONDS s ago"
tail -n +1 --pid="$job" -s 0.2 -f "$said"
status=0
wait "$job" || status=$?
end "$beside" "$status"
summary
