#!/bin/sh
# npm run sweep: the sweeps of lines and delays, far finer than npm test runs them. Takes some minutes.
set -eu
cd "$(dirname -- "$0")/.."
sh scripts/install.sh
exec sh scripts/with-node.sh node_modules/vitest/vitest.mjs run --config vitest.sweep.config.ts "$@"
