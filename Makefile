# One Makefile, no recursion. "make help" lists the targets.
#
#   make run                 install what is missing, build, start everything
#   make test                every test, on servers of its own
#   make lint                format, layers, banned functions, clang-tidy, units
#   make bench               the speed table, as ratios in one run
#   make fuzz                a minute of fuzzing for every parser
#   make format              clang-format everything
#   make check               the unit tests only
#   make BUILD=asan check    the same under ASan and UBSan
#   make check-sql           store functions against a throw-away MariaDB
#   make check-http          the pages through nginx
#   make check-reference     statistics against their reference values
#   make check-browser       the pages in Chromium
#   make assets              what the browser loads, into build/static
#   make test-slow           simulations, hostile and huge input, half an hour
#   make test-valgrind       statistics under valgrind, three minutes
#   make install             to PREFIX, with units; see docs/install.md
#   make clean               remove build/ (var/ keeps its data)
#
# BUILD is debug (default), release or asan; CC is gcc or clang.

BUILD ?= debug
export BUILD
O     := build/$(BUILD)
CC    := $(if $(filter default,$(origin CC)),gcc,$(CC))
PKGS  := jansson libmariadb libxml-2.0 gsl libsodium libutf8proc
pkg.h := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
pkg.l := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lfcgi -lmecab

warn  := -Wall -Wextra -Wshadow -Wconversion -Wsign-conversion -Wformat=2 \
	 -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
	 -Wundef -Wwrite-strings -Wcast-qual -Wpointer-arith -Wvla -Wswitch-enum
hard  := -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE
flags.debug   := -O1 -g3 -Werror
flags.release := -O2 -g $(hard)
# Under UBSan gcc 12 sees null formats that are not there.
flags.asan    := -O1 -g3 -fsanitize=address,undefined \
		 -fno-omit-frame-pointer -Wno-format-truncation
flags.clang   := -O1 -g -Werror
flags.fuzz    := -O1 -g -fsanitize=address,undefined,fuzzer-no-link
link.release  := -pie -Wl,-z,relro,-z,now
link.fuzz     := -fsanitize=fuzzer

CFLAGS   += -std=c17 $(warn) $(flags.$(BUILD))
CPPFLAGS += -D_GNU_SOURCE -Ifcgi -Itests -I. $(pkg.h)
LDLIBS   += $(pkg.l) -lm
LDFLAGS  += $(filter -fsanitize=%,$(CFLAGS)) $(link.$(BUILD))

lib   := $(filter-out fcgi/main.c,$(wildcard fcgi/*.c fcgi/*/*.c analytics/*.c))
units := $(wildcard tests/unit/test_*.c)
sqls  := $(wildcard tests/sql/test_*.c)
slows := $(wildcard tests/slow/test_*.c)
fuzzs := $(wildcard tests/fuzz/fuzz_*.c)
objs  := $(lib:%.c=$O/%.o)
ar    := $O/libterakoya.a
tests := $(units:%.c=$O/%)
dbtests := $(sqls:%.c=$O/%)
slow  := $(slows:%.c=$O/%)
fuzzers := $(fuzzs:%.c=$O/%)
benchs := $(wildcard tests/bench/*.c)
benches := $(benchs:%.c=$O/%)
loads := $(wildcard tests/http/*.c)
loaders := $(loads:%.c=$O/%)
heads := $(wildcard fcgi/*.h fcgi/*/*.h analytics/*.h tests/*.h tests/*/*.h)
codes := $(lib) fcgi/main.c $(units) $(sqls) $(slows) $(fuzzs) $(benchs) \
	$(loads)

# "make -s" is silent.
say = $(if $(findstring s,$(firstword -$(MAKEFLAGS))),@:,@echo)

all: $O/terakoya
$O/terakoya: $O/fcgi/main.o $(ar)
	$(say) "  LD $@"
	@$(CC) $(LDFLAGS) $^ $(LDLIBS) -o $@
$(tests) $(dbtests) $(slow) $(fuzzers) $(benches) $(loaders): $O/%: $O/%.o $(ar)
	$(say) "  LD $@"
	@$(CC) $(LDFLAGS) $^ $(LDLIBS) -o $@
$(ar): $(objs)
	@rm -f $@ && $(AR) rcs $@ $^
$O/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(say) "  CC $<"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c $< -o $@

# Loops over people and items, in the build that people use.
build/release/analytics/%.o: CFLAGS += -O3

# The SQL test knows every list of statements in store/.
stores := $(wildcard fcgi/store/*.c)
$O/tests/sql/test_queries.o: CPPFLAGS += -I$O
$O/tests/sql/test_queries.o: $O/store_queries.inc
$O/store_queries.inc: tools/list-queries $(stores)
	@mkdir -p $(@D)
	@tools/list-queries $(stores) >$@

# What the browser loads. Packages for tests come only when a test needs them.
packages := package.json package-lock.json
npm      := npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
assets: build/static/manifest.json
build/static/manifest.json: node_modules/.package-lock.json tools/assets.mjs \
		$(wildcard content/styles/* content/scripts/* content/scripts/*/* \
			content/static/*)
	@node tools/assets.mjs
node_modules/.package-lock.json: $(packages)
	$(npm) $(if $(wildcard node_modules/playwright-core),,--omit=dev)
	@touch $@
node-tests: node_modules/playwright-core/package.json
node_modules/playwright-core/package.json: $(packages)
	$(npm)
	@touch $@ node_modules/.package-lock.json

check: $(tests)
	prove --exec '' $(tests)
check-sql: $O/terakoya $(dbtests)
	tools/test sql
check-reference: $O/terakoya
	prove tests/reference
check-browser: node-tests
check-http: $(loaders)
check-http check-browser: check-%: all assets
	tools/test $*
programs: all $(tests) $(dbtests) $(loaders)
# Again as a fresh make: packages installed a moment ago count.
run: ; @BUILD=release tools/run
install:
	@$(MAKE) --no-print-directory -s BUILD=release all assets
	@tools/install
test:
	@tools/deps test
	@$(MAKE) --no-print-directory -s node-tests
	@$(MAKE) --no-print-directory -s -j2 programs assets
	@tools/test
test-slow: all $(slow)
	prove --exec '' $(slow)
	HOSTILE=all prove tests/reference/hostile.t
	prove --exec node tests/slow/growth.mjs tests/slow/huge.mjs
test-valgrind: all
	@tools/deps valgrind
	TERAKOYA=tests/under-valgrind prove -v tests/reference/golden.t
# All five have their say, then one of them may fail the whole.
lint: $O/store_queries.inc
	@good=0; tools/layers || good=1; tools/units || good=1; \
	tools/banned $(codes) $(heads) || good=1; \
	clang-format --dry-run --Werror $(codes) $(heads) || good=1; \
	tools/tidy $(codes) -- $(CPPFLAGS) -I$O -std=c17 || good=1; exit $$good
fuzz:
	@$(MAKE) --no-print-directory -s -j2 CC=clang BUILD=fuzz fuzzers
	@tools/fuzz $(fuzzs:%.c=build/fuzz/%)
fuzzers: $(fuzzers)
# The database of a bench writes to the disk as that of make run does, and has
# the memory that docs/install.md gives it. Its workers never retire, or what
# one gathers over many requests would go with it.
durable := --innodb-flush-log-at-trx-commit=1 --innodb-flush-method=O_DIRECT \
	--innodb-doublewrite=1 --innodb-buffer-pool-size=1G
bench:
	@tools/deps bench
	@$(MAKE) --no-print-directory -s -j2 BUILD=release all benches assets
	@BUILD=release WORKERS=16 REQUESTS=1000000000 \
		MARIADB_OPTIONS="$(durable)" \
		tests/with-server node tests/bench/bench.mjs
benches: $(benches)
format: ; clang-format -i $(codes) $(heads)
clean: ; rm -rf build
help: ; @sed -n '3,23s/^# *//p' Makefile

.PHONY: all assets node-tests check check-sql check-http check-browser \
	check-reference run install test test-slow test-valgrind programs lint fuzz fuzzers bench benches format clean help
.DELETE_ON_ERROR:
.SECONDARY:
-include $(objs:.o=.d) $(tests:=.d) $(dbtests:=.d) $(slow:=.d) \
	$(fuzzers:=.d) $(benches:=.d) $(loaders:=.d) $O/fcgi/main.d
