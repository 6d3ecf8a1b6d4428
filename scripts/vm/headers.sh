#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Find the kernel headers to build modules against, and print the directory
# and the kernel's release. The one place that knows which kernels we support.
#
# Usage: headers.sh [KDIR]
#
# Without KDIR it is the newest supported kernel of those installed.

set -euo pipefail

supported=(6.1)

die() {
	printf 'error: %s\n' "$*" >&2
	exit 1
}

release_of() {
	sed -n 's/^#define UTS_RELEASE "\(.*\)"$/\1/p' \
		"$1/include/generated/utsrelease.h" 2>/dev/null
}

is_supported() {
	local series

	for series in "${supported[@]}"; do
		[[ $1 == "$series".* ]] && return
	done
	return 1
}

given() {
	local release

	release=$(release_of "$1") || true
	[[ $release ]] ||
		die "$1 holds no kernel headers: KDIR= wants a kernel's build directory, as /lib/modules/RELEASE/build"
	is_supported "$release" ||
		die "kernel $release is not supported: this builds for ${supported[*]}"
	printf '%s\t%s\n' "$1" "$release"
}

newest() {
	local dir release best='' other=''

	while IFS= read -r dir; do
		release=$(release_of "$dir") || continue
		[[ $release ]] || continue
		if is_supported "$release"; then best=$dir; else other=$release; fi
	done < <(printf '%s\n' /lib/modules/*/build | sort -V)
	if [[ -z $best && $other ]]; then
		die "kernel $other is not supported: this builds for ${supported[*]}; install such headers, or say KDIR="
	elif [[ -z $best ]]; then
		die "no kernel headers under /lib/modules: apt-get install linux-headers-amd64, or say KDIR="
	fi
	given "$best"
}

if [[ ${1-} ]]; then
	given "$1"
else
	newest
fi
