#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# See to it that the Debian packages which a make target needs are there.
#
# Usage: packages.sh GROUP...
#
# What is missing is installed, as root or through sudo, and named with the
# reason. With SETUP=no the command to type is printed instead.
#
# A need is tested by what it is for, a command or a file, never by the
# package's name: what came another way is as good.

set -euo pipefail

missing=()

# need PACKAGE WHY TEST...: TEST succeeds if PACKAGE, or its like, is there.
need() {
	local package=$1 why=$2
	shift 2
	"$@" &>/dev/null && return
	[[ " ${missing[*]-} " == *" $package "* ]] && return
	missing+=("$package")
	printf 'needed: %-20s %s\n' "$package" "$why" >&2
}

tool() {
	PATH=$PATH:/usr/sbin:/sbin command -v "$1"
}

file() {
	[[ -e $1 ]]
}

headers() {
	[[ ${KDIR-} ]] || compgen -G '/lib/modules/*/build/include/generated/utsrelease.h'
}

static_busybox() {
	tool busybox && ! ldd "$(tool busybox)"
}

# The kernel modules.
group_modules() {
	need gcc-12 "the compiler of the kernel that the modules are for" tool gcc-12
	need linux-headers-amd64 "the headers to build kernel modules against" headers
	[[ ${CHECKER-} = off ]] || checker
	[[ -z ${C-} ]] || need sparse "C=$C checks with it" tool sparse
}

checker() {
	need g++-12 "builds the ownership checker" tool g++-12
	need gcc-12-plugin-dev "the checker is a plugin of this compiler" \
		file /usr/lib/gcc/x86_64-linux-gnu/12/plugin/include/gcc-plugin.h
}

# Booting a machine with the distribution's kernel.
group_stock() {
	group_modules
	need libc6-dev "the guest's programs are linked statically" \
		file /usr/lib/x86_64-linux-gnu/libc.a
	need binutils "modules go into the guest without debug information" tool objcopy
	need qemu-system-x86 "the test machine" tool qemu-system-x86_64
	need busybox-static "the test machine's user space" static_busybox
	need python3 "runs the test machine" tool python3
	need xz-utils "unpacks the kernel" tool xz
}

# What a test machine does with disks.
group_disk() {
	need fio "loads and verifies disks" tool fio
	need e2fsprogs "makes and checks file systems" tool mkfs.ext4
	need fdisk "makes partition tables" tool sfdisk
}

# Building and booting the debug kernel.
group_debug() {
	group_stock
	need linux-source-6.1 "the debug kernel is built from it" \
		file /usr/src/linux-source-6.1.tar.xz
	need gcc "builds the kernel's own build tools" tool gcc
	need bc "the kernel's build computes with it" tool bc
	need bison "the kernel's configuration language" tool bison
	need flex "the kernel's configuration language" tool flex
	need libelf-dev "objtool, a step of the kernel's build" file /usr/include/gelf.h
	need rsync "the debug modules are built in a mirror of the tree" tool rsync
}

# Checking the sources on the host.
group_check() {
	group_modules
	need python3 "runs the checker's suites" tool python3
	need sparse "the kernel's semantic checker" tool sparse
	need shellcheck "checks the shell scripts" tool shellcheck
	need linux-source-6.1 "checkpatch.pl is in it" \
		file /usr/src/linux-source-6.1.tar.xz
}

# Measuring.
group_bench() {
	group_disk
	need gnuplot-nox "draws the results" tool gnuplot
	need binutils "tells the sizes of modules" tool size
}

install() {
	local become=()

	((EUID == 0)) || become=(sudo)
	printf 'installing: %s\n' "${missing[*]}" >&2
	"${become[@]}" apt-get -q update >&2 &&
		"${become[@]}" env DEBIAN_FRONTEND=noninteractive \
			apt-get -q -y --no-install-recommends install "${missing[@]}" >&2
}

give_up() {
	printf '%s: apt-get install --no-install-recommends %s\n' "$1" "${missing[*]}" >&2
	exit 1
}

check() {
	local group

	missing=()
	for group; do
		"group_$group"
	done
	((${#missing[@]} == 0))
}

check "$@" && exit
[[ ${SETUP-} != no ]] || give_up "install them with"
tool apt-get >/dev/null || give_up "this is no Debian; the packages are called there"
((EUID == 0)) || tool sudo >/dev/null || give_up "as root"
install || give_up "that failed; by hand it is"
check "$@" || give_up "still missing after the installation"
