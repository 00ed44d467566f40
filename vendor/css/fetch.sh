#!/bin/sh
# Fetch the web pages' base style and fonts again, at the versions pinned here; needs npm. Run from anywhere.
set -eu
PICO=2.1.1
SARABUN=5.3.0
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent "@picocss/pico@$PICO" "@fontsource/sarabun@$SARABUN" >/dev/null
mkdir pico sarabun
tar xzf "picocss-pico-$PICO.tgz" -C pico --strip-components 1
tar xzf "fontsource-sarabun-$SARABUN.tgz" -C sarabun --strip-components 1
cp pico/css/pico.classless.min.css "$here/pico.classless.min.css"
cp pico/LICENSE.md "$here/LICENSE-pico.md"
cp sarabun/LICENSE "$here/LICENSE-sarabun.txt"
for part in thai latin; do
    for weight in 400 600; do
        cp "sarabun/files/sarabun-$part-$weight-normal.woff2" "$here/sarabun-$part-$weight.woff2"
    done
done
cd "$here"
sha256sum ./*.css ./*.woff2 > SHA256SUMS
