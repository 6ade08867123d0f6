#!/bin/bash
# dictionary.sh: Hunspell's British English (npm package dictionary-en-gb), in the cache; the last line is its folder. Exit status 3: out of reach.
set -euo pipefail
package=dictionary-en-gb@3.0.0
cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/academy/dictionaries
folder=$cache/$package
if [ ! -f "$folder/index.dic" ]; then
  command -v npm >/dev/null || { echo "npm is not here" >&2; exit 3; }
  new=$(mktemp -d)
  trap 'rm -rf "$new"' EXIT
  npm pack --silent --pack-destination "$new" "$package" </dev/null >/dev/null 2>"$new/log" || { echo "npm has no $package: $(tail -n 1 "$new/log")" >&2; exit 3; }
  mkdir -p "$folder"
  tar -xzf "$new"/*.tgz -C "$folder" --strip-components=1
fi
echo "$folder"
