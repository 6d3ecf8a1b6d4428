// SPDX-License-Identifier: GPL-2.0
/* Open files: who still holds which, and what unbind does to them. */
#include <linux/mm.h>
#include <linux/slab.h>

#include <ferrule/file.h>

#include "debug.h"

struct fe_file *fe_file_init(struct fe_file *file, struct fe_bound *bound, struct file *filp,
			     void (*end)(struct fe_file *file))
{
	if (!file || fe_fault("file")) {
		kfree(file);
		return ERR_PTR(-ENOMEM);
	}
	fe_bound_get(bound);
	file->fe.bound = bound;
	file->filp = filp;
	file->end = end;
	kref_init(&file->ref);
	INIT_LIST_HEAD(&file->node);
	return file;
}
EXPORT_SYMBOL_GPL(fe_file_init);

static void fe_file_free(struct kref *ref)
{
	struct fe_file *file = container_of(ref, struct fe_file, ref);
	struct fe_bound *bound = file->fe.bound;

	kfree(file);
	fe_bound_put(bound);
}

void fe_file_put(struct fe_file *file)
{
	kref_put(&file->ref, fe_file_free);
}
EXPORT_SYMBOL_GPL(fe_file_put);

void fe_file_publish(struct fe_file *file)
{
	struct fe_bound *bound = file->fe.bound;

	mutex_lock(&bound->files_lock);
	kref_get(&file->ref);
	list_add_tail(&file->node, &bound->files);
	mutex_unlock(&bound->files_lock);
}
EXPORT_SYMBOL_GPL(fe_file_publish);

/* Takes the file off the list; the list's reference goes to the caller. */
static void fe_file_unlist(struct fe_file *file)
{
	struct fe_bound *bound = file->fe.bound;

	mutex_lock(&bound->files_lock);
	list_del_init(&file->node);
	mutex_unlock(&bound->files_lock);
}

void fe_file_close(struct fe_file *file)
{
	struct fe_bound *bound = file->fe.bound;
	int gate = fe_gate_enter(bound);

	mutex_lock(&bound->files_lock);
	/* It is about to go away: fe_files_end() looks at it under the same lock, or not at all. */
	file->filp = NULL;
	/* In the gate unbind waits for us, so the list still has the file. */
	if (gate >= 0)
		list_del_init(&file->node);
	mutex_unlock(&bound->files_lock);
	if (gate >= 0) {
		file->end(file);
		fe_gate_exit(bound, gate);
		fe_file_put(file);
	}
	fe_file_put(file);
}
EXPORT_SYMBOL_GPL(fe_file_close);

/*
 * SAFETY: unmap_mapping_range() wants a live address space: the filp's, which cannot go
 * while files_lock keeps fe_file_close() out. A mapping keeps its file open, so that
 * each one is found through this list. Faults fill it through the gate only, which
 * is closed: what is unmapped here stays so. From here on a close may come at any time: nobody
 * looks at the filp any more, not even the driver's release.
 */
static void fe_file_detach(struct fe_file *file)
{
	if (file->filp)
		unmap_mapping_range(file->filp->f_mapping, 0, 0, 1);
	file->filp = NULL;
}

void fe_files_end(struct fe_bound *bound)
{
	struct fe_file *file;

	mutex_lock(&bound->files_lock);
	list_for_each_entry(file, &bound->files, node)
		fe_file_detach(file);
	mutex_unlock(&bound->files_lock);

	while ((file = list_first_entry_or_null(&bound->files, struct fe_file, node))) {
		fe_file_unlist(file);
		file->end(file);
		fe_file_put(file);
	}
}
