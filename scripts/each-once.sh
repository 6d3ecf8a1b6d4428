#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Check files, but for those that passed before and are the same since.
#
# Usage: each-once.sh NAME TOOL... -- COMMAND... <FILES
#
# FILES are lines of standard input; the command gets those to check as its last
# arguments. They passed if it succeeds. What is remembered of a file is its content; it
# is checked anew when the content of a TOOL changes, or the command.

set -euo pipefail
top=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)
record=$top/build/results/$1.passed
shift
tools=()
while [[ $1 != -- ]]; do
	tools+=("$1")
	shift
done
shift

mkdir -p "${record%/*}"
key=$({ cat "${tools[@]}" && echo "$@"; } | sha256sum)
[[ -e $record && $(head -n 1 "$record") = "$key" ]] || echo "$key" >"$record"

# Lines of a hash and a name.
files=$(xargs -r sha256sum)
mapfile -t fresh < <(grep -vxFf "$record" <<<"$files")
((${#fresh[@]} == 0)) || "$@" "${fresh[@]#*  }"
printf '%s\n' "$key" "$files" >"$record"
