// SPDX-License-Identifier: GPL-2.0
/*
 * The life of a binding: probe in two phases, and one order of unbind.
 *
 * The order is the heart of the layer; each step relies on those before it:
 *
 *	dead		new entries answer -ENODEV from here on
 *	wake		those inside stop waiting for a device that will not answer;
 *			before the nodes, because misc_open() holds misc_mtx over ->open()
 *	nodes		nobody opens any more
 *	gate		nobody is inside any more
 *	files		nothing is mapped, per-open state is released: no user left
 *	stop		by class, so that nothing starts what was stopped before it
 *	quiesce		the driver alone with its hardware
 *	halt		the device cannot reach memory
 *	drop		the state's owned values: buffers the device had may be freed
 *	release		last in, first out
 */
#include <linux/slab.h>

#include <ferrule/bound.h>
#include <ferrule/file.h>

#include "debug.h"

static void fe_bound_free(struct kref *ref)
{
	struct fe_bound *bound = container_of(ref, struct fe_bound, ref);

	/*
	 * SAFETY: the last reference is gone, so nobody is in the gate, and
	 * fe_bound_end() waited for its last grace period.
	 */
	cleanup_srcu_struct(&bound->gate);
	put_device(bound->dev);
	kfree(bound);
}

void fe_bound_get(struct fe_bound *bound)
{
	kref_get(&bound->ref);
}

void fe_bound_put(struct fe_bound *bound)
{
	kref_put(&bound->ref, fe_bound_free);
}

int fe_res_check(const struct fe_dev *dev, const struct fe_res *res,
		 const struct fe_res_ops *ops)
{
	const struct fe_bound *bound = dev->fe.bound;
	const u8 *first = (const u8 *)res;
	const u8 *end = bound->state + bound->drv->state_size;

	if (first < bound->state || first + sizeof(*res) > end) {
		dev_err(bound->dev, "%s: the handle must be a field of the driver's state\n",
			ops->name);
		return -EINVAL;
	}
	if (res->ops) {
		dev_err(bound->dev, "%s: the handle is in use as %s\n", ops->name,
			res->ops->name);
		return -EBUSY;
	}
	if (bound->phase != FE_PROBING) {
		dev_err(bound->dev, "%s: resources are acquired in probe only\n", ops->name);
		return -EPERM;
	}
	return fe_fault(ops->name);
}
EXPORT_SYMBOL_GPL(fe_res_check);

void fe_res_add(const struct fe_dev *dev, struct fe_res *res, const struct fe_res_ops *ops)
{
	struct fe_bound *bound = dev->fe.bound;

	res->bound = bound;
	res->ops = ops;
	bound->classes |= BIT(ops->class);
	fe_debug_site(res, _RET_IP_);
	fe_debug_lock();
	list_add(&res->node, &bound->resources);
	fe_debug_unlock();
}
EXPORT_SYMBOL_GPL(fe_res_add);

static void fe_mark_dead(struct fe_bound *bound)
{
	WRITE_ONCE(bound->dead, true);
	/* What others did before they read it as false, the steps that follow will see. */
	smp_mb();
}

static void fe_wake_all(struct fe_bound *bound)
{
	struct fe_res *res;

	list_for_each_entry(res, &bound->resources, node)
		if (res->ops->wake)
			res->ops->wake(res);
	wake_up_all(&bound->hangup);	/* of epoll's exclusive waiters too, not only one */
}

static void fe_stop_class(struct fe_bound *bound, enum fe_class class)
{
	struct fe_res *res;

	if (!(bound->classes & BIT(class)))
		return;
	list_for_each_entry(res, &bound->resources, node) {
		if (res->ops->class != class || !res->ops->stop)
			continue;
		if (res->ops->arm && !res->armed)
			continue;
		res->ops->stop(res);
		res->armed = false;
	}
}

static void fe_release_all(struct fe_bound *bound)
{
	struct fe_res *res, *next;

	list_for_each_entry_safe(res, next, &bound->resources, node) {
		fe_debug_lock();
		list_del_init(&res->node);
		fe_debug_unlock();
		if (res->ops->release)
			res->ops->release(res);
	}
}

/* Also undoes a probe that failed half way: what was not reached has nothing to end. */
static void fe_bound_teardown(struct fe_bound *bound, bool started)
{
	const struct fe_driver *drv = bound->drv;
	int class;

	bound->phase = FE_ENDING;
	fe_mark_dead(bound);
	fe_wake_all(bound);
	fe_stop_class(bound, FE_CLASS_NODE);
	synchronize_srcu(&bound->gate);
	fe_files_end(bound);
	for (class = 0; class < FE_CLASS_STOPPED; class++)
		fe_stop_class(bound, class);
	if (started && drv->quiesce)
		drv->quiesce(bound->state);
	if (drv->halt)
		drv->halt(bound->dev);
	if (drv->drop)
		drv->drop(bound->state);
	fe_release_all(bound);
	fe_debug_forget(bound);
}

/* In the order of declaration: a handler may rely on what was declared before it. */
static int fe_arm_class(struct fe_bound *bound, bool nodes)
{
	struct fe_res *res;
	bool node;
	int ret;

	list_for_each_entry_reverse(res, &bound->resources, node) {
		node = res->ops->class == FE_CLASS_NODE;
		if (!res->ops->arm || node != nodes)
			continue;
		ret = fe_fault(res->ops->name) ?: res->ops->arm(res);
		if (ret) {
			dev_err(bound->dev, "cannot arm %s: %pe\n", res->ops->name,
				ERR_PTR(ret));
			return ret;
		}
		res->armed = true;
	}
	return 0;
}

/* *started: the driver's last word is owed from here on. */
static int fe_bound_bring_up(struct fe_bound *bound, bool *started)
{
	const struct fe_driver *drv = bound->drv;
	int ret;

	ret = drv->probe(&bound->token, bound->state);
	if (ret < 0)
		return ret;
	*started = true;
	bound->phase = FE_ARMING;
	ret = fe_arm_class(bound, false);
	if (ret)
		return ret;
	if (drv->start) {
		ret = drv->start(bound->state);
		if (ret < 0)
			return ret;
	}
	ret = fe_arm_class(bound, true);
	if (ret)
		return ret;
	bound->phase = FE_BOUND;
	return 0;
}

static struct fe_bound *fe_bound_new(struct device *dev, const struct fe_driver *drv)
{
	struct fe_bound *bound;
	int ret;

	bound = kzalloc(struct_size(bound, state, drv->state_size), GFP_KERNEL);
	if (!bound)
		return ERR_PTR(-ENOMEM);
	ret = init_srcu_struct(&bound->gate);
	if (ret) {
		kfree(bound);
		return ERR_PTR(ret);
	}
	bound->dev = get_device(dev);
	bound->drv = drv;
	bound->token.fe.bound = bound;
	bound->phase = FE_PROBING;
	kref_init(&bound->ref);
	init_waitqueue_head(&bound->hangup);
	INIT_LIST_HEAD(&bound->resources);
	mutex_init(&bound->files_lock);
	INIT_LIST_HEAD(&bound->files);
	fe_debug_remember(bound);
	return bound;
}

int fe_bound_start(struct device *dev, const struct fe_driver *drv)
{
	struct fe_bound *bound;
	bool started = false;
	int ret;

	ret = fe_fault("bound");
	if (ret)
		return ret;
	bound = fe_bound_new(dev, drv);
	if (IS_ERR(bound))
		return PTR_ERR(bound);
	dev_set_drvdata(dev, bound);
	ret = fe_bound_bring_up(bound, &started);
	if (ret) {
		fe_bound_teardown(bound, started);
		dev_set_drvdata(dev, NULL);
		fe_bound_put(bound);
	}
	return ret;
}
EXPORT_SYMBOL_GPL(fe_bound_start);

void fe_bound_end(struct device *dev)
{
	struct fe_bound *bound = dev_get_drvdata(dev);

	fe_bound_teardown(bound, true);
	dev_set_drvdata(dev, NULL);
	fe_bound_put(bound);
}
EXPORT_SYMBOL_GPL(fe_bound_end);
