# One Makefile, no recursion. "make help" lists the targets.
#
#   make run                 install what is missing, build, start everything
#   make test                every test, on servers of its own
#   make lint                format, layers, banned functions, clang-tidy
#   make bench               the speed table, as ratios in one run
#   make fuzz                a minute of fuzzing for every parser
#   make format              clang-format everything
#   make check               the unit tests only
#   make BUILD=asan check    the same under ASan and UBSan
#   make check-sql           store functions against a throw-away MariaDB
#   make check-http          the pages through nginx
#   make check-reference     statistics against their reference values
#   make check-browser       the pages in Chromium
#   make test-slow           simulations that take minutes
#
# BUILD is debug (default), release or asan; CC is gcc or clang.

BUILD ?= debug
export BUILD
O     := build/$(BUILD)
CC    := $(if $(filter default,$(origin CC)),gcc,$(CC))
PKGS  := jansson libmariadb libxml-2.0 gsl libsodium libutf8proc
pkg.h  = $(shell pkg-config --cflags $(PKGS))
pkg.l := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lfcgi

warn  := -Wall -Wextra -Wshadow -Wconversion -Wsign-conversion -Wformat=2 \
	 -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
	 -Wundef -Wwrite-strings -Wcast-qual -Wpointer-arith -Wvla -Wswitch-enum
hard  := -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE
flags.debug   := -O1 -g3 -Werror
flags.release := -O2 -g $(hard)
# Under UBSan gcc 12 sees null formats that are not there.
flags.asan    := -O1 -g3 -fsanitize=address,undefined \
		 -fno-omit-frame-pointer -Wno-format-truncation
link.release  := -pie -Wl,-z,relro,-z,now

CFLAGS   += -std=c17 $(warn) $(flags.$(BUILD))
CPPFLAGS += -D_GNU_SOURCE -Ifcgi -Itests -I. $(pkg.h)
LDLIBS   += $(pkg.l) -lm
LDFLAGS  += $(filter -fsanitize=%,$(CFLAGS)) $(link.$(BUILD))

lib   := $(filter-out fcgi/main.c,$(wildcard fcgi/*.c fcgi/*/*.c analytics/*.c))
units := $(wildcard tests/unit/test_*.c)
sqls  := $(wildcard tests/sql/test_*.c)
objs  := $(lib:%.c=$O/%.o)
ar    := $O/libterakoya.a
tests := $(units:%.c=$O/%)
dbtests := $(sqls:%.c=$O/%)

all: $O/terakoya
$O/terakoya: $O/fcgi/main.o $(ar)
	$(CC) $(LDFLAGS) $^ $(LDLIBS) -o $@
$(tests) $(dbtests): $O/%: $O/%.o $(ar)
	$(CC) $(LDFLAGS) $^ $(LDLIBS) -o $@
$(ar): $(objs)
	rm -f $@ && $(AR) rcs $@ $^
$O/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c $< -o $@

# The SQL test knows every list of statements in store/.
stores := $(wildcard fcgi/store/*.c)
$O/tests/sql/test_queries.o: CPPFLAGS += -I$O
$O/tests/sql/test_queries.o: $O/store_queries.inc
$O/store_queries.inc: tools/list-queries $(stores)
	@mkdir -p $(@D)
	tools/list-queries $(stores) >$@

check: $(tests)
	prove --exec '' $(tests)
check-sql: $O/terakoya $(dbtests)
	tests/with-mariadb prove --exec '' $(dbtests)
check-reference: $O/terakoya
	tests/reference/golden.t
format: ; clang-format -i $(lib) fcgi/main.c $(units) $(sqls) \
	$(wildcard fcgi/*.h fcgi/*/*.h analytics/*.h tests/*.h)
clean: ; rm -rf build
help: ; @sed -n '3,19s/^# *//p' Makefile

.PHONY: all check check-sql check-reference format clean help
.DELETE_ON_ERROR:
.SECONDARY:
-include $(objs:.o=.d) $(tests:=.d) $(dbtests:=.d) $O/fcgi/main.d
