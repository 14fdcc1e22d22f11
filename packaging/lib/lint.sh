# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# Everything that reads the sources and judges them. Sourced by packaging/dev; runs where the tools are.

# Our C++ files: what git knows or would add.
source_files() { git ls-files --cached --others --exclude-standard '*.cpp' '*.h' | while read -r file; do [ -f "$file" ] && echo "$file"; done; }

shell_files() {
  git ls-files --cached --others --exclude-standard '*.sh'
  git grep --untracked -lE -e '^#!.*\b(ba)?sh$' -- . ':!*.sh' ':!*.cpp' ':!*.h' ':!*.py' | while read -r file; do
    case $(head -c 64 "$file" | head -n 1) in '#!'*sh) echo "$file" ;; esac
  done
}

# step NAME COMMAND...: says what failed, and goes on, so that one run shows everything.
lint_step() {
  local name=$1 started=$SECONDS
  shift
  if "$@"; then
    say "lint: $name: ok, $((SECONDS - started)) s"
  else
    say "lint: $name: FAILED, $((SECONDS - started)) s"
    lint_failed+=("$name")
  fi
}

lint_format() { source_files | xargs -d '\n' clang-format --dry-run -Werror; }

lint_shell() { shell_files | sort -u | xargs -d '\n' shellcheck --external-sources; }

lint_desktop() { desktop-file-validate packaging/desktop/*.desktop && appstreamcli validate --no-net --override=url-homepage-missing=info packaging/desktop/*.metainfo.xml; }

# clang-tidy and clazy read the build of clang (no precompiled headers, moc's output). Unchanged files are not
# read again: see packaging/lib/analyse.py.
lint_cpp() {
  local generated
  configure lint
  mapfile -t generated < <(ninja -C build/lint -t targets all | sed -n 's/^\([A-Za-z0-9_]*_autogen\): phony$/\1/p')
  ninja -C build/lint -k 0 -j "$jobs" "${generated[@]}" >build/lint/generate.log 2>&1 ||
    { tail -n 40 build/lint/generate.log >&2; return 1; }
  packaging/lib/analyse.py --build build/lint --cache "$cache/lint" --jobs "$jobs" "$@"
}

# lint [--fast]: --fast leaves out clang-tidy and clazy, which read every source with all of Qt's headers.
lint() {
  local lint_failed=()
  lint_step clang-format lint_format
  lint_step shellcheck lint_shell
  lint_step layering python3 -B tests/layering/check.py
  lint_step "desktop file and metainfo" lint_desktop
  if [ "${1:-}" != --fast ]; then lint_step "clang-tidy and clazy" lint_cpp; fi
  [ ${#lint_failed[@]} = 0 ] || die "lint failed: ${lint_failed[*]}"
}
