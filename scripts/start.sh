#!/bin/sh
# npm start: install, build and show the simulated house.
set -eu
cd "$(dirname -- "$0")/.."
sh scripts/install.sh
sh scripts/with-node.sh scripts/build.ts
exec ./bin/hearth demo "$@"
