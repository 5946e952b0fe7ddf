#!/bin/sh
# npm run check: types, format, lint, direction of imports. Changes nothing.
set -eu
cd "$(dirname -- "$0")/.."
sh scripts/install.sh
node_modules/.bin/tsc -p .
node_modules/.bin/biome ci .
sh scripts/with-node.sh scripts/check-imports.ts
