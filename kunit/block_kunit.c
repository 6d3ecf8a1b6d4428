// SPDX-License-Identifier: GPL-2.0
/*
 * Disks: declared in probe, shown last, taken away first; what their limits make of the requests
 * that they get. What becomes of a request is request_kunit.c.
 */
#include <kunit/test.h>

#include <ferrule/block.h>
#include <ferrule/platform.h>

#include "fault.h"
#include "test_bio.h"
#include "test_device.h"

#define SHELF_SECTORS	2048

struct shelf {
	struct fe_disk	disk;
};

/* What the disk is like in the next binding. */
static struct fe_disk_spec shelf_spec;
static bool shelf_twice;

/* What was asked for last, and how often anything was. */
static struct {
	enum fe_op	op;
	u64		sector;
	u32		sectors, bytes;
	bool		fua;
	unsigned int	queue;
} shelf_seen;
static atomic_t shelf_asked;

static int shelf_queue(const struct shelf *shelf, struct fe_request *rq __fe_take_ok)
{
	atomic_inc(&shelf_asked);
	shelf_seen.op = fe_request_op(rq);
	shelf_seen.sector = fe_request_sector(rq);
	shelf_seen.sectors = fe_request_sectors(rq);
	shelf_seen.bytes = fe_request_bytes(rq);
	shelf_seen.fua = fe_request_fua(rq);
	shelf_seen.queue = fe_request_queue(rq);
	fe_request_end(rq, 0);
	return 0;
}

FE_DISK(shelf, disk, fe_no_data, .queue = shelf_queue);

static int shelf_probe(struct fe_dev *dev, struct shelf *shelf)
{
	int ret = shelf_disk_declare(dev, shelf, &shelf_spec);

	if (ret || !shelf_twice)
		return ret;
	return shelf_disk_declare(dev, shelf, &shelf_spec);
}

FE_PLATFORM_DRIVER_ONLY(shelf, .probe = shelf_probe);

static const struct shelf *shelf_bind(struct kunit *test, struct device *dev)
{
	KUNIT_ASSERT_EQ(test, test_bind(dev, &shelf__fe_driver.fe), 0);
	return test_state(dev);
}

/* Bound, and open. */
static struct block_device *shelf_open(struct kunit *test, struct device *dev)
{
	struct block_device *bdev;

	bdev = test_bdev(test, disk_devt(shelf_bind(test, dev)->disk.disk));
	/* Partitions were looked for. */
	atomic_set(&shelf_asked, 0);
	return bdev;
}

static void a_disk_is_shown_with_its_name_and_size(struct kunit *test)
{
	struct device *dev = test_device(test);
	struct block_device *bdev = shelf_open(test, dev);

	KUNIT_EXPECT_STREQ(test, bdev->bd_disk->disk_name, "shelf0");
	KUNIT_EXPECT_EQ(test, bdev_nr_sectors(bdev), SHELF_SECTORS);
	KUNIT_EXPECT_PTR_EQ(test, disk_to_dev(bdev->bd_disk)->parent, dev);
	KUNIT_EXPECT_EQ(test, bdev_logical_block_size(bdev), 512);
	KUNIT_EXPECT_TRUE(test, bdev_nonrot(bdev));
}

static void a_disk_is_where_it_is_wanted(struct kunit *test)
{
	struct device *dev = test_device(test);

	KUNIT_EXPECT_EQ(test, shelf_bind(test, dev)->disk.disk->node_id, NUMA_NO_NODE);
	test_unbind(dev);
	shelf_spec.node = first_online_node;
	KUNIT_EXPECT_EQ(test, shelf_bind(test, dev)->disk.disk->node_id, first_online_node);
}

static void each_disk_has_a_number(struct kunit *test)
{
	struct device *first = test_device(test), *second = test_device(test);
	const struct shelf *a = shelf_bind(test, first), *b = shelf_bind(test, second);

	KUNIT_EXPECT_STREQ(test, a->disk.disk->disk_name, "shelf0");
	KUNIT_EXPECT_STREQ(test, b->disk.disk->disk_name, "shelf1");
	test_unbind(first);
	a = shelf_bind(test, first);
	KUNIT_EXPECT_STREQ(test, a->disk.disk->disk_name, "shelf0");
}

static void a_request_says_what_is_asked(struct kunit *test)
{
	struct block_device *bdev = shelf_open(test, test_device(test));

	KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_WRITE, 24, 4096), 0);
	KUNIT_EXPECT_EQ(test, shelf_seen.op, FE_OP_WRITE);
	KUNIT_EXPECT_EQ(test, shelf_seen.sector, 24);
	KUNIT_EXPECT_EQ(test, shelf_seen.sectors, 8);
	KUNIT_EXPECT_EQ(test, shelf_seen.bytes, 4096);
	KUNIT_EXPECT_FALSE(test, shelf_seen.fua);
	KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_READ, SHELF_SECTORS - 1, 512), 0);
	KUNIT_EXPECT_EQ(test, shelf_seen.op, FE_OP_READ);
	KUNIT_EXPECT_EQ(test, shelf_seen.sector, SHELF_SECTORS - 1);
	KUNIT_EXPECT_EQ(test, shelf_seen.sectors, 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&shelf_asked), 2);
	/* Nothing, anywhere: user space cannot ask for that, the kernel can. */
	KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_READ, SHELF_SECTORS, 0), 0);
	KUNIT_EXPECT_EQ(test, shelf_seen.sector, SHELF_SECTORS);
	KUNIT_EXPECT_EQ(test, shelf_seen.sectors, 0);
	KUNIT_EXPECT_EQ(test, shelf_seen.bytes, 0);
}

static void no_request_leaves_the_disk(struct kunit *test)
{
	struct block_device *bdev = shelf_open(test, test_device(test));

	KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_WRITE, SHELF_SECTORS, 512), -EIO);
	KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_READ, SHELF_SECTORS - 7, 4096), -EIO);
	KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_READ, ~0ULL >> 9, 4096), -EIO);
	KUNIT_EXPECT_EQ(test, atomic_read(&shelf_asked), 0);
}

static void a_disk_is_not_asked_for_what_it_does_not_announce(struct kunit *test)
{
	struct block_device *bdev = shelf_open(test, test_device(test));

	KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_DISCARD, 0, 4096), -EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_SECURE_ERASE, 0, 4096), -EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_WRITE_ZEROES, 0, 4096), -EOPNOTSUPP);
	/* Nothing to flush. */
	KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_WRITE | REQ_PREFLUSH, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&shelf_asked), 0);
	KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_WRITE | REQ_FUA, 0, 512), 0);
	KUNIT_EXPECT_FALSE(test, shelf_seen.fua);
}

static void a_disk_is_asked_for_what_it_announces(struct kunit *test)
{
	struct block_device *bdev;

	shelf_spec.max_discard_sectors = 64;
	shelf_spec.max_write_zeroes_sectors = 64;
	shelf_spec.write_cache = true;
	shelf_spec.fua = true;
	bdev = shelf_open(test, test_device(test));
	KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_DISCARD, 8, 4096), 0);
	KUNIT_EXPECT_EQ(test, shelf_seen.op, FE_OP_DISCARD);
	KUNIT_EXPECT_EQ(test, shelf_seen.sector, 8);
	KUNIT_EXPECT_EQ(test, shelf_seen.sectors, 8);
	KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_WRITE_ZEROES, 16, 8192), 0);
	KUNIT_EXPECT_EQ(test, shelf_seen.op, FE_OP_WRITE_ZEROES);
	KUNIT_EXPECT_EQ(test, shelf_seen.sectors, 16);
	KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_WRITE | REQ_PREFLUSH, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, shelf_seen.op, FE_OP_FLUSH);
	KUNIT_EXPECT_EQ(test, shelf_seen.sectors, 0);
	KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_WRITE | REQ_FUA, 0, 512), 0);
	KUNIT_EXPECT_EQ(test, shelf_seen.op, FE_OP_WRITE);
	KUNIT_EXPECT_TRUE(test, shelf_seen.fua);
	KUNIT_EXPECT_EQ(test, atomic_read(&shelf_asked), 4);
}

static void requests_are_split_at_the_limits(struct kunit *test)
{
	struct block_device *bdev;

	shelf_spec.max_sectors = 8;
	shelf_spec.max_discard_sectors = 8;
	bdev = shelf_open(test, test_device(test));
	KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_DISCARD, 0, SZ_16K), 0);
	KUNIT_EXPECT_EQ(test, shelf_seen.sectors, 8);
	KUNIT_EXPECT_EQ(test, atomic_read(&shelf_asked), 4);
	KUNIT_EXPECT_EQ(test, queue_max_hw_sectors(bdev_get_queue(bdev)), 8);
}

static void limits_are_what_can_be_counted_in_blocks(struct kunit *test)
{
	struct block_device *bdev;

	shelf_spec.block_size = 4096;
	shelf_spec.max_discard_sectors = U32_MAX;
	shelf_spec.max_write_zeroes_sectors = 100;
	bdev = shelf_open(test, test_device(test));
	KUNIT_EXPECT_EQ(test, bdev_max_discard_sectors(bdev), (U32_MAX / SECTOR_SIZE) & ~7U);
	KUNIT_EXPECT_EQ(test, bdev_write_zeroes_sectors(bdev), 96);
}

static void blocks_may_be_larger_than_sectors(struct kunit *test)
{
	struct block_device *bdev;

	shelf_spec.block_size = 4096;
	bdev = shelf_open(test, test_device(test));
	KUNIT_EXPECT_EQ(test, bdev_logical_block_size(bdev), 4096);
	KUNIT_EXPECT_EQ(test, bdev_physical_block_size(bdev), 4096);
	KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_READ, 8, 4096), 0);
}

static void a_disk_that_cannot_be_is_refused(struct kunit *test)
{
	static const struct fe_disk_spec specs[] = {
		{ .name = "shelf", .sectors = 64, .block_size = 256 },
		{ .name = "shelf", .sectors = 64, .block_size = 2 * PAGE_SIZE },
		{ .name = "shelf", .sectors = 64, .block_size = 1000 },
		{ .name = "shelf", .sectors = 65, .block_size = 4096 },
		{ .name = "shelf", .sectors = 1ULL << 63 },
		{ .name = "shelf", .sectors = 64, .fua = true },
		{ .name = "shelf", .sectors = 64, .poll_queues = 1 },
		{ .name = "shelf", .sectors = 64, .node = MAX_NUMNODES },
		{ .name = "shelf", .sectors = 64, .node = -2 },
	};
	struct device *dev = test_device(test);
	int i;

	for (i = 0; i < ARRAY_SIZE(specs); i++) {
		shelf_spec = specs[i];
		KUNIT_EXPECT_EQ_MSG(test, test_bind(dev, &shelf__fe_driver.fe), -EINVAL,
				    "specification %d", i);
	}
	shelf_spec = (struct fe_disk_spec){ .name = "a-disk-whose-name-is-too-long-for-it" };
	KUNIT_EXPECT_EQ(test, test_bind(dev, &shelf__fe_driver.fe), -ENAMETOOLONG);
}

static void a_disk_is_declared_once(struct kunit *test)
{
	shelf_twice = true;
	KUNIT_EXPECT_EQ(test, test_bind(test_device(test), &shelf__fe_driver.fe), -EBUSY);
}

static void a_disk_that_fails_is_undone(struct kunit *test)
{
	struct device *dev = test_device(test);
	int nth;

	/* Declared, and armed. */
	for (nth = 1; nth <= 2; nth++) {
		fault_set(test, "disk", nth);
		KUNIT_EXPECT_EQ(test, test_bind(dev, &shelf__fe_driver.fe), -ENOMEM);
		KUNIT_EXPECT_TRUE(test, fault_was_hit());
	}
	KUNIT_EXPECT_STREQ(test, shelf_bind(test, dev)->disk.disk->disk_name, "shelf0");
}

static void each_cpu_has_a_queue(struct kunit *test)
{
	struct block_device *bdev;
	int cpu;

	/* As many as there are CPUs, no more. */
	shelf_spec.queues = 1000;
	bdev = shelf_open(test, test_device(test));
	KUNIT_EXPECT_EQ(test, bdev_get_queue(bdev)->nr_hw_queues, nr_cpu_ids);
	for_each_online_cpu(cpu) {
		KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(cpu)), 0);
		KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_READ, 0, 512), 0);
		KUNIT_EXPECT_EQ(test, shelf_seen.queue, cpu);
	}
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

static void a_disk_that_is_gone_answers_with_errors(struct kunit *test)
{
	struct device *dev = test_device(test);
	struct block_device *bdev = shelf_open(test, dev);
	dev_t devt = bdev->bd_dev;

	KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_READ, 0, 512), 0);
	test_unbind(dev);
	KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_READ, 0, 512), -EIO);
	KUNIT_EXPECT_EQ(test, bdev_nr_sectors(bdev), 0);
	KUNIT_EXPECT_EQ(test, PTR_ERR(blkdev_get_by_dev(devt, FMODE_READ, NULL)), -ENXIO);
	KUNIT_EXPECT_EQ(test, atomic_read(&shelf_asked), 1);
}

static void disks_come_and_go(struct kunit *test)
{
	struct device *dev = test_device(test);
	int i;

	for (i = 0; i < 5; i++) {
		shelf_bind(test, dev);
		test_unbind(dev);
	}
	KUNIT_EXPECT_STREQ(test, shelf_bind(test, dev)->disk.disk->disk_name, "shelf0");
}

static int block_test_init(struct kunit *test)
{
	shelf_spec = (struct fe_disk_spec){
		.name		= "shelf",
		.sectors	= SHELF_SECTORS,
		.node		= NUMA_NO_NODE,
	};
	shelf_twice = false;
	atomic_set(&shelf_asked, 0);
	return 0;
}

static void block_test_exit(struct kunit *test)
{
	fault_clear();
}

static struct kunit_case block_test_cases[] = {
	KUNIT_CASE(a_disk_is_shown_with_its_name_and_size),
	KUNIT_CASE(a_disk_is_where_it_is_wanted),
	KUNIT_CASE(each_disk_has_a_number),
	KUNIT_CASE(a_request_says_what_is_asked),
	KUNIT_CASE(no_request_leaves_the_disk),
	KUNIT_CASE(a_disk_is_not_asked_for_what_it_does_not_announce),
	KUNIT_CASE(a_disk_is_asked_for_what_it_announces),
	KUNIT_CASE(requests_are_split_at_the_limits),
	KUNIT_CASE(limits_are_what_can_be_counted_in_blocks),
	KUNIT_CASE(blocks_may_be_larger_than_sectors),
	KUNIT_CASE(a_disk_that_cannot_be_is_refused),
	KUNIT_CASE(a_disk_is_declared_once),
	KUNIT_CASE(a_disk_that_fails_is_undone),
	KUNIT_CASE(each_cpu_has_a_queue),
	KUNIT_CASE(a_disk_that_is_gone_answers_with_errors),
	KUNIT_CASE(disks_come_and_go),
	{}
};

static struct kunit_suite block_test_suite = {
	.name		= "block",
	.init		= block_test_init,
	.exit		= block_test_exit,
	.test_cases	= block_test_cases,
};

kunit_test_suite(block_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's disks");
MODULE_LICENSE("GPL");
