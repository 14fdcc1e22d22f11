# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves the README's two commands on machines that have never seen the project. Sourced by packaging/dev.

# Starts a command in a pristine root as if that were a machine of its own: nothing of this one but its network.
in_pristine() {
  local root=$1
  shift
  env -i bwrap --bind "$root" / --dev /dev --proc /proc --ro-bind /sys /sys --cap-add ALL \
    --unshare-pid --unshare-ipc --die-with-parent --ro-bind "$(realpath /etc/resolv.conf)" /etc/resolv.conf \
    --setenv HOME /root --setenv PATH /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin --setenv KDRA_JOBS "$jobs" \
    --chdir /root/kdra "$@" </dev/null
}

fresh_suite() {
  local suite=$1 work=$2 started=$SECONDS pictures
  say "fresh: making a pristine $suite root"
  make_root "$suite" "$work/$suite" ca-certificates
  # From what is committed, as a newcomer would get it.
  git clone --quiet --no-local "file://$top" "$work/$suite/root/kdra"
  say "fresh: $suite: packaging/dev run"
  pictures=$(in_pristine "$work/$suite" packaging/dev run) || die "fresh: $suite: packaging/dev run failed (see above)."
  printf '%s\n' "$pictures"
  grep -q '\.png$' <<<"$pictures" || die "fresh: $suite: packaging/dev run made no pictures."
  say "fresh: $suite: packaging/dev test"
  in_pristine "$work/$suite" packaging/dev test || die "fresh: $suite: packaging/dev test failed (see above)."
  say "fresh: $suite: both commands work, $((SECONDS - started)) s"
}

# fresh [SUITE...]
fresh() {
  local suite
  [ "$(id -u)" = 0 ] || die "fresh makes whole systems and needs root."
  if [ $# = 0 ]; then set -- trixie bookworm; fi
  mkdir -p "$cache"
  install_apt host-debian
  fresh_work=$(mktemp -d "$cache/fresh.XXXXXX")
  trap 'rm -rf --one-file-system "$fresh_work"' EXIT
  for suite; do
    fresh_suite "$suite" "$fresh_work"
    rm -rf --one-file-system "${fresh_work:?}/$suite"
  done
  say "fresh: every root was able to run and to test KDRA."
}
