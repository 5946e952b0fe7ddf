#!/bin/sh
# Installs the Debian packages that the tests use as their real parts: a Prometheus, pseudo-terminals, unit checks, image builds.
# As root or through sudo; where neither is allowed it names what is missing and ends with 1.
set -eu

missing=""
need() { # program package
  PATH="$PATH:/usr/sbin:/sbin" command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}
need prometheus prometheus
need promtool prometheus
need socat socat
need systemd-analyze systemd
need buildah buildah
need setpriv util-linux
need git git
need faketime faketime

[ -z "$missing" ] && exit 0
packages=$(printf '%s\n' $missing | sort -u | tr '\n' ' ')

as_root=""
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
  else
    echo "hearth: the tests need these Debian packages: $packages" >&2
    echo "hearth: install them as root: apt-get install --no-install-recommends $packages" >&2
    exit 1
  fi
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "hearth: the tests need these programs and know only Debian's way to install them: $packages" >&2
  exit 1
fi

echo "hearth: installing for the tests: $packages"
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
