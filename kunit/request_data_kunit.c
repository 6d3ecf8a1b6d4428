// SPDX-License-Identifier: GPL-2.0
/*
 * The data of requests: all bytes, in order, whatever they are cut into: segments of a bio, bios
 * of a request, pieces that the driver asks for, pages that it has.
 */
#include <kunit/test.h>
#include <linux/random.h>

#include <ferrule/block.h>
#include <ferrule/platform.h>
#include <ferrule/request_data.h>

#include "test_bio.h"
#include "test_device.h"

#define DRUM_BYTES	SZ_16K

/* What the disk is: memory, from its first byte. */
static struct page *drum_pages[DRUM_BYTES / PAGE_SIZE];
/* How many bytes are asked for at a time, and how often requests came. */
static size_t drum_piece;
static atomic_t drum_asked;
/* What the last request said of itself. */
static size_t drum_left, drum_copied;
static bool drum_zeroes;
/* The driver takes reads for writes, and writes for reads. */
static bool drum_confused;

struct drum {
	struct fe_disk	disk;
};

static const struct fe_page *drum_page(u64 pos)
{
	return (const struct fe_page *)drum_pages[pos / PAGE_SIZE];
}

static size_t drum_copy(struct fe_request *rq, struct fe_data *data, u64 pos)
{
	if ((fe_request_op(rq) == FE_OP_WRITE) != drum_confused)
		return fe_data_get(data, drum_page(pos), pos, drum_piece);
	if (drum_zeroes)
		return fe_data_zero(data, pos, drum_piece);
	return fe_data_put(data, drum_page(pos), pos, drum_piece);
}

static int drum_queue(const struct drum *drum, struct fe_request *rq __fe_take_ok)
{
	struct fe_data *data = fe_request_data(rq);
	u64 pos = fe_request_sector(rq) * SECTOR_SIZE;
	size_t n;

	atomic_inc(&drum_asked);
	drum_left = fe_data_left(data);
	for (drum_copied = 0; fe_data_left(data); drum_copied += n) {
		n = drum_copy(rq, data, pos + drum_copied);
		if (!n || n > drum_piece)
			break;
	}
	fe_request_end(rq, 0);
	return 0;
}

FE_DISK(drum, disk, fe_no_data, .queue = drum_queue);

static int drum_probe(struct fe_dev *dev, struct drum *drum)
{
	static const struct fe_disk_spec spec = {
		.name			= "drum",
		.sectors		= DRUM_BYTES / SECTOR_SIZE,
		.max_discard_sectors	= DRUM_BYTES / SECTOR_SIZE,
		.write_cache		= true,
		.no_sched		= true,
		.node			= NUMA_NO_NODE,
	};

	return drum_disk_declare(dev, drum, &spec);
}

FE_PLATFORM_DRIVER_ONLY(drum, .probe = drum_probe);

static struct block_device *drum_open(struct kunit *test)
{
	struct device *dev = test_device(test);
	const struct drum *drum;
	struct block_device *bdev;

	KUNIT_ASSERT_EQ(test, test_bind(dev, &drum__fe_driver.fe), 0);
	drum = test_state(dev);
	bdev = test_bdev(test, disk_devt(drum->disk.disk));
	atomic_set(&drum_asked, 0);
	return bdev;
}

static void drum_reset(size_t piece)
{
	int i;

	drum_piece = piece;
	drum_zeroes = false;
	drum_confused = false;
	atomic_set(&drum_asked, 0);
	for (i = 0; i < ARRAY_SIZE(drum_pages); i++)
		memset(page_address(drum_pages[i]), 0xdd, PAGE_SIZE);
}

/* One disk for all of them: it takes longer to make than to use. */
static void in_pieces_of_any_size(struct kunit *test,
				  void (*run)(struct kunit *test, struct block_device *bdev))
{
	static const size_t pieces[] = { 1, 7, 511, 512, 513, PAGE_SIZE, SIZE_MAX };
	struct block_device *bdev = drum_open(test);
	int i;

	for (i = 0; i < ARRAY_SIZE(pieces); i++) {
		kunit_info(test, "in pieces of %zu\n", pieces[i]);
		drum_reset(pieces[i]);
		run(test, bdev);
	}
}

/* A bio of three segments, which are in another order in memory. */
#define SCATTERED	(512 + 1024 + 1536)

static struct test_bio *scattered(struct kunit *test, struct block_device *bdev, blk_opf_t opf,
				  u64 sector)
{
	struct test_bio *t = test_bio(test, bdev, opf, sector, 0);

	__bio_add_page(&t->bio, t->page, 512, 3584);
	__bio_add_page(&t->bio, t->page, 1024, 512);
	__bio_add_page(&t->bio, t->page, 1536, 2048);
	return t;
}

/* What is in it, in the order of the bio. */
static void gathered(const struct test_bio *t, u8 *to)
{
	const u8 *bytes = page_address(t->page);

	memcpy(to, bytes + 3584, 512);
	memcpy(to + 512, bytes + 512, 1024);
	memcpy(to + 512 + 1024, bytes + 2048, 1536);
}

static u8 drum_byte(size_t pos)
{
	return ((u8 *)page_address(drum_pages[pos / PAGE_SIZE]))[pos % PAGE_SIZE];
}

static bool drum_holds(const u8 *bytes, u64 sector, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (drum_byte(sector * SECTOR_SIZE + i) != bytes[i])
			return false;
	return true;
}

/* From the middle of one page of the disk into the next. */
#define ACROSS	5

static void write_all(struct kunit *test, struct block_device *bdev)
{
	struct test_bio *t = scattered(test, bdev, REQ_OP_WRITE, ACROSS);
	u8 *bytes = kunit_kzalloc(test, SCATTERED, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, bytes);
	get_random_bytes(page_address(t->page), PAGE_SIZE);
	gathered(t, bytes);
	submit_bio(&t->bio);
	KUNIT_EXPECT_EQ(test, test_bio_result(t), 0);
	KUNIT_EXPECT_EQ(test, drum_left, SCATTERED);
	KUNIT_EXPECT_EQ(test, drum_copied, SCATTERED);
	KUNIT_EXPECT_TRUE(test, drum_holds(bytes, ACROSS, SCATTERED));
	/* Nothing before, nothing behind. */
	KUNIT_EXPECT_EQ(test, drum_byte(ACROSS * SECTOR_SIZE - 1), 0xdd);
	KUNIT_EXPECT_EQ(test, drum_byte(ACROSS * SECTOR_SIZE + SCATTERED), 0xdd);
}

static void what_is_written_arrives(struct kunit *test)
{
	in_pieces_of_any_size(test, write_all);
}

static void read_all(struct kunit *test, struct block_device *bdev)
{
	struct test_bio *t = scattered(test, bdev, REQ_OP_READ, ACROSS);
	u8 *bytes = kunit_kzalloc(test, SCATTERED, GFP_KERNEL);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, bytes);
	for (i = 0; i < ARRAY_SIZE(drum_pages); i++)
		get_random_bytes(page_address(drum_pages[i]), PAGE_SIZE);
	memset(page_address(t->page), 0xbb, PAGE_SIZE);
	submit_bio(&t->bio);
	KUNIT_EXPECT_EQ(test, test_bio_result(t), 0);
	KUNIT_EXPECT_EQ(test, drum_copied, SCATTERED);
	gathered(t, bytes);
	KUNIT_EXPECT_TRUE(test, drum_holds(bytes, ACROSS, SCATTERED));
	/* Memory that is not the bio's stays. */
	KUNIT_EXPECT_EQ(test, ((u8 *)page_address(t->page))[511], 0xbb);
	KUNIT_EXPECT_EQ(test, ((u8 *)page_address(t->page))[1536], 0xbb);
}

static void what_is_there_is_read(struct kunit *test)
{
	in_pieces_of_any_size(test, read_all);
}

static void read_nothing(struct kunit *test, struct block_device *bdev)
{
	struct test_bio *t = scattered(test, bdev, REQ_OP_READ, ACROSS);
	u8 *bytes = kunit_kzalloc(test, SCATTERED, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, bytes);
	drum_zeroes = true;
	memset(page_address(t->page), 0xbb, PAGE_SIZE);
	submit_bio(&t->bio);
	KUNIT_EXPECT_EQ(test, test_bio_result(t), 0);
	KUNIT_EXPECT_EQ(test, drum_copied, SCATTERED);
	gathered(t, bytes);
	KUNIT_EXPECT_NULL(test, memchr_inv(bytes, 0, SCATTERED));
	KUNIT_EXPECT_EQ(test, ((u8 *)page_address(t->page))[511], 0xbb);
	KUNIT_EXPECT_EQ(test, ((u8 *)page_address(t->page))[1536], 0xbb);
}

static void what_is_not_there_reads_as_zeroes(struct kunit *test)
{
	in_pieces_of_any_size(test, read_nothing);
}

/* Requests next to each other become one, while they are held back. */
static void write_bios(struct kunit *test, struct block_device *bdev)
{
	struct test_bio *t[3];
	struct blk_plug plug;
	u8 *bytes = kunit_kzalloc(test, SCATTERED, GFP_KERNEL);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, bytes);
	for (i = 0; i < ARRAY_SIZE(t); i++) {
		t[i] = scattered(test, bdev, REQ_OP_WRITE, ACROSS + i * SCATTERED / SECTOR_SIZE);
		get_random_bytes(page_address(t[i]->page), PAGE_SIZE);
	}
	blk_start_plug(&plug);
	for (i = 0; i < ARRAY_SIZE(t); i++)
		submit_bio(&t[i]->bio);
	blk_finish_plug(&plug);
	for (i = 0; i < ARRAY_SIZE(t); i++) {
		KUNIT_EXPECT_EQ(test, test_bio_result(t[i]), 0);
		gathered(t[i], bytes);
		KUNIT_EXPECT_TRUE(test, drum_holds(bytes, ACROSS + i * SCATTERED / SECTOR_SIZE,
						   SCATTERED));
	}
	KUNIT_EXPECT_EQ(test, atomic_read(&drum_asked), 1);
	KUNIT_EXPECT_EQ(test, drum_copied, ARRAY_SIZE(t) * SCATTERED);
}

static void bios_of_one_request_follow_each_other(struct kunit *test)
{
	in_pieces_of_any_size(test, write_bios);
}

static bool all_are(const struct page *page, u8 byte)
{
	return !memchr_inv(page_address(page), byte, PAGE_SIZE);
}

static void nothing_goes_the_wrong_way(struct kunit *test)
{
	struct block_device *bdev = drum_open(test);
	struct test_bio *in = scattered(test, bdev, REQ_OP_READ, 0);
	struct test_bio *out = scattered(test, bdev, REQ_OP_WRITE, 0);
	struct test_bio *zeroed = scattered(test, bdev, REQ_OP_WRITE, 0);
	struct test_bio *t[3] = { in, out, zeroed };
	int i;

	drum_confused = true;
	for (i = 0; i < ARRAY_SIZE(t); i++) {
		drum_zeroes = t[i] == zeroed;
		memset(page_address(t[i]->page), 0xbb, PAGE_SIZE);
		submit_bio(&t[i]->bio);
		KUNIT_EXPECT_EQ(test, test_bio_result(t[i]), 0);
		KUNIT_EXPECT_EQ(test, drum_left, SCATTERED);
		KUNIT_EXPECT_EQ(test, drum_copied, 0);
		KUNIT_EXPECT_TRUE(test, all_are(t[i]->page, 0xbb));
		KUNIT_EXPECT_TRUE(test, all_are(drum_pages[0], 0xdd));
	}
}

static void some_requests_have_no_data(struct kunit *test)
{
	struct block_device *bdev = drum_open(test);

	KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_DISCARD, 0, PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, drum_left, 0);
	drum_left = 1;
	KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_WRITE | REQ_PREFLUSH, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, drum_left, 0);
	drum_left = 1;
	KUNIT_EXPECT_EQ(test, test_io(test, bdev, REQ_OP_READ, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, drum_left, 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&drum_asked), 3);
}

static int request_data_test_init(struct kunit *test)
{
	drum_reset(SIZE_MAX);
	return 0;
}

static void request_data_suite_exit(struct kunit_suite *suite)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(drum_pages); i++)
		if (drum_pages[i])
			__free_page(drum_pages[i]);
}

static int request_data_suite_init(struct kunit_suite *suite)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(drum_pages); i++) {
		drum_pages[i] = alloc_page(GFP_KERNEL);
		if (drum_pages[i])
			continue;
		request_data_suite_exit(suite);
		return -ENOMEM;
	}
	return 0;
}

static struct kunit_case request_data_test_cases[] = {
	KUNIT_CASE(what_is_written_arrives),
	KUNIT_CASE(what_is_there_is_read),
	KUNIT_CASE(what_is_not_there_reads_as_zeroes),
	KUNIT_CASE(bios_of_one_request_follow_each_other),
	KUNIT_CASE(nothing_goes_the_wrong_way),
	KUNIT_CASE(some_requests_have_no_data),
	{}
};

static struct kunit_suite request_data_test_suite = {
	.name		= "request_data",
	.suite_init	= request_data_suite_init,
	.suite_exit	= request_data_suite_exit,
	.init		= request_data_test_init,
	.test_cases	= request_data_test_cases,
};

kunit_test_suite(request_data_test_suite);

MODULE_DESCRIPTION("KUnit tests of the data of Ferrule's block requests");
MODULE_LICENSE("GPL");
