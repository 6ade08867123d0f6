#!/bin/bash
# lab.sh LAB [STATE]: applies the lab's start and solution to a cluster and keeps what they look like there, for the quality gate and for practice.
#
#   KUBECONFIG=... curriculum/recording/lab.sh deploy-ai-app            (STATE: start, practice or solution alone)
#
# Written are labs/LAB/states/{start,solution} and, for every practice cluster of the lab, its broken (start with the fault in it) and
# repaired (the solution) states. A lab on several clusters takes KUBECONFIG_ID for each further one (ID in capitals, - as _).
# README.md says which cluster it takes.
set -Eeuo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$here/recording/states.sh"
lab=${1:?usage: lab.sh LAB [start|practice|solution]}
only=${2:-}
dir=$here/labs/$lab
[ -f "$dir/lab.yaml" ] || { echo "lab.sh: there is no lab $lab" >&2; exit 2; }
ns=$(field "$dir/lab.yaml" namespace)
mapfile -t clusters < <(sed -n '/^clusters:/,/^[^ -]/s/^ *- *id: *\([a-z0-9-]*\).*/\1/p' "$dir/lab.yaml")
main=${clusters[0]:-main}
main_kubeconfig=${KUBECONFIG:?lab.sh needs KUBECONFIG}
shopt -s nullglob
trap 'close_proxy' EXIT
trap 'echo "lab.sh: failed in line $LINENO: $BASH_COMMAND" >&2' ERR

# From here on, kubectl speaks to this cluster of the lab.
on() { # CLUSTER
  local variable
  variable=KUBECONFIG_$(tr 'a-z-' 'A-Z_' <<<"$1")
  if [ "$1" = "$main" ]; then KUBECONFIG=${!variable:-$main_kubeconfig}; else KUBECONFIG=${!variable:?the lab has a cluster $1: set $variable}; fi
  export KUBECONFIG
}
in_folder() { if [ "$2" = "$main" ]; then echo "$1"; else echo "$1/$2"; fi; } # FOLDER CLUSTER

# What the cluster itself looks like in a state, where the lab is about that: states/platform.sh STATE CLUSTER.
platform() { [ ! -x "$dir/states/platform.sh" ] || "$dir/states/platform.sh" "$1" "$2"; }

# What the lab's manifests have outside the namespace goes before the next state, and at the end.
forget_cluster_wide() {
  local path wide
  wide=$(serves | awk '$4 == "false" && $1 != "Namespace" { print $1 }' | sort -u | paste -sd'|')
  for path in "$dir"/{start,solution,faults}/*.yaml "$dir"/{start,solution}/*/*.yaml; do
    ! grep -qxE "kind: ($wide)" "$path" || cluster_wide_in "$path" | kubectl delete --ignore-not-found -f - >/dev/null
  done
}
cluster_wide_in() { # PATH: these objects alone, as JSON lines
  served "$1" | kubectl create --dry-run=client --validate=false -n "$ns" -o json -f - |
    jq -c 'if .kind == "List" then .items[] else . end | select(.metadata.namespace == null and .kind != "Namespace")'
}

fresh() { # STATE FOLDER CLUSTER: an empty namespace in that state of the cluster, and the manifests in it
  local path
  kubectl delete namespace "$ns" --ignore-not-found --timeout=120s >/dev/null
  forget_cluster_wide
  platform "$1" "$3"
  kubectl create namespace "$ns" >/dev/null
  for path in "$2"/*.yaml; do
    # What a manifest says about the namespace itself is added to the one that is there.
    if grep -qx 'kind: Namespace' "$path"; then kubectl apply --server-side -f "$path" >/dev/null; continue; fi
    # A Job that calls a service is run when the service is there.
    ! grep -qx 'kind: Job' "$path" || serving 120 || { echo "lab.sh: ${path##*/} would run before what it calls is ready" >&2; exit 1; }
    served "$path" | kubectl create -n "$ns" -f - >/dev/null
  done
}

record() { # STATE SECONDS: the state in all clusters of the lab
  local cluster answered=
  for cluster in "${clusters[@]:-$main}"; do
    on "$cluster"
    fresh "$1" "$(in_folder "$dir/$1" "$cluster")" "$cluster"
  done
  for cluster in "${clusters[@]:-$main}"; do
    on "$cluster"
    settled "$2"
    statuses "$1" "$cluster"
    answered+=$(answers "$cluster")$'\n'
    dump "$(in_folder "$dir/states/$1" "$cluster")"
  done
  [ ! -f "$dir/states/http.txt" ] || jq -s . <<<"$answered" >"$dir/states/$1/http.json"
  on "$main"
}

practices() { grep -lx "lab: $lab" "$here"/practice/*/practice.yaml 2>/dev/null || true; }
wanted() { [ -z "$only" ] || [ "$only" = "$1" ]; }

! wanted start || record start 20

for practice in $(practices); do
  wanted practice || continue
  on "$main"
  fault=$(field "$practice" fault)
  fresh practice "$dir/start" "$main"
  # With the pods of before the fault gone, as after a night in which the nodes were drained: otherwise they would go on serving.
  replicas=$(kubectl get deployments -n "$ns" -o jsonpath='{range .items[*]}{.metadata.name}={.spec.replicas} {end}')
  [ -z "$replicas" ] || kubectl scale deployment -n "$ns" --all --replicas=0 >/dev/null
  served "$dir/faults/$fault.yaml" | kubectl apply -n "$ns" --server-side --force-conflicts --field-manager=academy-fault --validate=false -f - >/dev/null
  kubectl wait -n "$ns" --for=delete pod --all --timeout=60s >/dev/null 2>&1 || true
  for each in $replicas; do kubectl scale deployment -n "$ns" "${each%=*}" --replicas="${each#*=}" >/dev/null; done
  # Long enough for a back-off to be visible.
  sleep "${ACADEMY_RECORD_FAULT_SECONDS:-45}"
  statuses practice "$main"
  dump "$(dirname "$practice")/broken"
done

if wanted solution; then
  record solution 90
  for practice in $(practices); do
    repaired=$(dirname "$practice")/repaired
    rm -rf "$repaired"
    mkdir "$repaired"
    for each in objects.json logs; do [ ! -e "$dir/states/solution/$each" ] || cp -r "$dir/states/solution/$each" "$repaired"; done
  done
fi

# The cluster as it was found: other labs use it too.
for cluster in "${clusters[@]:-$main}"; do
  on "$cluster"
  kubectl delete namespace "$ns" --timeout=120s >/dev/null
  forget_cluster_wide
  platform start "$cluster"
done
