/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The ioctl router: a table of commands, each with its argument's type and its handler.
 *
 * No handler sees a user pointer. The argument is copied in before the gate and out after
 * it, because a user copy may wait for ever; what the user does not send is zero, so that
 * nothing uninitialised goes back.
 */
#ifndef _FERRULE_IOCTL_H
#define _FERRULE_IOCTL_H

#include <linux/capability.h>
#include <linux/ioctl.h>

#include <ferrule/each.h>
#include <ferrule/file.h>
#include <ferrule/user.h>

/* Arguments live on the router's stack. */
#define FE_IOCTL_ARG_MAX	512

/**
 * FE_IOCTLS() - define the ioctls of a node
 * @name: of the table, for the .ioctl member of the node's operations
 * @state_: tag of the driver's state
 * @open_: tag of the per-open state
 * @...: (command, type, handler) or (command, type, handler, check) for each command
 *
 * Number, size and direction of a command must be the table's: anything else answers
 * -ENOTTY. The type must have the command's size and no padding. The handler is
 *
 *	int handler(const struct state_ *, const struct open_ *, type *arg)
 *
 * with @arg exclusive to the call; its result, 0 or more, is the ioctl's, and the
 * argument is copied back if the command reads (_IOR, _IOWR) and the result is no error.
 *
 * A check is an expression that is 0 or a negative errno, evaluated before the handler:
 * FE_NEED_CAP(), FE_NEED_WRITE, FE_NEED(function), or two of them by FE_BOTH(). The table
 * is a switch in the driver's own unit: handlers and checks are called directly.
 */
#define FE_IOCTLS(name, state_, open_, ...)				\
	static long name(struct open_ *__fe_open, unsigned int __fe_cmd, \
			 void __user *__fe_user)			\
	{								\
		typedef const struct state_ *__fe_state_t;		\
		typedef const struct open_ *__fe_open_t;		\
		struct fe_bound *__fe_bnd = __fe_open->fe.fe.bound;	\
		union {							\
			FE_EACH(__FE_IOCTL_ROOM, __VA_ARGS__)		\
		} __fe_room __uninitialized;				\
									\
		switch (__fe_cmd) {					\
		FE_EACH(__FE_IOCTL_CASE, __VA_ARGS__)			\
		}							\
		return fe_bound_dead(__fe_bnd) ? -ENODEV : -ENOTTY;	\
	}								\
	struct __fe_semicolon

/* One argument is in use at a time; gcc inlines handlers where few bytes are on the stack. */
#define __FE_IOCTL_ROOM(entry)	__FE_IOCTL_ROOM_IS entry
#define __FE_IOCTL_ROOM_IS(cmd, type, ...)	struct { type arg; } __UNIQUE_ID(fe_room);

#define __FE_IOCTL_CASE(entry)	__FE_IOCTL_CASE_IS entry
#define __FE_IOCTL_CASE_IS(cmd, type, handler, ...)			\
	case cmd: {							\
		static int (*const __fe_handler)(__fe_state_t s, __fe_open_t o, \
						 typeof(type) *arg)	\
			__fe_sleeps __fe_bound = handler;		\
		type *const __fe_arg = (type *)&__fe_room;		\
		int __fe_ret;						\
		int __fe_gate;						\
									\
		static_assert(sizeof(type) == _IOC_SIZE(cmd),		\
			       #cmd ": the command has another size than its type"); \
		static_assert(sizeof(type) <= FE_IOCTL_ARG_MAX,	\
			       #cmd ": the argument is too large");	\
		__fe_no_padding(*__fe_arg);				\
		__fe_ret = fe_ioctl_get(cmd, __fe_arg, sizeof(type), __fe_user); \
		if (__fe_ret)						\
			return __fe_ret;				\
		__fe_gate = fe_gate_enter(__fe_bnd);			\
		if (__fe_gate < 0)					\
			return __fe_gate;				\
		__fe_ret = (__VA_ARGS__ + 0);				\
		if (!__fe_ret)						\
			__fe_ret = __fe_handler(fe_bound_state(__fe_bnd), \
						__fe_open, __fe_arg);	\
		fe_gate_exit(__fe_bnd, __fe_gate);			\
		if (__fe_ret < 0)					\
			return __fe_ret;				\
		if (fe_ioctl_put(cmd, __fe_arg, sizeof(type), __fe_user)) \
			return -EFAULT;					\
		return __fe_ret;					\
	}

/* The caller must have this capability: -EPERM. */
#define FE_NEED_CAP(cap)	(capable(cap) ? 0 : -EPERM)
/* The file must be open for writing: -EBADF. */
#define FE_NEED_WRITE		(fe_file_writable(&__fe_open->fe) ? 0 : -EBADF)
/* A step of the driver's own: int fn(const struct state_ *, const struct open_ *). */
#define FE_NEED(fn)							\
	(fn((__fe_state_t)fe_bound_state(__fe_bnd), (__fe_open_t)__fe_open))
/* Both checks, in this order. */
#define FE_BOTH(a, b)		((a) ?: (b))

static inline bool fe_file_writable(const struct fe_file *file)
{
	return file->filp->f_mode & FMODE_WRITE;
}

/*
 * SAFETY: outside the gate. @n is the size of *arg and of the command; copy_from_user()
 * checks the user's range and zeroes what it could not fill.
 */
static __always_inline int fe_ioctl_get(unsigned int cmd, void *arg __fe_from_user, size_t n,
					const void __user *user)
{
	if (!(_IOC_DIR(cmd) & _IOC_WRITE)) {
		memset(arg, 0, n);
		return 0;
	}
	return copy_from_user(arg, user, n) ? -EFAULT : 0;
}

/* SAFETY: as fe_ioctl_get(); all of *arg is set, for its type has no padding. */
static __always_inline int fe_ioctl_put(unsigned int cmd, const void *arg __fe_to_user, size_t n,
					void __user *user)
{
	if (!(_IOC_DIR(cmd) & _IOC_READ))
		return 0;
	return copy_to_user(user, arg, n) ? -EFAULT : 0;
}

#endif /* _FERRULE_IOCTL_H */
