# shellcheck shell=bash
# What is added to a state before it is recorded, and what its services answer. It wants what common.sh wants, and $main.
# shellcheck disable=SC2154  # ns, dir and main are the reader's

# A way to the API server for curl, with whatever the kubeconfig signs in with.
open_proxy() {
  proxy_dir=$(mktemp -d)
  kubectl proxy --unix-socket="$proxy_dir/api" >"$proxy_dir/log" 2>&1 &
  proxy_pid=$!
  local i
  for ((i = 0; i < 100; i++)); do [ ! -S "$proxy_dir/api" ] || return 0; sleep 0.1; done
  cat "$proxy_dir/log" >&2
  return 1
}
close_proxy() {
  [ -n "${proxy_pid:-}" ] || return 0
  kill "$proxy_pid" 2>/dev/null || true
  wait "$proxy_pid" 2>/dev/null || true
  rm -rf "$proxy_dir"
  proxy_pid=''
}
ask() { curl --silent --show-error --max-time 15 --unix-socket "$proxy_dir/api" "$@"; }

# A YAML list as JSON lines; kubectl reads YAML where nothing else here does.
entries() { # FILE
  local indented
  indented=$(sed 's/^/  /' "$1")
  kubectl patch --local -f - --type=merge -o json -p "entries:
$indented" <<<'{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "list"}}' | jq -c '.entries[]'
}

# Statuses that a controller writes which does not run on the recording cluster: states/status.STATE.yaml, a list of
# {kind, name, status, source}, where need be with apiVersion and cluster. The object then says that, and after what documentation.
statuses() { # STATE CLUSTER
  local file=$dir/states/status.$1.yaml entry kind name api plural object
  [ -f "$file" ] || return 0
  open_proxy
  while read -r entry; do
    kind=$(jq -r .kind <<<"$entry") name=$(jq -r .name <<<"$entry")
    jq -e '(.status | type == "object") and (.source | type == "string")' <<<"$entry" >/dev/null || { echo "status.$1.yaml: $kind/$name needs status and source" >&2; exit 1; }
    api=$(jq -r '.apiVersion // empty' <<<"$entry")
    [ -n "$api" ] || api=$(kinds | awk -v kind="$kind" '$1 == kind { print $2; exit }')
    [ -n "$api" ] || { echo "status.$1.yaml: no manifest of the lab has a $kind; say its apiVersion" >&2; exit 1; }
    plural=$(serves | awk -v kind="$kind" -v api="$api" '$1 == kind && $2 ~ "^" substr(api, 1, index(api, "/")) && !found++ { print $3, $4 }')
    object=/apis/$api; [[ $api == */* ]] || object=/api/$api
    [ "${plural#* }" = false ] || object+=/namespaces/$ns
    object+=/${plural% *}/$name
    jq -c '{status}' <<<"$entry" | ask --fail -X PATCH -H 'Content-Type: application/merge-patch+json' --data-binary @- -o "$proxy_dir/answer" "http://localhost$object/status" ||
      { echo "status.$1.yaml: $kind/$name does not take its status: $(ask "http://localhost$object" | jq -r '.message // "the object is there"')" >&2; exit 1; }
    # A field that the schema does not know was dropped without a word.
    jq -e --slurpfile there "$proxy_dir/answer" '
      .status as $wanted | [$wanted | paths(type | IN("object", "array") | not)] | map(select(. as $p | ($there[0].status | getpath($p)) != ($wanted | getpath($p)))) | if . == [] then true else (tojson | halt_error(1)) end' \
      <<<"$entry" >/dev/null || { echo "status.$1.yaml: $kind/$name lost the fields above: its schema does not know them" >&2; exit 1; }
    jq -c '{metadata: {annotations: {"academy.dev/status-source": .source}}}' <<<"$entry" |
      ask --fail -X PATCH -H 'Content-Type: application/merge-patch+json' --data-binary @- -o /dev/null "http://localhost$object"
  done < <(entries "$file" | jq -c --arg cluster "$2" --arg main "$main" 'select((.cluster // $main) == $cluster)')
  close_proxy
}

# A pretended pod has an address at which something else may answer.
only_pretended() { # SERVICE
  kubectl get nodes,endpoints -n "$ns" -o json | jq -e --arg service "$1" '
    ([.items[] | select(.kind == "Node" and (.status.nodeInfo.containerRuntimeVersion | startswith("fake"))).metadata.name]) as $pretended
    | [.items[] | select(.kind == "Endpoints" and .metadata.name == $service).subsets[]? | (.addresses // [])[].nodeName]
    | length > 0 and all(. as $node | $pretended | index($node))' >/dev/null
}

# What services answer: for each line "SERVICE PORT PATH [CLUSTER]" of states/http.txt one entry of http.json, by the API server's service proxy.
answers() { # CLUSTER: JSON lines
  local service port path cluster code
  [ -f "$dir/states/http.txt" ] || return 0
  open_proxy
  while read -r service port path cluster; do
    case $service in '' | '#'*) continue ;; esac
    [ "${cluster:-$main}" = "$1" ] || continue
    ! only_pretended "$service" || { echo "http.txt: the pods of $service are on nodes that only pretend; its answer is not recorded" >&2; continue; }
    code=$(ask -o "$proxy_dir/body" -w '%{http_code}' "http://localhost/api/v1/namespaces/$ns/services/$service:$port/proxy$path") ||
      { echo "http.txt: no answer from $service:$port$path" >&2; continue; }
    head -c 65536 "$proxy_dir/body" | jq -Rsc --arg service "$service" --arg port "$port" --arg path "$path" --argjson status "$code" --arg cluster "${cluster:-}" '
      {service: $service, port: $port, path: $path, status: $status, body: .} + if $cluster == "" then {} else {cluster: $cluster} end'
  done <"$dir/states/http.txt"
  close_proxy
}
