# Shared by tools/run, tools/test and tools/bench: where the project is, and the packages it needs. Sourced, not run.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

say() { printf '%s\n' "$*" >&2; }

# Installs the Debian packages of tools/packages.txt that are missing; asks for nothing when all are there.
install_packages() {
    local wanted missing=() package as_root=()
    wanted=$(grep -v '^#' "$root/tools/packages.txt")
    for package in $wanted; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            say "These Debian packages are missing and need root to install: ${missing[*]}"
            exit 2
        fi
        as_root=(sudo)
    fi
    say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    # Tests start their own sshd; the machine's shall not start because its package is here now.
    local policy=/usr/sbin/policy-rc.d made_policy=
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
        "${as_root[@]}" chmod 755 "$policy"
        made_policy=yes
    fi
    local done_well=yes
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null || done_well=
    [ -z "$made_policy" ] || "${as_root[@]}" rm -f "$policy"
    [ -n "$done_well" ] || { say "The packages could not be installed."; exit 2; }
}

# build PRESET [TARGET...]: configures once, then builds what changed.
build() {
    local preset=$1 log
    shift
    log="$root/build/$preset-configure.log"
    mkdir -p "$root/build"
    if [ ! -f "build/$preset/build.ninja" ]; then
        say "Configuring build/$preset"
        cmake --preset "$preset" >"$log" 2>&1 || { cat "$log" >&2; exit 2; }
    fi
    say "Building build/$preset"
    if [ $# -eq 0 ]; then cmake --build "build/$preset" >&2; else cmake --build "build/$preset" --target "$@" >&2; fi
}
