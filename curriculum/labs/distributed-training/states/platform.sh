#!/bin/bash
# platform.sh STATE: the pools of the cluster in a state of this lab. Needs the nodes gpu-node-1 and gpu-node-2, which
# tests/kubernetes/nodes.sh hollow NAME --gpu 4 makes, beside the node that runs containers.
#   start     the two new nodes are cordoned, nothing is labelled or tainted, the priorities are not there
#   practice  and solution: two pools, the GPU nodes tainted
set -euo pipefail
cpu=$(kubectl get nodes -o json | jq -r '[.items[].metadata.name | select(startswith("gpu-node-") | not)][0]')
gpus="gpu-node-1 gpu-node-2"
kubectl taint nodes $gpus nvidia.com/gpu- >/dev/null 2>&1 || true
kubectl delete priorityclass training-batch training-critical --ignore-not-found >/dev/null
if [ "$1" = start ]; then
  kubectl cordon $gpus >/dev/null
  kubectl label nodes $cpu $gpus pool- >/dev/null
else
  kubectl label nodes $gpus --overwrite pool=gpu >/dev/null
  kubectl label node "$cpu" --overwrite pool=cpu >/dev/null
  kubectl taint nodes $gpus --overwrite nvidia.com/gpu=present:NoSchedule >/dev/null
  kubectl uncordon $gpus >/dev/null
fi
