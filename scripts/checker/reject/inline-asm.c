// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

static void statement(void)
{
	asm volatile("nop");		/* error: inline-asm */
}

static int with_operands(int n)
{
	asm("inc %0" : "+r"(n));	/* error: inline-asm */
	return n;
}

static void macro_of_the_kernel(void)
{
	barrier();			/* error: foreign-symbol */
}

#define FENCE()	asm volatile("mfence" : : : "memory")	/* error: inline-asm */

static void own_macro(void)
{
	FENCE();			/* error: inline-asm */
}

static int with_a_label(int n)
{
	asm goto("jmp %l0" : : : : out);	/* error: inline-asm */
	n++;
out:
	return n;
}
