#!/bin/sh
# Fetch axe again, at the version pinned here; needs npm. Run from anywhere.
set -eu
AXE=4.14.1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent "axe-core@$AXE" >/dev/null
tar xzf "axe-core-$AXE.tgz"
cp package/axe.min.js package/LICENSE "$here/"
cd "$here"
sha256sum axe.min.js > SHA256SUMS
