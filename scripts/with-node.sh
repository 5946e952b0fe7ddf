#!/bin/sh
# Runs its arguments with the Node that the project pins: the one npm installed, else the system's.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
node="$root/node_modules/.bin/node"
[ -x "$node" ] || node=node
PATH="$root/node_modules/.bin:$PATH"
export PATH
exec "$node" "$@"
