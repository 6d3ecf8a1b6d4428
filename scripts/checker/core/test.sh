#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Builds and runs the unit test of the flow analysis, which needs no plugin headers.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

"${CXX:-g++}" -std=gnu++17 -Wall -Wextra -Werror -fno-rtti -g -D_GLIBCXX_ASSERTIONS \
	-fsanitize=address,undefined -o "$out/flow_test" "$here"/*.cc
"$out/flow_test"
