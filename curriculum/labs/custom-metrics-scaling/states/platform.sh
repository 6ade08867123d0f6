#!/bin/bash
# platform.sh STATE: what provides custom metrics in a state of this lab. Needs python3 and openssl on the machine that is the node.
#   start     nothing does
#   practice  and solution: adapter.py, registered as the API custom.metrics.k8s.io
set -euo pipefail
run=${TMPDIR:-/tmp}/academy-custom-metrics
api=v1beta1.custom.metrics.k8s.io
kubectl delete apiservice "$api" --ignore-not-found >/dev/null
kubectl delete service,endpoints custom-metrics -n kube-system --ignore-not-found >/dev/null 2>&1
[ ! -f "$run/pid" ] || kill "$(cat "$run/pid")" 2>/dev/null || true
rm -rf "$run"
[ "$1" != start ] || exit 0

mkdir -p "$run"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=custom-metrics -keyout "$run/key" -out "$run/cert" 2>/dev/null
setsid python3 "$(dirname "$0")/adapter.py" 16443 "$run/cert" "$run/key" >"$run/log" 2>&1 &
echo $! >"$run/pid"
address=$(kubectl get nodes -o jsonpath='{.items[0].status.addresses[?(@.type=="InternalIP")].address}')
kubectl create -f - >/dev/null <<END
{"apiVersion": "v1", "kind": "List", "items": [
  {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "custom-metrics", "namespace": "kube-system"}, "spec": {"ports": [{"port": 443, "targetPort": 16443}]}},
  {"apiVersion": "v1", "kind": "Endpoints", "metadata": {"name": "custom-metrics", "namespace": "kube-system"},
   "subsets": [{"addresses": [{"ip": "$address"}], "ports": [{"port": 16443}]}]},
  {"apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService", "metadata": {"name": "$api"},
   "spec": {"group": "custom.metrics.k8s.io", "version": "v1beta1", "groupPriorityMinimum": 100, "versionPriority": 100, "insecureSkipTLSVerify": true,
            "service": {"name": "custom-metrics", "namespace": "kube-system"}}}]}
END
kubectl wait --for=condition=Available "apiservice/$api" --timeout=60s >/dev/null
# Available comes a moment before the requests go through.
for ((i = 0; i < 60; i++)); do ! kubectl get --raw "/apis/custom.metrics.k8s.io/v1beta1" >/dev/null 2>&1 || exit 0; sleep 1; done
echo "platform.sh: custom.metrics.k8s.io does not answer" >&2
exit 1
