// SPDX-License-Identifier: GPL-2.0
/* Mappings that are filled through the gate. */
#include <linux/mm.h>
#include <linux/module.h>

#include <ferrule/mmap.h>

/*
 * SAFETY: dma_alloc_coherent() returns an address in the direct map or in vmalloc space,
 * both backed by struct pages, which stay until fe_bound_end() releases the buffer; that is
 * after it unmapped every mapping with the gate closed.
 */
static unsigned long fe_coherent_pfn(const struct fe_coherent *buf, size_t offset)
{
	void *at = buf->cpu + offset;

	return is_vmalloc_addr(at) ? vmalloc_to_pfn(at) : page_to_pfn(virt_to_page(at));
}

/*
 * SAFETY: vmf_insert_pfn() wants VM_PFNMAP, set in fe_mmap_coherent(), and the mmap_lock,
 * held by the fault. Nobody waits for the mmap_lock while unbind waits for this gate: file
 * operations touch user memory outside it, or with page faults disabled.
 */
static vm_fault_t fe_vma_fault(struct vm_fault *vmf)
{
	const struct fe_coherent *buf = vmf->vma->vm_private_data;
	struct fe_bound *bound = buf->fe.bound;
	vm_fault_t ret = VM_FAULT_SIGBUS;
	int gate = fe_gate_enter(bound);

	if (gate < 0)
		return VM_FAULT_SIGBUS;
	if (vmf->pgoff < PFN_UP(buf->size))
		ret = vmf_insert_pfn(vmf->vma, vmf->address,
				     fe_coherent_pfn(buf, vmf->pgoff << PAGE_SHIFT));
	fe_gate_exit(bound, gate);
	return ret;
}

static const struct vm_operations_struct fe_vm_ops = {
	.fault = fe_vma_fault,
};

int __fe_mmap_coherent(struct fe_vma *v, const struct fe_coherent *buf)
{
	struct vm_area_struct *vma = v->vma;

	if (vma->vm_private_data)
		return -EBUSY;
	if (!(vma->vm_flags & VM_MAYSHARE))
		return -EINVAL;
	if (vma->vm_pgoff > PFN_UP(buf->size) ||
	    vma_pages(vma) > PFN_UP(buf->size) - vma->vm_pgoff)
		return -EINVAL;
	vma->vm_flags |= VM_PFNMAP | VM_IO | VM_DONTEXPAND | VM_DONTDUMP;
	vma->vm_private_data = (void *)buf;
	vma->vm_ops = &fe_vm_ops;
	return 0;
}
EXPORT_SYMBOL_GPL(__fe_mmap_coherent);
