#!/bin/bash
# practice.sh ID: rebuilds the broken recording of a practice cluster in a cluster, repairs it with its repair.yaml, and keeps the result.
#
#   KUBECONFIG=... ACADEMY_K8S_ROOT=... curriculum/recording/practice.sh storefront-release
#
# Written is practice/ID/repaired. README.md says which cluster it takes, and what stands in for the images.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
id=${1:?usage: practice.sh ID}
dir=$here/practice/$id
[ -f "$dir/repair.yaml" ] || { echo "practice.sh: $id has no repair.yaml" >&2; exit 2; }
ns=$(field "$dir/practice.yaml" namespace)
root=${ACADEMY_K8S_ROOT:-${XDG_CACHE_HOME:-~/.cache}/academy/kubernetes}

stand_in() { # IMAGE...: a small server under these names, in the node's containerd
  local dir=$root/tmp/stand-in config ctr
  ctr=("$root/bin/ctr")
  [ -x "${ctr[0]}" ] || ctr=("${XDG_CACHE_HOME:-$HOME/.cache}/academy/kubernetes/bin/ctr")
  ctr+=(--address "$root/run/containerd.sock" --namespace k8s.io)
  rm -rf "$dir"
  mkdir -p "$dir/rootfs/bin" "$dir/rootfs/www" "$dir/rootfs/tmp"
  cp "$(dirname "${ctr[0]}")/busybox" "$dir/rootfs/bin/busybox"
  for config in sh httpd nc date echo true sleep; do ln -s busybox "$dir/rootfs/bin/$config"; done
  echo ok | tee "$dir/rootfs/www/readyz" "$dir/rootfs/www/healthz" >/dev/null
  cat >"$dir/rootfs/bin/serve" <<'SERVE'
#!/bin/sh
name=${HOSTNAME%-*-*}
say() { echo "$(date -u +%FT%TZ) INFO $name: $*"; }
say "starting $name (pid $$)"
nc -ll -p 5432 -e true &
nc -ll -p 6379 -e true &
say "listening on :8080"
say ready
exec httpd -f -p 8080 -h /www
SERVE
  chmod 0755 "$dir/rootfs/bin/serve"
  tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@1700000000 -C "$dir/rootfs" -cf "$dir/layer.tar" .
  jq -cn --arg diff "sha256:$(sha256sum <"$dir/layer.tar" | cut -d' ' -f1)" '
    {architecture: "amd64", os: "linux", created: "2024-01-01T00:00:00Z", rootfs: {type: "layers", diff_ids: [$diff]},
     config: {Env: ["PATH=/bin"], WorkingDir: "/", Entrypoint: ["/bin/serve"]}}' >"$dir/config.json"
  jq -cn '[{Config: "config.json", Layers: ["layer.tar"], RepoTags: $ARGS.positional}]' --args "$@" >"$dir/manifest.json"
  tar -C "$dir" -cf "$dir/image.tar" manifest.json config.json layer.tar
  "${ctr[@]}" images import "$dir/image.tar" >/dev/null
}

# What a person wrote, without what the cluster added. Secrets get a value again, because a redacted one is no base64.
WRITTEN='
  .items[]
  | select(.kind | IN("Deployment", "Service", "ConfigMap", "Secret", "ServiceAccount", "Role", "RoleBinding", "ResourceQuota", "NetworkPolicy"))
  | select(.metadata.name != "kube-root-ca.crt" and .type != "kubernetes.io/service-account-token")
  | select((.kind == "ServiceAccount" and .metadata.name == "default") | not)
  | .metadata |= {name, namespace, labels, annotations: ((.annotations // {}) | with_entries(select(.key | test("kubernetes.io/") | not)))}
  | del(.status, .secrets, .spec.clusterIP?, .spec.clusterIPs?)
  | if .kind == "Secret" then .data |= map_values("bGFi") else . end'

kubectl delete namespace "$ns" --ignore-not-found --timeout=120s >/dev/null
kubectl create namespace "$ns" >/dev/null
# Nothing runs before the repair is in place, so that no trace of another fault than the one repaired is left.
jq -c "$WRITTEN | if .kind == \"Deployment\" then .spec.replicas = 0 else . end" "$dir/broken/objects.json" | kubectl create -n "$ns" -f - >/dev/null
kubectl apply -n "$ns" --server-side --force-conflicts --field-manager=student --validate=false -f "$dir/repair.yaml" >/dev/null
mapfile -t images < <(kubectl get deployments -n "$ns" -o jsonpath='{range .items[*].spec.template.spec.containers[*]}{.image}{"\n"}{end}' | sort -u)
stand_in "${images[@]}"
for each in $(jq -r '.items[] | select(.kind == "Deployment") | "\(.metadata.name)=\(.spec.replicas)"' "$dir/broken/objects.json"); do
  [ "$(kubectl get deployment -n "$ns" "${each%=*}" -o jsonpath='{.spec.replicas}')" != 0 ] ||
    kubectl scale deployment -n "$ns" "${each%=*}" --replicas="${each#*=}" >/dev/null
done
settled 60
dump "$dir/repaired"
kubectl delete namespace "$ns" --timeout=120s >/dev/null
