/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Open files of a device: what every node of every kind has in common.
 *
 * The driver's per-open state embeds a struct fe_file as its first member; the layer
 * allocates it at open and frees it with the last close, which may come long after
 * unbind. The driver's release runs once, at close or at unbind, whichever is first.
 */
#ifndef _FERRULE_FILE_H
#define _FERRULE_FILE_H

#include <linux/fs.h>
#include <linux/poll.h>

#include <ferrule/bound.h>

/**
 * struct fe_file - the layer's part of an open file
 *
 * Invariants: references are held by the open file and, until the driver's release ran,
 * by the binding's list. @filp is NULL once the file was closed or the device unbound, so before
 * the driver's release runs.
 */
struct __fe_pinned fe_file {
	struct fe_link		fe __fe_private;
	struct file		*filp __fe_private;
	struct list_head	node __fe_private;
	struct kref		ref __fe_private;
	void			(*end)(struct fe_file *file) __fe_private;
};

/**
 * struct fe_poll - one call of poll, for the driver's handler
 *
 * Invariants: exists only during the call.
 */
struct __fe_token fe_poll {
	struct file		*filp __fe_private;
	struct poll_table_struct *table __fe_private;
};

/**
 * fe_nonblock() - did the user ask not to wait?
 * @file: an open file
 *
 * Context: any callback that has the file.
 * Return: true if the file was opened with, or was set to, O_NONBLOCK; false in its release.
 */
static inline bool fe_nonblock(const struct fe_file *file)
{
	return file->filp && (file->filp->f_flags & O_NONBLOCK);
}

/* What follows is for the node types of the layer, see miscdev.h. */

/* For fe_file_new(): NULL stays -ENOMEM. */
__fe_private struct fe_file *fe_file_init(struct fe_file *file, struct fe_bound *bound,
					  struct file *filp, void (*end)(struct fe_file *file))
	__must_check;

/*
 * Allocates the per-open state, of which the struct fe_file is the first member. The
 * caller is in the gate. Returns it with one reference, or an ERR_PTR.
 */
static __always_inline __fe_private __must_check
struct fe_file *fe_file_new(struct fe_bound *bound, struct file *filp, size_t size,
			    void (*end)(struct fe_file *file))
{
	return fe_file_init(kzalloc(size, GFP_KERNEL_ACCOUNT), bound, filp, end);
}

/* The driver's open succeeded: unbind will end what it made. In the gate. */
__fe_private void fe_file_publish(struct fe_file *file);
__fe_private void fe_file_put(struct fe_file *file);
/* Last close: runs the driver's release unless unbind did or will. */
__fe_private void fe_file_close(struct fe_file *file);

/* Unmaps and releases all open files. Nobody is in the gate, or will be. */
__fe_private void fe_files_end(struct fe_bound *bound);

static inline __fe_private void *fe_file_state(const struct fe_file *file)
{
	return fe_bound_state(file->fe.bound);
}

/*
 * Every poll waits for the hang-up as well, whatever the driver's handler waits for.
 * @poll is the driver's, or NULL.
 */
static __always_inline __poll_t
fe_file_poll(struct file *filp, poll_table *table,
	     __poll_t (*poll)(const void *state, struct fe_file *file, struct fe_poll *p))
{
	struct fe_file *file = filp->private_data;
	struct fe_bound *bound = file->fe.bound;
	struct fe_poll p = { .filp = filp, .table = table };
	__poll_t mask = DEFAULT_POLLMASK;
	int gate;

	poll_wait(filp, &bound->hangup, table);
	gate = fe_gate_enter(bound);
	if (gate < 0)
		return EPOLLHUP | EPOLLERR;
	if (poll)
		mask = poll(bound->state, file, &p);
	fe_gate_exit(bound, gate);
	return mask;
}

#endif /* _FERRULE_FILE_H */
