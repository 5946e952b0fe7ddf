#!/bin/sh
# Puts together the files of the container image from a built checkout: assemble.sh FOLDER [x64|arm64]
# The image holds what is copied here and nothing else: no shell, no package manager, no other program.
# For the processor and the C library of this machine; needs ldd. For the other processor it needs that one's Node in
# $HEARTH_NODE, readelf, and the C libraries as Debian's package libstdc++6-ARCH-cross brings them.
set -eu

checkout=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
modules="$checkout/node_modules"
node=${HEARTH_NODE:-"$modules/.bin/node"}
bundle="$checkout/dist/hearth.cjs"

fail() {
  echo "assemble.sh: $1" >&2
  exit 1
}
[ $# -eq 1 ] || [ $# -eq 2 ] || fail "name one folder to write to"
case $(uname -m) in
x86_64) here=x64 ;;
aarch64) here=arm64 ;;
*) here=none ;;
esac
processor=${2:-$here}
case $processor in
x64) triplet=x86_64-linux-gnu ;;
arm64) triplet=aarch64-linux-gnu ;;
*) fail "there is no Node for ${2:-$(uname -m)}; 64-bit x86 and ARM are supported" ;;
esac
[ -x "$node" ] || fail "$node is missing. Run first: npm ci"
[ -f "$bundle" ] || fail "$bundle is missing. Run first: npm run build"
mkdir -p "$1"
[ -z "$(ls -A "$1")" ] || fail "$1 is not empty"
out=$(CDPATH='' cd -- "$1" && pwd)

# Modes do not depend on the umask of whoever builds.
umask 022
root="$out/root"
app="$root/usr/lib/hearth"

put() { # mode source target
  mkdir -p "$(dirname -- "$3")"
  cp -L -- "$2" "$3"
  chmod "$1" "$3"
}

put_package() { # name, then the files of it that are loaded
  package=$1
  shift
  for file in package.json LICENSE "$@"; do
    put 644 "$modules/$package/$file" "$app/node_modules/$package/$file"
  done
}

put 755 "$node" "$root/usr/bin/node"
put 644 "$bundle" "$app/dist/hearth.cjs"
for part in "$checkout"/dist/parts/*.cjs; do
  put 644 "$part" "$app/dist/parts/$(basename -- "$part")"
done
put 644 "$checkout/LICENSE" "$app/LICENSE"
put 644 "$(dirname -- "$(dirname -- "$(readlink -f -- "$node")")")/LICENSE" "$root/usr/share/doc/node/LICENSE"

# Of the serial port package only the way to its addon: hearth reads ports itself.
addon="prebuilds/linux-$processor"
case $processor in
x64) addon="$addon/@serialport+bindings-cpp.glibc.node" ;;
arm64) addon="$addon/@serialport+bindings-cpp.armv8.glibc.node" ;;
esac
put_package @serialport/bindings-cpp dist/load-bindings.js dist/serialport-bindings.js "$addon"
put_package node-gyp-build index.js node-gyp-build.js

# The C and C++ libraries and the loader, each at the path where the loader looks for it.
native() { # files
  for file in "$@"; do ldd "$file"; done | sed -n 's/^.*[[:space:]]\(\/[^[:space:]]*\) (0x.*$/\1/p' | sort -u
}
foreign() { # files: the libraries that they name, and those that these name
  for file in "$@"; do
    for name in $(readelf -d "$file" | sed -n 's/^.*(NEEDED).*\[\(.*\)\]$/\1/p'); do
      library="/usr/$triplet/lib/$name"
      [ -e "$library" ] || fail "$library is missing: install the package libstdc++6-$processor-cross"
      # The path of the loader is written in every program.
      case $name in
      ld-linux-x86-64*) target="$root/lib64/$name" ;;
      *) target="$root/lib/$name" ;;
      esac
      [ -e "$target" ] && continue
      put 755 "$library" "$target"
      foreign "$library"
    done
  done
}
if [ "$processor" = "$here" ]; then
  libraries=$(native "$node" "$modules/@serialport/bindings-cpp/$addon")
  [ -n "$libraries" ] || fail "ldd names no libraries of $node"
  for library in $libraries; do
    put 755 "$library" "$root$library"
  done
else
  foreign "$node" "$modules/@serialport/bindings-cpp/$addon"
fi
for package in libc6 libgcc-s1 libstdc++6; do
  notice="/usr/share/doc/$package/copyright"
  [ ! -f "$notice" ] || put 644 "$notice" "$root$notice"
done

# No certificates: Node carries those of the public authorities itself.
mkdir -p "$root/etc/hearth" "$root/var/lib" "$root/tmp"
chmod 1777 "$root/tmp"
cat >"$root/etc/passwd" <<'FILE'
root:x:0:0:root:/:/nonexistent
hearth:x:65532:20:hearth:/var/lib/hearth:/nonexistent
FILE
cat >"$root/etc/group" <<'FILE'
root:x:0:
dialout:x:20:hearth
FILE
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
echo '127.0.0.1 localhost' >"$root/etc/hosts"

# Apart from the rest because it belongs to the user that the program runs as.
mkdir -p "$out/state"
