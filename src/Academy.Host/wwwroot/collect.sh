#!/bin/sh
# Collects the state of one Kubernetes namespace, with the ends of its logs, into academy-NAMESPACE.tar.gz.
# It only reads, with kubectl get and kubectl logs. Values of Secrets are never written, only the names of their keys.
# Usage: sh collect.sh NAMESPACE [CONTEXT]
# shellcheck disable=SC2016 # what looks like shell variables in quotes belongs to templates
set -eu
case ${1:-} in
  -h | --help) sed -n '2,4s/^# //p' "$0"; exit 0 ;;
  "" | -*) sed -n '2,4s/^# //p' "$0" >&2; exit 2 ;;
esac
ns=$1
context=${2:-$(kubectl config current-context)}
kc() { kubectl --context "$context" --namespace "$ns" "$@"; }

umask 077
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
mkdir -p "$dir/state/logs/$ns" && cd "$dir/state"
date -u +%Y-%m-%dT%H:%M:%SZ >taken-at.txt
kc get namespace "$ns" -o json >namespace.json

# Secrets: a template writes what each is called and which keys it has, as YAML.
secrets='{{range .items}}---
apiVersion: v1
kind: Secret
metadata: {name: {{printf "%q" .metadata.name}}, namespace: {{printf "%q" .metadata.namespace}}}
type: {{printf "%q" .type}}
data:{{range $key, $value := .data}}
  {{printf "%q" $key}}: ""{{end}}
{{end}}'
kc get secrets -o go-template="$secrets" >secrets.yaml || echo Secret >>unreadable.txt

# Everything else that can be listed; of what is cluster-wide, only what decides how workloads run.
kc api-resources --verbs=list --no-headers | awk '{ print $1, $(NF-2), $(NF-1), $NF }' >"$dir/kinds"
while read -r name version namespaced kind; do
  case $version in */*) full=$name.${version%/*} ;; *) full=$name ;; esac
  case $namespaced/$full in
    */secrets | */events.events.k8s.io | */leases.* | *.metrics.k8s.io) continue ;;
    false/nodes | false/persistentvolumes | false/volumeattachments.* | false/*classes.*) ;;
    false/clusterrole*.rbac.* | false/*webhookconfigurations.* | false/apiservices.*) ;;
    false/*) continue ;;
    */horizontalpodautoscalers.*) kc get --raw /apis/autoscaling/v2 >/dev/null 2>&1 || full=$name.v2beta2.autoscaling ;;
  esac
  kc get "$full" -o json >"$full.json" || { rm "$full.json"; echo "$kind" >>unreadable.txt; }
done <"$dir/kinds"

# The last 200 lines of every container, and of its instance before the last restart. Not every container has a log.
containers='{{range $pod := .items}}{{range .spec.initContainers}}{{$pod.metadata.name}} {{.name}}
{{end}}{{range .spec.containers}}{{$pod.metadata.name}} {{.name}}
{{end}}{{end}}'
kc get pods -o go-template="$containers" >"$dir/containers"
while read -r pod container; do
  log=logs/$ns/${pod}__$container
  kc logs "$pod" -c "$container" --tail=200 --limit-bytes=65536 >"$log.log" 2>/dev/null </dev/null || rm "$log.log"
  kc logs "$pod" -c "$container" --tail=200 --limit-bytes=65536 --previous >"$log.previous.log" 2>/dev/null </dev/null || rm "$log.previous.log"
done <"$dir/containers"

cd "$OLDPWD"
tar -czf "academy-$ns.tar.gz" -C "$dir/state" .
echo "academy-$ns.tar.gz is written. Look into it with: tar -tzf academy-$ns.tar.gz"
