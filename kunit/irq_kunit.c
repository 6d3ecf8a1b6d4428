// SPDX-License-Identifier: GPL-2.0
/*
 * Interrupts: the handler runs for its device, with a complete state, and never after unbind.
 * Each case both ways, by message and by line, on a real (emulated) device.
 */
#include <kunit/test.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/interrupt.h>

#include <ferrule/completion.h>
#include <ferrule/irq.h>

#include "edu_device.h"

#define RING	0x2

struct bell {
	struct edu_regs		regs;
	struct fe_completion	rung;
	struct fe_pci_vectors	vectors;
	struct fe_irq		irq;
	bool			complete;
};

/* What the driver does in the next binding, and what its handler saw. */
static struct bell_plan {
	unsigned int	kinds;
	bool		rings_in_probe;
	unsigned int	slow_ms;
	unsigned int	vector;
	bool		other_vectors;
} bell_plan;

static u16 bell_command_in_probe;
static atomic_t bell_handled, bell_begun, bell_incomplete;

static irqreturn_t bell_interrupt(const struct bell *bell)
{
	u32 status = fe_read(&bell->regs, EDU_IRQ_STATUS);

	if (!status || fe_gone(status))
		return IRQ_NONE;
	atomic_inc(&bell_begun);
	if (!bell->complete)
		atomic_inc(&bell_incomplete);
	fe_write(&bell->regs, EDU_IRQ_ACK, status);
	mdelay(bell_plan.slow_ms);
	atomic_inc(&bell_handled);
	fe_complete(&bell->rung);
	return IRQ_HANDLED;
}

FE_IRQ(bell, irq, bell_interrupt);

static int bell_probe(struct fe_pci_dev *pdev, struct bell *bell)
{
	static const struct fe_pci_vectors elsewhere;
	int ret;

	ret = fe_pci_map_bar(pdev, 0, &bell->regs) ?:
	      fe_completion_init(&pdev->dev, &bell->rung) ?:
	      fe_pci_alloc_vectors(pdev, &bell->vectors, 1, 1, bell_plan.kinds) ?:
	      bell_irq_declare(&pdev->dev, bell,
			       bell_plan.other_vectors ? &elsewhere : &bell->vectors,
			       bell_plan.vector);
	if (ret)
		return ret;
	if (bell_plan.rings_in_probe) {
		fe_write(&bell->regs, EDU_IRQ_RAISE, RING);
		msleep(20);
	}
	/* A message is a write to memory. */
	fe_pci_set_master(pdev);
	bell->complete = true;
	return fe_pci_config_read16(pdev, PCI_COMMAND, &bell_command_in_probe);
}

FE_PCI_IDS(bell_ids, { FE_PCI_DEVICE(EDU_VENDOR, EDU_DEVICE) });
FE_PCI_DRIVER_ONLY(bell, bell_ids, .probe = bell_probe);

static const unsigned int kinds[] = { FE_IRQ_MSI, FE_IRQ_LINE };

static void kind_name(const unsigned int *kind, char *desc)
{
	strscpy(desc, *kind == FE_IRQ_MSI ? "message" : "line", KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(kind, kinds, kind_name);

static const struct bell *bell_bind(struct kunit *test, struct pci_dev *pci)
{
	bell_plan.kinds = *(const unsigned int *)test->param_value;
	KUNIT_ASSERT_EQ(test, edu_bind(pci, &bell__fe_driver), 0);
	return edu_state(pci);
}

static void a_device_reaches_its_handler(struct kunit *test)
{
	const struct bell *bell = bell_bind(test, test_edu(test));
	int i;

	for (i = 1; i <= 3; i++) {
		fe_arm(&bell->rung);
		fe_write(&bell->regs, EDU_IRQ_RAISE, RING);
		KUNIT_EXPECT_EQ(test, fe_wait_timeout(&bell->rung, 2000), 0);
		KUNIT_EXPECT_EQ(test, atomic_read(&bell_handled), i);
	}
	KUNIT_EXPECT_EQ(test, fe_read(&bell->regs, EDU_IRQ_STATUS), 0);
}

static void no_handler_runs_before_probe_is_over(struct kunit *test)
{
	const struct bell *bell;

	bell_plan.rings_in_probe = true;
	bell = bell_bind(test, test_edu(test));
	/* Asked again: a message that nobody was armed for is lost, a line stays up. */
	fe_write(&bell->regs, EDU_IRQ_RAISE, RING);
	KUNIT_EXPECT_EQ(test, fe_wait_timeout(&bell->rung, 2000), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&bell_incomplete), 0);
}

static void unbind_waits_for_a_running_handler(struct kunit *test)
{
	struct pci_dev *pci = test_edu(test);
	const struct bell *bell;
	struct test_thread *unbinding;
	int i;

	/* The handler on one CPU, the test and unbind on the other. */
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(1)), 0);
	bell_plan.slow_ms = 200;
	bell = bell_bind(test, pci);
	KUNIT_ASSERT_EQ(test, irq_set_affinity(pci_irq_vector(pci, 0), cpumask_of(0)), 0);
	fe_write(&bell->regs, EDU_IRQ_RAISE, RING);
	for (i = 0; i < 2000 && !atomic_read(&bell_begun); i++)
		usleep_range(1000, 1100);
	KUNIT_EXPECT_EQ(test, atomic_read(&bell_begun), 1);
	unbinding = edu_unbind_thread(test, pci);
	KUNIT_EXPECT_EQ(test, test_thread_result(unbinding), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&bell_handled), 1);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

static void no_handler_runs_after_unbind(struct kunit *test)
{
	struct pci_dev *pci = test_edu(test);
	void __iomem *regs;
	int irq;

	bell_bind(test, pci);
	irq = pci_irq_vector(pci, 0);
	edu_unbind(pci);
	KUNIT_EXPECT_FALSE(test, irq_has_action(irq) &&
			   bell_plan.kinds == FE_IRQ_MSI);
	regs = pci_iomap(pci, 0, 0);
	KUNIT_ASSERT_NOT_NULL(test, regs);
	writel(RING, regs + 0x60);
	msleep(20);
	writel(RING, regs + 0x64);
	pci_iounmap(pci, regs);
	KUNIT_EXPECT_EQ(test, atomic_read(&bell_begun), 0);
}

static void the_line_is_on_while_there_is_a_handler(struct kunit *test)
{
	struct pci_dev *pci = test_edu(test);
	u16 bound = 0, unbound = 0;

	bell_bind(test, pci);
	pci_read_config_word(pci, PCI_COMMAND, &bound);
	edu_unbind(pci);
	pci_read_config_word(pci, PCI_COMMAND, &unbound);
	KUNIT_EXPECT_TRUE(test, bell_command_in_probe & PCI_COMMAND_INTX_DISABLE ||
			  bell_plan.kinds == FE_IRQ_MSI);
	KUNIT_EXPECT_EQ(test, !(bound & PCI_COMMAND_INTX_DISABLE),
			bell_plan.kinds == FE_IRQ_LINE);
	KUNIT_EXPECT_TRUE(test, unbound & PCI_COMMAND_INTX_DISABLE);
}

static void a_vector_that_is_not_there_is_refused(struct kunit *test)
{
	struct pci_dev *pci = test_edu(test);

	bell_plan.kinds = *(const unsigned int *)test->param_value;
	bell_plan.vector = 1;
	KUNIT_EXPECT_EQ(test, edu_bind(pci, &bell__fe_driver), -EINVAL);
	bell_plan.vector = UINT_MAX;
	KUNIT_EXPECT_EQ(test, edu_bind(pci, &bell__fe_driver), -EINVAL);
}

static void vectors_that_are_not_the_devices_are_refused(struct kunit *test)
{
	bell_plan.kinds = *(const unsigned int *)test->param_value;
	bell_plan.other_vectors = true;
	KUNIT_EXPECT_EQ(test, edu_bind(test_edu(test), &bell__fe_driver), -EINVAL);
}

static int irq_suite_init(struct kunit_suite *suite)
{
	return edu_driver_register(&bell__fe_driver);
}

static void irq_suite_exit(struct kunit_suite *suite)
{
	edu_driver_unregister(&bell__fe_driver);
}

static int irq_test_init(struct kunit *test)
{
	bell_plan = (struct bell_plan){ };
	atomic_set(&bell_handled, 0);
	atomic_set(&bell_begun, 0);
	atomic_set(&bell_incomplete, 0);
	return 0;
}

static struct kunit_case irq_test_cases[] = {
	KUNIT_CASE_PARAM(a_device_reaches_its_handler, kind_gen_params),
	KUNIT_CASE_PARAM(no_handler_runs_before_probe_is_over, kind_gen_params),
	KUNIT_CASE_PARAM(unbind_waits_for_a_running_handler, kind_gen_params),
	KUNIT_CASE_PARAM(no_handler_runs_after_unbind, kind_gen_params),
	KUNIT_CASE_PARAM(the_line_is_on_while_there_is_a_handler, kind_gen_params),
	KUNIT_CASE_PARAM(a_vector_that_is_not_there_is_refused, kind_gen_params),
	KUNIT_CASE_PARAM(vectors_that_are_not_the_devices_are_refused, kind_gen_params),
	{}
};

static struct kunit_suite irq_test_suite = {
	.name		= "irq",
	.suite_init	= irq_suite_init,
	.suite_exit	= irq_suite_exit,
	.init		= irq_test_init,
	.test_cases	= irq_test_cases,
};

kunit_test_suite(irq_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's interrupts");
MODULE_LICENSE("GPL");
