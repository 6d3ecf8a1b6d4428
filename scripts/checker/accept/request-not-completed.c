// SPDX-License-Identifier: GPL-2.0
/* options: role=driver -fkeep-static-functions */
#include <ferrule/request.h>

struct state {
	int size;
};

static int handle(const struct state *s, struct request *rq)
{
	return request_tag(rq) < s->size ? request_copy(rq) : -EBUSY;
}

static void in_one_place(const struct state *s, struct request *rq __fe_take)
{
	request_end(rq, handle(s, rq));
}

static void on_each_path(const struct state *s, struct request *rq __fe_take)
{
	if (!s->size) {
		request_end(rq, -ENODEV);
		return;
	}
	if (s->size > 4) {
		request_defer(rq);
		return;
	}
	request_end(rq, 0);
}

static void tried(const struct state *s, struct request *rq __fe_take)
{
	if (request_try(rq))
		request_end(rq, -EBUSY);
}

static void by_a_helper(const struct state *s, struct request *rq __fe_take)
{
	on_each_path(s, rq);
}

static void claimed(const struct state *s)
{
	struct request *rq;
	int i;

	for (i = 0; i < 4; i++) {
		rq = request_claim(i);
		if (rq)
			request_end(rq, -ETIMEDOUT);
	}
}

static const struct queue_ops ops = {
	.queue = on_each_path,
};

static int taken_or_refused(const struct state *s, struct request *rq __fe_take_ok)
{
	if (!s->size)
		return -ENODEV;
	if (request_tag(rq) > s->size)
		request_defer(rq);
	else
		request_end(rq, request_copy(rq));
	return 0;
}

static int refused_by_a_helper(const struct state *s, struct request *rq __fe_take_ok)
{
	return request_try(rq) ? -EBUSY : 0;
}

static const struct fallible_ops fallible = {
	.queue = taken_or_refused,
};
