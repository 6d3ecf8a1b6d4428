// SPDX-License-Identifier: GPL-2.0
/*
 * P21: work that nobody cancels runs on freed memory
 *
 * Class: devm-order
 * Was: CVE-2026-89463, ucs1002_probe()
 * Answer: cannot be written: there is no unmanaged work. What probe declares is stopped at unbind
 *   (kunit/work_kunit.c); what it does not declare never runs, and does not build.
 * Layer: <ferrule/work.h>
 */
#include <ferrule/platform.h>
#include <ferrule/work.h>

struct chip {
	struct fe_work	poll;			/* note: unacquired-handle */
	bool		present;
};

static void chip_health(const struct chip *chip)
{
	if (chip->present)
		fe_work_queue_after(&chip->poll, 2000);
}

FE_WORK(chip, poll, chip_health);

static int chip_start(const struct chip *chip)
{
	fe_work_queue(&chip->poll);
	return 0;
}

static int chip_probe(struct fe_dev *dev, struct chip *chip)	/* error: unacquired-handle */
{
	chip->present = true;
	return 0;
}

FE_PLATFORM_DRIVER(chip, .probe = chip_probe, .start = chip_start);
