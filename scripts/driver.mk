# SPDX-License-Identifier: GPL-2.0
#
# What a driver on Ferrule is compiled with, inside this tree and outside it. The
# Kbuild file of a driver elsewhere begins with
#
#	FERRULE := /path/to/ferrule
#	include $(FERRULE)/scripts/driver.mk
#
# after `make' was run there for the same kernel. See README.md.

# Said once, where gcc would have hundreds of things to say.
refusal := $(shell $(FERRULE)/scripts/vm/headers.sh $(objtree) 2>&1 >/dev/null)
ifneq ($(refusal),)
$(error $(strip $(filter-out error:,$(refusal))))
endif

ferrule-flags := -I$(FERRULE)/include
# What C takes for a remark is an error here.
ferrule-flags += -Werror=discarded-qualifiers -Werror=unused-result -Werror=int-conversion
ferrule-flags += $(if $(filter 1,$(DEBUG)),-DFERRULE_DEBUG)

ccflags-y += $(ferrule-flags)
subdir-ccflags-y += $(ferrule-flags)

# Sparse does not know the cleanup attribute, so it counts locks wrongly.
CHECKFLAGS += -Wno-context

ifneq ($(FERRULE),$(KBUILD_EXTMOD))
KBUILD_EXTRA_SYMBOLS += $(FERRULE)/Module.symvers
endif

include $(FERRULE)/scripts/checker/checker.mk
