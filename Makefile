# SPDX-License-Identifier: GPL-2.0
#
# The front door. What is built as kernel modules is in Kbuild; what boots
# something is in scripts/vm.

# These reach Kbuild from the environment as well as from the command line.
export KDIR DEBUG CHECKER W C V SETUP FERRULE_CACHE ACCEL FULL

# The kernel of `make vm', and what it is to do there.
KERNEL ?= stock
CMD ?=
# The KUnit suites to run, by the beginning of their names.
SUITE ?=
# The rule to explain.
RULE ?=
# The breaks to make: of one kernel, of one suite or program, such as kunit/timer; or all.
BREAKS ?=
# What of `make bench' to run: its parts, or all of them.
BENCH ?=
# DISK_TOOLS=1 has fio, mkfs.ext4 and sfdisk in the guest.
DISK_TOOLS ?=
# V=1 shows the guest's whole kernel log as it comes.
V ?=

# By exec, no shell stands between make and the program, which ends with make.
vm := exec scripts/vm/vm $(if $(filter 1,$(V)),--verbose) \
	$(if $(filter 1,$(DISK_TOOLS)),--disk-tools)

# What `make test' runs when all is built: targets that leave their counts in build/results/.
# The longest first, so that none is left for the end.
test-sections := debug-programs debug-kunit stock-programs check vm-selftest

# User-space programs: drivers/X/X-tool.c and X-test.c, with X-test-*.c if the
# test is in several files and the frame that all tests have, and the guest's
# way to talk to its host.
program-sources := $(wildcard drivers/*/*-tool.c drivers/*/*-test.c scripts/vm/guest/*.c)
programs := $(patsubst %.c,build/programs/%,$(notdir $(program-sources)))
program-flags := -O2 -Wall -Wextra -Werror -static -pthread
vpath %.c $(sort $(dir $(program-sources)))

# What measures, in the guest: each is a file of its own and the frame.
bench-source := scripts/bench/guest
bench-programs := $(patsubst $(bench-source)/%.c,build/bench/programs/%, \
	$(wildcard $(bench-source)/measure-*.c))

.PHONY: build run test kunit check breaks bench explain vm clean distclean help \
	stock debug source programs test-build vm-selftest stock-programs debug-programs \
	debug-kunit
.DEFAULT_GOAL := build

build: packages-modules
	@scripts/vm/modules.sh plain

run: stock programs
	@$(vm) run

test:
	@scripts/vm/packages.sh debug check disk
	@scripts/vm/test.sh test-build $(test-sections)

test-build: stock debug source programs

kunit: debug source programs
kunit debug-kunit:
	@$(vm) --kernel debug kunit '$(SUITE)'

check: packages-check
	@scripts/check.sh

breaks: packages-debug
	@exec scripts/breaks/breaks $(BREAKS)

bench: stock programs $(bench-programs) build/bench/count.so packages-bench
	@scripts/bench/modules.sh
	@exec scripts/bench/bench $(BENCH)

explain:
	@scripts/checker/explain '$(RULE)'

# $(value) and the environment keep make and the shell away from the command.
vm: export FERRULE_CMD = $(value CMD)
vm: $(KERNEL) programs $(if $(filter 1,$(DISK_TOOLS)),packages-disk)
	@$(vm) --kernel '$(KERNEL)' \
		$(if $(value CMD),exec "$$FERRULE_CMD",shell)

clean:
	@find . \( -path ./build -o -path ./.git -o -path ./scripts \) -prune -o -type f \
		\( -name '*.o' -o -name '*.ko' -o -name '*.mod' -o -name '*.mod.c' \
		-o -name '*.symvers' -o -name modules.order -o -name '.*.cmd' \
		-o -name '.*.d' -o -name '.tmp_*' \) -exec rm -f {} +
	@find build -mindepth 1 -maxdepth 1 ! -name cache -exec rm -rf {} + 2>/dev/null || true

distclean: clean
	@rm -rf build

help:
	@echo 'make             build the modules for the installed kernel headers'
	@echo 'make run         see the drivers at work in a test machine'
	@echo 'make test        run every test there is'
	@echo 'make check       check the sources, on the host: part of make test'
	@echo 'make breaks      break what is tested, and expect the tests to say so; an hour'
	@echo 'make bench       what it costs, against the same by hand: ten minutes; BENCH=block: that'
	@echo '                 part, two minutes'
	@echo 'make explain     the rules of the ownership checker; RULE=leak: that one'
	@echo 'make kunit       run the KUnit suites; SUITE=edu: those that begin so'
	@echo 'make vm          a shell in a test machine; CMD="...": only that'
	@echo 'make clean       remove what was built, but for the kernels'
	@echo 'make distclean   remove the kernels too'
	@echo 'make help        this'
	@echo
	@echo 'KDIR=DIR         build for the kernel whose headers are there'
	@echo 'DEBUG=1          with run-time ownership tracking'
	@echo 'CHECKER=off      without the ownership checker'
	@echo 'W=1 C=1          as in the kernel: more warnings, sparse'
	@echo 'KERNEL=debug     the kernel of make vm: stock (default) or debug'
	@echo 'V=1              show the whole kernel log of the test machine'
	@echo 'DISK_TOOLS=1     fio, mkfs.ext4 and sfdisk in the machine of make vm'
	@echo 'ACCEL=kvm        how QEMU runs it; by itself it uses KVM where the CPU can'
	@echo 'FULL=1           make test: as often as ever sensible; make check: every mistake, 300'
	@echo '                 files of the kernel; make bench: every cell'
	@echo 'SETUP=no         print which packages are missing, do not install them'
	@echo 'FERRULE_CACHE=DIR  where the kernels are kept (build/cache)'

packages-%:
	@scripts/vm/packages.sh $*

stock debug: %: packages-%
	@scripts/vm/modules.sh $@

# The kernel's source: its kunit.py judges the tests.
source: packages-debug
	@mkdir -p build && dir=$$(scripts/vm/source.sh) && ln -sfn "$$dir" build/source

programs: $(programs)
	@rm -f $(filter-out $^,$(wildcard build/programs/*))

build/bench/programs/%: $(bench-source)/%.c $(wildcard $(bench-source)/measure.[ch] \
		drivers/edu/*.h scripts/bench/grow/*.h scripts/bench/micro/*.h) | packages-stock
	@mkdir -p $(@D)
	@echo '  CC      $@'
	@gcc-12 $(program-flags) -Wno-unused-parameter \
		-Wno-missing-field-initializers -Idrivers/edu -Iscripts/bench/grow \
		-Iscripts/bench/micro \
		-o $@ $(filter %.c,$^)

build/bench/count.so: scripts/bench/count/count.c | packages-stock
	@mkdir -p $(@D)
	@echo '  CC      $@'
	@gcc-12 -O2 -Wall -Wextra -Werror -shared -fPIC -o $@ $<

.SECONDEXPANSION:
build/programs/%: %.c $$(wildcard drivers/*/$$*-*.c) \
	$$(if $$(findstring -test,$$*),$(wildcard drivers/test/*.c)) \
	$(wildcard drivers/*/*.h) | packages-stock
	@mkdir -p $(@D)
	@echo '  CC      $@'
	@gcc-12 $(program-flags) -o $@ $(filter %.c,$^)

# Of the machinery itself: what it makes of good guests and of bad ones.
vm-selftest:
	@status=0; \
	scripts/once.sh $@ scripts/vm -- \
		python3 scripts/vm/selftest build/results/$@.counts || status=$$?; \
	cp build/results/$@.counts build/results/$@ && exit $$status

stock-programs debug-programs: %-programs:
	@$(vm) --kernel $* --disk-tools programs
