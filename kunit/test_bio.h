/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Requests as a file system makes them: bios of at most a page, submitted to a disk, waited for
 * or polled for.
 */
#ifndef _KUNIT_TEST_BIO_H
#define _KUNIT_TEST_BIO_H

#include <kunit/test.h>
#include <linux/bio.h>
#include <linux/blkdev.h>
#include <linux/completion.h>
#include <linux/delay.h>

#define TEST_BIO_LIMIT_MS	10000
#define TEST_BIO_SEGMENTS	4

struct test_bio {
	struct bio		bio;
	struct bio_vec		segments[TEST_BIO_SEGMENTS];
	struct page		*page;
	struct completion	ended;
};

static inline void test_bio_ended(struct bio *bio)
{
	complete_all(&container_of(bio, struct test_bio, bio)->ended);
}

/* One that never ends is left to those who may still end it. */
static inline void test_bio_free(struct kunit_resource *res)
{
	struct test_bio *t = res->data;

	if (!wait_for_completion_timeout(&t->ended, msecs_to_jiffies(TEST_BIO_LIMIT_MS)))
		return;
	__free_page(t->page);
	kfree(t);
}

static inline int test_bio_init(struct kunit_resource *res, void *unused)
{
	struct test_bio *t = kzalloc(sizeof(*t), GFP_KERNEL);

	if (!t)
		return -ENOMEM;
	t->page = alloc_page(GFP_KERNEL | __GFP_ZERO);
	if (!t->page) {
		kfree(t);
		return -ENOMEM;
	}
	init_completion(&t->ended);
	res->data = t;
	return 0;
}

/* Made, for submit_bio(); without data if there is none to such an operation. */
static inline struct test_bio *test_bio(struct kunit *test, struct block_device *bdev,
					blk_opf_t opf, u64 sector, unsigned int bytes)
{
	struct test_bio *t;

	t = kunit_alloc_resource(test, test_bio_init, test_bio_free, GFP_KERNEL, NULL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, t);
	bio_init(&t->bio, bdev, t->segments, TEST_BIO_SEGMENTS, opf);
	t->bio.bi_iter.bi_sector = sector;
	t->bio.bi_end_io = test_bio_ended;
	t->bio.bi_iter.bi_size = bytes;
	if (bytes && bio_has_data(&t->bio)) {
		t->bio.bi_iter.bi_size = 0;
		__bio_add_page(&t->bio, t->page, bytes, 0);
	}
	return t;
}

static inline struct test_bio *test_submit(struct kunit *test, struct block_device *bdev,
					   blk_opf_t opf, u64 sector, unsigned int bytes)
{
	struct test_bio *t = test_bio(test, bdev, opf, sector, bytes);

	submit_bio(&t->bio);
	return t;
}

/* What it came to; -ETIME if it does not end. */
static inline int test_bio_result(struct test_bio *t)
{
	if (!wait_for_completion_timeout(&t->ended, msecs_to_jiffies(TEST_BIO_LIMIT_MS)))
		return -ETIME;
	return blk_status_to_errno(t->bio.bi_status);
}

/* Is it still in flight, after some time? For what must not have ended. */
static inline bool test_bio_flies(struct test_bio *t)
{
	return !wait_for_completion_timeout(&t->ended, msecs_to_jiffies(20));
}

static inline int test_io(struct kunit *test, struct block_device *bdev, blk_opf_t opf,
			  u64 sector, unsigned int bytes)
{
	return test_bio_result(test_submit(test, bdev, opf, sector, bytes));
}

static inline void test_bdev_free(struct kunit_resource *res)
{
	blkdev_put(res->data, FMODE_READ | FMODE_WRITE);
}

static inline int test_bdev_init(struct kunit_resource *res, void *dev)
{
	res->data = blkdev_get_by_dev(*(dev_t *)dev, FMODE_READ | FMODE_WRITE, NULL);
	return PTR_ERR_OR_ZERO(res->data);
}

/* A disk, open until the test is over. */
static inline struct block_device *test_bdev(struct kunit *test, dev_t dev)
{
	struct block_device *bdev;

	bdev = kunit_alloc_resource(test, test_bdev_init, test_bdev_free, GFP_KERNEL, &dev);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, bdev);
	return bdev;
}

#endif /* _KUNIT_TEST_BIO_H */
