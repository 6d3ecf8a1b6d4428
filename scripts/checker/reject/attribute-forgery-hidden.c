// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* Attributes that are not to be seen in the text. */
#include <ferrule/test.h>

#define GLUE(a, b) a##b

static GLUE(__fe_tru, sted) int pasted(const struct test_box *box)	/* error: attribute-forgery */
{
	return box->value;
}

static GLUE(__attri, bute__)((pure)) int pure(const struct test_box *box)	/* error: attribute-forgery */
{
	return box->value;
}

static __noreturn void never(void)	/* error: attribute-forgery */
{
	for (;;)
		;
}

__weak int replaced(void)		/* error: attribute-forgery */
{
	return 0;
}
