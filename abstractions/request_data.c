// SPDX-License-Identifier: GPL-2.0
/* The data of a request, from bio to bio and from segment to segment. */
#include <linux/module.h>

#include <ferrule/request_data.h>

/*
 * SAFETY: there are bytes left, so that the bio is one of the request's and the segment one of its
 * own, of one page at most; 64-bit kernels have all pages mapped (compat.h). A request that is
 * owned keeps its bios.
 *
 * Inline, so that gcc knows where a copy ends at the latest: it then needs no call for it.
 */
static __always_inline void *fe_data_at(const struct fe_data *data, size_t *len)
{
	struct bio_vec bv = bio_iter_iovec(data->bio, data->iter);

	*len = min_t(size_t, *len, bv.bv_len);
	return page_address(bv.bv_page) + bv.bv_offset;
}

/* SAFETY: not bio_advance_iter_single(), which asks whether there are segments: there are. */
static __always_inline void fe_data_advance(struct fe_data *data, size_t len)
{
	data->left -= len;
	bvec_iter_advance_single(data->bio->bi_io_vec, &data->iter, len);
	if (data->iter.bi_size || !data->left)
		return;
	data->bio = data->bio->bi_next;
	data->iter = data->bio->bi_iter;
}

void fe_data_copy_from(struct fe_data *data, void *to, size_t n)
{
	size_t len;
	void *at;

	for (; n; n -= len, to += len) {
		len = n;
		at = fe_data_at(data, &len);
		memcpy(to, at, len);
		fe_data_advance(data, len);
	}
}
EXPORT_SYMBOL_GPL(fe_data_copy_from);

void fe_data_copy_to(struct fe_data *data, const void *from, size_t n)
{
	size_t len;
	void *at;

	for (; n; n -= len, from += len) {
		len = n;
		at = fe_data_at(data, &len);
		memcpy(at, from, len);
		fe_data_advance(data, len);
	}
}
EXPORT_SYMBOL_GPL(fe_data_copy_to);

void fe_data_clear(struct fe_data *data, size_t n)
{
	size_t len;
	void *at;

	for (; n; n -= len) {
		len = n;
		at = fe_data_at(data, &len);
		memset(at, 0, len);
		fe_data_advance(data, len);
	}
}
EXPORT_SYMBOL_GPL(fe_data_clear);
