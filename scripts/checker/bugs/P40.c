// SPDX-License-Identifier: GPL-2.0
/*
 * P40: open() reads a pointer before it takes the lock
 *
 * Class: uaf-open-file
 * Was: CVE-2026-31583, em28xx_v4l2_open()
 * Answer: does not build.
 * Layer: <ferrule/lock.h>, <ferrule/miscdev.h>
 */
#include <ferrule/box.h>
#include <ferrule/lock.h>

struct part {
	int users;
};

struct video {
	struct part *part __fe_own;
};

FE_MUTEX(video_lock, struct video);		/* note: private-field */

struct em {
	struct video_lock video;
};

static int read_before(const struct em *em)
{
	const struct part *v = em->video.data.part;	/* error: private-field */
	struct video *d __fe_unlock(video_lock) = fe_lock(&em->video);

	return d->part == v;
}

static int kept_from_an_earlier_lock(const struct em *em)
{
	struct video *d = fe_lock(&em->video);
	struct part *v = d->part;

	video_lock_unlock(&d);			/* note: unguarded-access */
	d = fe_lock(&em->video);
	if (v)
		v->users++;			/* error: unguarded-access */
	video_lock_unlock(&d);
	return 0;
}

static int not_tested(const struct em *em)
{
	struct video *d __fe_unlock(video_lock) = fe_lock(&em->video);
	struct part *v __fe_free = fe_move(d->part);	/* note: unchecked-result */

	return v->users;			/* error: unchecked-result */
}
