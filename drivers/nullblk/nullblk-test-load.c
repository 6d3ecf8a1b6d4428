// SPDX-License-Identifier: GPL-2.0
/* Several disks at once, each of its own kind, some of which come and go. */
#include "nullblk-test.h"

#define DISKS		4
#define THREADS		8
#define PASSES		16
#define COMINGS		80

struct worker {
	const struct disk	*disk;
	off_t			at;
	unsigned int		seed;
	int			passes;
	pthread_t		thread;
};

static void *write_and_verify(void *data)
{
	struct worker *worker = data;
	int fd = need_open(worker->disk, O_RDWR | O_DIRECT);

	for (int i = 0; i < worker->passes; i++) {
		size_t len = (1 + i % 16) * PAGE;

		if (!write_pattern(fd, len, worker->at, worker->seed + i) ||
		    !check_pattern(fd, len, worker->at, worker->seed + i))
			break;
		if (i % 4 == 3) {
			check_equal(discard(fd, worker->at, len), 0);
			check_zeroes(fd, len, worker->at);
		}
	}
	close(fd);
	return NULL;
}

static const char * const kinds[DISKS] = {
	"size=16 memory_backed=1 discard=1 irqmode=0",
	"size=16 memory_backed=1 discard=1 irqmode=1 submit_queues=2 hw_queue_depth=2",
	"size=16 memory_backed=1 discard=1 irqmode=2 completion_nsec=100000 no_sched=1",
	"size=16 memory_backed=1 discard=1 blocksize=4096 max_sectors=16 submit_queues=2",
};

static void make_all(struct disk *disks)
{
	for (int i = 0; i < DISKS; i++) {
		char name[16];

		snprintf(name, sizeof(name), "load%d", i);
		disk_make(&disks[i], name, kinds[i]);
	}
}

static void start_workers(struct worker *workers, const struct disk *disks)
{
	for (int i = 0; i < THREADS; i++) {
		workers[i] = (struct worker){
			.disk = &disks[i % DISKS], .at = i / DISKS * 8 * MIB, .seed = 100 * i,
			.passes = PASSES,
		};
		need(!pthread_create(&workers[i].thread, NULL, write_and_verify, &workers[i]));
	}
}

void test_disks(void)
{
	struct worker workers[THREADS];
	struct disk disks[DISKS];

	make_all(disks);
	for (int i = 0; i < DISKS; i++) {
		for (int j = 0; j < i; j++)
			check(strcmp(disks[i].name, disks[j].name));
	}
	start_workers(workers, disks);
	for (int i = 0; i < THREADS; i++)
		check(!pthread_join(workers[i].thread, NULL));
	for (int i = 0; i < DISKS; i++)
		disk_end(&disks[i]);
}

static void *come_and_go(void *data)
{
	int number = (long)data, count = rounds(COMINGS);

	for (int i = 0; i < count; i++) {
		struct disk disk;
		char name[16];

		snprintf(name, sizeof(name), "churn%d", number);
		disk_make(&disk, name, kinds[(i + number) % DISKS]);
		check_zeroes(need_open(&disk, O_RDONLY | O_DIRECT), 64 * KIB, MIB);
		check_equal(disk_remove(&disk), 0);
	}
	return NULL;
}

void test_churn(void)
{
	struct worker workers[THREADS];
	struct disk disks[DISKS];
	pthread_t threads[3];

	make_all(disks);
	start_workers(workers, disks);
	for (long i = 0; i < 3; i++)
		need(!pthread_create(&threads[i], NULL, come_and_go, (void *)i));
	for (int i = 0; i < 3; i++)
		check(!pthread_join(threads[i], NULL));
	for (int i = 0; i < THREADS; i++)
		check(!pthread_join(workers[i].thread, NULL));
	for (int i = 0; i < DISKS; i++)
		disk_end(&disks[i]);
}
