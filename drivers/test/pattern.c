// SPDX-License-Identifier: GPL-2.0
/* Bytes that tell where they belong. */
#include "test.h"

void fill_pattern(unsigned char *bytes, size_t len, unsigned int seed)
{
	for (size_t i = 0; i < len; i++)
		bytes[i] = seed + i * 7 + i / 256;
}

bool is_pattern(const unsigned char *bytes, size_t len, unsigned int seed)
{
	for (size_t i = 0; i < len; i++) {
		if (bytes[i] != (unsigned char)(seed + i * 7 + i / 256)) {
			note("byte %zu of %zu is %#x\n", i, len, bytes[i]);
			return false;
		}
	}
	return true;
}
