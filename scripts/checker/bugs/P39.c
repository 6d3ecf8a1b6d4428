// SPDX-License-Identifier: GPL-2.0
/*
 * P39: a size is a product that wraps, and what is allocated too small
 *
 * Class: int-overflow
 * Was: CVE-2026-74417, radeon_align_pitch()
 * Answer: harmless: an allocation and its accesses do not share a size that the driver computes.
 *   Boxes compute their own, which saturates (kunit/box_kunit.c: -ENOMEM); buffers know
 *   theirs and answer -ERANGE (kunit/dma_kunit.c); arrays need a proof.
 * Layer: <ferrule/box.h>, <ferrule/dma.h>
 */
#include <ferrule/box.h>
#include <ferrule/dma.h>

struct bo {
	u32 pitch, height;
	u8 bytes[];
};

static int align_pitch(int width, int cpp)
{
	return ((width + 63) & ~63) * cpp;
}

/* The product wraps, the buffer is small, and what lies beyond it is refused at run time. */
static int dumb_create(const struct fe_dma *dma, int width, int height, struct fe_writer *to)
{
	struct fe_dma_buf buf __fe_scoped(fe_dma_buf) = { };
	int pitch = align_pitch(width, 4);
	int ret = fe_dma_buf_alloc(dma, pitch * height, &buf);

	return ret ?: fe_dma_buf_put(&buf, 0, (size_t)width * height, to);
}

static u8 beyond(u32 width, u32 height, u32 x)
{
	struct bo *bo __fe_free = fe_box_new_tail(struct bo, bytes, width * height);

	if (IS_ERR(bo))
		return 0;
	bo->pitch = width;
	return bo->bytes[x];			/* error: raw-index */
}
