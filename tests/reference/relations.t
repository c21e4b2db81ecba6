#!/bin/sh
# relations.t: results follow their data; see relations.mjs.
exec node "$(dirname "$0")/relations.mjs" "$@"
