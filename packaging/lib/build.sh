# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds, starts, tests and packs. Sourced by packaging/dev; everything here runs where the tools are.

compiler_cache() {
  export CCACHE_DIR=$cache/ccache CCACHE_BASEDIR=$top CCACHE_NOHASHDIR=1 CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-5G}
  # The precompiled headers need these; see ccache's manual, "Precompiled headers".
  export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
}

# configure PRESET: into build/PRESET; from scratch if that was configured in another place (root or native, other packages).
configure() {
  local preset=$1 options=() place=${KDRA_IN_ROOT:-native}
  if [ "$(cat "build/$preset/.kdra-place" 2>/dev/null)" != "$place" ]; then options+=(--fresh); fi
  options+=("-DKDRA_WERROR=$([ -n "${KDRA_WERROR:-}" ] && echo ON || echo OFF)")
  mkdir -p "build/$preset"
  if ! cmake --preset "$preset" "${options[@]}" >"build/$preset/configure.log" 2>&1; then
    cat "build/$preset/configure.log" >&2
    die "cmake could not configure build/$preset (see above)."
  fi
  printf '%s\n' "$place" >"build/$preset/.kdra-place"
}

# build PRESET [TARGETS...]
build() {
  local preset=$1
  shift
  configure "$preset"
  ninja -C "build/$preset" -j "$jobs" "$@" >&2
}

# -- run

have_display() {
  local socket=${WAYLAND_DISPLAY:-}
  if [ -n "$socket" ]; then
    [[ $socket == /* ]] || socket=${XDG_RUNTIME_DIR:-/run/user/$(id -u)}/$socket
    if [ -S "$socket" ]; then return 0; fi
  fi
  [ -n "${DISPLAY:-}" ] && timeout 10 xdpyinfo >/dev/null 2>&1
}

run_kdra() {
  local directory='' argument previous=''
  if [ $# = 0 ]; then set -- --demo; fi
  build release
  # The user's language, and exec plugins of kubeconfigs that are installed on the host.
  if [ -n "${KDRA_IN_ROOT:-}" ]; then export LANG=$KDRA_HOST_LANG PATH=$PATH:/host/usr/local/bin:/host/usr/bin; fi
  if have_display; then exec build/release/bin/kdra "$@"; fi
  for argument; do
    if [ "$previous" = --screenshot ]; then directory=$argument; fi
    case $argument in --screenshot=*) directory=${argument#*=} ;; esac
    previous=$argument
  done
  if [ -z "$directory" ]; then
    directory=$top/build/screenshots
    rm -rf "$directory"
    set -- "$@" --screenshot "$directory"
  fi
  say "there is no display (DISPLAY, WAYLAND_DISPLAY): rendering a picture of every page off-screen instead."
  mkdir -p "$directory"
  QT_QPA_PLATFORM=offscreen build/release/bin/kdra "$@" || die "kdra ended with status $? (see above)."
}

update_translations() {
  local lupdate
  lupdate=$(qmake6 -query QT_HOST_BINS)/lupdate
  # Without the include paths the contexts lose their namespaces. English has plurals only.
  "$lupdate" -silent -I . -I app -locations none -no-obsolete app ui -ts translations/kdra_de.ts
  "$lupdate" -silent -I . -I app -locations none -no-obsolete -pluralonly app ui -ts translations/kdra_en.ts
}

# The README's pictures: the demo cluster at the point of its story where a crash loop, a bad image and a silent Pi are
# seen, what belongs to one of its deployments, a fleet of 5,000 nodes, and a template that is dragged.
screenshots() {
  local theme
  build release
  pictures=$(mktemp -d)
  build/release/bin/kdra-demo-cluster --kubeconfig-out "$pictures/kubeconfig" >"$pictures/log" &
  build/release/bin/kdra-demo-cluster --nodes 5000 --pis 3600 --pods 150000 --no-story --kubeconfig-out "$pictures/fleet" >"$pictures/fleet.log" &
  trap 'kill %1 %2; rm -rf "$pictures"' EXIT
  say "waiting for the demo cluster's story (two minutes)"
  sleep 112
  mkdir -p packaging/screenshots
  for theme in light dark; do
    picture "topology-$theme" --kubeconfig "$pictures/kubeconfig" --size 1600x1000 --theme "$theme"
  done
  picture relations-light --kubeconfig "$pictures/kubeconfig" --size 1600x1000 --theme light --select deployment/shop/web
  PAGE=3-metrics picture metrics-dark --kubeconfig "$pictures/kubeconfig" --size 1600x1000 --theme dark --select node/pi-007
  picture fleet-dark --kubeconfig "$pictures/fleet" --size 1920x1080 --theme dark
  drag_picture
  find "$top/packaging/screenshots" -name '*.png' | sort
}

# A template over the map, held by a real mouse on a screen of its own; and later the alerts.
drag_picture() {
  local display=:97 server window i
  Xvfb $display -screen 0 1440x900x24 >/dev/null 2>&1 &
  server=$!
  sleep 2
  # A home of its own: the window as everybody sees it first.
  HOME=$pictures DISPLAY=$display QT_QPA_PLATFORM=xcb build/release/bin/kdra --demo --language en --theme dark \
    --size 1440x900 >/dev/null 2>&1 &
  window=$!
  export DISPLAY=$display
  xdotool search --sync --onlyvisible --name KDRA windowfocus >/dev/null
  sleep 8
  xdotool key ctrl+t sleep 2 mousemove 180 265 mousedown 1
  for i in 1 2 3 4 5 6 7 8; do xdotool mousemove $((180 + i * 40)) $((265 + i * 27)) sleep 0.1; done
  xdotool mousemove 510 495 sleep 0.5 mousemove 512 497 sleep 1.5
  import -window root packaging/screenshots/drag-dark.png
  xdotool key Escape mouseup 1
  # Its own cluster's story goes on: something is firing after a minute.
  sleep 70
  xdotool key ctrl+8 sleep 5
  import -window root packaging/screenshots/alerts-dark.png
  kill "$window"
  wait "$window" || true
  kill "$server"
}

# picture NAME OPTIONS: of the topology, or of the page that PAGE names.
picture() {
  QT_QPA_PLATFORM=offscreen build/release/bin/kdra "${@:2}" --language en --screenshot "$pictures" >/dev/null
  mv "$pictures/${PAGE:-1-topology}.png" "packaging/screenshots/$1.png"
}

# -- test

# A real Kubernetes for the contract tests: KUBEBUILDER_ASSETS, or the binaries that lie beside the checkout.
kubernetes_assets() {
  local source directory
  source=$(realpath -m "$top/../shared/kubernetes")
  if [ -n "${KUBEBUILDER_ASSETS:-}" ]; then return 0; fi
  if [ ! -x "$source/control-plane" ]; then
    say "KUBEBUILDER_ASSETS is not set: the contract tests run against the demo cluster only, not against a real API server."
    return 0
  fi
  directory=$cache/kubernetes-assets-$(cat "$source"/*.tar.* | sha256sum | cut -c1-12)
  if [ ! -d "$directory" ]; then
    say "unpacking the Kubernetes binaries for the contract tests, once: $directory"
    rm -rf "$directory.partial"
    "$source/control-plane" assets "$directory.partial"
    mv -T "$directory.partial" "$directory"
  fi
  export KUBEBUILDER_ASSETS=$directory KDRA_KUBERNETES=$source
}

# run_tests PRESET [ctest's arguments...]: ends with ctest's own closing lines and status.
run_tests() {
  local preset=$1
  shift
  kubernetes_assets
  # No strict_string_checks: libxkbcommon calls strndup on text that has no terminator, which is allowed.
  export ASAN_OPTIONS=detect_stack_use_after_return=1:abort_on_error=0
  export UBSAN_OPTIONS=print_stacktrace=1
  export LSAN_OPTIONS=suppressions=$top/packaging/sanitizers/lsan.supp:print_suppressions=0
  export TSAN_OPTIONS=suppressions=$top/packaging/sanitizers/tsan.supp:second_deadlock_stack=1:history_size=4
  local prefix=()
  # ThreadSanitizer cannot place its shadow memory with the address randomisation of recent kernels.
  if [ "$preset" = tsan ]; then prefix=(setarch -R); fi
  exec "${prefix[@]}" ctest --test-dir "build/$preset" --output-on-failure --parallel "$jobs" "$@"
}

# fuzz SECONDS: each target starts from its seeds in tests/fuzz/corpus and keeps what it found in build/fuzz.
fuzz() {
  local seconds=$1 target name found=0
  build fuzz fuzzers
  for target in build/fuzz/bin/fuzz_*; do
    [ -x "$target" ] || continue
    found=1
    name=$(basename "$target")
    name=${name#fuzz_}
    mkdir -p "build/fuzz/corpus/$name" "build/fuzz/crashes/$name"
    say "fuzzing $name for $seconds s"
    if ! "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=0 -verbosity=0 \
      -artifact_prefix="build/fuzz/crashes/$name/" "build/fuzz/corpus/$name" \
      "$([ -d "tests/fuzz/corpus/$name" ] && echo "tests/fuzz/corpus/$name" || echo "build/fuzz/corpus/$name")" \
      >"build/fuzz/$name.log" 2>&1; then
      tail -n 60 "build/fuzz/$name.log" >&2
      die "the fuzz target $name failed; the input is in build/fuzz/crashes/$name."
    fi
  done
  [ $found = 1 ] || die "there are no fuzz targets in build/fuzz/bin."
  say "every fuzz target held."
}

# -- packages

make_deb() {
  local version directory
  version=$(sed -n 's/^project(kdra VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
  directory=build/deb/kdra-$version
  rm -rf build/deb
  mkdir -p "$directory"
  # What is tracked, as it stands now; debian/ is made here because the top level of the tree has no room for it.
  git ls-files --cached --others --exclude-standard | while read -r file; do if [ -e "$file" ]; then echo "$file"; fi; done |
    tar -c --files-from=- | tar -x -C "$directory"
  cp -r packaging/deb "$directory/debian"
  export CCACHE_BASEDIR=$top/$directory
  # -d: what it builds with is known to be there, if not under the names that Debian expects (build-essential).
  (cd "$directory" && DEB_BUILD_OPTIONS="parallel=$jobs nocheck" dpkg-buildpackage -b -us -uc -d) >&2
  rm -rf "$directory"
  find "$top/build/deb" -name '*.deb' | sort
}
