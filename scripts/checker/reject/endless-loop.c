// SPDX-License-Identifier: GPL-2.0
/* layer: the real one */
#include <ferrule/coherent.h>
#include <ferrule/irq.h>
#include <ferrule/lock.h>
#include <ferrule/pci.h>

FE_BAR(own_regs, SZ_4K);
FE_REG(own_regs, OWN_STATUS, 0x00, u32, RO);
FE_REG(own_regs, OWN_COUNT, 0x04, u32, RW);
FE_REG(own_regs, OWN_DATA, 0x08, u32, RW);

struct own_queue {
	u8	bytes[64];
	u32	sum;
};

FE_SPINLOCK_IRQ(own_lock, struct own_queue);
FE_COHERENT(own_window, u8, 256);

struct own {
	struct own_regs		regs;
	struct own_lock		queue;
	struct own_window	window;
};

static void busy(const struct own *own)
{
	while (fe_read(&own->regs, OWN_STATUS) & 1)			/* error: endless-loop */
		;
}

static u32 until_it_is_ready(const struct own *own)
{
	u32 status;

	do {
		status = fe_read(&own->regs, OWN_STATUS);
	} while (!(status & 2));					/* error: endless-loop */
	return status;
}

static irqreturn_t drained(const struct own *own)
{
	u32 data;

	while ((data = fe_read(&own->regs, OWN_DATA)) != 0)		/* error: endless-loop */
		fe_write(&own->regs, OWN_DATA, data);
	return IRQ_HANDLED;
}

static u32 for_ever_until(const struct own *own, u32 mask)
{
	u32 sum = 0;

	for (;;) {
		u32 status = fe_read(&own->regs, OWN_STATUS);

		if (status & mask)					/* error: endless-loop */
			break;
		sum += fe_read(&own->regs, OWN_DATA);
	}
	return sum;
}

static u32 records(const struct own *own, u32 len)
{
	struct own_queue *queue __fe_unlock(own_lock) = fe_lock(&own->queue);
	u32 pos = 0, n = 0;

	while (pos < len && pos < 64) {
		n++;
		pos += queue->bytes[pos];				/* error: endless-loop */
	}
	return n;
}

static u32 records_up_to_an_end(const struct own *own, u32 len)
{
	struct own_queue *queue __fe_unlock(own_lock) = fe_lock(&own->queue);
	u32 pos = 0;

	while (pos < 63) {
		u8 n = queue->bytes[pos + 1];

		if (queue->bytes[pos] == 0xff)
			break;
		pos += n;						/* error: endless-loop */
	}
	return pos;
}

static u32 counted_in_a_byte(const struct own *own)
{
	struct own_queue *queue __fe_unlock(own_lock) = fe_lock(&own->queue);
	u32 n = fe_read(&own->regs, OWN_COUNT);

	for (u8 i = 0; i < n; i++)					/* error: endless-loop */
		queue->sum += i;
	return n;
}

static u32 bounded_too_high(const struct own *own)
{
	u32 n = min(fe_read(&own->regs, OWN_COUNT), 256U), sum = 0;

	for (u8 i = 0; i < n; i++)					/* error: endless-loop */
		sum += fe_read(&own->regs, OWN_DATA);
	return sum;
}
