/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Interrupt handlers.
 *
 * A handler is declared in probe, requested when probe is over, and freed before anything
 * that it uses: it never sees a state that is half made or half gone. It gets the state by
 * const; it writes through registers, atomics and IRQ-safe locks.
 */
#ifndef _FERRULE_IRQ_H
#define _FERRULE_IRQ_H

#include <linux/interrupt.h>

#include <ferrule/pci.h>

/**
 * struct fe_irq - an interrupt handler of a bound device
 *
 * Invariants: requested from after probe until unbind, with the driver's state as cookie.
 */
struct __fe_pinned fe_irq {
	struct fe_res			fe __fe_private;
	const struct fe_pci_vectors	*vectors __fe_private;
	unsigned int			vector __fe_private;
	irq_handler_t			thunk __fe_private;
};

/* For FE_IRQ(). */
int __fe_must_check fe_irq_declare(struct fe_dev *dev, struct fe_irq *irq __fe_acquire,
				   const struct fe_pci_vectors *vectors, unsigned int vector,
				   irq_handler_t thunk);

/**
 * FE_IRQ() - define an interrupt handler
 * @state_: tag of the driver's state
 * @field: the struct fe_irq in it
 * @handler: irqreturn_t handler(const struct state_ *): runs in hard IRQ context;
 *	answers IRQ_NONE if its device did not interrupt, or is gone
 *
 * Defines state_field_declare(dev, state, vectors, n), to be called in probe with vectors
 * from fe_pci_alloc_vectors() and n counted from 0. It returns 0; -EINVAL if there is no
 * such vector; or what fe_res_check() says. The binding fails if the handler cannot be requested
 * after probe. See request_irq().
 */
#define FE_IRQ(state_, field, handler)					\
	static const struct {						\
		irqreturn_t (*handle)(const struct state_ *state) __fe_hardirq __fe_bound; \
	} __fe_##state_##_##field##_ops = { handler };			\
									\
	static irqreturn_t __fe_##state_##_##field##_thunk(int irq, void *cookie) \
	{								\
		return __fe_##state_##_##field##_ops.handle(cookie);	\
	}								\
									\
	static int __fe_must_check					\
	state_##_##field##_declare(struct fe_dev *dev, struct state_ *state, \
				   const struct fe_pci_vectors *vectors, unsigned int n) \
	{								\
		return fe_irq_declare(dev, &state->field, vectors, n,	\
				      __fe_##state_##_##field##_thunk);	\
	}								\
	struct __fe_semicolon

#endif /* _FERRULE_IRQ_H */
