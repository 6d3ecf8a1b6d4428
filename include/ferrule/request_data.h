/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The data of a request: bytes in memory of others, copied in or out from begin to end.
 *
 *	struct fe_data *data = fe_request_data(rq);
 *
 *	while (fe_data_left(data))
 *		pos += fe_data_get(data, page, pos, fe_data_left(data));
 *
 * No pointer to the bytes is given out: they belong to whoever waits for the request, and are
 * gone when it ends.
 */
#ifndef _FERRULE_REQUEST_DATA_H
#define _FERRULE_REQUEST_DATA_H

#include <linux/blk-mq.h>

#include <ferrule/page.h>
#include <ferrule/request.h>

/**
 * fe_request_data() - the data of a request, from its beginning
 * @rq: the request
 *
 * Context: any. See struct bvec_iter.
 *
 * SAFETY: the bios are the request's while it is owned, and the data borrows from that. It is in
 * the layer's part of the request, which is the owner's alone.
 *
 * Return: the data, borrowed from the request. Of FE_OP_READ and FE_OP_WRITE there are
 * fe_request_bytes(); of others, which have none, 0 bytes.
 */
static inline __fe_trusted struct fe_data *fe_request_data(struct fe_request *rq)
{
	struct fe_data *data = &fe_request_priv(&rq->rq)->data;
	const enum fe_op op = fe_request_op(rq);
	struct bio *bio = rq->rq.bio;

	if (!bio || (op != FE_OP_READ && op != FE_OP_WRITE)) {
		data->left = 0;
		return data;
	}
	data->bio = bio;
	data->iter = bio->bi_iter;
	data->left = blk_rq_bytes(&rq->rq);
	data->out = op == FE_OP_WRITE;
	return data;
}

/**
 * fe_data_left() - how much was not copied yet
 * @data: the data
 *
 * Context: any.
 * Return: bytes.
 */
static inline size_t fe_data_left(const struct fe_data *data)
{
	return data->left;
}

/*
 * How many bytes go from here, if they go that way. The other way there are none: what a request
 * writes may be memory that nobody may change, and what it reads into holds what nobody wrote.
 *
 * SAFETY: of the copies below: so many bytes there are in the page, and left of the data.
 */
static __always_inline __fe_private size_t fe_data_span(struct fe_data *data, bool out, u64 pos,
							size_t n)
{
	if (unlikely(data->out != out))
		data->left = 0;
	return fe_page_span(pos, min(n, fe_data_left(data)));
}

/* For fe_data_get() and fe_data_put(). Go on by as many bytes, of those that are left. */
__fe_private void fe_data_copy_from(struct fe_data *data, void *to, size_t n);
__fe_private void fe_data_copy_to(struct fe_data *data, const void *from, size_t n);
__fe_private void fe_data_clear(struct fe_data *data, size_t n);

/**
 * fe_data_get() - copy bytes of a request that writes into a page
 * @data: the data, which goes on by as many bytes
 * @page: where they go
 * @pos: where to begin; only its offset within a page counts
 * @n: how many, at most
 *
 * Context: any.
 * Return: bytes copied: up to the end of the page or of the data, which a request of the other
 * kind is at.
 */
static inline __fe_trusted size_t fe_data_get(struct fe_data *data, const struct fe_page *page,
					      u64 pos, size_t n)
{
	size_t span = fe_data_span(data, true, pos, n);

	fe_data_copy_from(data, fe_page_at(page, pos), span);
	return span;
}

/**
 * fe_data_put() - copy bytes of a page into a request that reads
 * @data: the data, which goes on by as many bytes
 * @page: where they come from
 * @pos: where to begin; only its offset within a page counts
 * @n: how many, at most
 *
 * Context: any.
 * Return: bytes copied: up to the end of the page or of the data, which a request of the other
 * kind is at.
 */
static inline __fe_trusted size_t fe_data_put(struct fe_data *data, const struct fe_page *page,
					      u64 pos, size_t n)
{
	size_t span = fe_data_span(data, false, pos, n);

	fe_data_copy_to(data, fe_page_at(page, pos), span);
	return span;
}

/**
 * fe_data_zero() - let a request read zeroes
 * @data: the data, which goes on by as many bytes
 * @pos: where a page would begin; only its offset within a page counts
 * @n: how many, at most
 *
 * Context: any.
 * Return: bytes cleared: up to the end of the page that is not there, or of the data, which a
 * request that writes is at.
 */
static inline __fe_trusted size_t fe_data_zero(struct fe_data *data, u64 pos, size_t n)
{
	size_t span = fe_data_span(data, false, pos, n);

	fe_data_clear(data, span);
	return span;
}

#endif /* _FERRULE_REQUEST_DATA_H */
