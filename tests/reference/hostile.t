#!/bin/sh
# hostile.t: every method against bad files and options; see hostile.mjs.
exec node "$(dirname "$0")/hostile.mjs" "$@"
