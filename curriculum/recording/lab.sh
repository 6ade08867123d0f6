#!/bin/bash
# lab.sh LAB: applies the lab's start and solution to a cluster and keeps what they look like there, for the quality gate and for practice.
#
#   KUBECONFIG=... curriculum/recording/lab.sh deploy-ai-app
#
# Written are labs/LAB/states/{start,solution} and, for every practice cluster of the lab, its broken (start with the fault in it) and
# repaired (the solution) states. README.md says which cluster it takes.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
lab=${1:?usage: lab.sh LAB}
dir=$here/labs/$lab
[ -f "$dir/lab.yaml" ] || { echo "lab.sh: there is no lab $lab" >&2; exit 2; }
ns=$(field "$dir/lab.yaml" namespace)

# What the cluster itself looks like in a state, where the lab is about that: states/platform.sh STATE.
platform() { [ ! -x "$dir/states/platform.sh" ] || "$dir/states/platform.sh" "$1"; }

fresh() { # STATE FOLDER: an empty namespace in that state of the cluster, and the manifests in it
  kubectl delete namespace "$ns" --ignore-not-found --timeout=120s >/dev/null
  platform "$1"
  kubectl create namespace "$ns" >/dev/null
  local path
  for path in "$2"/*.yaml; do
    # What a manifest says about the namespace itself is added to the one that is there.
    if grep -qx 'kind: Namespace' "$path"; then kubectl apply --server-side -f "$path" >/dev/null && continue; fi
    # A Job that calls a service is run when the service is there.
    ! grep -qx 'kind: Job' "$path" || kubectl wait -n "$ns" --for=condition=Available deployment --all --timeout=120s >/dev/null
    kubectl create -n "$ns" -f "$path" >/dev/null
  done
}

practices() { grep -lx "lab: $lab" "$here"/practice/*/practice.yaml 2>/dev/null || true; }

fresh start "$dir/start"
settled 20
dump "$dir/states/start"

for practice in $(practices); do
  fault=$(field "$practice" fault)
  fresh practice "$dir/start"
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
