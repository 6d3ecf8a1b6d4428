#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Whether contracts are well formed: kernel-doc comments, by the kernel's own script. It is not
# shown our markers, which it does not know, nor members that only the layer names.
#
# Usage: kernel-doc.sh KERNEL-DOC FILE...

set -euo pipefail
here=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
kernel_doc=$1
shift

shown=$(mktemp -d)
trap 'rm -rf "$shown"' EXIT
markers=$(sed -nE 's/^#define (__fe_[a-z_]+).*/\1/p' "$here/../include/ferrule/annotate.h" | paste -sd '|')
for file; do
	mkdir -p "$shown/${file%/*}"
	sed -E -e 's/^\t.* __fe_private;.*//' -e "s/\b($markers)\b(\([^()]*\))? ?//g" \
		"$file" >"$shown/$file"
done
cd "$shown"
"$kernel_doc" -none -v -Werror "$@" 2>&1 | sed '/: info: Scanning doc for/d'
