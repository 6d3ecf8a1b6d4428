/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Mappings of a coherent buffer into user space.
 *
 * A mapping is filled page by page by the fault handler, through the gate, and never in
 * ->mmap: so that unbind finds every page when it unmaps, and a fault afterwards is
 * SIGBUS. The mapping keeps its file open, and so the module and the memory of the state.
 */
#ifndef _FERRULE_MMAP_H
#define _FERRULE_MMAP_H

#include <ferrule/coherent.h>
#include <ferrule/file.h>

/**
 * struct fe_vma - a mapping that user space asks for
 *
 * Invariants: exists only during the call of the driver's handler.
 */
struct __fe_token fe_vma {
	struct vm_area_struct	*vma __fe_private;
};

int __fe_must_check __fe_mmap_coherent(struct fe_vma *vma, const struct fe_coherent *buf);

/**
 * fe_mmap_coherent() - let user space map a coherent array
 * @vma: the mapping, shared; its offset counts from the start of the array
 * @array: pointer to a coherent array in the driver's state
 *
 * Context: the node's mmap, mmap_lock held; does not sleep. See vmf_insert_pfn().
 * Return: 0; -EINVAL if the mapping is private or reaches beyond the array, whose
 * size is rounded up to whole pages; -EBUSY if the handler was here before.
 */
#define fe_mmap_coherent(vma, array)	__fe_mmap_coherent(vma, &(array)->coherent)

#endif /* _FERRULE_MMAP_H */
