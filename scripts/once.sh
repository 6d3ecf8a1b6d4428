#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Run a test of the tools unless it passed before and nothing that it depends on has
# changed since: then say so, and repeat what it said.
#
# Usage: once.sh NAME PATH... -- COMMAND...
#
# It depends on the files below each PATH, the compiler and the command. A fresh clone,
# or `make clean', runs everything.

set -euo pipefail
top=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)
name=$1
shift
paths=()
while [[ $1 != -- ]]; do
	paths+=("$1")
	shift
done
shift

# What the files are, not when they were written.
state() {
	git -C "$top" ls-files -z --cached --others --exclude-standard -- "${paths[@]}" |
		(cd "$top" && { xargs -0 sha256sum 2>/dev/null || true; })
	gcc-12 --version
	echo "$@"
}

record=$top/build/results/$name.once
key=$(state "$@" | sha256sum)
mkdir -p "${record%/*}"
if [[ -e $record && $(head -n 1 "$record") = "$key" ]]; then
	echo "# $name: unchanged since it passed"
	tail -n +2 "$record"
	exit
fi
rm -f "$record"
output=$(mktemp)
trap 'rm -f "$output"' EXIT
"$@" 2>&1 | tee "$output"
{ echo "$key"; tail -n 1 "$output"; } >"$record"
