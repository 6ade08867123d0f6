# shellcheck shell=bash
# What the recorders share: which objects are kept, without what, and where. It wants: $ns, $dir (of the lab or practice cluster), KUBECONFIG.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
field() { sed -n "s/^$2: *//p" "$1" | head -n 1; }
. "$here/recording/kinds.sh"

# Without the parts that say nothing, the secret ones and the ids of the machine; one object a line, so that a diff can be read.
# What a newer Kubernetes calls v1 with the same fields is called so here too (see kinds.sh).
CLEAN='
  .items[]
  | del(.metadata.managedFields, .metadata.selfLink)
  | if .kind == "Secret" then
      .data |= (if . then map_values("REDACTED") else . end) | del(.stringData)
      | del(.metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"])
    else . end
  | .apiVersion = ($newer[.apiVersion + " " + .kind] // .apiVersion)
  | if .kind == "Node" then del(.status.images) | .status.nodeInfo |= (.machineID = "" | .systemUUID = "" | .bootID = "" | .kernelVersion = "") else . end'

# Other labs use the cluster too. Of what has no namespace, that stays which is the system's own, which the lab's files name, or which serves its pods;
# nodes that only pretend stay when one of these holds, or when there is no other.
OURS='
  ($words | INDEX(.)) as $named
  | ([.items[] | select(.kind == "Node" and (.status.nodeInfo.containerRuntimeVersion | startswith("fake") | not))] | length > 0) as $real
  | .items |= map(select(
      $named[.metadata.name]
      or (.metadata.name | startswith("system-"))
      or (.kind == "PersistentVolume" and .spec.claimRef.namespace == $ns)
      or (.kind == "Node" and (($real | not) or (.status.nodeInfo.containerRuntimeVersion | startswith("fake") | not) or (.metadata.name | IN($nodes[]))))))'

dump() { # FOLDER
  local pod container restarts nodes cluster_wide
  rm -rf "$1"
  mkdir -p "$1/logs"
  nodes=$(kubectl get pods -n "$ns" -o json | jq -c '[.items[].spec.nodeName // empty] | unique')
  cluster_wide=$(resources_of false)
  {
    echo '{"apiVersion": "v1", "kind": "List", "metadata": {}, "items": ['
    {
      kubectl get "$(resources_of true)" -n "$ns" -o json
      kubectl get namespace "$ns" -o json | jq -c '{items: [.]}'
      kubectl get "$cluster_wide" -o json | jq -c --arg ns "$ns" --argjson nodes "$nodes" --argjson words "$(words)" "$OURS"
    } | jq -cS --argjson newer "$NEWER" "$CLEAN" | sed '$!s/$/,/'
    echo ']}'
  } >"$1/objects.json"
  kubectl get pods -n "$ns" -o json | jq -r '
    .items[] | .metadata.name as $pod | (.status.initContainerStatuses // []) + (.status.containerStatuses // []) | .[] | "\($pod) \(.name) \(.restartCount)"' |
    while read -r pod container restarts; do
      kubectl logs -n "$ns" "$pod" -c "$container" >"$1/logs/${pod}__$container.log" 2>/dev/null || rm -f "$1/logs/${pod}__$container.log"
      [ "$restarts" = 0 ] || kubectl logs -n "$ns" "$pod" -c "$container" --previous >"$1/logs/${pod}__$container.previous.log" 2>/dev/null ||
        rm -f "$1/logs/${pod}__$container.previous.log"
    done
  rmdir "$1/logs" 2>/dev/null || true
  echo "recorded ${1#"$here"/}: $(grep -c '^{"apiVersion' "$1/objects.json") objects"
}

serving() { # SECONDS: all Deployments and StatefulSets are; fails when not
  local each
  for each in $(kubectl get deployments,statefulsets -n "$ns" -o name); do kubectl rollout status -n "$ns" "$each" --timeout="${1}s" >/dev/null 2>&1 || return 1; done
}
settled() { # SECONDS: everything that can become ready is
  serving "$1" || true
  [ -z "$(kubectl get jobs -n "$ns" -o name)" ] || kubectl wait -n "$ns" --for=condition=Complete job --all --timeout="${1}s" >/dev/null || true
  sleep 5
}
