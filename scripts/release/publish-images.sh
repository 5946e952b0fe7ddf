#!/bin/sh
# Publishes the image archives of dist/release: publish-images.sh REGISTRY [FOLDER]
#
# REGISTRY is where images go, with the owner's part: registry.example.org/owner. Each image is pushed there for all
# processors under its version, and as "latest" unless the version is one before a release (1.0.0-rc.1).
# Log in first: buildah login registry.example.org. Options of buildah push may be given in $PUSH_OPTIONS.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
registry=${1:-}
folder=${2:-"$root/dist/release"}
if [ -z "$registry" ]; then
  echo "publish-images.sh: name the registry: registry.example.org/owner" >&2
  exit 2
fi
version=$(sed -n 's/^ *"version": "\([^"]*\)".*/\1/p' "$root/package.json")
case $version in
*-*) tags=$version ;;
*) tags="$version latest" ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
# buildah reads one image of several only from an archive that is not compressed.
archive="$work/images.tar"

found=no
names=""
for packed in "$folder/hearth-$version-images-linux-"*.tar.gz; do
  [ -f "$packed" ] || continue
  found=yes
  gzip -dc "$packed" >"$archive"
  # The name of each image, from the list that every archive begins with.
  names=$(tar -xOf "$archive" manifest.json | grep -o "\"[^\":]*:$version\"" | sed 's/"\(.*\):.*/\1/')
  for name in $names; do
    image=$(buildah pull --quiet "docker-archive:$archive:$name:$version")
    list="release-$name:$version"
    buildah manifest exists "$list" 2>/dev/null || buildah manifest create "$list" >/dev/null
    buildah manifest add "$list" "$image" >/dev/null
  done
done
if [ "$found" = no ]; then
  echo "publish-images.sh: $folder holds no images of $version: run npm run release" >&2
  exit 1
fi
for name in $names; do
  for tag in $tags; do
    # In Docker's format, because the other one has no health checks. Split into words on purpose.
    buildah manifest push ${PUSH_OPTIONS:-} --all --format v2s2 "release-$name:$version" "docker://$registry/$name:$tag"
    echo "published $registry/$name:$tag"
  done
  buildah manifest rm "release-$name:$version" >/dev/null
done
