#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Get the distribution's kernel image that belongs to installed headers, and
# print where it is: image to boot, and its modules. The package is only
# unpacked: nothing of this machine's own boot changes.
#
# Usage: stock-kernel.sh RELEASE

set -euo pipefail
# shellcheck source=scripts/vm/cache.sh
. "${BASH_SOURCE[0]%/*}/cache.sh"

release=$1
# A module fits the very image that its headers came with.
version=$(dpkg-query -W -f '${Version}' "linux-headers-$release" 2>/dev/null) ||
	die "$release is no kernel of this distribution: linux-headers-$release is not installed"
dir=$cache/stock-kernel-$release-$version

fetch() {
	local work=$1 package

	for package in "linux-image-$release" "linux-image-$release-unsigned"; do
		say "stock kernel: fetching $package $version"
		if (cd "$work" && apt-get -q -o APT::Sandbox::User=root \
			download "$package=$version") >&2; then
			return
		fi
	done
	die "the archive has no image for the headers $version any more:" \
		"apt-get update && apt-get install linux-headers-amd64, then try again"
}

# number OFFSET SIZE FILE: a little-endian number of a file's header.
number() {
	od -A n -t "u$2" -j "$1" -N "$2" "$3" | tr -d ' '
}

# The kernel proper out of the boot file, as Documentation/x86/boot.rst lays it
# out: an emulated CPU takes seconds to decompress what a real one does at once.
extract() {
	local image=$1 setup offset length

	setup=$(number 0x1f1 1 "$image")
	offset=$(((setup + 1) * 512 + $(number 0x248 4 "$image")))
	length=$(number 0x24c 4 "$image")
	# The last four bytes are the size, which is not xz's business.
	tail -c "+$((offset + 1))" "$image" | head -c "$((length - 4))" | xz -dc
}

unpack() {
	local part=$dir.part

	rm -rf "$part"
	mkdir -p "$part/package"
	fetch "$part"
	dpkg-deb -x "$part"/*.deb "$part/package"
	set +o pipefail	# head ends tail early
	extract "$part/package/boot/vmlinuz-$release" >"$part/image" ||
		die "vmlinuz-$release is not compressed by xz"
	set -o pipefail
	mv "$part/package/lib" "$part/lib"
	rm -rf "$part/package" "$part"/*.deb
	mv "$part" "$dir"
}

cache_lock "stock-kernel-$release"
[[ -d $dir ]] || unpack
echo "$dir"
