#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Runs the unit test of the flow analysis, on the objects that the plugin is linked from.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
plugin=$("$here/../build.sh")
objects=$(dirname "$plugin")/core
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

"${CXX:-g++-12}" -std=gnu++17 -Wall -Wextra -Werror -fno-rtti -D_GLIBCXX_ASSERTIONS \
	-o "$out/flow_test" "$here/flow_test.cc" "$objects"/*.o
"$out/flow_test"
