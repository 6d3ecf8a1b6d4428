/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _TEST_TYPES_H
#define _TEST_TYPES_H
#endif /* _TEST_TYPES_H */
