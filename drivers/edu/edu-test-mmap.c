// SPDX-License-Identifier: GPL-2.0
/* The window: a mapping that lives as long as the device, and is never stale. */
#include "edu-test.h"

#include <sys/wait.h>

#define RACE_CYCLES	60
#define BREATH_US	500	/* leaves the CPUs to who unbinds */

unsigned char *map_window(int fd)
{
	return mmap(NULL, EDU_WINDOW, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
}

static unsigned char *need_window(int fd)
{
	unsigned char *window = map_window(fd);

	need(window != MAP_FAILED);
	return window;
}

void test_window(void)
{
	int fd = need_open(&devices[0], O_RDWR);
	struct edu_copy copy = { .len = EDU_MEMORY, .to_device = 1 };
	unsigned char *window = need_window(fd);
	unsigned char bytes[EDU_MEMORY];

	fill_pattern(window, EDU_MEMORY, 8);
	check_equal(ioctl(fd, EDU_IOC_COPY, &copy), 0);
	memset(window, 0, EDU_WINDOW);
	check_equal(pread(fd, bytes, EDU_MEMORY, 0), EDU_MEMORY);
	check(is_pattern(bytes, EDU_MEMORY, 8));
	copy.to_device = 0;
	check_equal(ioctl(fd, EDU_IOC_COPY, &copy), 0);
	check(is_pattern(window, EDU_MEMORY, 8));
	/* A part, and nothing around it. */
	memset(window, 0x55, EDU_WINDOW);
	copy = (struct edu_copy){ .pos = 1001, .len = 33 };
	check_equal(ioctl(fd, EDU_IOC_COPY, &copy), 0);
	check_equal(memcmp(window, bytes + 1001, 33), 0);
	check_equal(window[33], 0x55);
	/* The device's memory may go through the window's own pages. */
	check_equal(pread(fd, window, 64, 0), 64);
	check(is_pattern(window, 64, 8));
}

void test_window_refused(void)
{
	const int prot = PROT_READ | PROT_WRITE;
	int fd = need_open(&devices[0], O_RDWR);
	int rdonly = need_open(&devices[0], O_RDONLY);
	int wronly = need_open(&devices[0], O_WRONLY);
	unsigned char *window, *elsewhere;

	check_errno(mmap(NULL, EDU_WINDOW, prot, MAP_PRIVATE, fd, 0), EINVAL);
	check_errno(mmap(NULL, EDU_WINDOW + 1, prot, MAP_SHARED, fd, 0), EINVAL);
	check_errno(mmap(NULL, PAGE, prot, MAP_SHARED, fd, EDU_WINDOW), EINVAL);
	check_errno(mmap(NULL, PAGE, prot, MAP_SHARED, fd, LLONG_MAX & -PAGE), EINVAL);
	check_errno(mmap(NULL, 0, prot, MAP_SHARED, fd, 0), EINVAL);
	check_errno(mmap(NULL, EDU_WINDOW, prot, MAP_SHARED, rdonly, 0), EACCES);
	check_errno(mmap(NULL, EDU_WINDOW, PROT_READ, MAP_SHARED, wronly, 0), EACCES);
	window = mmap(NULL, EDU_WINDOW, PROT_READ, MAP_SHARED, rdonly, 0);
	need(window != MAP_FAILED);
	check(touch(window));
	check_errno(mprotect(window, EDU_WINDOW, prot), EACCES);
	check_errno(mremap(window, EDU_WINDOW, 2 * EDU_WINDOW, MREMAP_MAYMOVE), EFAULT);
	check(touch(window));
	elsewhere = mmap(NULL, EDU_WINDOW, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	check(mremap(window, EDU_WINDOW, EDU_WINDOW, MREMAP_MAYMOVE | MREMAP_FIXED,
		     elsewhere) == elsewhere);
	check(touch(elsewhere));
}

static void write_byte(int fd)
{
	need(write(fd, "", 1) == 1);
}

static void read_byte(int fd)
{
	char byte;

	need(read(fd, &byte, 1) == 1);
}

/* Sees the window, then sees it go. 0 if all was as it should be. */
static int child_of_window(unsigned char *window, int from_parent, int to_parent)
{
	bool ok = touch(window) && window[1] == 0x11;

	window[2] = 0x22;
	write_byte(to_parent);
	read_byte(from_parent);
	return !(ok && !touch(window) && !touch(window + 1));
}

void test_window_fork(void)
{
	int fd = need_open(&devices[0], O_RDWR);
	unsigned char *window = need_window(fd);
	int to_child[2], to_parent[2];
	int status;
	pid_t pid;

	need(!pipe(to_child) && !pipe(to_parent));
	window[1] = 0x11;
	pid = fork();
	if (!pid)
		_exit(child_of_window(window, to_child[0], to_parent[1]));
	read_byte(to_parent[0]);
	check_equal(window[2], 0x22);
	/* The mapping keeps the file: neither needs the descriptor. */
	close(fd);
	check_equal(window[1], 0x11);
	check_equal(device_unbind(&devices[0]), 0);
	write_byte(to_child[1]);
	need(waitpid(pid, &status, 0) == pid);
	check_equal(status, 0);
	check(!touch(window));
}

void test_window_sigbus(void)
{
	int fd = need_open(&devices[0], O_RDWR);
	unsigned char *touched = need_window(fd);
	unsigned char *untouched = need_window(fd);
	int to[2];

	need(!pipe(to));
	check(touch(touched));
	check_equal(device_unbind(&devices[0]), 0);
	check(!touch(touched));
	check(!touch(untouched));
	check_errno(write(to[1], touched, 1), EFAULT);
	check_errno(map_window(fd), ENODEV);
	check_equal(device_bind(&devices[0]), 0);
	check(!touch(touched));
	check_equal(munmap(touched, EDU_WINDOW), 0);
	check(touch(need_window(need_open(&devices[0], O_RDWR))));
	check(!touch(untouched));
}

static atomic_bool unbound;	/* nothing that was opened before is alive */

struct mapper {
	bool		hold;	/* one mapping, until its device has gone */
	atomic_bool	stop;
	atomic_int	touched;
	pthread_t	thread;
};

static void map_and_touch(struct mapper *mapper, int fd)
{
	unsigned char *window = map_window(fd);
	bool there;

	if (window == MAP_FAILED) {
		check_equal(errno, ENODEV);
		return;
	}
	do {
		there = touch(window);
		mapper->touched += there;
		usleep(BREATH_US);
	} while (there && mapper->hold && !unbound && !mapper->stop);
	if (!there)
		check_errno(ioctl(fd, EDU_IOC_IDENT, window), ENODEV);
	if (unbound)
		check(!touch(window));
	check_equal(munmap(window, EDU_WINDOW), 0);
}

static void *map_in_a_loop(void *data)
{
	struct mapper *mapper = data;

	while (!mapper->stop) {
		int fd = device_open(&devices[0], O_RDWR);

		if (fd < 0) {
			usleep(BREATH_US);
			continue;
		}
		map_and_touch(mapper, fd);
		close(fd);
	}
	return NULL;
}

void test_window_race(void)
{
	static struct mapper mappers[2] = { { .hold = true }, { .hold = false } };
	int rounds = unbind_rounds(RACE_CYCLES);

	for (int i = 0; i < 2; i++)
		need(!pthread_create(&mappers[i].thread, NULL, map_in_a_loop, &mappers[i]));
	for (int i = 0; i < rounds; i++) {
		int first = mappers[0].touched, second = mappers[1].touched;

		check(wait_for(mappers[0].touched > first && mappers[1].touched > second));
		check_equal(device_unbind(&devices[0]), 0);
		unbound = true;
		usleep(1000);
		unbound = false;
		check_equal(device_bind(&devices[0]), 0);
	}
	for (int i = 0; i < 2; i++) {
		mappers[i].stop = true;
		need(!pthread_join(mappers[i].thread, NULL));
	}
}
