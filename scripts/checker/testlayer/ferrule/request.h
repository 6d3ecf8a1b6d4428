/* SPDX-License-Identifier: GPL-2.0 */
/* What the tests take for the block layer: a request, and the ways it goes. */
#ifndef _FERRULE_TEST_REQUEST_H
#define _FERRULE_TEST_REQUEST_H

#include <ferrule/flow.h>

struct __fe_ending(request) request {
	int tag;
};

void request_end(struct request *rq __fe_take, int status);
void request_defer(struct request *rq __fe_take);
int request_try(struct request *rq __fe_take_ok) __fe_must_check;
struct request *request_claim(int tag) __fe_gives __fe_nullable;
int request_tag(const struct request *rq);
int request_copy(struct request *rq);

struct queue_ops {
	void (*queue)(const struct state *s, struct request *rq __fe_take);
};

struct fallible_ops {
	int (*queue)(const struct state *s, struct request *rq __fe_take_ok);
};

#endif /* _FERRULE_TEST_REQUEST_H */
