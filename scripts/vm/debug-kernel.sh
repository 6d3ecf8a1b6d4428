#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Build the debug kernel of debug.config once, and print where it is: image
# to boot, and all that is needed to build modules for it. What it was made
# from is in the directory's name, so that a change of any of it builds anew.
#
# Usage: debug-kernel.sh

set -euo pipefail
here=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
# shellcheck source=scripts/vm/cache.sh
. "$here/cache.sh"

compiler=gcc-12
fragment=$here/debug.config

source=$("$here/source.sh")
key=$({ echo "$source"; "$compiler" --version; cat "$fragment"; } | sha256sum)
dir=$cache/debug-kernel-${key:0:12}
log=$cache/debug-kernel.log

kmake() {
	# What is said to make for the modules is not for the kernel.
	env -u MAKEFLAGS -u C -u W -u DEBUG make \
		-C "$source" O="$dir" CC="$compiler" "$@"
}

configure() {
	local line name

	kmake -s allnoconfig KCONFIG_ALLCONFIG="$fragment" >>"$log" 2>&1 ||
		die "the debug kernel cannot be configured: see $log"
	# Kconfig drops what it cannot have without a word.
	while IFS= read -r line; do
		name=${line#\# }
		name=${name%%[= ]*}
		case $line in
		CONFIG_*) ;;
		'# CONFIG_'*) grep -q "^$name=" "$dir/.config" || continue ;;
		*) continue ;;
		esac
		grep -qxF "$line" "$dir/.config" ||
			die "debug.config asks for '$line', which this source does not give"
	done <"$fragment"
}

# Count the compiler's lines as they come: there is no total to divide by, a
# count that rises is what tells work from a hang.
progress() {
	local line files=0 next=10

	SECONDS=0
	while IFS= read -r line; do
		printf '%s\n' "$line" >>"$log"
		case $line in '  CC '* | '  AS '*) files=$((files + 1)) ;; esac
		if ((SECONDS >= next)); then
			say "debug kernel: $files files compiled, $SECONDS s"
			next=$((SECONDS + 10))
		fi
	done
	say "debug kernel: done, $files files, $SECONDS s"
}

build() {
	say "debug kernel: building it once, in $dir (some four minutes on two CPUs)"
	mkdir -p "$dir"
	: >"$log"
	configure
	if ! kmake -j"$(nproc)" bzImage modules 2>&1 | progress; then
		grep -E -B2 -A8 'error:|Error [0-9]|undefined' "$log" | tail -n 40 >&2
		die "the debug kernel does not build: see $log"
	fi
	# Modules need the headers, the tools and Module.symvers, not these.
	find "$dir" \( -name '*.o' -o -name '*.a' -o -name '.*.cmd' \) \
		-not -path "$dir/scripts/*" -not -path "$dir/tools/*" -delete
	# KASAN reaches into the entry point that vmlinux has for emulators.
	ln -s arch/x86/boot/bzImage "$dir/image"
}

cache_lock "debug-kernel-${key:0:12}"
[[ -e $dir/image ]] || build
echo "$dir"
