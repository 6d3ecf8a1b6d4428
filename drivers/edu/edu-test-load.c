// SPDX-License-Identifier: GPL-2.0
/* The device comes and goes under threads that use it in all ways at once. */
#include "edu-test.h"

#include <poll.h>
#include <sys/epoll.h>

#define UNBINDS		185	/* with the rest: more than 200 */
#define TRANSFERRING	20	/* with transfers among the load: these take longer */
#define UNPLUGS		5
#define FULL_UNPLUGS	200
#define MOST_US		4000	/* between one step and the next */
#define BREATH_US	500	/* leaves the CPUs to who unbinds */
#define DEBUG_BREATH_US	50000

/* What one thread does with a file of its own until the device is gone: false. */
typedef bool (*use_fn)(int fd);

struct user {
	const struct device	*dev;
	use_fn			use;
	atomic_bool		*stop;
	atomic_bool		inside;	/* had the device open */
	atomic_int		ended;	/* how often the device went away under it */
	pthread_t		thread;
};

/* An answer that is no success must be that the device is gone. */
static bool went_well(long ret, long expected)
{
	if (ret == -1 && errno == ENODEV)
		return false;
	return check_equal(ret, expected);
}

static bool use_factorial(int fd)
{
	struct edu_factorial f = { .n = 10 };

	if (!went_well(compute(fd, &f), 0))
		return false;
	return check_equal(f.result, factorial(10));
}

static bool use_poll(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	struct edu_factorial f = { .n = 12 };

	if (!went_well(ioctl(fd, EDU_IOC_START, &f), 0) || !check_equal(poll(&p, 1, -1), 1))
		return false;
	if (p.revents & POLLHUP)
		return !check_errno(ioctl(fd, EDU_IOC_RESULT, &f), ENODEV);
	return check_equal(p.revents, POLLIN) && went_well(ioctl(fd, EDU_IOC_RESULT, &f), 0) &&
	       check_equal(f.result, factorial(12));
}

static bool use_sleep(int fd)
{
	struct edu_factorial f;

	/* It has started nothing: this ends with the device. */
	check_errno(ioctl(fd, EDU_IOC_RESULT, &f), ENODEV);
	return false;
}

static bool use_epoll(int fd)
{
	struct epoll_event event = { .events = EPOLLIN };
	int epfd = epoll_create1(EPOLL_CLOEXEC);

	need(!epoll_ctl(epfd, EPOLL_CTL_ADD, fd, &event));
	check_equal(epoll_wait(epfd, &event, 1, -1), 1);
	check_equal(event.events, EPOLLHUP | EPOLLERR);
	close(epfd);
	return false;
}

static bool use_window(int fd)
{
	unsigned char *window = map_window(fd);
	bool there;

	if (window == MAP_FAILED)
		return went_well(-1, 0);
	there = touch(window);
	check_equal(munmap(window, EDU_WINDOW), 0);
	return there;
}

static bool use_position(int fd)
{
	struct edu_stats stats;
	char byte;

	return went_well(lseek(fd, 0, SEEK_END), EDU_MEMORY) &&
	       went_well(read(fd, &byte, 1), 0) &&
	       went_well(ioctl(fd, EDU_IOC_STATS, &stats), 0);
}

static bool use_transfer(int fd)
{
	unsigned char bytes[64] = { };

	return went_well(pwrite(fd, bytes, sizeof(bytes), 64), sizeof(bytes)) &&
	       went_well(pread(fd, bytes, sizeof(bytes), 64), sizeof(bytes));
}

static bool use_copy(int fd)
{
	struct edu_copy copy = { .len = 64 };

	return went_well(ioctl(fd, EDU_IOC_COPY, &copy), 0);
}

static void check_gone(int fd)
{
	struct edu_ident ident;

	check_errno(ioctl(fd, EDU_IOC_IDENT, &ident), ENODEV);
}

static void *use_in_a_loop(void *data)
{
	unsigned int breath_us = layer_is_debug() ? DEBUG_BREATH_US : BREATH_US;
	struct user *user = data;

	while (!*user->stop) {
		int fd = device_open(user->dev, O_RDWR);
		bool there = true;

		if (fd < 0) {
			if (errno != ENOENT && errno != ENXIO)
				check_equal(errno, ENODEV);
			usleep(breath_us);
			continue;
		}
		user->inside = true;
		while (!*user->stop && (there = user->use(fd)))
			usleep(breath_us);
		if (!there) {
			check_gone(fd);
			user->ended++;
		}
		close(fd);
	}
	return NULL;
}

#define USERS		8

static void start_users(struct user *users, const struct device *dev, const use_fn *uses,
			atomic_bool *stop)
{
	for (int i = 0; i < USERS; i++) {
		users[i] = (struct user){ .dev = dev, .use = uses[i], .stop = stop };
		need(!pthread_create(&users[i].thread, NULL, use_in_a_loop, &users[i]));
	}
}

static bool all_inside(const struct user *users)
{
	for (int i = 0; i < USERS; i++)
		if (!users[i].inside)
			return false;
	return true;
}

static bool all_ended(const struct user *users)
{
	for (int i = 0; i < USERS; i++)
		if (!users[i].ended)
			return false;
	return true;
}

/* They sleep until the device is gone: it goes once more. */
static void stop_users(struct user *users, const struct device *dev, atomic_bool *stop)
{
	/* Each was inside when the device went for the first time. */
	check(wait_for(all_ended(users)));
	*stop = true;
	check_equal(device_unbind(dev), 0);
	for (int i = 0; i < USERS; i++)
		need(!pthread_join(users[i].thread, NULL));
}

static const use_fn light[USERS] = {
	use_factorial, use_factorial, use_poll, use_sleep, use_epoll, use_window, use_window,
	use_position,
};

static const use_fn heavy[USERS] = {
	use_factorial, use_poll, use_sleep, use_epoll, use_window, use_position, use_transfer,
	use_copy,
};

/*
 * QEMU hangs if its device is taken away while it is about to interrupt for a factorial: the
 * device's thread wants the lock that is held by who waits for this thread's end.
 */
static const use_fn no_factorial[USERS] = {
	use_sleep, use_sleep, use_epoll, use_window, use_window, use_position, use_transfer,
	use_copy,
};

static void pause_randomly(unsigned int *seed)
{
	usleep(rand_r(seed) % MOST_US);
}

static void unbind_under(const use_fn *uses, int cycles, unsigned int seed)
{
	static struct user users[USERS];
	atomic_bool stop = false;

	start_users(users, &devices[0], uses, &stop);
	check(wait_for(all_inside(users)));
	for (int i = 0; i < cycles; i++) {
		pause_randomly(&seed);
		check_equal(device_unbind(&devices[0]), 0);
		pause_randomly(&seed);
		check_equal(device_bind(&devices[0]), 0);
		if (i % 50 == 49)
			note("%d of %d cycles\n", i + 1, cycles);
	}
	stop_users(users, &devices[0], &stop);
	check_equal(device_bind(&devices[0]), 0);
}

void test_unbind_load(void)
{
	unbind_under(light, unbind_rounds(UNBINDS), 1);
	unbind_under(heavy, unbind_rounds(TRANSFERRING), 2);
	check_factorial(need_open(&devices[0], O_RDWR), 12);
}

static void need_host(void)
{
	if (access("/dev/ttyS1", F_OK) || !host_ask("note", "edu-test unplugs a device"))
		skip("no host answers that could unplug a device");
}

static void unplug(void)
{
	check(host_ask("unplug", devices[0].host_name));
	check(wait_for(!device_present(&devices[0])));
}

static void plug(void)
{
	check(host_ask("plug", devices[0].host_name));
	check(wait_for(device_ready(&devices[0])));
}

void test_unplug_sleepers(void)
{
	int fd = need_open(&devices[0], O_RDWR);
	unsigned char *window = map_window(fd);
	struct pollfd p = { .fd = fd, .events = POLLIN };
	struct call result, polling;
	struct edu_factorial f;

	need_host();
	need(window != MAP_FAILED);
	check(touch(window));
	call_start(&result, SYS_ioctl, fd, EDU_IOC_RESULT, (long)&f);
	call_start(&polling, SYS_poll, (long)&p, 1, -1);
	check(call_sleeps(&result));
	check(call_sleeps(&polling));
	unplug();
	call_check_errno(&result, ENODEV);
	call_check(&polling, 1);
	check_equal(p.revents, POLLHUP | POLLERR);
	check(!touch(window));
	check_gone(fd);
	/* The other one did not notice. */
	check_factorial(need_open(&devices[1], O_RDWR), 5);
	plug();
	check_gone(fd);
	check_factorial(need_open(&devices[0], O_RDWR), 5);
}

void test_unplug_load(void)
{
	static struct user users[USERS];
	atomic_bool stop = false;
	int rounds = unbind_rounds(is_full_run() ? FULL_UNPLUGS : UNPLUGS);
	unsigned int seed = 3;

	need_host();
	start_users(users, &devices[0], no_factorial, &stop);
	check(wait_for(all_inside(users)));
	for (int i = 0; i < rounds; i++) {
		pause_randomly(&seed);
		unplug();
		plug();
	}
	stop_users(users, &devices[0], &stop);
}
