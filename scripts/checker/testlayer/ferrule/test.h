/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the tests take for the layer: small, without the kernel's headers, so that the
 * suites run in seconds. The real headers are tested by building everything with them.
 */
#ifndef _FERRULE_TEST_H
#define _FERRULE_TEST_H

#include <ferrule/annotate.h>
#include <linux/kernel.h>

#endif /* _FERRULE_TEST_H */
