// SPDX-License-Identifier: GPL-2.0
/* What a program may get wrong: numbers, pointers, lengths; memory that is not there. */
#include "edu-test.h"

#include <setjmp.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>

static const unsigned int commands[] = {
	EDU_IOC_IDENT, EDU_IOC_START, EDU_IOC_RESULT, EDU_IOC_COPY, EDU_IOC_STATS,
};

#define TYPE		_IOC_TYPE(EDU_IOC_IDENT)
#define MAX_SIZE	((1 << _IOC_SIZEBITS) - 1)
#define MAX_NUMBER	((1 << _IOC_NRBITS) - 1)

/* Differs from a command in one part. */
static void check_other_numbers(int fd, unsigned int cmd, void *arg)
{
	unsigned int dir = _IOC_DIR(cmd), nr = _IOC_NR(cmd), size = _IOC_SIZE(cmd);

	for (unsigned int other = 0; other < 4; other++) {
		if (other != dir)
			check_errno(ioctl(fd, _IOC(other, TYPE, nr, size), arg), ENOTTY);
	}
	check_errno(ioctl(fd, _IOC(dir, TYPE, nr, size - 1), arg), ENOTTY);
	check_errno(ioctl(fd, _IOC(dir, TYPE, nr, size + 1), arg), ENOTTY);
	check_errno(ioctl(fd, _IOC(dir, TYPE, nr, 0), arg), ENOTTY);
	check_errno(ioctl(fd, _IOC(dir, TYPE, nr, MAX_SIZE), arg), ENOTTY);
	check_errno(ioctl(fd, _IOC(dir, TYPE + 1, nr, size), arg), ENOTTY);
	check_errno(ioctl(fd, _IOC(dir, 0, nr, size), arg), ENOTTY);
}

void test_ioctl_numbers(void)
{
	static char arg[MAX_SIZE];
	int fd = need_open(&devices[0], O_RDWR);

	for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
		check_other_numbers(fd, commands[i], arg);
	for (unsigned int nr = ARRAY_SIZE(commands); nr <= MAX_NUMBER; nr++)
		check_errno(ioctl(fd, _IOWR(TYPE, nr, struct edu_factorial), arg), ENOTTY);
	check_errno(ioctl(fd, 0, arg), ENOTTY);
	check_errno(ioctl(fd, ~0, arg), ENOTTY);
	check_errno(ioctl(fd, TCGETS, arg), ENOTTY);
	/* None of them got as far as the unit. */
	check_factorial(fd, 4);
}

enum { UNMAPPED, FORBIDDEN, READONLY, STRADDLING, KERNEL, TEXT, HOLE, LAST, BAD_POINTERS };

static char *map_page(int prot)
{
	char *page = mmap(NULL, 2 * PAGE, prot, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	need(page != MAP_FAILED);
	need(!munmap(page + PAGE, PAGE));
	return page;
}

/* One of each kind, besides NULL; those from KERNEL on are no addresses of a program. */
static void make_bad_pointers(char *bad[BAD_POINTERS])
{
	bad[UNMAPPED] = map_page(PROT_READ | PROT_WRITE) + PAGE;
	bad[FORBIDDEN] = map_page(PROT_NONE);
	bad[READONLY] = map_page(PROT_READ);
	bad[STRADDLING] = map_page(PROT_READ | PROT_WRITE) + PAGE - 4;
	bad[KERNEL] = (char *)0xffff888000000000;
	bad[TEXT] = (char *)0xffffffff81000000;
	bad[HOLE] = (char *)0x8000000000000000;
	bad[LAST] = (char *)-4;
}

static void check_bad_argument(int fd, void *arg, bool readable)
{
	struct edu_factorial f = { .n = 9 };

	check_errno(ioctl(fd, EDU_IOC_IDENT, arg), EFAULT);
	check_errno(ioctl(fd, EDU_IOC_STATS, arg), EFAULT);
	if (!readable) {
		check_errno(ioctl(fd, EDU_IOC_START, arg), EFAULT);
		check_errno(ioctl(fd, EDU_IOC_COPY, arg), EFAULT);
	}
	/* A result that cannot be delivered is gone, and the unit free. */
	check_equal(ioctl(fd, EDU_IOC_START, &f), 0);
	check_errno(ioctl(fd, EDU_IOC_RESULT, arg), EFAULT);
}

void test_ioctl_pointers(void)
{
	int fd = need_open(&devices[0], O_RDWR);
	char *bad[BAD_POINTERS];

	make_bad_pointers(bad);
	check_bad_argument(fd, NULL, false);
	for (int i = 0; i < BAD_POINTERS; i++)
		check_bad_argument(fd, bad[i], i == READONLY);
	/* Nothing is written to what START and COPY only read. */
	check_equal(ioctl(fd, EDU_IOC_START, bad[READONLY]), 0);
	check_errno(ioctl(fd, EDU_IOC_COPY, bad[READONLY]), EINVAL);
}

void test_buffer_pointers(void)
{
	int fd = need_open(&devices[0], O_RDWR);
	char *bad[BAD_POINTERS];

	make_bad_pointers(bad);
	check_errno(syscall(SYS_read, fd, NULL, 16), EFAULT);
	check_errno(syscall(SYS_write, fd, NULL, 16), EFAULT);
	for (int i = 0; i < BAD_POINTERS; i++) {
		check_errno(read(fd, bad[i], 16), EFAULT);
		if (i == READONLY)
			check_equal(pwrite(fd, bad[i], 16, 0), 16);
		else
			check_errno(write(fd, bad[i], 16), EFAULT);
	}
	check_errno(syscall(SYS_write, fd, bad[KERNEL], -1L), EFAULT);
	/* The position is where it was, and what is there is within reach. */
	check_equal(lseek(fd, 0, SEEK_CUR), 0);
	check_equal(read(fd, bad[STRADDLING], 4), 4);
}

void test_copy_arguments(void)
{
	static const struct edu_copy wrong[] = {
		{ .pos = 0, .len = 0 },
		{ .pos = 0, .len = EDU_MEMORY + 1 },
		{ .pos = 1, .len = EDU_MEMORY },
		{ .pos = 0, .len = EDU_WINDOW + 1 },
		{ .pos = 0, .len = UINT_MAX },
		{ .pos = EDU_MEMORY, .len = 1 },
		{ .pos = EDU_MEMORY + 1, .len = 1 },
		{ .pos = UINT_MAX, .len = 1 },
		{ .pos = UINT_MAX, .len = 2 },
		{ .pos = UINT_MAX - 15, .len = 32 },
		{ .pos = 0, .len = 1, .to_device = 2 },
		{ .pos = 0, .len = 1, .to_device = UINT_MAX },
		{ .pos = 0, .len = 1, .reserved = 1 },
	};
	struct edu_copy last = { .pos = EDU_MEMORY - 1, .len = 1 };
	int fd = need_open(&devices[0], O_RDWR);

	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		check_errno(ioctl(fd, EDU_IOC_COPY, &wrong[i]), EINVAL);
	check_equal(ioctl(fd, EDU_IOC_COPY, &last), 0);
}

#define COMPAT_GETPID	20
#define COMPAT_IOCTL	54

static sigjmp_buf no_compat;

static void no_compat_gate(int sig)
{
	siglongjmp(no_compat, sig);
}

/* As a 32-bit program enters the kernel. */
static long compat_call(long nr, long a, long b, long c)
{
	long ret;

	asm volatile("int $0x80" : "=a" (ret)
		     : "a" (nr), "b" (a), "c" (b), "d" (c)
		     : "memory", "r8", "r9", "r10", "r11");
	return (int)ret;
}

static long compat_ioctl(int fd, unsigned int cmd, void *arg)
{
	long ret = compat_call(COMPAT_IOCTL, fd, cmd, (long)arg);

	errno = ret < 0 ? -ret : 0;
	return ret < 0 ? -1 : ret;
}

static bool have_compat(void)
{
	signal(SIGSEGV, no_compat_gate);
	if (sigsetjmp(no_compat, 1) || compat_call(COMPAT_GETPID, 0, 0, 0) != getpid())
		return false;
	signal(SIGSEGV, SIG_DFL);
	return true;
}

void test_compat_ioctl(void)
{
	int fd = need_open(&devices[0], O_RDWR);
	struct edu_factorial *f;
	struct edu_ident *ident;

	if (!have_compat())
		skip("this kernel has no calls for 32-bit programs");
	f = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1,
		 0);
	need(f != MAP_FAILED);
	f->n = 11;
	check_equal(compat_ioctl(fd, EDU_IOC_START, f), 0);
	check_equal(compat_ioctl(fd, EDU_IOC_RESULT, f), 0);
	check_equal(f->result, factorial(11));
	ident = (struct edu_ident *)(f + 1);
	check_equal(compat_ioctl(fd, EDU_IOC_IDENT, ident), 0);
	check_equal(ident->id & 0xff, 0xed);
	check_errno(compat_ioctl(fd, EDU_IOC_IDENT, NULL), EFAULT);
	check_errno(compat_ioctl(fd, EDU_IOC_IDENT + 1, f), ENOTTY);
	need(!device_unbind(&devices[0]));
	check_errno(compat_ioctl(fd, EDU_IOC_IDENT, ident), ENODEV);
}

static unsigned char *map_fresh(size_t size)
{
	unsigned char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	need(memory != MAP_FAILED);
	return memory;
}

/* In a child, which shares its parent's pages until it writes to them. */
static void read_into_shared_page(int fd, unsigned char *page)
{
	int status;
	pid_t pid;

	memset(page, 0xaa, PAGE);
	pid = fork();
	if (!pid)
		_exit(pread(fd, page, 64, 0) != 64 || !is_pattern(page, 64, 5));
	need(waitpid(pid, &status, 0) == pid);
	check_equal(status, 0);
	check_equal(page[0], 0xaa);
}

void test_fresh_memory(void)
{
	int fd = need_open(&devices[0], O_RDWR);
	unsigned char *to = map_fresh(3 * PAGE) + 100;
	unsigned char bytes[EDU_MEMORY];

	fill_pattern(bytes, EDU_MEMORY, 5);
	check_equal(pwrite(fd, bytes, EDU_MEMORY, 0), EDU_MEMORY);
	check_equal(pread(fd, to, EDU_MEMORY, 0), EDU_MEMORY);
	check(is_pattern(to, EDU_MEMORY, 5));
	check_equal(to[EDU_MEMORY], 0);
	read_into_shared_page(fd, map_fresh(PAGE));
	/* Never touched: zeroes. */
	check_equal(pwrite(fd, map_fresh(PAGE), 64, 0), 64);
	check_equal(pread(fd, bytes, 64, 0), 64);
	check_equal(bytes[0] | bytes[63], 0);
}

struct discarder {
	unsigned char	*memory;
	unsigned int	pause_us;
	atomic_bool	stop;
	pthread_t	thread;
};

static void *discard(void *data)
{
	struct discarder *discarder = data;

	while (!discarder->stop) {
		madvise(discarder->memory, 2 * PAGE, MADV_DONTNEED);
		usleep(discarder->pause_us);
	}
	return NULL;
}

static void start_discarding(struct discarder *discarder, unsigned int pause_us)
{
	*discarder = (struct discarder){ .memory = map_fresh(2 * PAGE), .pause_us = pause_us };
	need(!pthread_create(&discarder->thread, NULL, discard, discarder));
}

static void stop_discarding(struct discarder *discarder)
{
	discarder->stop = true;
	need(!pthread_join(discarder->thread, NULL));
}

/*
 * A transfer takes 100 ms: with a longer pause a read gets through sooner or later. Without
 * one it never does, and must not keep unbind from getting on.
 */
void test_discarded_memory(void)
{
	int fd = need_open(&devices[0], O_RDWR);
	struct discarder discarder;
	struct call call;

	start_discarding(&discarder, 130000);
	for (int i = 0; i < 3; i++) {
		check_equal(pread(fd, discarder.memory, EDU_MEMORY, 0), EDU_MEMORY);
		check_equal(pwrite(fd, discarder.memory, EDU_MEMORY, 0), EDU_MEMORY);
	}
	stop_discarding(&discarder);

	start_discarding(&discarder, 100);
	call_start(&call, SYS_pread64, fd, (long)discarder.memory, EDU_MEMORY, 0);
	check(call_sleeps(&call));
	check_equal(device_unbind(&devices[0]), 0);
	call_check_errno(&call, ENODEV);
	stop_discarding(&discarder);
}
