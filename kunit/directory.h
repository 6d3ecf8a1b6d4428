/* SPDX-License-Identifier: GPL-2.0 */
/* Directories that a test makes and removes as a user does. */
#ifndef _KUNIT_DIRECTORY_H
#define _KUNIT_DIRECTORY_H

#include <linux/err.h>
#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/namei.h>

static inline int directory_make(const char *path)
{
	struct dentry *dentry;
	struct path parent;
	int ret;

	dentry = kern_path_create(AT_FDCWD, path, &parent, LOOKUP_DIRECTORY);
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	ret = vfs_mkdir(mnt_user_ns(parent.mnt), d_inode(parent.dentry), dentry, 0755);
	done_path_create(&parent, dentry);
	return ret;
}

static inline int directory_remove_in(struct path *parent, const char *name)
{
	struct inode *inode = d_inode(parent->dentry);
	struct dentry *dentry;
	int ret;

	inode_lock_nested(inode, I_MUTEX_PARENT);
	dentry = lookup_one_len(name, parent->dentry, strlen(name));
	ret = PTR_ERR_OR_ZERO(dentry);
	if (!ret) {
		ret = d_is_dir(dentry) ?
		      vfs_rmdir(mnt_user_ns(parent->mnt), inode, dentry) : -ENOENT;
		dput(dentry);
	}
	inode_unlock(inode);
	return ret;
}

static inline int directory_remove(const char *path, const char *name)
{
	struct path parent;
	int ret;

	ret = kern_path(path, LOOKUP_DIRECTORY, &parent);
	if (ret)
		return ret;
	ret = directory_remove_in(&parent, name);
	path_put(&parent);
	return ret;
}

#endif /* _KUNIT_DIRECTORY_H */
