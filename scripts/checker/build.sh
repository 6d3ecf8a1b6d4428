#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Builds the checker for the compiler in $CC, if anything is newer than it, and prints
# the plugin's path. What it writes goes to build/checker/VERSION.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# It may be a command with options, and Kbuild's begins with a blank.
read -ra cc <<<"${CC:-gcc}"

fail() {
	echo "checker: $*" >&2
	exit 1
}

command -v "${cc[0]}" >/dev/null || fail "no compiler '${cc[0]}'"
version=$("${cc[@]}" -dumpfullversion)
headers=$("${cc[@]}" -print-file-name=plugin)/include
[[ -e $headers/gcc-plugin.h ]] ||
	fail "gcc $version has no plugin headers: apt-get install gcc-${version%%.*}-plugin-dev"

# The plugin speaks C++ to gcc: the same release's compiler builds it.
cxx=${CXX:-g++-${version%%.*}}
command -v "$cxx" >/dev/null || cxx=g++
command -v "$cxx" >/dev/null || fail "no C++ compiler: apt-get install g++"

out=${FERRULE_BUILD:-$here/../../build}/checker/$version
mkdir -p "$out/core"
out=$(cd "$out" && pwd)
flags=(-std=gnu++17 -O2 -g -fno-rtti -fno-exceptions -fPIC -fvisibility=hidden
       -Wall -Wextra -MMD -MP -I"$here" -isystem "$headers")

# One build at a time: modules are compiled in parallel, and each asks for the plugin.
exec 9>"$out/lock"
flock 9

# True if the object is as new as everything its last compile read.
is_fresh() {
	local object=$1 source=$2 file

	[[ -e $object && -e ${object%.o}.d ]] || return 1
	[[ $object -nt $here/build.sh ]] || return 1
	# One that was compiled elsewhere, and copied here, says nothing of this tree.
	grep -qE " $source( |$)" "${object%.o}.d" || return 1
	while read -r file; do
		[[ -e $file && ! $file -nt $object ]] || return 1
	done < <(sed -e 's/^[^:]*://' -e 's/\\$//' "${object%.o}.d" | tr ' ' '\n' |
		 grep "^$here/" || true)
}

# An object is as old as the reading of its source: an edit in between makes it stale.
compile() {
	touch "$2.start"
	"$cxx" "${flags[@]}" -c "$1" -o "$2.tmp" -MF "${2%.o}.d"
	touch -r "$2.start" "$2.tmp"
	rm "$2.start"
	mv "$2.tmp" "$2"
}

objects=()
stale=no
running=0
for source in "$here"/*.cc "$here"/core/*.cc; do
	[[ -e $source && $source != *_test.cc ]] || continue
	name=${source#"$here"/}
	object=$out/${name%.cc}.o
	objects+=("$object")
	is_fresh "$object" "$source" && continue
	stale=yes
	rm -f "$object"
	echo "  CXX     checker/$name" >&2
	compile "$source" "$object" &
	if ((++running >= 2)); then
		wait -n || true
		running=$((running - 1))
	fi
done
wait
for object in "${objects[@]}"; do
	[[ -e $object ]] || fail "does not build"
done

if [[ $stale = yes || ! -e $out/ferrule.so ]]; then
	echo "  LINK    checker/ferrule.so" >&2
	# Every compiler that runs loads it, and resolves all its names at once: only gcc's
	# two are looked up by others, and no other library comes with it.
	"$cxx" -shared -static-libstdc++ -static-libgcc -o "$out/ferrule.so.tmp" \
		"${objects[@]}" -Wl,-O1 \
		-Wl,--version-script=<(echo '{ global: plugin_init; plugin_is_GPL_compatible; local: *; };')
	mv "$out/ferrule.so.tmp" "$out/ferrule.so"
fi
echo "$out/ferrule.so"
