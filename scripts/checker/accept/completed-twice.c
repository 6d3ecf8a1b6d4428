// SPDX-License-Identifier: GPL-2.0
/* options: role=driver -fkeep-static-functions */
#include <ferrule/request.h>

struct state {
	int size;
};

static void exclusive_paths(const struct state *s, struct request *rq __fe_take)
{
	if (s->size)
		request_end(rq, 0);
	else
		request_defer(rq);
}

static void remembered(const struct state *s, struct request *rq __fe_take)
{
	bool done = false;

	if (s->size) {
		request_end(rq, 0);
		done = true;
	}
	if (!done)
		request_end(rq, -ENODEV);
}

static void another_each_time(const struct state *s, int n)
{
	while (n--) {
		struct request *rq = request_claim(n);

		if (rq)
			request_end(rq, s->size);
	}
}

static void what_is_needed_is_read_before(const struct state *s, struct request *rq __fe_take)
{
	int tag = request_tag(rq);

	request_end(rq, tag < s->size ? 0 : -EBUSY);
}
