#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Build what is measured beside the drivers themselves, as drivers elsewhere are built:
# after `make', against the layer in this tree.

set -euo pipefail
here=$(cd "${BASH_SOURCE[0]%/*}" && pwd)

found=$("$here/../vm/headers.sh" "${KDIR-}")
IFS=$'\t' read -r kdir _ <<<"$found"
unset MAKEFLAGS
make --no-print-directory -C "$kdir" M="$here" -j"$(nproc)" \
	CONFIG_DEBUG_INFO_BTF_MODULES= ${CHECKER:+CHECKER="$CHECKER"} modules
