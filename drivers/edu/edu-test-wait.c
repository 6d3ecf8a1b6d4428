// SPDX-License-Identifier: GPL-2.0
/* Waiting and not waiting: O_NONBLOCK, poll, epoll, signals. */
#include "edu-test.h"

#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>

/* Takes the device some 50 ms. */
#define LONG_N		50000000
/* A signal has to come while the device is at work: not every attempt hits that. */
#define ATTEMPTS	20

static int start(int fd, __u32 n)
{
	struct edu_factorial f = { .n = n };

	return ioctl(fd, EDU_IOC_START, &f);
}

static int fetch(int fd, struct edu_factorial *f)
{
	*f = (struct edu_factorial){ };
	return ioctl(fd, EDU_IOC_RESULT, f);
}

static void check_fetch(int fd, __u32 n)
{
	struct edu_factorial f;

	check_equal(fetch(fd, &f), 0);
	check_equal(f.n, n);
	check_equal(f.result, factorial(n));
}

static short events(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN | POLLOUT };

	return poll(&p, 1, 0) < 0 ? -1 : p.revents;
}

void test_nonblock(void)
{
	int a = need_open(&devices[0], O_RDWR | O_NONBLOCK);
	int b = need_open(&devices[0], O_RDWR | O_NONBLOCK);
	struct edu_factorial f = { .n = 3 };

	check_errno(fetch(a, &f), EAGAIN);
	check_equal(start(a, LONG_N), 0);
	check_errno(fetch(a, &f), EAGAIN);
	check_errno(start(a, 4), EBUSY);
	check_errno(start(b, 4), EAGAIN);
	check_errno(fetch(b, &f), EAGAIN);
	check(wait_for(!fetch(a, &f)));
	check_equal(f.result, factorial(LONG_N));
	check_errno(fetch(a, &f), EAGAIN);
	check_equal(start(b, 4), 0);
	/* Done, not fetched: the unit is not free yet. */
	check(wait_for(events(b) == POLLIN));
	check_errno(start(b, 5), EBUSY);
	check_errno(start(a, 5), EAGAIN);
	/* The flag counts at the time of the call. */
	check_equal(fcntl(b, F_SETFL, O_RDWR), 0);
	check_fetch(b, 4);
	check_factorial(b, 5);
	check_equal(fcntl(b, F_SETFL, O_RDWR | O_NONBLOCK), 0);
	check_errno(fetch(b, &f), EAGAIN);
}

void test_poll(void)
{
	int a = need_open(&devices[0], O_RDWR);
	int b = need_open(&devices[0], O_RDWR);
	struct pollfd p = { .fd = b, .events = POLLOUT };
	struct pollfd q = { .fd = a, .events = POLLIN };
	struct call writer, reader;

	check_equal(events(a), POLLOUT);
	check_equal(events(b), POLLOUT);
	call_start(&reader, SYS_poll, (long)&q, 1, -1);
	check(call_sleeps(&reader));
	check_equal(start(a, 8), 0);
	call_check(&reader, 1);
	check_equal(q.revents, POLLIN);
	check_equal(events(a), POLLIN);
	check_equal(events(b), 0);
	call_start(&writer, SYS_poll, (long)&p, 1, -1);
	check(call_sleeps(&writer));
	check_fetch(a, 8);
	call_check(&writer, 1);
	check_equal(p.revents, POLLOUT);
	check_equal(events(a), POLLOUT);
	/* Closing gives the unit back too. */
	check_equal(start(a, 8), 0);
	check(wait_for(events(a) == POLLIN));
	call_start(&writer, SYS_poll, (long)&p, 1, -1);
	check(call_sleeps(&writer));
	close(a);
	call_check(&writer, 1);
	check_equal(events(b), POLLOUT);
}

static void watch(int epfd, int fd, __u32 what)
{
	struct epoll_event event = { .events = what, .data.fd = fd };

	need(!epoll_ctl(epfd, EPOLL_CTL_ADD, fd, &event));
}

static void check_event(int epfd, int fd, __u32 what)
{
	struct epoll_event event = { };

	check_equal(epoll_wait(epfd, &event, 1, LIMIT_MS), 1);
	check_equal(event.data.fd, fd);
	check_equal(event.events, what);
}

void test_epoll(void)
{
	int a = need_open(&devices[0], O_RDWR);
	int b = need_open(&devices[0], O_RDWR);
	int epfd = epoll_create1(EPOLL_CLOEXEC);
	struct epoll_event event;

	watch(epfd, a, EPOLLIN);
	watch(epfd, b, EPOLLOUT | EPOLLET);
	check_event(epfd, b, EPOLLOUT);
	/* An edge is told once. */
	check_equal(epoll_wait(epfd, &event, 1, 0), 0);
	check_equal(start(a, 6), 0);
	check_event(epfd, a, EPOLLIN);
	/* A level, until it is fetched. */
	check_event(epfd, a, EPOLLIN);
	check_fetch(a, 6);
	check_event(epfd, b, EPOLLOUT);
	check_equal(epoll_wait(epfd, &event, 1, 0), 0);
}

void test_unit_handover(void)
{
	struct edu_factorial f = { .n = 10 };
	int a = need_open(&devices[0], O_RDWR);
	int b = need_open(&devices[0], O_RDWR);
	struct call call;

	check_equal(start(a, 9), 0);
	call_start(&call, SYS_ioctl, b, EDU_IOC_START, (long)&f);
	check(call_sleeps(&call));
	check_fetch(a, 9);
	call_check(&call, 0);
	check_fetch(b, 10);

	check_equal(start(a, 9), 0);
	call_start(&call, SYS_ioctl, b, EDU_IOC_START, (long)&f);
	check(call_sleeps(&call));
	close(a);
	call_check(&call, 0);
	check_fetch(b, 10);

	/* Closed while the device computes: nobody gets that result. */
	a = need_open(&devices[0], O_RDWR);
	check_equal(start(a, LONG_N), 0);
	close(a);
	check_equal(events(b), 0);
	check_equal(ioctl(b, EDU_IOC_START, &f), 0);
	check_fetch(b, 10);
}

void test_signal_factorial(void)
{
	struct edu_factorial f = { .n = 10 };
	int a = need_open(&devices[0], O_RDWR);
	int b = need_open(&devices[0], O_RDWR);
	struct call call;

	call_start(&call, SYS_ioctl, a, EDU_IOC_RESULT, (long)&f);
	check(call_sleeps(&call));
	call_signal(&call, 0);
	call_check_errno(&call, EINTR);

	check_equal(start(a, 9), 0);
	call_start(&call, SYS_ioctl, b, EDU_IOC_START, (long)&f);
	check(call_sleeps(&call));
	call_signal(&call, 0);
	call_check_errno(&call, EINTR);

	check_fetch(a, 9);
	check_factorial(b, 10);
	check_factorial(a, 11);
}

/* The result waits for who comes back for it. */
void test_signal_restart(void)
{
	int fd = need_open(&devices[0], O_RDWR);
	struct edu_factorial f;
	struct call call;

	check_equal(start(fd, 4 * LONG_N), 0);
	call_start(&call, SYS_ioctl, fd, EDU_IOC_RESULT, (long)&f);
	if (call_sleeps(&call))
		call_signal(&call, SA_RESTART);
	call_check(&call, 0);
	check_equal(f.result, factorial(4 * LONG_N));

	check_equal(start(fd, 4 * LONG_N), 0);
	call_start(&call, SYS_ioctl, fd, EDU_IOC_RESULT, (long)&f);
	if (call_sleeps(&call)) {
		call_signal(&call, 0);
		call_check_errno(&call, EINTR);
		check_fetch(fd, 4 * LONG_N);
	} else {
		call_check(&call, 0);
	}
	check_factorial(fd, 6);

	call_start(&call, SYS_ioctl, fd, EDU_IOC_RESULT, (long)&f);
	check(call_sleeps(&call));
	call_signal(&call, SA_RESTART);
	check(call_sleeps(&call));
	call_signal(&call, 0);
	call_check_errno(&call, EINTR);
}

/* True if a signal came before the transfer was done. */
static bool interrupt_transfer(const long *args, size_t count, long complete)
{
	struct call call;

	call_begin(&call, args, count);
	if (call_sleeps(&call))
		call_signal(&call, 0);
	call_end(&call);
	if (call.ret == complete)
		return false;
	errno = call.error;
	return check_failed(call.ret, EINTR, "a transfer", __FILE__, __LINE__);
}

static void check_interrupted(const long *args, size_t count, long complete)
{
	bool interrupted = false;

	for (int i = 0; i < ATTEMPTS && !interrupted; i++)
		interrupted = interrupt_transfer(args, count, complete);
	check(interrupted);
}

/* The device goes on with the buffer; the next transfer has to wait for it. */
void test_signal_transfer(void)
{
	unsigned char bytes[EDU_MEMORY], back[EDU_MEMORY] = { };
	int fd = need_open(&devices[0], O_RDWR);
	struct edu_copy copy = { .len = 512, .to_device = 1 };
	const long copying[] = { SYS_ioctl, fd, EDU_IOC_COPY, (long)&copy };
	const long reading[] = { SYS_pread64, fd, (long)back, 512, 512 };
	const long writing[] = { SYS_pwrite64, fd, (long)bytes, 512, 0 };

	fill_pattern(bytes, EDU_MEMORY, 6);
	check_equal(pwrite(fd, bytes, EDU_MEMORY, 0), EDU_MEMORY);
	check_interrupted(reading, ARRAY_SIZE(reading), 512);
	check_equal(pread(fd, back, EDU_MEMORY, 0), EDU_MEMORY);
	check(is_pattern(back, EDU_MEMORY, 6));

	/* An interrupted write gets there all the same. */
	fill_pattern(bytes, 512, 7);
	check_interrupted(writing, ARRAY_SIZE(writing), 512);
	check_equal(pread(fd, back, 512, 0), 512);
	check(is_pattern(back, 512, 7));

	check_interrupted(copying, ARRAY_SIZE(copying), 0);
	check_equal(pwrite(fd, bytes, 512, 0), 512);
	check_equal(pread(fd, back, 512, 0), 512);
	check(is_pattern(back, 512, 7));
}

/* Behind somebody else's transfer, which goes on: the signal does not wait for that. */
void test_signal_queue(void)
{
	int a = need_open(&devices[0], O_RDWR);
	int b = need_open(&devices[0], O_RDWR);
	unsigned char bytes[16], back[16];
	const long waiting[] = { SYS_pread64, b, (long)back, 16, 0 };
	bool interrupted = false;
	struct call call;

	for (int i = 0; i < ATTEMPTS && !interrupted; i++) {
		call_start(&call, SYS_pread64, a, (long)bytes, 16, 0);
		if (call_sleeps(&call))
			interrupted = interrupt_transfer(waiting, ARRAY_SIZE(waiting), 16) &&
				      !call.ended;
		call_check(&call, 16);
	}
	check(interrupted);
	check_equal(pread(b, back, 16, 0), 16);
}

void test_signal_poll(void)
{
	int fd = need_open(&devices[0], O_RDWR);
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int epfd = epoll_create1(EPOLL_CLOEXEC);
	struct epoll_event event;
	struct call call;

	call_start(&call, SYS_poll, (long)&p, 1, -1);
	check(call_sleeps(&call));
	call_signal(&call, 0);
	call_check_errno(&call, EINTR);

	watch(epfd, fd, EPOLLIN);
	call_start(&call, SYS_epoll_wait, epfd, (long)&event, 1, -1);
	check(call_sleeps(&call));
	call_signal(&call, 0);
	call_check_errno(&call, EINTR);
	check_factorial(fd, 3);
}
