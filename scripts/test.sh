#!/bin/sh
# npm test: installs what the tests need, builds, and runs everything. Arguments go to the test runner.
set -eu
cd "$(dirname -- "$0")/.."
sh scripts/system-packages.sh
sh scripts/install.sh
sh scripts/install-runtimes.sh
sh scripts/with-node.sh scripts/build.ts
sh scripts/with-node.sh scripts/check-imports.ts
exec sh scripts/with-node.sh node_modules/vitest/vitest.mjs run "$@"
