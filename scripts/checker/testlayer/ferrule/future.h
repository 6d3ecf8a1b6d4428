/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Stand-ins for layers that do not exist yet, annotated as they will be: so that the rules
 * that will hold for their drivers are tested now. Used by bugs/ only.
 */
#ifndef _FERRULE_TEST_FUTURE_H
#define _FERRULE_TEST_FUTURE_H

#include <ferrule/flow.h>

/* A network packet: an owned pointer. */
struct packet {
	unsigned int len;
};

struct packet *packet_new(size_t n) __fe_gives;
void packet_drop(struct packet *p __fe_take __fe_nullable);

static inline void packet_end(struct packet **p __fe_drop)
{
	packet_drop(*p);
}

#define __packet	__attribute__((cleanup(packet_end)))

/* USB: a transfer takes what it sends when it is submitted. */
struct __fe_owned urb {
	void *p __fe_private;
};

int urb_alloc(struct urb *u __fe_out) __fe_must_check __fe_sleeps;
void urb_drop(struct urb *u __fe_drop);
int urb_submit(struct urb *u, struct packet *p __fe_take_ok) __fe_must_check;
void urb_keep(struct urb *u, struct packet *p __fe_take);

#define __urb	__attribute__((cleanup(urb_drop)))

/* A work queue, and what works on it: the queue must be there as long. */
struct __fe_owned queue {
	void *p __fe_private;
};

struct __fe_owned work {
	void *p __fe_private;
};

int queue_alloc(struct queue *q __fe_out) __fe_must_check __fe_sleeps;
void queue_drop(struct queue *q __fe_drop) __fe_sleeps;
int work_start(struct work *w __fe_out, const struct queue *q)
	__fe_must_check __fe_borrows(2);
void work_drop(struct work *w __fe_drop) __fe_sleeps;

#define __queue	__attribute__((cleanup(queue_drop)))
#define __work	__attribute__((cleanup(work_drop)))

/* A timer that looks at data: the data must live as long. */
struct __fe_owned timer {
	void *p __fe_private;
};

int timer_start(struct timer *t __fe_out, const struct buf *data)
	__fe_must_check __fe_borrows(2);
void timer_drop(struct timer *t __fe_drop);

#define __timer	__attribute__((cleanup(timer_drop)))

/* A node of the device tree: counted. */
struct node {
	int n;
};

struct node *node_find(const char *name) __fe_gives __fe_nullable;
struct node *node_next(const struct node *parent, struct node *child __fe_take __fe_nullable)
	__fe_gives __fe_nullable;
void node_put(struct node *n __fe_take __fe_nullable);
int node_use(const struct node *n) __fe_must_check;

/* A device that several clients have: counted. */
struct hub {
	int clients;
};

struct hub *hub_get(const struct hub *h) __fe_gives_sure;
void hub_put(struct hub *h __fe_take);

/* A place in another driver's table, which calls back: what it calls must live as long. */
struct __fe_owned slot {
	void *p __fe_private;
};

int slot_register(struct slot *s __fe_out, const struct obj *called) __fe_must_check __fe_borrows(2);
void slot_drop(struct slot *s __fe_drop);

#define __slot	__attribute__((cleanup(slot_drop)))

#endif /* _FERRULE_TEST_FUTURE_H */
