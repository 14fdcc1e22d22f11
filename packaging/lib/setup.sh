# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# Sets up what KDRA needs: natively where the distribution has it, otherwise in a Debian 13 build root.
# Sourced by packaging/dev, which defines top, cache, say and die.

# The packages of one list, one a line. A leading "?" marks what only some tests need: taken when it can be had.
package_list() { sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$top/packaging/packages/$1.txt"; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# announce MANAGER PACKAGES...: says what will be installed, and stops where nobody could.
announce() {
  say "installing with $1: ${*:2}"
  [ "$(id -u)" = 0 ] || command -v sudo >/dev/null || die "that needs root, and there is no sudo: please install these as root, then run this again."
}

at_least() { [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n 1)" = "$2" ]; }

# Prints the package list for this system (debian, fedora, arch) if its packages meet the baseline, else nothing.
native_list() (
  ID='' VERSION_ID='' ID_LIKE=''
  # shellcheck source=/dev/null
  if [ -r /etc/os-release ]; then . /etc/os-release; fi
  case $ID in
    debian) if at_least "${VERSION_ID:-999}" 13; then echo debian; fi ;;
    ubuntu) if at_least "${VERSION_ID:-0}" 25.04; then echo debian; fi ;;
    fedora) if at_least "${VERSION_ID:-0}" 41; then echo fedora; fi ;;
    arch) echo arch ;;
    *)
      if command -v apt-cache >/dev/null; then
        candidate=$(apt-cache policy qt6-base-dev | awk '/Candidate:/ {print $2}')
        if at_least "${candidate:-0}" 6.8 && [ "$candidate" != '(none)' ] && apt-cache show libkf6itemmodels-dev >/dev/null 2>&1; then
          echo debian
        fi
      elif command -v dnf >/dev/null && [[ " $ID_LIKE " == *" fedora "* ]]; then
        echo fedora
      elif command -v pacman >/dev/null; then
        echo arch
      fi ;;
  esac
)

# -- apt

apt_missing() {
  local installed package wanted=() optional=()
  installed=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' | sed -n 's/^ii *//p')
  while read -r package; do
    grep -qxF "${package#\?}" <<<"$installed" && continue
    if [[ $package == \?* ]]; then optional+=("${package#\?}"); else wanted+=("$package"); fi
  done
  if [ ${#optional[@]} != 0 ]; then
    # Names that this release does not have are not an error: the tests which use them say that they are skipped.
    mapfile -t optional < <(apt-cache show --no-all-versions "${optional[@]}" 2>/dev/null | sed -n 's/^Package: //p')
  fi
  printf '%s\n' "${wanted[@]}" "${optional[@]}" | sed '/^$/d'
}

# quietly COMMAND...: shows what it said only if it failed.
quietly() {
  local log
  log=$(mktemp)
  if "$@" </dev/null >"$log" 2>&1; then
    rm -f "$log"
  else
    cat "$log" >&2
    rm -f "$log"
    return 1
  fi
}

install_apt() {
  local missing
  missing=$(package_list "$1" | apt_missing)
  [ -n "$missing" ] || return 0
  mapfile -t missing <<<"$missing"
  announce apt-get "${missing[@]}"
  # Which of the optional ones there are is known only now.
  quietly as_root apt-get update -q || die "apt-get update failed (see above); check the network and the package sources."
  mapfile -t missing < <(package_list "$1" | apt_missing)
  quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" || die "apt-get could not install all of that (see above)."
}

# -- dnf and pacman

install_dnf() {
  local package missing=()
  while read -r package; do
    rpm -q --quiet --whatprovides "${package#\?}" || missing+=("$package")
  done < <(package_list fedora)
  [ ${#missing[@]} != 0 ] || return 0
  local required=() optional=()
  for package in "${missing[@]}"; do
    if [[ $package != \?* ]]; then
      required+=("$package")
    elif dnf -q list --available "${package#\?}" >/dev/null 2>&1; then
      optional+=("${package#\?}")
    fi
  done
  [ $((${#required[@]} + ${#optional[@]})) != 0 ] || return 0
  announce dnf "${required[@]}" "${optional[@]}"
  quietly as_root dnf install -q -y --setopt=install_weak_deps=False "${required[@]}" "${optional[@]}" ||
    die "dnf could not install all of that (see above)."
}

install_pacman() {
  local package missing=() wanted=()
  while read -r package; do
    pacman -T "${package#\?}" >/dev/null || missing+=("$package")
  done < <(package_list arch)
  for package in "${missing[@]}"; do
    if [[ $package != \?* ]] || pacman -Si "${package#\?}" >/dev/null 2>&1; then wanted+=("${package#\?}"); fi
  done
  [ ${#wanted[@]} != 0 ] || return 0
  announce pacman "${wanted[@]}"
  quietly as_root pacman -S --needed --noconfirm "${wanted[@]}" || die "pacman could not install all of that (see above)."
}

install_native() {
  case $1 in
    debian) install_apt debian ;;
    fedora) install_dnf ;;
    arch) install_pacman ;;
  esac
}

# -- the build root

# Named by what is in it, so that a changed list makes a new one.
build_root() { printf '%s/root-%s' "$cache" "$(root_packages | sha256sum | cut -c1-12)"; }
root_packages() { package_list debian; package_list debian-servers; }

# What the host's apt was told about proxies, certificates and old mirrors holds for the root too.
apt_options() {
  apt-config dump 2>/dev/null |
    grep -E '^Acquire::((http|https)::(Proxy|CaInfo|CaPath|Verify-Peer|Verify-Host|Timeout)|Check-Valid-Until|Check-Date|Retries|ForceIPv4)' |
    sed 's/^/--aptopt=/' || true
}

# The host's own Debian mirror as sources for Debian 13, if its apt has one; else nothing, and mmdebstrap knows a default.
# shellcheck disable=SC2016  # apt expands these itself
debian_sources() {
  local main security
  main=$(apt-get indextargets --format '$(ORIGIN) $(COMPONENT) $(CODENAME) $(REPO_URI)' 2>/dev/null |
    awk '$1 == "Debian" && $2 == "main" && $3 !~ /-/ {print $4; exit}')
  security=$(apt-get indextargets --format '$(ORIGIN) $(COMPONENT) $(CODENAME) $(REPO_URI)' 2>/dev/null |
    awk '$1 == "Debian" && $2 == "main" && $3 ~ /-security$/ {print $4; exit}')
  [ -n "$main" ] || return 0
  printf 'deb %s trixie main\ndeb %s trixie-updates main\n' "$main" "$main"
  if [ -n "$security" ]; then printf 'deb %s trixie-security main\n' "$security"; fi
}

# make_root SUITE DIR PACKAGES [mmdebstrap's arguments...]: DIR appears whole or not at all.
make_root() {
  local suite=$1 root=$2 packages=$3 options sources=()
  shift 3
  mapfile -t options < <(apt_options)
  mapfile -t sources < <(debian_sources | sed "s/ trixie/ $suite/")
  if [ -e "$root.partial" ]; then remove_root "$root.partial"; fi
  mkdir -p "$root.partial"
  options+=(--quiet --variant=apt "--include=$packages" --aptopt='APT::Install-Recommends "false"' "$@" "$suite")
  # Standard input names the mirrors; without any, mmdebstrap takes its default.
  local mirror=()
  if [ ${#sources[@]} != 0 ]; then mirror=(-); fi
  if [ "$(id -u)" = 0 ]; then
    printf '%s\n' "${sources[@]}" | mmdebstrap --mode=root --format=directory "${options[@]}" "$root.partial" "${mirror[@]}"
  else
    # By way of a tar file: then every file is the user's own, which bwrap and rm can handle.
    printf '%s\n' "${sources[@]}" | mmdebstrap --mode=unshare --format=tar "${options[@]}" - "${mirror[@]}" |
      tar -x --exclude='./dev/*' -C "$root.partial" && chmod -R u+rwX "$root.partial"
  fi || die "the $suite root could not be made (see above)."
  touch "$root.partial/.kdra-complete"
  mv -T "$root.partial" "$root"
}

remove_root() { rm -rf --one-file-system "$1"; }

check_namespaces() {
  if [ "$(id -u)" != 0 ] && ! grep -qE "^($(id -un)|$(id -u)):" /etc/subuid 2>/dev/null; then
    die "user $(id -un) has no line in /etc/subuid, which mmdebstrap needs without root. As root: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $(id -un)"
  fi
  bwrap --ro-bind / / --dev /dev true 2>/dev/null ||
    die "bubblewrap may not make namespaces here. In a container: start it privileged. On Ubuntu 24.04 without root: sysctl kernel.apparmor_restrict_unprivileged_userns=0, or run this as root."
}

setup_build_root() {
  local root old
  root=$(build_root)
  if [ -e "$root/.kdra-complete" ] && command -v bwrap >/dev/null; then
    touch -c "$root/.kdra-complete" 2>/dev/null || true
    return 0
  fi
  mkdir -p "$cache"
  exec 9>"$cache/setup.lock"
  flock -n 9 || { say "waiting for another set-up to finish."; flock 9; }
  command -v apt-get >/dev/null || die "neither this system's packages nor a Debian build root can be used here: see README.md, \"Other systems\"."
  install_apt host-debian
  if [ "$(id -u)" != 0 ]; then install_apt host-debian-user; fi
  if [ ! -e "$root/.kdra-complete" ]; then
    check_namespaces
    say "this system has no Qt 6.8: making a Debian 13 build root, once (about 2 GB, a minute or two): $root"
    for old in "$cache"/root-*/.kdra-complete; do
      if [ -n "$(find "$old" -mtime +30 2>/dev/null)" ]; then remove_root "$(dirname "$old")"; fi
    done
    make_root trixie "$root" "$(root_packages | sed 's/^?//' | paste -sd,)"
    say "the build root is ready."
  fi
  exec 9>&-
}

# Runs a command inside the build root, with the host's network, display, session bus and home.
in_root() {
  local root args=() path
  root=$(build_root)
  args=(--bind "$root" / --dev-bind /dev /dev --proc /proc --bind /sys /sys --bind /tmp /tmp)
  # The host's programs are at /host: `run` looks there for the exec plugins of kubeconfigs.
  args+=(--ro-bind-try /usr /host/usr --ro-bind-try /usr/lib/locale /usr/lib/locale)
  for path in /run /home /mnt /media /srv /opt /var/tmp "$HOME" "$cache" "$top" "$(realpath -m "$top/../shared")" "$PWD"; do
    if [ -d "$path" ] && [ "$path" != / ]; then args+=(--bind "$path" "$path"); fi
  done
  for path in /etc/resolv.conf /etc/passwd /etc/group /etc/machine-id; do
    if [ -e "$path" ]; then args+=(--ro-bind "$(realpath "$path")" "$path"); fi
  done
  if [ "$(id -u)" = 0 ]; then args+=(--cap-add ALL); fi
  # Nothing of the host's own tool chain may leak in.
  for path in LC_ALL LD_LIBRARY_PATH LD_PRELOAD QT_PLUGIN_PATH QT_QPA_PLATFORM_PLUGIN_PATH CMAKE_PREFIX_PATH PKG_CONFIG_PATH \
    PYTHONPATH CPATH LIBRARY_PATH CC CXX CFLAGS CXXFLAGS; do
    args+=(--unsetenv "$path")
  done
  args+=(--chdir "$PWD" --die-with-parent --setenv KDRA_IN_ROOT "$root" --setenv LANG C.UTF-8 --setenv KDRA_HOST_LANG "${LC_ALL:-${LANG:-C.UTF-8}}"
    --setenv PATH /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
    --setenv TZ "${TZ:-$(readlink -f /etc/localtime | sed 's|.*/zoneinfo/||')}")
  # A copy, so that a test may name its node in it.
  exec 8<<<"$(cat /etc/hosts 2>/dev/null || echo '127.0.0.1 localhost')"
  exec bwrap "${args[@]}" --bind-data 8 /etc/hosts "$@"
}

# After this, the tools and libraries are there: natively, or because the caller was started again inside the root.
# KDRA_SETUP=native, root or none overrides what is found out.
setup() {
  if [ -n "${KDRA_IN_ROOT:-}" ]; then return 0; fi
  local choice=${KDRA_SETUP:-} native=''
  if [ -z "$choice" ] || [ "$choice" = native ]; then native=$(native_list); fi
  if [ "$choice" = none ]; then return 0; fi
  if [ -n "$native" ]; then
    install_native "$native"
  elif [ "$choice" = native ]; then
    die "KDRA_SETUP=native, but this system's packages do not meet the baseline (Qt 6.8, KF6)."
  else
    setup_build_root
    in_root "$self" "$@"
  fi
}
