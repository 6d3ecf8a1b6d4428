// SPDX-License-Identifier: GPL-2.0
/* Each operation of the layer in a loop, on an edu device: see micro_raw.c for the kernel's. */
#include <ferrule/atomic.h>
#include <ferrule/box.h>
#include <ferrule/coherent.h>
#include <ferrule/completion.h>
#include <ferrule/dma.h>
#include <ferrule/ioctl.h>
#include <ferrule/irq.h>
#include <ferrule/lock.h>
#include <ferrule/miscdev.h>
#include <ferrule/pci.h>
#include <ferrule/wait.h>

#include "micro_uapi.h"

FE_BAR(micro_regs, SZ_1M);
FE_REG(micro_regs, MICRO_ID, 0x00, u32, RO);
FE_REG(micro_regs, MICRO_LIVENESS, 0x04, u32, RW);
FE_REG(micro_regs, MICRO_IRQ_STATUS, 0x24, u32, RO);
FE_REG(micro_regs, MICRO_IRQ_RAISE, 0x60, u32, WO);
FE_REG(micro_regs, MICRO_IRQ_ACK, 0x64, u32, WO);
FE_REG_ARRAY(micro_regs, MICRO_DMA, 0x80, u64, RW, 4);

#define MICRO_DMA_BITS		28
#define MICRO_BUFFER		4096
#define MICRO_TIMEOUT_MS	1000

struct micro_data {
	u64			first, second;
};

struct micro_box {
	u64			value[8];
};

struct micro_engine {
	struct fe_dma_buf	buf;
	struct fe_dma_map	map;
};

FE_MUTEX(micro_mutex, struct micro_data);
FE_SPINLOCK(micro_spin, struct micro_data);
FE_SPINLOCK_IRQ(micro_spin_irq, struct micro_data);
FE_MUTEX(micro_engine_lock, struct micro_engine);
FE_COHERENT(micro_ring, u32, 64);

struct micro_ferrule {
	struct micro_regs	regs;
	struct micro_mutex	mutex;
	struct micro_spin	spin;
	struct micro_spin_irq	spin_irq;
	struct micro_engine_lock engine;
	struct fe_dma		dma;
	struct micro_ring	ring;
	struct fe_waitq		changed;
	struct fe_completion	done;
	struct fe_pci_vectors	vectors;
	struct fe_irq		irq;
	struct fe_miscdev	node;
	struct fe_counter	counter;
	struct micro_value	value;
};

FE_DROP(micro_engine, (fe_dma_map, map), (fe_dma_buf, buf));
FE_LOCK_DROP(micro_engine_lock, micro_engine);
FE_DROP(micro_ferrule, (micro_engine_lock, engine));

struct micro_file {
	struct fe_file		fe;
};

static irqreturn_t micro_interrupt(const struct micro_ferrule *m)
{
	u32 status = fe_read(&m->regs, MICRO_IRQ_STATUS);

	if (!status || fe_gone(status))
		return IRQ_NONE;
	fe_write(&m->regs, MICRO_IRQ_ACK, status);
	fe_complete(&m->done);
	return IRQ_HANDLED;
}

FE_IRQ(micro_ferrule, irq, micro_interrupt);

/* One of each, in a function of its own: so they are compared, in source and machine code. */

static noinline int micro_nothing(const struct micro_ferrule *m, u32 i)
{
	return 0;
}

static noinline int micro_read(const struct micro_ferrule *m, u32 i)
{
	return fe_read(&m->regs, MICRO_ID) ? 0 : -EIO;
}

static noinline int micro_write(const struct micro_ferrule *m, u32 i)
{
	fe_write(&m->regs, MICRO_LIVENESS, i);
	return 0;
}

static noinline int micro_read_at(const struct micro_ferrule *m, u32 i)
{
	u64 value = 0;

	return fe_read_at(&m->regs, MICRO_DMA, i, &value);
}

static noinline int micro_write_at(const struct micro_ferrule *m, u32 i)
{
	return fe_write_at(&m->regs, MICRO_DMA, i, 0);
}

static noinline int micro_take_mutex(const struct micro_ferrule *m, u32 i)
{
	struct micro_data *data __fe_unlock(micro_mutex) = fe_lock(&m->mutex);

	data->first += i;
	return 0;
}

static noinline int micro_interruptible(const struct micro_ferrule *m, u32 i)
{
	struct micro_data *data __fe_unlock(micro_mutex) = fe_lock_interruptible(&m->mutex);

	if (IS_ERR(data))
		return PTR_ERR(data);
	data->first += i;
	return 0;
}

static noinline int micro_take_spin(const struct micro_ferrule *m, u32 i)
{
	struct micro_data *data __fe_unlock(micro_spin) = fe_lock(&m->spin);

	data->first += i;
	return 0;
}

static noinline int micro_try_spin(const struct micro_ferrule *m, u32 i)
{
	struct micro_data *data __fe_unlock(micro_spin) = fe_try_lock(&m->spin);

	if (IS_ERR(data))
		return PTR_ERR(data);
	data->first += i;
	return 0;
}

static noinline int micro_take_spin_irq(const struct micro_ferrule *m, u32 i)
{
	struct micro_data *data __fe_unlock(micro_spin_irq) = fe_lock(&m->spin_irq);

	data->first += i;
	return 0;
}

/* Where interrupts are known to be on. */
static noinline int micro_take_irq_on(const struct micro_ferrule *m, u32 i)
{
	struct micro_data *data __fe_unlock_irq(micro_spin_irq) = fe_lock_irq(&m->spin_irq);

	data->first += i;
	return 0;
}

/* More than one return, and a call while the lock is held. */
static noinline int micro_guarded(const struct micro_ferrule *m, u32 i)
{
	struct micro_data *data __fe_unlock(micro_spin_irq) = fe_lock(&m->spin_irq);

	if (data->first == data->second + 1)
		return -EAGAIN;
	data->first = i;
	data->second = i;
	fe_wake(&m->changed);
	return 0;
}

static noinline int micro_count(const struct micro_ferrule *m, u32 i)
{
	fe_count(&m->counter);
	return 0;
}

static noinline int micro_wake(const struct micro_ferrule *m, u32 i)
{
	fe_wake(&m->changed);
	return 0;
}

static noinline int micro_condition(const struct micro_ferrule *m, u32 i)
{
	return fe_wait_until(&m->changed, fe_counted(&m->counter));
}

static noinline int micro_complete(const struct micro_ferrule *m, u32 i)
{
	fe_arm(&m->done);
	fe_complete(&m->done);
	return fe_wait(&m->done);
}

static noinline int micro_timeout(const struct micro_ferrule *m, u32 i)
{
	fe_arm(&m->done);
	fe_complete(&m->done);
	return fe_wait_timeout(&m->done, MICRO_TIMEOUT_MS);
}

static noinline int micro_irq(const struct micro_ferrule *m, u32 i)
{
	fe_arm(&m->done);
	fe_write(&m->regs, MICRO_IRQ_RAISE, 1);
	return fe_wait(&m->done);
}

static noinline int micro_load(const struct micro_ferrule *m, u32 i)
{
	u32 value = 0;

	return fe_load(&m->ring, i, &value);
}

static noinline int micro_store(const struct micro_ferrule *m, u32 i)
{
	return fe_store(&m->ring, i, i);
}

static noinline int micro_give(struct micro_engine *engine)
{
	return fe_dma_give(&engine->buf, MICRO_BUFFER, FE_TO_DEVICE, &engine->map);
}

static noinline void micro_take(struct micro_engine *engine)
{
	fe_dma_buf_drop(&engine->buf);	/* it is empty: the device has what was in it */
	engine->buf = fe_dma_take(&engine->map);
}

static noinline int micro_map(const struct micro_ferrule *m, u32 i)
{
	struct micro_engine *engine __fe_unlock(micro_engine_lock) = fe_lock(&m->engine);
	int ret = micro_give(engine);

	if (ret)
		return ret;
	micro_take(engine);
	return 0;
}

static noinline int micro_box(const struct micro_ferrule *m, u32 i)
{
	struct micro_box *box __fe_free = fe_box_new(struct micro_box);

	return IS_ERR(box) ? PTR_ERR(box) : 0;
}

typedef int (*micro_fn)(const struct micro_ferrule *m, u32 i) __fe_sleeps __fe_bound;

#define MICRO_ROW(name, fn, text)	(fn),
static const micro_fn micro_ops[] = {
	MICRO_OPS(MICRO_ROW)
};

static micro_fn micro_find(u32 op)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(micro_ops); i++) {
		if (i == op)
			return micro_ops[i];
	}
	return NULL;
}

static int micro_run(const struct micro_ferrule *m, const struct micro_file *file,
		     struct micro_run *run)
{
	micro_fn fn = micro_find(run->op);
	int ret = 0;
	u32 i;

	if (!fn)
		return -EINVAL;
	for (i = 0; i < run->count && !ret; i++)
		ret = fn(m, i & 1);
	return ret;
}

FE_IOCTLS(micro_ioctl, micro_ferrule, micro_file,
	  (MICRO_IOC_RUN, struct micro_run, micro_run));

static ssize_t micro_get(const struct micro_ferrule *m, const struct micro_file *file,
			 struct fe_writer *to)
{
	return fe_put(to, m->value) ?: sizeof(m->value);
}

static ssize_t micro_put(const struct micro_ferrule *m, const struct micro_file *file,
			 struct fe_reader *from)
{
	struct micro_value value;

	return fe_get(from, value) ?: sizeof(value);
}

FE_MISCDEV(micro_ferrule, node, micro_file,
	   .read	= micro_get,
	   .write	= micro_put,
	   .ioctl	= micro_ioctl);

static int micro_init_engine(struct fe_pci_dev *pdev, struct micro_ferrule *m)
{
	struct micro_engine *engine __fe_unlock(micro_engine_lock) = fe_lock(&m->engine);

	fe_pci_set_master(pdev);
	return fe_dma_init(&pdev->dev, &m->dma, MICRO_DMA_BITS) ?:
	       fe_coherent_alloc(&pdev->dev, &m->ring) ?:
	       fe_dma_buf_alloc(&m->dma, MICRO_BUFFER, &engine->buf);
}

static int micro_init_irq(struct fe_pci_dev *pdev, struct micro_ferrule *m)
{
	int ret = fe_pci_alloc_vectors(pdev, &m->vectors, 1, 1, FE_IRQ_MSI);

	if (ret < 0)
		return ret;
	return micro_ferrule_irq_declare(&pdev->dev, m, &m->vectors, 0);
}

static int micro_probe(struct fe_pci_dev *pdev, struct micro_ferrule *m)
{
	fe_lock_init(&m->mutex);
	fe_lock_init(&m->spin);
	fe_lock_init(&m->spin_irq);
	fe_lock_init(&m->engine);
	fe_count(&m->counter);
	return fe_pci_map_bar(pdev, 0, &m->regs) ?:
	       fe_waitq_init(&pdev->dev, &m->changed) ?:
	       fe_completion_init(&pdev->dev, &m->done) ?:
	       micro_init_engine(pdev, m) ?:
	       micro_init_irq(pdev, m) ?:
	       micro_ferrule_node_declare(&pdev->dev, m, "micro_ferrule");
}

FE_PCI_IDS(micro_ids, { FE_PCI_DEVICE(0x1234, 0x11e8) });
FE_PCI_DRIVER(micro_ferrule, micro_ids, .probe = micro_probe, .drop = micro_ferrule_drop);

MODULE_DESCRIPTION("Operations of Ferrule, to be measured");
MODULE_LICENSE("GPL");
