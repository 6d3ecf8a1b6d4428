// SPDX-License-Identifier: GPL-2.0
/* options: role=driver -fkeep-static-functions -Wno-unused-result */
#include <ferrule/request.h>

struct state {
	int size;
};

static void forgotten(const struct state *s, struct request *rq __fe_take)	/* note: request-not-completed */
{
	int tag = request_tag(rq);

	(void)tag;
}	/* error: request-not-completed */

static void on_one_path(const struct state *s, struct request *rq __fe_take)	/* note: request-not-completed */
{
	if (!s->size)
		return;		/* error: request-not-completed */
	request_end(rq, 0);
}

static void in_a_switch(const struct state *s, struct request *rq __fe_take)	/* note: request-not-completed */
{
	switch (s->size) {
	case 0:
		request_end(rq, -ENODEV);
		break;
	case 1:
		request_end(rq, request_copy(rq));
		break;
	}
}	/* error: request-not-completed */

static void refused(const struct state *s, struct request *rq __fe_take)	/* note: request-not-completed */
{
	if (request_try(rq))
		return;		/* error: request-not-completed */
}

static void claimed(const struct state *s)
{
	struct request *rq = request_claim(s->size);	/* note: request-not-completed */

	if (rq)
		request_copy(rq);
}	/* error: request-not-completed */

static void discarded(const struct state *s)
{
	request_claim(s->size);	/* error: request-not-completed */
}

static int taken_on(const struct state *s, struct request *rq __fe_take_ok)	/* note: request-not-completed */
{
	if (request_tag(rq) < s->size)
		request_end(rq, 0);
	return 0;	/* error: request-not-completed */
}

static int perhaps_refused(const struct state *s, struct request *rq __fe_take_ok)	/* note: request-not-completed */
{
	return request_copy(rq) ? s->size : -EBUSY;	/* error: request-not-completed */
}
