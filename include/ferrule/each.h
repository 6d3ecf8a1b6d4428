/* SPDX-License-Identifier: GPL-2.0 */
/* One macro over a list of arguments, for the declarations of the layer. */
#ifndef _FERRULE_EACH_H
#define _FERRULE_EACH_H

/*
 * FE_EACH(m, a, b, c) is m(a) m(b) m(c), for up to 256 arguments: each level expands
 * the one below four times, and a call that is put off by a level is expanded then.
 */
#define __FE_PARENS		()
#define __FE_EXPAND(...)						\
	__FE_EXPAND3(__FE_EXPAND3(__FE_EXPAND3(__FE_EXPAND3(__VA_ARGS__))))
#define __FE_EXPAND3(...)						\
	__FE_EXPAND2(__FE_EXPAND2(__FE_EXPAND2(__FE_EXPAND2(__VA_ARGS__))))
#define __FE_EXPAND2(...)						\
	__FE_EXPAND1(__FE_EXPAND1(__FE_EXPAND1(__FE_EXPAND1(__VA_ARGS__))))
#define __FE_EXPAND1(...)	__VA_ARGS__

#define FE_EACH(macro, ...)						\
	__VA_OPT__(__FE_EXPAND(__FE_EACH_STEP(macro, __VA_ARGS__)))
#define __FE_EACH_STEP(macro, first, ...)				\
	macro(first)							\
	__VA_OPT__(__FE_EACH_AGAIN __FE_PARENS (macro, __VA_ARGS__))
#define __FE_EACH_AGAIN()	__FE_EACH_STEP

#endif /* _FERRULE_EACH_H */
