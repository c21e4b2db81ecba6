#!/bin/sh
# golden.t: the program against its reference values; see golden.mjs.
exec node "$(dirname "$0")/golden.mjs" "$@"
