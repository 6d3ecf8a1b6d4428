// SPDX-License-Identifier: GPL-2.0
/* The device's work: factorials, and its memory. */
#include "edu-test.h"

#include <sys/uio.h>

__u32 factorial(__u32 n)
{
	__u32 result = 1;

	for (; n && result; n--)
		result *= n;
	return result;
}

int compute(int fd, struct edu_factorial *f)
{
	return ioctl(fd, EDU_IOC_START, f) ?: ioctl(fd, EDU_IOC_RESULT, f);
}

bool check_factorial(int fd, __u32 n)
{
	struct edu_factorial f = { .n = n };

	return check_equal(compute(fd, &f), 0) && check_equal(f.n, n) &&
	       check_equal(f.result, factorial(n));
}

void test_ident(void)
{
	char names[2][32];

	for (int i = 0; i < 2; i++) {
		int fd = need_open(&devices[i], O_RDONLY);
		struct edu_ident ident = { };

		check_equal(ioctl(fd, EDU_IOC_IDENT, &ident), 0);
		check_equal(ident.id & 0xff, 0xed);
		check_equal(ident.vectors, 1);
		check(device_node(&devices[i], names[i], sizeof(names[i])));
	}
	check(strcmp(names[0], names[1]));
}

void test_factorial(void)
{
	static const __u32 large[] = { 33, 34, 35, 100, 1000, 65535, 65536, 100000 };
	int fd = need_open(&devices[0], O_RDONLY);

	for (__u32 n = 0; n < 32; n++)
		check_factorial(fd, n);
	for (size_t i = 0; i < ARRAY_SIZE(large); i++)
		check_factorial(fd, large[i]);
}

#define THREADS		8
#define SHARE		(EDU_MEMORY / THREADS)

struct worker {
	const struct device	*dev;
	unsigned int		number;
	pthread_t		thread;
};

/* Bytes of this worker alone: the others' are around them. */
static void work_on_memory(int fd, unsigned int number)
{
	unsigned char bytes[SHARE];

	fill_pattern(bytes, SHARE, number);
	check_equal(pwrite(fd, bytes, SHARE, number * SHARE), SHARE);
	memset(bytes, 0, SHARE);
	check_equal(pread(fd, bytes, SHARE, number * SHARE), SHARE);
	check(is_pattern(bytes, SHARE, number));
}

static void *work(void *data)
{
	struct worker *worker = data;
	int fd = need_open(worker->dev, O_RDWR);

	for (__u32 i = 0; i < 12; i++)
		check_factorial(fd, worker->number + i);
	if (worker->number % 3 == 0)
		work_on_memory(fd, worker->number);
	close(fd);
	return NULL;
}

void test_threads(void)
{
	struct worker workers[2][THREADS];

	for (unsigned int i = 0; i < 2 * THREADS; i++) {
		struct worker *worker = &workers[i / THREADS][i % THREADS];

		*worker = (struct worker){ .dev = &devices[i / THREADS], .number = i % THREADS };
		need(!pthread_create(&worker->thread, NULL, work, worker));
	}
	for (unsigned int i = 0; i < 2 * THREADS; i++)
		need(!pthread_join(workers[i / THREADS][i % THREADS].thread, NULL));
}

void test_memory_ends(void)
{
	int fd = need_open(&devices[0], O_RDWR);
	unsigned char *bytes = malloc(1 << 20);

	fill_pattern(bytes, EDU_MEMORY, 1);
	/* More than there is: what there is. */
	check_equal(write(fd, bytes, 1 << 20), EDU_MEMORY);
	check_errno(write(fd, bytes, 1), ENOSPC);
	check_equal(write(fd, bytes, 0), 0);
	check_equal(read(fd, bytes, 1), 0);
	memset(bytes, 0, EDU_MEMORY);
	check_equal(pread(fd, bytes, 1 << 20, 0), EDU_MEMORY);
	check(is_pattern(bytes, EDU_MEMORY, 1));
	check_equal(pread(fd, bytes, 100, EDU_MEMORY - 3), 3);
	check_equal(pwrite(fd, bytes, 100, EDU_MEMORY - 1), 1);
	check_equal(pread(fd, bytes, 0, 5), 0);
	check_equal(pread(fd, bytes, 1, EDU_MEMORY), 0);
	check_equal(pread(fd, bytes, 1, LLONG_MAX - 1), 0);
	check_errno(pwrite(fd, bytes, 1, EDU_MEMORY), ENOSPC);
	check_errno(pwrite(fd, bytes, 1, LLONG_MAX - 1), ENOSPC);
	check_errno(pread(fd, bytes, 1, -1), EINVAL);
	check_errno(pwrite(fd, bytes, 1, -1), EINVAL);
}

void test_positions(void)
{
	unsigned char bytes[64], back[64] = { };
	int fd = need_open(&devices[0], O_RDWR);

	fill_pattern(bytes, sizeof(bytes), 3);
	check_equal(lseek(fd, 1001, SEEK_SET), 1001);
	check_equal(write(fd, bytes, 33), 33);
	check_equal(lseek(fd, 0, SEEK_CUR), 1034);
	check_equal(lseek(fd, -33, SEEK_CUR), 1001);
	check_equal(read(fd, back, 7), 7);
	check_equal(read(fd, back + 7, 26), 26);
	check_equal(lseek(fd, 0, SEEK_CUR), 1034);
	check(is_pattern(back, 33, 3));
	check_equal(lseek(fd, 0, SEEK_END), EDU_MEMORY);
	check_equal(lseek(fd, -EDU_MEMORY, SEEK_END), 0);
	check_errno(lseek(fd, EDU_MEMORY + 1, SEEK_SET), EINVAL);
	check_errno(lseek(fd, -1, SEEK_SET), EINVAL);
	check_errno(lseek(fd, LLONG_MAX, SEEK_SET), EINVAL);
	check_errno(lseek(fd, LLONG_MIN, SEEK_CUR), EINVAL);
	check_errno(lseek(fd, 0, 99), EINVAL);
	check_equal(lseek(fd, 0, SEEK_CUR), 0);
	/* Positional transfers leave the position alone, and so do those that fail. */
	check_equal(pread(fd, back, 1, 9), 1);
	check_errno(syscall(SYS_write, fd, NULL, 8), EFAULT);
	check_equal(lseek(fd, 0, SEEK_CUR), 0);
}

void test_vectors(void)
{
	unsigned char out[100], in[100] = { };
	const struct iovec from[] = {
		{ out, 13 }, { NULL, 0 }, { out + 13, 1 }, { out + 14, 86 },
	};
	const struct iovec to[] = {
		{ in, 1 }, { in + 1, 50 }, { in + 51, 0 }, { in + 51, 49 },
	};
	int fd = need_open(&devices[1], O_RDWR);

	fill_pattern(out, sizeof(out), 4);
	check_equal(writev(fd, from, ARRAY_SIZE(from)), 100);
	check_equal(lseek(fd, 0, SEEK_SET), 0);
	check_equal(readv(fd, to, ARRAY_SIZE(to)), 100);
	check(is_pattern(in, sizeof(in), 4));
	check_equal(lseek(fd, 0, SEEK_CUR), 100);
	memset(in, 0, sizeof(in));
	check_equal(pwritev(fd, from, ARRAY_SIZE(from), EDU_MEMORY - 60), 60);
	check_equal(preadv(fd, to, ARRAY_SIZE(to), EDU_MEMORY - 60), 60);
	check(is_pattern(in, 60, 4));
	check_equal(in[60], 0);
	check_equal(readv(fd, to, 0), 0);
	check_errno(syscall(SYS_readv, fd, to, -1L), EINVAL);
}

void test_open_modes(void)
{
	struct edu_copy copy = { .len = 16 };
	int rdonly = need_open(&devices[0], O_RDONLY);
	int wronly = need_open(&devices[0], O_WRONLY);
	struct edu_ident ident;
	char byte = 0;

	check_errno(write(rdonly, &byte, 1), EBADF);
	check_errno(ioctl(rdonly, EDU_IOC_COPY, &copy), EBADF);
	check_errno(read(wronly, &byte, 1), EBADF);
	check_equal(ioctl(wronly, EDU_IOC_COPY, &copy), 0);
	check_equal(ioctl(wronly, EDU_IOC_IDENT, &ident), 0);
	check_factorial(rdonly, 5);
}

void test_stats(void)
{
	int fd = need_open(&devices[1], O_RDWR);
	struct edu_copy copy = { .len = 8 };
	struct edu_stats old, new;
	char bytes[8] = { };

	need(!ioctl(fd, EDU_IOC_STATS, &old));
	close(need_open(&devices[1], O_RDONLY));
	check_factorial(fd, 6);
	check_factorial(fd, 7);
	check_equal(pwrite(fd, bytes, 8, 0), 8);
	check_equal(pread(fd, bytes, 8, 0), 8);
	check_equal(ioctl(fd, EDU_IOC_COPY, &copy), 0);
	/* What does not get to the device does not count. */
	check_equal(pread(fd, bytes, 8, EDU_MEMORY), 0);
	check_errno(syscall(SYS_pwrite64, fd, NULL, 8, 0), EFAULT);
	/* A transfer is over when the device says so, whether its interrupt was counted or not. */
	check(wait_for(!ioctl(fd, EDU_IOC_STATS, &new) && new.interrupts - old.interrupts == 5));
	check_equal(new.opens - old.opens, 1);
	check_equal(new.factorials - old.factorials, 2);
	check_equal(new.transfers - old.transfers, 3);
}
