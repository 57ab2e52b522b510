# Installs what scripts/setup found missing, by apt-get. Sourced by it; reads its array `missing`.

install_with_apt() {
  local plan log packages=() entry through=''
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || explain_without_sudo
    through=', through sudo'
  fi
  say "${#missing[@]} packages are missing; apt-get update$through."
  apt_get update >/dev/null || say 'apt-get update complained; trying with the lists it has.'
  resolve_packages
  say "apt-get installs$through:"
  for entry in "${missing[@]}"; do
    packages+=("${entry%%|*}")
    printf '  %-20s %s\n' "${entry%%|*}" "${entry##*|}"
  done

  # --assume-no prints the plan with its sizes and stops. Its exit code tells nothing.
  plan=$(apt_get install --assume-no "${packages[@]}" 2>&1 || true)
  printf '%s\n' "$plan" | grep -E '^(Need to get|After this operation)' | sed 's/^/  /' || true
  protect_node "$plan"

  log=$(mktemp)
  if ! apt_get install --assume-yes "${packages[@]}" >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    fail "apt-get install failed; all of its output is in $log"
  fi
  rm -f "$log"
}

# Recommended packages are left out: those of Clang and Chromium alone are several hundred
# megabytes. A machine that has just started may be installing its own updates, so wait for the
# lock.
apt_get() {
  local command=$1
  shift
  as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get "$command" -q -o Dpkg::Use-Pty=0 \
    -o DPkg::Lock::Timeout=600 -o APT::Install-Recommends=false "$@"
}

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

# The names that depend on the system's release, which only apt-get update makes known.
resolve_packages() {
  local i not_in_apt=''
  for i in "${!missing[@]}"; do
    case ${missing[$i]} in
      libclang-rt-NN-dev*) missing[$i]=${missing[$i]/NN/$(clang_major)} ;;
      chromium* | firefox* | webkit*)
        apt_has "${missing[$i]%%|*}" || not_in_apt="$not_in_apt ${missing[$i]%%|*}"
        ;;
    esac
  done
  [ -z "$not_in_apt" ] || explain_browsers "$not_in_apt"
}

clang_major() {
  local version
  if has_command clang++; then
    version=$(clang++ -dumpversion)
    printf '%s' "${version%%.*}"
  else
    LC_ALL=C apt-cache depends clang | sed -n 's/.*Depends: clang-\([0-9]*\)$/\1/p'
  fi
}

# Ubuntu's browser packages only fetch a snap, which does not run in containers.
apt_has() {
  local candidate
  candidate=$(LC_ALL=C apt-cache policy "$1" | sed -n 's/^  Candidate: //p')
  case $candidate in '' | '(none)' | *snap*) return 1 ;; esac
}

explain_without_sudo() {
  local entry
  say 'these packages are missing, and installing them needs root, but there is no sudo here:' >&2
  for entry in "${missing[@]}"; do
    printf '  %-20s %s\n' "${entry%%|*}" "${entry##*|}" >&2
  done
  fail "run scripts/setup once as root, then again as yourself."
}

# Debian's emscripten depends on Debian's nodejs. Where node was copied to /usr/bin without a
# package, dpkg would overwrite it with that one (Node 18 on Debian 12). A diversion makes dpkg put
# its own file aside instead.
protect_node() {
  case " $(printf '%s' "$1" | tr '\n' ' ') " in *' nodejs '*) ;; *) return 0 ;; esac
  local file
  for file in /usr/bin/node /usr/bin/nodejs /usr/bin/corepack; do
    if [ -e "$file" ] && ! dpkg-query --search "$file" >/dev/null 2>&1; then
      say "keeps your $file: the nodejs that emscripten brings goes to $file.debian (dpkg-divert)."
      as_root dpkg-divert --quiet --local --no-rename --divert "$file.debian" --add "$file"
    fi
  done
}
