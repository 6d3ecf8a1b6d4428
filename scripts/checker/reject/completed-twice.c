// SPDX-License-Identifier: GPL-2.0
/* options: role=driver -fkeep-static-functions -Wno-unused-result */
#include <ferrule/request.h>

struct state {
	int size;
};

static void again(const struct state *s, struct request *rq __fe_take)
{
	request_end(rq, 0);	/* note: completed-twice */
	request_end(rq, 0);	/* error: completed-twice */
}

static void no_return(const struct state *s, struct request *rq __fe_take)
{
	if (!s->size)
		request_end(rq, -ENODEV);	/* note: completed-twice */
	request_end(rq, 0);			/* error: completed-twice */
}

static void deferred(const struct state *s, struct request *rq __fe_take)
{
	request_defer(rq);	/* note: completed-twice */
	request_end(rq, 0);	/* error: completed-twice */
}

static void ends(const struct state *s, struct request *rq __fe_take)
{
	request_end(rq, s->size);
}

static void by_a_helper(const struct state *s, struct request *rq __fe_take)
{
	ends(s, rq);		/* note: completed-twice */
	request_end(rq, 0);	/* error: completed-twice */
}

static void tried(const struct state *s, struct request *rq __fe_take)
{
	int ret = request_try(rq);	/* note: completed-twice */

	request_end(rq, ret);		/* error: completed-twice */
}

static void in_a_loop(const struct state *s, struct request *rq __fe_take)
{
	int i = 0;

	do {
		request_end(rq, 0);	/* error: completed-twice */ /* note: completed-twice */
	} while (++i < s->size);
}

static int ended_and_refused(const struct state *s, struct request *rq __fe_take_ok)
{
	request_end(rq, s->size);	/* note: completed-twice */
	return -EBUSY;			/* error: completed-twice */
}
