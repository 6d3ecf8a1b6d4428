#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Unpack the distribution's kernel source, as much of it as an x86 kernel,
# kunit.py and checkpatch.pl need, and print where it is.
#
# Usage: source.sh

set -euo pipefail
# shellcheck source=scripts/vm/cache.sh
. "${BASH_SOURCE[0]%/*}/cache.sh"

series=6.1
archive=/usr/src/linux-source-$series.tar.xz

version=$(dpkg-query -W -f '${Version}' "linux-source-$series" 2>/dev/null) ||
	die "the package linux-source-$series is not installed"
dir=$cache/linux-source-$version

unpack() {
	local part=$dir.part

	say "source: unpacking $archive (Debian $version)"
	rm -rf "$part"
	mkdir -p "$part"
	tar -xf "$archive" -C "$part" --strip-components=1 \
		--wildcards --no-wildcards-match-slash \
		--exclude='linux-source-*/arch/[!x]*/boot' \
		--exclude='linux-source-*/drivers/gpu/drm/amd/include' \
		--exclude='linux-source-*/tools/perf' \
		--exclude='linux-source-*/tools/testing/selftests' \
		--exclude='linux-source-*/Documentation/*/*' ||
		die "$archive cannot be unpacked"
	mv "$part" "$dir"
}

cache_lock source
[[ -d $dir ]] || unpack
echo "$dir"
