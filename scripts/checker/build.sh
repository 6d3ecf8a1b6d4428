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
# What debuggers want (-g) would take a third of the time.
flags=(-std=gnu++17 -O2 -fno-rtti -fno-exceptions -fPIC -fvisibility=hidden
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

# precompile HEADER: what most sources begin with. To read gcc's own headers again for each of
# them takes half of the time.
precompile() {
	echo "#include \"$here/$1\"" >"$out/$1"
	"$cxx" "${flags[@]}" -x c++-header "$out/$1" -o "$out/$1.gch" -MF "$out/$1.d"
}

# The header that was precompiled for a source, if it was.
common_to() {
	local header

	case $1 in
	core/*)			header=core/flow.h ;;
	memory.cc | source.cc)	return ;;	# these know nothing of gcc
	*)			header=compat.h ;;
	esac
	[[ ! -e $out/$header.gch ]] || echo "$header"
}

# compile NAME: an object is as old as the reading of its source, or of the precompiled header: an
# edit in between makes it stale.
compile() {
	local object=$out/${1%.cc}.o header

	header=$(common_to "$1")
	touch ${header:+-r "$out/start"} "$object.start"
	"$cxx" "${flags[@]}" ${header:+-include "$out/$header"} -c "$here/$1" -o "$object.tmp" \
		-MF "${object%.o}.d"
	[[ -z $header ]] || cat "$out/$header.d" >>"${object%.o}.d"
	touch -r "$object.start" "$object.tmp"
	rm "$object.start"
	mv "$object.tmp" "$object"
}

objects=()
stale=()
for source in "$here"/*.cc "$here"/core/*.cc; do
	[[ -e $source && $source != *_test.cc ]] || continue
	name=${source#"$here"/}
	object=$out/${name%.cc}.o
	objects+=("$object")
	is_fresh "$object" "$source" && continue
	rm -f "$object"
	stale+=("$name")
done

if ((${#stale[@]} > 4)); then
	touch "$out/start"
	precompile compat.h &
	precompile core/flow.h
	wait $! || fail "does not build"
fi
for name in "${stale[@]}"; do
	while (($(jobs -rp | wc -l) >= 2)); do
		wait -n || true
	done
	echo "  CXX     checker/$name" >&2
	compile "$name" &
done
wait
rm -f "$out"/*.gch "$out"/core/*.gch
for object in "${objects[@]}"; do
	[[ -e $object ]] || fail "does not build"
done

if [[ ${#stale[@]} -gt 0 || ! -e $out/ferrule.so ]]; then
	echo "  LINK    checker/ferrule.so" >&2
	# Every compiler that runs loads it, and resolves all its names at once: only gcc's
	# two are looked up by others, and no other library comes with it.
	"$cxx" -shared -static-libstdc++ -static-libgcc -o "$out/ferrule.so.tmp" \
		"${objects[@]}" -Wl,-O1 \
		-Wl,--version-script=<(echo '{ global: plugin_init; plugin_is_GPL_compatible; local: *; };')
	mv "$out/ferrule.so.tmp" "$out/ferrule.so"
fi
echo "$out/ferrule.so"
