// SPDX-License-Identifier: GPL-2.0
/*
 * A plugin of QEMU's that counts the instructions of all CPUs, where -icount cannot: with more
 * than one. Each time that a program in the guest executes the mark, see measure.c, it writes
 * a line with the count to the file that COUNT names.
 *
 * QEMU's package has no header for plugins: what is called is declared here.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct qemu_plugin_tb;
struct qemu_plugin_insn;

#define API		1
#define NO_REGISTERS	0		/* that a callback wants to see */
#define ADD		0		/* what is done inline */

extern void qemu_plugin_register_vcpu_tb_trans_cb(uint64_t id, void (*translated)
						  (uint64_t id, struct qemu_plugin_tb *tb));
extern void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *insn, int what,
						       void *where, uint64_t operand);
extern void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn,
						   void (*executed)(unsigned int cpu, void *data),
						   int registers, void *data);
extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
extern struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb,
							size_t index);
extern const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
extern size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *insn);

#define EXPORT		__attribute__((visibility("default")))

EXPORT int qemu_plugin_version = API;

/* xchg %r15,%r15: nobody else's. */
static const uint8_t mark[] = { 0x4d, 0x87, 0xff };
static uint64_t count;
static FILE *file;

static void marked(unsigned int cpu, void *data)
{
	(void)cpu;
	(void)data;
	fprintf(file, "%" PRIu64 "\n", count);
	fflush(file);
}

static bool is_mark(const struct qemu_plugin_insn *insn)
{
	return qemu_plugin_insn_size(insn) == sizeof(mark) &&
	       !memcmp(qemu_plugin_insn_data(insn), mark, sizeof(mark));
}

/* One thread emulates all CPUs, so that nobody else adds at the same time. */
static void translated(uint64_t id, struct qemu_plugin_tb *tb)
{
	size_t i, n = qemu_plugin_tb_n_insns(tb);

	(void)id;
	for (i = 0; i < n; i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);

		qemu_plugin_register_vcpu_insn_exec_inline(insn, ADD, &count, 1);
		if (is_mark(insn))
			qemu_plugin_register_vcpu_insn_exec_cb(insn, marked, NO_REGISTERS, NULL);
	}
}

EXPORT int qemu_plugin_install(uint64_t id, const void *info, int argc, char **argv);
EXPORT int qemu_plugin_install(uint64_t id, const void *info, int argc, char **argv)
{
	(void)info;
	(void)argc;
	(void)argv;
	file = fopen(getenv("COUNT") ?: "/dev/null", "w");
	if (!file)
		return -1;
	qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
	return 0;
}
