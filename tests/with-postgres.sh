#!/usr/bin/env bash
# Runs a command with a PostgreSQL of its own: `tests/with-postgres.sh cargo test --test integration`.
#
# The server listens on this machine only, on a free port, keeps its data in a temporary folder, and ends with
# the command. Its address stands in YINFENG_TEST_DATABASE_URL. PostgreSQL refuses to run as root, so root
# hands it to the user `postgres` or, where there is none, `nobody`.
set -euo pipefail

bin=""
if command -v initdb >/dev/null && command -v postgres >/dev/null; then
    bin=$(dirname "$(readlink -f "$(command -v postgres)")")
else
    # Debian and its children keep server programs out of PATH, one folder for each version.
    for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
        if [ -x "$folder/initdb" ]; then bin=$folder; break; fi
    done
fi
if [ -z "$bin" ]; then
    echo "with-postgres: no PostgreSQL server found; install the package postgresql" >&2
    exit 2
fi

# Not below the caller's temporary folder, which another user might not be let into.
data=$(mktemp -d /tmp/yinfeng-postgres.XXXXXX)
as=()
if [ "$(id -u)" = 0 ]; then
    owner=nobody
    if id postgres >/dev/null 2>&1; then owner=postgres; fi
    chown "$owner" "$data"
    as=(setpriv --reuid="$owner" --regid="$(id -g "$owner")" --clear-groups)
fi

server=""
finish() {
    if [ -n "$server" ]; then
        kill -INT "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$data"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

cd_from=$PWD
cd "$data" # a folder that the server's user can read
LC_ALL=C "${as[@]}" "$bin/initdb" --pgdata="$data/cluster" --username=yinfeng --auth=trust \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$data/initdb.log" 2>&1 || { cat "$data/initdb.log" >&2; exit 1; }

# Another process may take a port between choosing and listening; then the next one is tried.
for attempt in 1 2 3 4 5 6 7 8; do
    port=$(( (RANDOM << 15 | RANDOM) % 20000 + 20000 ))
    # The data is thrown away, so nothing has to survive a power cut.
    "${as[@]}" "$bin/postgres" -D "$data/cluster" -p "$port" -c listen_addresses=127.0.0.1 \
        -c unix_socket_directories= -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
        -c max_connections=200 >"$data/server.log" 2>&1 </dev/null &
    server=$!
    for _ in $(seq 1 150); do
        if "$bin/pg_isready" -q -h 127.0.0.1 -p "$port" -U yinfeng -d postgres; then break 2; fi
        if ! kill -0 "$server" 2>/dev/null; then break; fi
        sleep 0.2
    done
    kill -INT "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=""
done
if [ -z "$server" ]; then
    cat "$data/server.log" >&2
    echo "with-postgres: the server did not start" >&2
    exit 1
fi

cd "$cd_from"
YINFENG_TEST_DATABASE_URL="postgres://yinfeng@127.0.0.1:$port/postgres" "$@"
