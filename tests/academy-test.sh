# shellcheck shell=bash
# ./academy test: sets up what the tests need, runs them, adds up. Read by the script academy, whose functions it uses.
# shellcheck disable=SC2154  # and whose variables: root, out, cache, dotnet

kubernetes_root='' # a throw-away cluster of ours

is_root() { [ "$(id -u)" = 0 ]; }
have() { command -v "$1" >/dev/null 2>&1; }

install_programs() { # PACKAGE...: as root, with apt-get; else one line says what will be skipped
  if ! is_root || ! have apt-get; then
    say "Not here: $*. Tests that need them are skipped; as root this command installs them on Debian and Ubuntu."
    return
  fi
  say "Installing $* with apt-get ..."
  mkdir -p "$out"
  {
    [ -n "${apt_updated:-}" ] || apt-get update -qq
    apt_updated=1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
  } </dev/null >"$out/apt.log" 2>&1 || say "apt-get could not install $* (see $out/apt.log); tests that need them are skipped."
}

find_chromium() {
  local name
  for name in "${ACADEMY_TEST_CHROMIUM:-chromium}" chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if have "$name"; then command -v "$name"; return; fi
  done
}

# The tests find PostgreSQL as the program does; installing it here, once, keeps them from doing it at the same time.
have_postgresql() {
  [ -n "${ACADEMY_TEST_POSTGRES:-}" ] || have initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}

set_up_programs() {
  ! is_root || have_postgresql || install_programs postgresql
  [ -n "$(find_chromium)" ] || install_programs chromium fonts-dejavu-core
  have kubectl || install_programs kubernetes-client
  docker compose version >/dev/null 2>&1 || have docker-compose || install_programs docker-compose
  ACADEMY_TEST_CHROMIUM=$(find_chromium)
  export ACADEMY_TEST_CHROMIUM
}

can_have_kubernetes() {
  [ "$(uname -sm)" = 'Linux x86_64' ] || return 1
  [ -x "${ACADEMY_K8S_ROOT:-$cache/kubernetes}/bin/kube-scheduler" ] && return
  is_root && grep -q '^VERSION_CODENAME=bookworm' /etc/os-release 2>/dev/null
}

# The binaries are built once and kept; the cluster is new for each run, so that nothing of the last one is in the way.
start_kubernetes() {
  local begin log
  if [ -n "${ACADEMY_TEST_KUBECONFIG:-}" ]; then say "Kubernetes: $ACADEMY_TEST_KUBECONFIG"; return; fi
  if ! can_have_kubernetes; then
    say "Kubernetes: none. It can be built as root on Debian 12 (amd64), or given with ACADEMY_TEST_KUBECONFIG."
    return
  fi
  begin=$(date +%s) log=$out/kubernetes.log
  [ -x "${ACADEMY_K8S_ROOT:-$cache/kubernetes}/bin/kube-scheduler" ] || say "Building Kubernetes (once; about five minutes on two cores, log in $log) ..."
  "$root/tests/kubernetes/build.sh" control </dev/null >"$log" 2>&1 || { kubernetes_failed "$log"; return; }
  kubernetes_root=$(mktemp -d "${TMPDIR:-/tmp}/academy-kubernetes.XXXXXX")
  export ACADEMY_K8S_BIN=${ACADEMY_K8S_ROOT:-$cache/kubernetes}/bin ACADEMY_K8S_ROOT=$kubernetes_root
  "$root/tests/kubernetes/up.sh" control </dev/null >>"$log" 2>&1 || { kubernetes_failed "$log"; return; }
  ACADEMY_TEST_KUBECONFIG=$kubernetes_root/pki/admin.kubeconfig
  export ACADEMY_TEST_KUBECONFIG
  say "Kubernetes: ready after $(($(date +%s) - begin)) s, $ACADEMY_TEST_KUBECONFIG"
}

kubernetes_failed() { # LOG: on a machine that should be able to, this is a failure and no reason to skip
  tail -n 20 "$1" >&2
  say "Kubernetes could not be built or started; the log is $1."
  troubles=$((troubles + 1))
}

stop_kubernetes() {
  [ -n "$kubernetes_root" ] || return 0
  ACADEMY_K8S_ROOT=$kubernetes_root "$root/tests/kubernetes/down.sh" </dev/null >/dev/null 2>&1 || true
  rm -rf "$kubernetes_root"
  kubernetes_root=''
}

# The runner ends with a line: NAME  Total: 3, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, Time: 8.304s; or Total: 0 alone.
count() { # LOG -> "PASSED FAILED SKIPPED"; nothing where that line is missing
  sed -n -e 's/^ *[^ ]* *Total: 0$/0 0 0 0 0/p' -e 's/.*Total: \([0-9]*\), Errors: \([0-9]*\), Failed: \([0-9]*\), Skipped: \([0-9]*\), Not Run: \([0-9]*\).*/\1 \2 \3 \4 \5/p' "$1" |
    tail -n 1 | awk '{ print $1 - $3 - $4 - $5, $2 + $3, $4 }'
}

run_project() { # NAME RUNNER_OPTION...
  local name=$1 log=$out/$1.log code=0 counts p f s
  shift
  say ""
  say "$name"
  (cd "$root" && "$dotnet" "tests/$name/bin/Release/net10.0/$name.dll" -noColor -noLogo "$@") </dev/null 2>&1 | tee "$log" || code=$?
  counts=$(count "$log")
  if [ -z "$counts" ]; then
    say "$name ended without saying what it did (exit code $code)."
    troubles=$((troubles + 1))
    return
  fi
  read -r p f s <<<"$counts"
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  if [ "$code" != 0 ] && [ "$f" = 0 ] && [ "$p" != 0 ]; then
    say "$name ended with exit code $code."
    troubles=$((troubles + 1))
  fi
}

run_tests() {
  local projects="Academy.Tests Academy.IntegrationTests" kubernetes=1 passed=0 failed=0 skipped=0 troubles=0 name
  while [ $# -gt 0 ]; do
    case $1 in
      -h | --help) help_test; exit 0 ;;
      --fast) projects=Academy.Tests kubernetes=0 ;;
      --no-kubernetes) kubernetes=0 ;;
      --) shift; break ;;
      *) unknown option "$1" "./academy test --help" --fast --no-kubernetes --help ;;
    esac
    shift
  done
  need_sdk
  mkdir -p "$out"
  trap stop_kubernetes EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  say "Building ..."
  (cd "$root" && "$dotnet" build -c Release --nologo -v q '-clp:ErrorsOnly;NoSummary' </dev/null) >&2 || { echo "0 passed, 1 failed"; exit 1; }
  [ "$projects" = Academy.Tests ] || set_up_programs
  [ $kubernetes = 0 ] || start_kubernetes
  for name in $projects; do run_project "$name" "$@"; done
  stop_kubernetes
  failed=$((failed + troubles))
  [ $((passed + failed)) -gt 0 ] || say "No test ran."
  say ""
  if [ $skipped -gt 0 ]; then echo "$passed passed, $failed failed, $skipped skipped"; else echo "$passed passed, $failed failed"; fi
  [ $failed = 0 ] && [ $passed -gt 0 ]
}
