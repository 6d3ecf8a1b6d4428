# SPDX-License-Identifier: GPL-2.0
#
# The ownership checker for everything that Kbuild compiles on Ferrule: included by
# scripts/driver.mk, with FERRULE set to the top of the tree. What a file is held to
# depends on the directory it is in. CHECKER=off builds without.

ifneq ($(CHECKER),off)
ifdef CONFIG_CC_IS_GCC

# Kbuild reads this once for each directory; the plugin is looked after once.
ifndef FERRULE_PLUGIN
export FERRULE_PLUGIN := $(shell CC='$(CC)' $(FERRULE)/scripts/checker/build.sh)
ifeq ($(FERRULE_PLUGIN),)
$(error The ownership checker does not build, see above; CHECKER=off builds without it)
endif
endif

# The plugin's age is in the command line, so that a newer one has everything rebuilt.
checker-flags := -DFERRULE_CHECKER=$(shell stat -c %Y $(FERRULE_PLUGIN))
checker-flags += -fplugin=$(FERRULE_PLUGIN)
checker-flags += $(addprefix -fplugin-arg-ferrule-layer=$(FERRULE)/, include/ferrule abstractions)
checker-flags += -fplugin-arg-ferrule-kunit=$(FERRULE)/kunit

ccflags-y += $(checker-flags)
subdir-ccflags-y += $(checker-flags)

endif
# There is no configuration when Kbuild only cleans.
ifdef CONFIG_CC_IS_CLANG
$(warning The ownership checker needs a kernel that gcc built: nothing is checked)
endif
endif
