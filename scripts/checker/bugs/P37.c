// SPDX-License-Identifier: GPL-2.0
/*
 * P37: a size that user space can change is read twice, and copied by
 *
 * Class: double-fetch
 * Was: RDMA/rxe, get_srq_wqe()
 * Answer: does not build.
 * Layer: <ferrule/coherent.h>, <ferrule/user.h>
 */
#include <ferrule/coherent.h>
#include <ferrule/user.h>

struct wqe {
	u32 num_sge;
	u32 sge[4];
};

FE_COHERENT(wqes, struct wqe, 32);

struct qp {
	struct wqes queue;
	u32 resp[4];
};

static int get_wqe(struct qp *qp, size_t head)
{
	struct wqe wqe;

	if (fe_load(&qp->queue, head, &wqe) || wqe.num_sge > ARRAY_SIZE(qp->resp))	/* note: double-fetch */
		return -EINVAL;
	if (fe_load(&qp->queue, head, &wqe))	/* note: double-fetch */
		return -EINVAL;
	for (u32 i = 0; i < wqe.num_sge; i++)	/* error: double-fetch */
		qp->resp[i] = wqe.sge[i];	/* error: raw-index */
	return 0;
}

static void copied_by_size(struct qp *qp, const struct wqe *wqe)
{
	memcpy(qp->resp, wqe->sge, wqe->num_sge * sizeof(u32));	/* error: foreign-symbol */
}

/* From user memory there is one copy, by value. */
static int from_the_user(struct qp *qp, struct fe_reader *from)
{
	u32 n = 0, again = 0;

	if (fe_get(from, n) || n >= ARRAY_SIZE(qp->resp))
		return -EINVAL;
	if (fe_get(from, again))
		return -EFAULT;
	return qp->resp[again];			/* error: raw-index */
}
