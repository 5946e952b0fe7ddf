#!/bin/sh
# Installs the other versions of Node that tests run hearth on. Does nothing when they are there.
set -eu
cd "$(dirname -- "$0")/../test/runtimes"
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund --loglevel=error
  touch node_modules/.package-lock.json
fi
