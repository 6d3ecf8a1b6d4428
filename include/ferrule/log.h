/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Log lines that carry the device's name.
 *
 * The first argument is a device, or anything that belongs to one: a handle in the
 * driver's state or an open file: fe_warn(&edu->irq, "...") prints
 * "edu 0000:01:00.0: ...".
 */
#ifndef _FERRULE_LOG_H
#define _FERRULE_LOG_H

#include <ferrule/bound.h>

#define __fe_log_dev(x)		((x)->fe.bound->dev)

/**
 * fe_err() - log an error of a device
 * @x: the device, a handle in its state, or an open file
 * @fmt: as printk(), with the newline
 *
 * Also fe_warn(), fe_info(), fe_dbg() and fe_warn_ratelimited().
 *
 * Context: any. See dev_err().
 */
#define fe_err(x, fmt, ...)	dev_err(__fe_log_dev(x), fmt, ##__VA_ARGS__)
#define fe_warn(x, fmt, ...)	dev_warn(__fe_log_dev(x), fmt, ##__VA_ARGS__)
#define fe_info(x, fmt, ...)	dev_info(__fe_log_dev(x), fmt, ##__VA_ARGS__)
#define fe_dbg(x, fmt, ...)	dev_dbg(__fe_log_dev(x), fmt, ##__VA_ARGS__)
#define fe_warn_ratelimited(x, fmt, ...)				\
	dev_warn_ratelimited(__fe_log_dev(x), fmt, ##__VA_ARGS__)

#endif /* _FERRULE_LOG_H */
