#!/bin/bash
# record.sh LAB: applies the lab's start and solution to a cluster and keeps what they look like there, for the quality gate and for practice.
#
#   KUBECONFIG=... curriculum/record.sh deploy-ai-app
#
# The cluster is one for the purpose: the lab's namespace is deleted first and last. It needs a node that really runs pods;
# tests/kubernetes/up.sh node gives one. Written are labs/LAB/states/{start,solution} and, for every practice cluster of the lab, its broken
# (start with the fault in it) and repaired (the solution) states. Values of Secrets are dropped.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
lab=${1:?usage: record.sh LAB}
dir=$here/labs/$lab
[ -f "$dir/lab.yaml" ] || { echo "record.sh: there is no lab $lab" >&2; exit 2; }
field() { sed -n "s/^$2: *//p" "$1" | head -n 1; }
ns=$(field "$dir/lab.yaml" namespace)

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
  | if .kind == "Node" then del(.status.images) | .status.nodeInfo |= (.machineID = "" | .systemUUID = "" | .bootID = "") else . end'

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

# What the cluster itself looks like in a state, where the lab is about that: states/platform.sh STATE.
platform() { [ ! -x "$dir/states/platform.sh" ] || "$dir/states/platform.sh" "$1"; }

fresh() { # STATE FOLDER: an empty namespace in that state of the cluster, and the manifests in it
  kubectl delete namespace "$ns" --ignore-not-found --timeout=120s >/dev/null
  platform "$1"
  kubectl create namespace "$ns" >/dev/null
  local path
  for path in "$2"/*.yaml; do
    # A Job that calls a service is run when the service is there.
    ! grep -qx 'kind: Job' "$path" || kubectl wait -n "$ns" --for=condition=Available deployment --all --timeout=120s >/dev/null
    kubectl create -n "$ns" -f "$path" >/dev/null
  done
}

settled() { # everything that can become ready is
  kubectl wait -n "$ns" --for=condition=Available deployment --all --timeout="${1}s" >/dev/null 2>&1 || true
  [ -z "$(kubectl get jobs -n "$ns" -o name)" ] || kubectl wait -n "$ns" --for=condition=Complete job --all --timeout="${1}s" >/dev/null || true
  sleep 5
}

practices() { grep -lx "lab: $lab" "$here"/practice/*/practice.yaml 2>/dev/null || true; }

fresh start "$dir/start"
settled 20
dump "$dir/states/start"

for practice in $(practices); do
  fault=$(field "$practice" fault)
  fresh start "$dir/start"
  # With the pods of before the fault gone, as after a night in which the nodes were drained: otherwise they would go on serving.
  wanted=$(kubectl get deployments -n "$ns" -o jsonpath='{range .items[*]}{.metadata.name}={.spec.replicas} {end}')
  kubectl scale deployment -n "$ns" --all --replicas=0 >/dev/null
  kubectl apply -n "$ns" --server-side --force-conflicts --field-manager=academy-fault --validate=false -f "$dir/faults/$fault.yaml" >/dev/null
  kubectl wait -n "$ns" --for=delete pod --all --timeout=60s >/dev/null 2>&1 || true
  for each in $wanted; do kubectl scale deployment -n "$ns" "${each%=*}" --replicas="${each#*=}" >/dev/null; done
  # Long enough for a back-off to be visible.
  sleep "${ACADEMY_RECORD_FAULT_SECONDS:-45}"
  dump "$(dirname "$practice")/broken"
done

fresh solution "$dir/solution"
settled 90
dump "$dir/states/solution"
for practice in $(practices); do
  rm -rf "$(dirname "$practice")/repaired"
  cp -r "$dir/states/solution" "$(dirname "$practice")/repaired"
done
kubectl delete namespace "$ns" --timeout=120s >/dev/null
