# shellcheck shell=bash
# What the recorders share: which objects are kept, without what, and where.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
field() { sed -n "s/^$2: *//p" "$1" | head -n 1; }

NAMESPACED=pods,services,endpoints,endpointslices.discovery.k8s.io,configmaps,secrets,serviceaccounts,deployments.apps,replicasets.apps,statefulsets.apps,daemonsets.apps
NAMESPACED+=,jobs.batch,cronjobs.batch,ingresses.networking.k8s.io,networkpolicies.networking.k8s.io,persistentvolumeclaims,resourcequotas,limitranges
NAMESPACED+=,roles.rbac.authorization.k8s.io,rolebindings.rbac.authorization.k8s.io,horizontalpodautoscalers.autoscaling,poddisruptionbudgets.policy,events
CLUSTER=nodes,storageclasses.storage.k8s.io,priorityclasses.scheduling.k8s.io,persistentvolumes

# Without the parts that say nothing, the secret ones and the ids of the machine; one object a line, so that a diff can be read.
CLEAN='
  .items[]
  | del(.metadata.managedFields, .metadata.selfLink)
  | if .kind == "Secret" then
      .data |= (if . then map_values("REDACTED") else . end) | del(.stringData)
      | del(.metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"])
    else . end
  | if .kind == "Node" then del(.status.images) | .status.nodeInfo |= (.machineID = "" | .systemUUID = "" | .bootID = "" | .kernelVersion = "") else . end'

dump() { # FOLDER
  local pod container restarts
  rm -rf "$1"
  mkdir -p "$1/logs"
  {
    echo '{"apiVersion": "v1", "kind": "List", "metadata": {}, "items": ['
    {
      kubectl get "$NAMESPACED" -n "$ns" -o json | jq -cS "$CLEAN"
      kubectl get namespace "$ns" -o json | jq -cS "{items: [.]} | $CLEAN"
      kubectl get "$CLUSTER" -o json | jq -cS "$CLEAN"
    } | sed '$!s/$/,/'
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

settled() { # everything that can become ready is
  kubectl wait -n "$ns" --for=condition=Available deployment --all --timeout="${1}s" >/dev/null 2>&1 || true
  [ -z "$(kubectl get jobs -n "$ns" -o name)" ] || kubectl wait -n "$ns" --for=condition=Complete job --all --timeout="${1}s" >/dev/null || true
  sleep 5
}
