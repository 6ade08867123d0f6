#!/bin/bash
# platform.sh STATE: what the first node of the cluster offers in a state of this lab, as a device plugin and an administrator would leave it.
#   start     no GPU, no label, no taint
#   practice  four slices of one GPU, labelled; the node is open to everybody
#   solution  the same, and closed to pods that do not ask for a GPU
set -euo pipefail
node=$(kubectl get nodes -o jsonpath='{.items[0].metadata.name}')
kubectl taint node "$node" nvidia.com/gpu- >/dev/null 2>&1 || true
if [ "$1" = start ]; then
  kubectl label node "$node" nvidia.com/gpu.present- nvidia.com/gpu.replicas- >/dev/null
  # Capacity first; the kubelet copies it into allocatable.
  kubectl get node "$node" -o json | jq 'del(.status.capacity["nvidia.com/gpu"], .status.allocatable["nvidia.com/gpu"])' |
    kubectl replace --raw "/api/v1/nodes/$node/status" -f - >/dev/null
else
  kubectl label node "$node" --overwrite nvidia.com/gpu.present=true nvidia.com/gpu.replicas=4 >/dev/null
  kubectl get node "$node" -o json | jq '.status.capacity["nvidia.com/gpu"] = "4" | .status.allocatable["nvidia.com/gpu"] = "4"' |
    kubectl replace --raw "/api/v1/nodes/$node/status" -f - >/dev/null
fi
[ "$1" != solution ] || kubectl taint node "$node" --overwrite nvidia.com/gpu=present:NoSchedule >/dev/null
