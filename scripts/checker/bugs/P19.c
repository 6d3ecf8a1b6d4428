// SPDX-License-Identifier: GPL-2.0
/*
 * P19: a lock is held where an error path returns
 *
 * Class: missing-unlock
 * Was: igc_io_resume()
 * Answer: does not build.
 * Layer: <ferrule/lock.h>
 */
#include <ferrule/lock.h>

struct net {
	int running;
};

FE_MUTEX(net_lock, struct net);

struct nic {
	struct net_lock net;
};

static int nic_open(struct net *net)
{
	return net->running ? -EBUSY : 0;
}

static void io_resume(const struct nic *nic)
{
	struct net *net = fe_lock(&nic->net);	/* note: leak */

	if (nic_open(net))
		return;				/* error: leak */
	net_lock_unlock(&net);
}

static int in_a_loop(const struct nic *nic, int n)
{
	struct net *net;
	int sum = 0;

	while (n--) {
		net = fe_lock(&nic->net);	/* note: leak */
		sum += net->running;
		if (sum > 3)
			break;
		net_lock_unlock(&net);
	}
	return sum;				/* error: leak */
}

static int interrupted(const struct nic *nic)
{
	struct net *net __fe_unlock(net_lock) = fe_lock_interruptible(&nic->net);	/* note: unchecked-result */

	return net->running;			/* error: unchecked-result */
}
