#!/bin/sh
# Builds a container image from a built checkout: build.sh linky-exporter|intergas-exporter|kronoterm-cloud-relay|isg_exporter|ems-esp|hearth
#
#   npm ci && npm run build
#   sh packaging/container/build.sh linky-exporter
#   docker run -dit --device=/dev/ttyUSB0 -v /dev/ttyUSB0:/dev/ttyUSB0 -p 8123:8123 linky-exporter
#
# Uses docker, podman or buildah, the first that is there, or the command in $CONTAINER_BUILD.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
image=${1:-}
case $image in
linky-exporter | intergas-exporter | kronoterm-cloud-relay | isg_exporter | ems-esp | hearth) ;;
*)
  echo "build.sh: name the image to build: linky-exporter, intergas-exporter, kronoterm-cloud-relay, isg_exporter, ems-esp or hearth" >&2
  exit 2
  ;;
esac

build=${CONTAINER_BUILD:-}
for tool in docker podman buildah; do
  [ -z "$build" ] && command -v "$tool" >/dev/null 2>&1 && build="$tool build"
done
if [ -z "$build" ]; then
  echo "build.sh: docker, podman or buildah is needed, or the command in \$CONTAINER_BUILD" >&2
  exit 1
fi

# Of the two formats of images only Docker's knows health checks; buildah and podman write the other one unless told.
case $build in
*buildah* | *podman*) build="$build --format docker" ;;
esac

version=$(sed -n 's/^ *"version": "\([^"]*\)".*/\1/p' "$here/../../package.json")
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT
trap 'exit 1' HUP INT TERM
sh "$here/assemble.sh" "$context"
# Split into words on purpose: it is a command with its arguments.
$build --file "$here/Containerfile" --target "$image" --build-arg "VERSION=$version" --tag "$image" "$context"
