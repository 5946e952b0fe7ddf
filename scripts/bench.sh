#!/bin/sh
# npm run bench: measures decoder, renderer and the running program, a whole house of it, against named baselines; writes docs/performance.md.
# Takes about twelve minutes and wants a machine with nothing else to do.
set -eu
cd "$(dirname -- "$0")/.."

if ! command -v wrk >/dev/null 2>&1; then
  as_root=""
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
      as_root="sudo -n"
    else
      echo "hearth: the benchmark needs the Debian package wrk. Install it as root: apt-get install --no-install-recommends wrk" >&2
      exit 1
    fi
  fi
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "hearth: the benchmark needs the program wrk and knows only Debian's way to install it" >&2
    exit 1
  fi
  echo "hearth: installing for the benchmark: wrk"
  $as_root apt-get update -qq
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends wrk >/dev/null
fi

sh scripts/install.sh
sh scripts/with-node.sh scripts/build.ts
# The flags of bin/hearth, so that what is measured here runs as it does there, once there is so much to do.
flags=$(sed -n 's/^exec "$node" \(.*\) "$bundle" "$@"$/\1/p' bin/hearth | sed 's/ --no-maglev --no-opt//')
# shellcheck disable=SC2086 # several words on purpose
exec sh scripts/with-node.sh $flags bench/main.ts "$@"
