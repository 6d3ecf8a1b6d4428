// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>
#include <linux/kernel.h>		/* error: foreign-include */
#include "linux/kernel.h"		/* error: foreign-include */
#include <linux/types.h>		/* error: foreign-include */
#include "../testlayer/kernel/linux/ioctl.h"	/* error: foreign-include */
#include "own_header.h"
