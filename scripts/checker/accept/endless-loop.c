// SPDX-License-Identifier: GPL-2.0
/* layer: the real one */
#include <ferrule/coherent.h>
#include <ferrule/completion.h>
#include <ferrule/irq.h>
#include <ferrule/lock.h>
#include <ferrule/pci.h>

FE_BAR(own_regs, SZ_4K);
FE_REG(own_regs, OWN_STATUS, 0x00, u32, RO);
FE_REG(own_regs, OWN_COUNT, 0x04, u32, RW);
FE_REG(own_regs, OWN_DATA, 0x08, u32, RW);
FE_REG_ARRAY(own_regs, OWN_SLOT, 0x100, u32, RW, 16);

struct own_queue {
	u8	bytes[64];
	u32	sum, head, tail;
};

FE_SPINLOCK_IRQ(own_lock, struct own_queue);
FE_COHERENT(own_window, u8, 256);

struct own {
	struct own_regs		regs;
	struct own_lock		queue;
	struct own_window	window;
	struct fe_completion	done;
};

static int waits(const struct own *own)
{
	return fe_poll(&own->regs, OWN_STATUS, 1, 0, 1000);
}

static int counts_the_rounds(const struct own *own)
{
	int tries = 0;

	while (fe_read(&own->regs, OWN_STATUS) & 1)
		if (++tries > 1000)
			return -ETIMEDOUT;
	return 0;
}

static int counts_down(const struct own *own)
{
	int tries = 1000;

	while (tries-- && (fe_read(&own->regs, OWN_STATUS) & 1))
		;
	return tries < 0 ? -ETIMEDOUT : 0;
}

static irqreturn_t leaves_where_it_is_gone(const struct own *own)
{
	irqreturn_t ret = IRQ_NONE;

	for (;;) {
		u32 data = fe_read(&own->regs, OWN_DATA);

		if (!data || fe_gone(data))
			return ret;
		fe_write(&own->regs, OWN_DATA, data);
		ret = IRQ_HANDLED;
	}
}

/* All bits are set if it is gone: it is empty. */
static u32 until_it_is_empty(const struct own *own)
{
	u32 sum = 0;

	while (!(fe_read(&own->regs, OWN_STATUS) & 4))
		sum += fe_read(&own->regs, OWN_DATA);
	return sum;
}

static void throws_away(const struct own *own)
{
	for (;;) {
		u32 status = fe_read(&own->regs, OWN_STATUS);

		if ((status & 0xf0) == 0xf0)
			break;
		fe_write(&own->regs, OWN_DATA, status);
	}
}

static int sleeps_between(const struct own *own)
{
	int ret = 0;

	while (!ret && (fe_read(&own->regs, OWN_STATUS) & 1))
		ret = fe_wait_timeout(&own->done, 100);
	return ret;
}

static u32 as_many_as_there_is_room_for(const struct own *own)
{
	struct own_queue *queue __fe_unlock(own_lock) = fe_lock(&own->queue);
	u32 n = 0;

	while (n < ARRAY_SIZE(queue->bytes) && (fe_read(&own->regs, OWN_STATUS) & 2))
		queue->bytes[n++] = fe_read(&own->regs, OWN_DATA) & 0xff;
	return n;
}

static u32 as_many_as_it_says(const struct own *own)
{
	u32 n = fe_read(&own->regs, OWN_COUNT), sum = 0;

	for (u32 i = 0; i < n; i++)
		sum += fe_read(&own->regs, OWN_DATA);
	return sum;
}

static u32 records(const struct own *own, u32 len)
{
	struct own_queue *queue __fe_unlock(own_lock) = fe_lock(&own->queue);
	u32 pos = 0, n = 0;

	while (pos < len && pos < 64) {
		u8 size = queue->bytes[pos];

		if (!size)
			break;
		n++;
		pos += size;
	}
	return n;
}

static u32 records_with_a_head(const struct own *own, u32 len)
{
	struct own_queue *queue __fe_unlock(own_lock) = fe_lock(&own->queue);
	u32 pos = 0, n = 0;

	while (pos < 63) {
		n++;
		pos += 2 + queue->bytes[pos + 1];
	}
	return n;
}

static u32 at_least_one(const struct own *own)
{
	struct own_queue *queue __fe_unlock(own_lock) = fe_lock(&own->queue);
	u32 pos = 0, n = 0;

	while (pos < ARRAY_SIZE(queue->bytes)) {
		u32 step = queue->bytes[pos] ? queue->bytes[pos] : 1;

		pos += step;
		n++;
	}
	return n;
}

static u32 steps_by_what_was_done(const struct own *own, u32 len)
{
	struct own_queue *queue __fe_unlock(own_lock) = fe_lock(&own->queue);
	u32 sum = 0;

	while (queue->tail != queue->head) {
		sum += queue->bytes[queue->tail & 63];
		queue->tail++;
	}
	for (u32 done = 0, n; done < len; done += n) {
		n = min(len - done, 16U);
		sum += n;
	}
	return sum;
}

static u32 counted_in_a_byte(const struct own *own)
{
	u32 n = min(fe_read(&own->regs, OWN_COUNT), 200U), sum = 0;

	for (u8 i = 0; i < n; i++)
		sum += fe_read(&own->regs, OWN_DATA);
	return sum;
}

static u32 counted_in_a_byte_up_to_a_constant(const struct own *own)
{
	u32 value, sum = 0;

	for (u8 i = 0; i < 16; i++)
		if (!fe_read_at(&own->regs, OWN_SLOT, i, &value))
			sum += value;
	return sum;
}

static u32 what_the_caller_has(const struct own *own, u32 n)
{
	u32 sum = 0;

	for (u16 i = 0; i < n; i++)
		sum += fe_read(&own->regs, OWN_DATA);
	return sum;
}
