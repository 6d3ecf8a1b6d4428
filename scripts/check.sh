#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Check the sources on the host: nothing is booted. Each check prints one line, with what
# it found below if that is anything; the counts go to build/results/check.
# FULL=1 checks the checker on files of the kernel, too, with more flags and all mutants.
#
# Usage: check.sh, by way of `make check'

set -uo pipefail
here=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
top=$(cd "$here/.." && pwd)
results=$top/build/results
found=$(mktemp)
trap 'rm -f "$found"' EXIT

passed=0
failed=0

# check WHAT COMMAND...: passes if the command succeeds and says nothing.
check() {
	local what=$1
	shift
	if "$@" >"$found" 2>&1 && [[ ! -s $found ]]; then
		printf 'ok      %s\n' "$what"
		passed=$((passed + 1))
	else
		printf 'not ok  %s\n' "$what"
		sed 's/^/        /' "$found"
		failed=$((failed + 1))
	fi
}

# The sources that git has, or would take.
sources() {
	git -C "$top" ls-files --cached --others --exclude-standard -- "$@" |
		while read -r file; do if [[ -f $top/$file ]]; then echo "$file"; fi; done
}

# A driver sees the layer's headers and its own, and nothing of the kernel's but what a
# header shared with user space needs.
driver_includes() {
	local file line

	sources 'drivers/*/*.[ch]' | grep -vE -- '^drivers/test/|-(tool|test)[^/]*\.[ch]$' |
		while read -r file; do
			grep -HnE '^[[:space:]]*#[[:space:]]*include' "$file"
		done | grep -vE 'include (<ferrule/[a-z_]+\.h>|"[a-z_]+\.h")$' |
		grep -vE '_uapi\.h:[0-9]+:#include <linux/(types|ioctl)\.h>$' |
		while read -r line; do echo "$line: not a driver's to include"; done
	return 0
}

# What a reader finds where. The tables of the checker's rules are lists, not code.
layout() {
	local name file lines

	for name in $(sources | cut -d/ -f1 | sort -u); do
		case $name in
		.* | COPYING | Makefile | Kbuild | README.md | include | abstractions | \
			drivers | kunit | scripts) ;;
		*) echo "$name: the top has no place for it" ;;
		esac
	done
	while read -r file; do
		lines=$(wc -l <"$file")
		((lines <= 620)) || echo "$file: $lines lines are more than one thing"
		head -n 3 "$file" | grep -q SPDX-License-Identifier ||
			echo "$file: has no SPDX-License-Identifier"
	done < <(sources '*.[ch]' '*.cc' '*.sh' '*.py' '*.mk' '*Kbuild' Makefile |
		grep -vE '^scripts/checker/(accept|reject|robust|linked|testlayer)/')
}

kernel_style() {
	local checkpatch=$kernel_source/scripts/checkpatch.pl

	sources 'include/*.h' 'abstractions/*.[ch]' 'kunit/*.[ch]' 'drivers/*.[ch]' \
		'scripts/bench/micro/*.[ch]' 'scripts/bench/twins/*.[ch]' |
		"$here/each-once.sh" kernel-style "$checkpatch" -- \
			"$checkpatch" --no-tree --strict --quiet --terse --show-types -f |
		grep -v '^total: '
	return 0
}

contracts() {
	local kernel_doc=$kernel_source/scripts/kernel-doc

	sources 'include/*.h' 'abstractions/*.[ch]' |
		"$here/each-once.sh" contracts "$kernel_doc" "$here/kernel-doc.sh" -- \
			"$here/kernel-doc.sh" "$kernel_doc"
}

shell_style() {
	local file

	sources scripts .ci | while read -r file; do
		if head -n 1 "$file" | grep -qE '^#!.*/(ba)?sh'; then echo "$file"; fi
	done | xargs shellcheck -x -P SCRIPTDIR
}

# Builds everything with more warnings and sparse; says only what is wrong.
quiet_build() {
	"$here/vm/modules.sh" check 2>&1 | sed "s|$top/build/check/tree/||g" |
		grep -E '(warning|error):|\*\*\*' || return 0
}

linked_symbols() {
	local module

	for module in "$top"/build/check/tree/drivers/*/*.ko; do
		"$here/checker/symbols.py" "$module"
	done
}

# suite WHAT COMMAND...: it counts itself, by a last line "N passed, N failed" or by TAP.
suite() {
	local what=$1 status=0 good=0 bad=0
	shift
	"$@" >"$found" 2>&1 || status=$?
	if [[ $(tail -n 1 "$found") =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed ]]; then
		good=${BASH_REMATCH[1]}
		bad=${BASH_REMATCH[2]}
	else
		good=$(grep -c '^ok ' "$found")
		bad=$(grep -c '^not ok ' "$found")
	fi
	# One that does not get as far as to count has failed, too.
	((bad || good && status == 0)) || bad=1
	passed=$((passed + good))
	failed=$((failed + bad))
	printf '%-7s %s: %d passed, %d failed\n' "$( ((bad)) && echo 'not ok' || echo ok)" \
		"$what" "$good" "$bad"
	((bad == 0)) || sed 's/^/        /' "$found"
}

# It takes minutes, and says meanwhile how far it is.
kernel_files() {
	"$here/checker/kernel-files.sh" "$kernel_source" 2>&3
}
exec 3>&2

cd "$top" || exit
# The first time it says that it unpacks something, which is no finding.
kernel_source=$("$here/vm/source.sh") || exit
check "drivers include the layer's headers only" driver_includes
check "every file has its place, its size and its licence" layout
check "kernel style: checkpatch.pl --strict" kernel_style
check "contracts are well formed: kernel-doc" contracts
check "shell style: shellcheck" shell_style
check "every break applies to the tree" "$here/breaks/breaks" --stale
check "the build is quiet: gcc W=1, sparse, the ownership checker" quiet_build
check "drivers refer to the layer's symbols only" linked_symbols
suite "the checker's flow analysis, on its own" "$here/checker/core/test.sh"
suite "the checker's suites: accept, reject, robust" \
	"$here/once.sh" checker-suites scripts/checker include/ferrule -- \
	"$here/checker/suite.py" --complete
suite "forty bugs of real drivers, in the layer's words" \
	"$here/once.sh" checker-bugs scripts/checker include/ferrule -- "$here/checker/bugs.py"
if [[ ${FULL-} = 1 ]]; then
	suite "mistakes made in correct code" "$here/checker/mutate.py"
	suite "the suites with the sanitizers' flags of the debug kernel" \
		"$here/checker/suite.py" --sanitizers
	suite "300 files of the kernel, with the checker" kernel_files
else
	suite "mistakes made in correct code: a sample" \
		"$here/once.sh" mutation-sample scripts/checker include/ferrule drivers -- \
		"$here/checker/mutate.py" --sample 120
fi

mkdir -p "$results"
echo "$passed $failed 0" >"$results/check"
printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0))
