// SPDX-License-Identifier: GPL-2.0
/*
 * Files in debugfs, there while the device works.
 *
 * debugfs can keep a file from going while somebody is in it. It then waits for who reads to copy
 * to user memory, too, which may take for ever. So that only opening is left to it, and whoever
 * reads or writes is in the binding's gate, but for the copy.
 */
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uio.h>

#include <ferrule/debugfs.h>

static struct fe_debugfs *to_debugfs(struct fe_res *res)
{
	return container_of(res, struct fe_debugfs, fe);
}

/*
 * SAFETY: debugfs takes its own errors for arguments, and does nothing then. The binding outlives
 * who opens: fe_debugfs_stop() waits.
 */
static int fe_debugfs_arm(struct fe_res *res)
{
	struct fe_debugfs *debugfs = to_debugfs(res);
	struct fe_bound *bound = res->bound;
	const struct fe_debugfs_file *file;
	char *name;

	name = kasprintf(GFP_KERNEL, "%s-%s", bound->drv->name, dev_name(bound->dev));
	if (!name)
		return 0;
	debugfs->dir = debugfs_create_dir(name, NULL);
	kfree(name);
	for (file = debugfs->files; file->name; file++)
		debugfs_create_file_unsafe(file->name, file->mode, debugfs->dir, bound,
					   file->fops);
	return 0;
}

/*
 * SAFETY: process context, no handler of these files. Who opens is waited for, and takes no lock
 * that is held here.
 */
static void fe_debugfs_stop(struct fe_res *res)
{
	debugfs_remove(to_debugfs(res)->dir);
}

static const struct fe_res_ops fe_debugfs_ops = {
	.name	= "debugfs",
	.class	= FE_CLASS_NODE,
	.arm	= fe_debugfs_arm,
	.stop	= fe_debugfs_stop,
};

int fe_debugfs_declare(struct fe_dev *dev, struct fe_debugfs *debugfs,
		       const struct fe_debugfs_file *files)
{
	int ret;

	ret = fe_res_check(dev, &debugfs->fe, &fe_debugfs_ops);
	if (ret)
		return ret;
	debugfs->files = files;
	fe_res_add(dev, &debugfs->fe, &fe_debugfs_ops);
	return 0;
}
EXPORT_SYMBOL_GPL(fe_debugfs_declare);

/* SAFETY: debugfs calls this while the file, and so the binding, stays. */
int fe_debugfs_open(struct inode *inode, struct file *filp,
		    int (*show)(struct seq_file *m, void *unused))
{
	struct fe_bound *bound = inode->i_private;
	int ret;

	ret = single_open_size(filp, show, bound, PAGE_SIZE);
	if (!ret)
		fe_bound_get(bound);
	return ret;
}
EXPORT_SYMBOL_GPL(fe_debugfs_open);

int fe_debugfs_release(struct inode *inode, struct file *filp)
{
	struct fe_bound *bound = fe_debugfs_bound(filp->private_data);
	int ret = single_release(inode, filp);

	fe_bound_put(bound);
	return ret;
}
EXPORT_SYMBOL_GPL(fe_debugfs_release);

/* What is there to read is made when it is read from its beginning, and copied afterwards. */
ssize_t fe_debugfs_read(struct kiocb *iocb, struct iov_iter *to)
{
	if (fe_bound_dead(fe_debugfs_bound(iocb->ki_filp->private_data)))
		return -ENODEV;
	return seq_read_iter(iocb, to);
}
EXPORT_SYMBOL_GPL(fe_debugfs_read);

/* SAFETY: the buffer was made with this size, and is empty when the only record is shown. */
char *fe_debugfs_page(struct seq_file *m)
{
	char *page;

	seq_get_buf(m, &page);
	return page;
}
EXPORT_SYMBOL_GPL(fe_debugfs_page);

int fe_debugfs_shown(struct seq_file *m, ssize_t len)
{
	if (len < 0)
		return len;
	seq_commit(m, len);
	return 0;
}
EXPORT_SYMBOL_GPL(fe_debugfs_shown);

char *fe_debugfs_text(struct iov_iter *from)
{
	size_t len = iov_iter_count(from);
	char *text;
	int ret;

	if (len >= PAGE_SIZE)
		return ERR_PTR(-E2BIG);
	text = kzalloc(len + 1, GFP_KERNEL);
	if (!text)
		return ERR_PTR(-ENOMEM);
	ret = copy_from_iter_full(text, len, from) ? 0 : -EFAULT;
	if (!ret && !fe_text_is_whole(text, len))
		ret = -EINVAL;
	if (ret) {
		kfree(text);
		return ERR_PTR(ret);
	}
	return text;
}
EXPORT_SYMBOL_GPL(fe_debugfs_text);

void fe_debugfs_forget(const char *text)
{
	kfree(text);
}
EXPORT_SYMBOL_GPL(fe_debugfs_forget);
