/* SPDX-License-Identifier: GPL-2.0 */
/* One macro over a list of arguments, for the declarations of the layer. */
#ifndef _FERRULE_EACH_H
#define _FERRULE_EACH_H

/* FE_EACH(m, a, b, c) is m(a) m(b) m(c), for 1 to 32 arguments. */
#define FE_EACH(macro, ...)						\
	__FE_EACH_N(__FE_COUNT(__VA_ARGS__))(macro, __VA_ARGS__)

#define __FE_EACH_N(n)		__FE_EACH_NAME(n)
#define __FE_EACH_NAME(n)	__FE_EACH_ ## n

#define __FE_COUNT(...)							\
	__FE_COUNT_IS(__VA_ARGS__, \
		32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, \
		16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
#define __FE_COUNT_IS(_1, _2, _3, _4, _5, _6, _7, _8, _9, _10, _11, _12, _13, _14, _15, \
		_16, _17, _18, _19, _20, _21, _22, _23, _24, _25, _26, _27, _28, \
		_29, _30, _31, _32, n, ...) \
	n

#define __FE_EACH_1(m, a)	m(a)
#define __FE_EACH_2(m, a, ...)	m(a) __FE_EACH_1(m, __VA_ARGS__)
#define __FE_EACH_3(m, a, ...)	m(a) __FE_EACH_2(m, __VA_ARGS__)
#define __FE_EACH_4(m, a, ...)	m(a) __FE_EACH_3(m, __VA_ARGS__)
#define __FE_EACH_5(m, a, ...)	m(a) __FE_EACH_4(m, __VA_ARGS__)
#define __FE_EACH_6(m, a, ...)	m(a) __FE_EACH_5(m, __VA_ARGS__)
#define __FE_EACH_7(m, a, ...)	m(a) __FE_EACH_6(m, __VA_ARGS__)
#define __FE_EACH_8(m, a, ...)	m(a) __FE_EACH_7(m, __VA_ARGS__)
#define __FE_EACH_9(m, a, ...)	m(a) __FE_EACH_8(m, __VA_ARGS__)
#define __FE_EACH_10(m, a, ...)	m(a) __FE_EACH_9(m, __VA_ARGS__)
#define __FE_EACH_11(m, a, ...)	m(a) __FE_EACH_10(m, __VA_ARGS__)
#define __FE_EACH_12(m, a, ...)	m(a) __FE_EACH_11(m, __VA_ARGS__)
#define __FE_EACH_13(m, a, ...)	m(a) __FE_EACH_12(m, __VA_ARGS__)
#define __FE_EACH_14(m, a, ...)	m(a) __FE_EACH_13(m, __VA_ARGS__)
#define __FE_EACH_15(m, a, ...)	m(a) __FE_EACH_14(m, __VA_ARGS__)
#define __FE_EACH_16(m, a, ...)	m(a) __FE_EACH_15(m, __VA_ARGS__)
#define __FE_EACH_17(m, a, ...)	m(a) __FE_EACH_16(m, __VA_ARGS__)
#define __FE_EACH_18(m, a, ...)	m(a) __FE_EACH_17(m, __VA_ARGS__)
#define __FE_EACH_19(m, a, ...)	m(a) __FE_EACH_18(m, __VA_ARGS__)
#define __FE_EACH_20(m, a, ...)	m(a) __FE_EACH_19(m, __VA_ARGS__)
#define __FE_EACH_21(m, a, ...)	m(a) __FE_EACH_20(m, __VA_ARGS__)
#define __FE_EACH_22(m, a, ...)	m(a) __FE_EACH_21(m, __VA_ARGS__)
#define __FE_EACH_23(m, a, ...)	m(a) __FE_EACH_22(m, __VA_ARGS__)
#define __FE_EACH_24(m, a, ...)	m(a) __FE_EACH_23(m, __VA_ARGS__)
#define __FE_EACH_25(m, a, ...)	m(a) __FE_EACH_24(m, __VA_ARGS__)
#define __FE_EACH_26(m, a, ...)	m(a) __FE_EACH_25(m, __VA_ARGS__)
#define __FE_EACH_27(m, a, ...)	m(a) __FE_EACH_26(m, __VA_ARGS__)
#define __FE_EACH_28(m, a, ...)	m(a) __FE_EACH_27(m, __VA_ARGS__)
#define __FE_EACH_29(m, a, ...)	m(a) __FE_EACH_28(m, __VA_ARGS__)
#define __FE_EACH_30(m, a, ...)	m(a) __FE_EACH_29(m, __VA_ARGS__)
#define __FE_EACH_31(m, a, ...)	m(a) __FE_EACH_30(m, __VA_ARGS__)
#define __FE_EACH_32(m, a, ...)	m(a) __FE_EACH_31(m, __VA_ARGS__)

#endif /* _FERRULE_EACH_H */
