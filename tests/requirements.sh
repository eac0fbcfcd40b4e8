#!/usr/bin/env bash
# What is needed beyond Rust, Node.js and git: `tests/requirements.sh demo` for building, `test` for all tests.
#
# On Debian and its children what is missing is installed, as root or with a sudo that asks nothing. Elsewhere,
# and without the right to, this stops and names the command: nothing is skipped in silence.
set -euo pipefail

what=${1:-test}
case "$what" in
demo | test) ;;
*) echo "requirements: demo or test, not '$what'" >&2; exit 2 ;;
esac

have() { command -v "$1" >/dev/null 2>&1; }
missing=()
need() { missing+=("$@"); }

have cargo || { echo "requirements: Rust is missing; Cargo.toml says which version" >&2; exit 2; }
have cc || need build-essential # SQLite and libpq are built from source
have make || need make
have perl || need perl
have npm || [ -n "${YINFENG_NODE_MODULES:-}" ] || need nodejs npm
if [ "$what" = test ]; then
    have chromium || have chromium-browser || have google-chrome || need chromium
    have chromedriver || need chromium-driver
    # Without a Chinese font a page is all boxes, and what overflows on it cannot be seen.
    { have fc-list && [ -n "$(fc-list :lang=zh-cn 2>/dev/null)" ]; } || need fonts-noto-cjk fontconfig
    have initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || need postgresql
    have setpriv || need util-linux
fi
if [ "${#missing[@]}" = 0 ]; then exit 0; fi

echo "requirements: missing ${missing[*]}" >&2
install="apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
if ! have apt-get; then
    echo "requirements: install what this system calls them; on Debian it is: $install" >&2
    exit 2
fi
as_root=()
if [ "$(id -u)" != 0 ]; then
    as_root=(sudo -n)
    if ! { have sudo && sudo -n true 2>/dev/null; }; then
        echo "requirements: run this as root, then again: $install" >&2
        exit 2
    fi
fi
# Another package run may hold the lock for a while.
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=400 -o Acquire::Retries=3)
"${apt[@]}" update </dev/null
# The package would start a cluster of its own, which nobody needs here.
if [[ " ${missing[*]} " == *" postgresql "* ]] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    "${as_root[@]}" mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' | "${as_root[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
fi
"${apt[@]}" install -y --no-install-recommends "${missing[@]}" </dev/null
