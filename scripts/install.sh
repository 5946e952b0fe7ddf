#!/bin/sh
# Installs the packages of the lock file when node_modules is missing or older than the lock file.
set -eu
cd "$(dirname -- "$0")/.."
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo "hearth: installing packages (npm ci) ..."
  # The pinned Node comes with the packages; that the machine's own is older is no news.
  npm ci --no-audit --no-fund --loglevel=error
  touch node_modules/.package-lock.json
fi
