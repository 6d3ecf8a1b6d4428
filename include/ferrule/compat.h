/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What differs between the kernels that Ferrule supports: nothing else in the tree
 * tests LINUX_VERSION_CODE. Which these are is known to scripts/vm/headers.sh: the build asks it.
 */
#ifndef _FERRULE_COMPAT_H
#define _FERRULE_COMPAT_H

#ifndef CONFIG_64BIT
#error "Ferrule supports 64-bit kernels: registers of 64 bits are accessed at once"
#endif

#endif /* _FERRULE_COMPAT_H */
