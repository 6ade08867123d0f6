# shellcheck shell=bash
# Which kinds a recording holds: the usual ones, and those that the manifests of the lab use. What other labs brought to the cluster stays out.
# shellcheck disable=SC2154  # dir is the reader's

NAMESPACED=pods,services,endpoints,endpointslices.discovery.k8s.io,configmaps,secrets,serviceaccounts,deployments.apps,replicasets.apps,statefulsets.apps,daemonsets.apps
NAMESPACED+=,jobs.batch,cronjobs.batch,ingresses.networking.k8s.io,networkpolicies.networking.k8s.io,persistentvolumeclaims,resourcequotas,limitranges
NAMESPACED+=,roles.rbac.authorization.k8s.io,rolebindings.rbac.authorization.k8s.io,poddisruptionbudgets.policy,events
CLUSTER=nodes,storageclasses.storage.k8s.io,priorityclasses.scheduling.k8s.io,persistentvolumes

# Manifests say what current versions of Kubernetes serve. An older server (1.20) knows the same fields by an older name: they are
# sent to it by that name, and recorded by the new one.
OLDER='{"batch/v1 CronJob": "batch/v1beta1", "policy/v1 PodDisruptionBudget": "policy/v1beta1", "autoscaling/v2 HorizontalPodAutoscaler": "autoscaling/v2beta2"}'
# shellcheck disable=SC2034  # read by common.sh
NEWER=$(jq -c 'with_entries(. as {$key, $value} | ($key | split(" ")) as [$version, $kind] | {key: "\($value) \($kind)", value: $version})' <<<"$OLDER")

served() { # PATH: the manifest as this server takes it
  if kubectl api-versions | grep -qx policy/v1; then cat "$1"; return; fi
  awk -v table="$(jq -r 'to_entries[] | "\(.key) \(.value)"' <<<"$OLDER")" '
    BEGIN { n = split(table, rows, "\n"); for (i = 1; i <= n; i++) { split(rows[i], w, " "); older[w[1] " " w[2]] = w[3] } }
    function flush(  i) {
      for (i = 1; i <= lines; i++) if (i == at && (api " " kind) in older) print "apiVersion: " older[api " " kind]; else print text[i]
      lines = at = 0; api = kind = ""
    }
    /^---/ { flush(); print; next }
    { text[++lines] = $0 }
    /^apiVersion:/ { api = $2; at = lines }
    /^kind:/ { kind = $2 }
    END { flush() }' "$1"
}

# The files that say what the lab is about, and what they name.
about() { find "$dir" -path "$dir/states/start" -prune -o -path "$dir/states/solution" -prune -o -path "$dir/repaired" -prune -o -type f \( -name '*.yaml' -o -name '*.sh' -o -path "$dir/broken/objects.json" \) -print0; }
words() { about | xargs -0 cat | grep -oE '[a-z0-9]([-a-z0-9.]*[a-z0-9])?' | sort -u | jq -Rnc '[inputs]'; }
kinds() { # "KIND APIVERSION" a line
  { about | xargs -0 awk '
      function out() { if (kind != "" && api != "") print kind, api; kind = api = "" }
      FNR == 1 || /^---/ { out() }
      /^kind:/ { kind = $2 }
      /^apiVersion:/ { api = $2 }
      END { out() }'
    [ ! -f "$dir/broken/objects.json" ] || jq -r '.items[] | "\(.kind) \(.apiVersion)"' "$dir/broken/objects.json"
  } | sort -u
}

# What the server serves: "KIND APIVERSION PLURAL NAMESPACED" a line.
serves() { kubectl api-resources --no-headers | awk '{ print $NF, $(NF - 2), $1, $(NF - 1) }'; }

resources_of() { # true|false: the resources with or without a namespace, as kubectl get takes them
  local usual=$NAMESPACED
  if [ "$1" = false ]; then usual=$CLUSTER
  elif kubectl api-versions | grep -qx autoscaling/v2; then usual+=,horizontalpodautoscalers.v2.autoscaling
  else usual+=,horizontalpodautoscalers.v2beta2.autoscaling; fi
  {
    tr ',' '\n' <<<"$usual"
    awk -v scope="$1" '
      function group(version) { return version ~ "/" ? substr(version, 1, index(version, "/") - 1) : "" }
      NR == FNR { used[$1 " " group($2)]; next }
      $4 == scope && $1 !~ /^(Namespace|HorizontalPodAutoscaler)$/ && ($1 " " group($2)) in used { print $3 (group($2) == "" ? "" : "." group($2)) }' <(kinds) <(serves)
  } | awk '!seen[$0]++' | paste -sd,
}
