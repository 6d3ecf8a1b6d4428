// SPDX-License-Identifier: GPL-2.0
/*
 * User memory that does not come: pages that userfaultfd was asked for, and nobody serves
 * before the device has gone. Unbind must not wait for them.
 */
#include "edu-test.h"

#include <linux/userfaultfd.h>
#include <poll.h>

struct stall {
	int	uffd;
	char	*page;
};

static void stall_begin(struct stall *stall)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = { .mode = UFFDIO_REGISTER_MODE_MISSING };

	stall->uffd = syscall(SYS_userfaultfd, O_CLOEXEC);
	need(stall->uffd >= 0);
	need(!ioctl(stall->uffd, UFFDIO_API, &api));
	stall->page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	need(stall->page != MAP_FAILED);
	reg.range.start = (unsigned long)stall->page;
	reg.range.len = PAGE;
	need(!ioctl(stall->uffd, UFFDIO_REGISTER, &reg));
}

/* Somebody waits for the page now. */
static bool stall_asked(const struct stall *stall)
{
	struct pollfd p = { .fd = stall->uffd, .events = POLLIN };
	struct uffd_msg msg;

	return poll(&p, 1, LIMIT_MS) == 1 &&
	       read(stall->uffd, &msg, sizeof(msg)) == sizeof(msg) &&
	       msg.event == UFFD_EVENT_PAGEFAULT;
}

static void stall_serve(const struct stall *stall)
{
	struct uffdio_zeropage zero = {
		.range = { .start = (unsigned long)stall->page, .len = PAGE },
	};

	check_equal(ioctl(stall->uffd, UFFDIO_ZEROPAGE, &zero), 0);
}

static void *unbind(void *unbound)
{
	if (check_equal(device_unbind(&devices[0]), 0))
		*(atomic_bool *)unbound = true;
	return NULL;
}

/* Unbinds while the call waits for its page; serves it; the call has to end then. */
static void unbind_stalled(const struct stall *stall, struct call *call)
{
	atomic_bool unbound = false;
	pthread_t thread;

	check(stall_asked(stall));
	need(!pthread_create(&thread, NULL, unbind, &unbound));
	check(wait_for(unbound));
	check(!call->ended);
	stall_serve(stall);
	need(!pthread_join(thread, NULL));
	call_end(call);
	munmap(stall->page, PAGE);
	close(stall->uffd);
	check_equal(device_bind(&devices[0]), 0);
}

void test_stalled_argument(void)
{
	static const unsigned int into[] = {
		EDU_IOC_START, EDU_IOC_COPY,
	};
	struct stall stall;
	struct call call;

	for (size_t i = 0; i < ARRAY_SIZE(into); i++) {
		stall_begin(&stall);
		call_start(&call, SYS_ioctl, need_open(&devices[0], O_RDWR), into[i],
			   (long)stall.page);
		unbind_stalled(&stall, &call);
		errno = call.error;
		check_failed(call.ret, ENODEV, "an ioctl before the gate", __FILE__, __LINE__);
	}
	/* Its answer was made while the device was there, and is delivered. */
	stall_begin(&stall);
	call_start(&call, SYS_ioctl, need_open(&devices[0], O_RDWR), EDU_IOC_IDENT,
		   (long)stall.page);
	unbind_stalled(&stall, &call);
	check_equal(call.ret, 0);
}

void test_stalled_buffer(void)
{
	static const long numbers[] = { SYS_pread64, SYS_pwrite64 };
	struct stall stall;
	struct call call;

	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
		stall_begin(&stall);
		call_start(&call, numbers[i], need_open(&devices[0], O_RDWR), (long)stall.page,
			   100, 0);
		unbind_stalled(&stall, &call);
		errno = call.error;
		check_failed(call.ret, ENODEV, "a transfer", __FILE__, __LINE__);
	}
}
