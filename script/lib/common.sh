# shellcheck shell=bash
# What every script shares: where things are, how to speak, how to fail in one line, how to run a
# long command so that Ctrl-C ends it. Source it; it changes to the checkout's root.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
NAME=script/$(basename "$0")
VENV=$ROOT/.venv

# The state's directory may be given relative to where the caller stands.
DATA=${TRACKER_DATA_DIR:-$ROOT/.local}
case $DATA in /*) ;; *) DATA=$(pwd -P)/$DATA ;; esac
export TRACKER_DATA_DIR=$DATA
cd "$ROOT"

DJANGO_SETTINGS_MODULE=${DJANGO_SETTINGS_MODULE:-conflict_map.settings.development}
export DJANGO_SETTINGS_MODULE

SETUP_LOG=$DATA/log/setup.log
SAY_FD=${SAY_FD:-1}
export SAY_FD

say() { printf '%s\n' "$*" >&"$SAY_FD"; }

# One clear line on stderr, and out.
fail() {
    printf '%s: %s\n' "$NAME" "$*" >&2
    exit 1
}

# free_kb DIRECTORY: free kilobytes where that directory is, or will be.
free_kb() {
    local where=$1
    while [ ! -d "$where" ]; do where=$(dirname "$where"); done
    df -Pk "$where" 2>/dev/null | awk 'NR == 2 { print $4 }'
}

# need_space DIRECTORY MEGABYTES: fail now, with a reason, instead of half-way, without.
need_space() {
    local free
    free=$(free_kb "$1")
    case $free in '' | *[!0-9]*) return 0 ;; esac
    if [ "$free" -lt $(($2 * 1024)) ]; then
        fail "the disk that holds $1 is full: $((free / 1024)) MB free, $2 MB needed"
    fi
}

checksum() {
    if command -v sha256sum >/dev/null 2>&1; then cat "$@" | sha256sum; else cat "$@" | shasum -a 256; fi |
        cut -d ' ' -f 1
}

make_data_directory() {
    mkdir -p "$DATA/log" "$DATA/stamps" 2>/dev/null || {
        need_space "$DATA" 1
        fail "cannot write to $DATA: choose another directory with TRACKER_DATA_DIR"
    }
}

CHILD=
on_signal() {
    trap - INT TERM HUP
    if [ -n "$CHILD" ]; then kill -TERM "$CHILD" 2>/dev/null; wait "$CHILD" 2>/dev/null; fi
    exit "$1"
}

# logged WHAT COMMAND...: run it with its output in the log; on failure one line, with the reason.
logged() {
    local what=$1 status=0 start
    shift
    make_data_directory
    # A log that has grown for months is of no use to anyone.
    if [ -f "$SETUP_LOG" ] && [ "$(wc -c <"$SETUP_LOG")" -gt 5000000 ]; then rm -f "$SETUP_LOG"; fi
    printf '\n== %s: %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*" >>"$SETUP_LOG" 2>/dev/null || need_space "$DATA" 1
    start=$(wc -c <"$SETUP_LOG")
    trap 'on_signal 130' INT
    trap 'on_signal 143' TERM HUP
    "$@" >>"$SETUP_LOG" 2>&1 </dev/null &
    CHILD=$!
    wait "$CHILD" || status=$?
    CHILD=
    trap - INT TERM HUP
    if [ "$status" -ne 0 ]; then
        if tail -c +"$((start + 1))" "$SETUP_LOG" | grep -q -i -e 'No space left on device' -e 'disk full'; then
            fail "the disk is full: $what stopped (see $SETUP_LOG)"
        fi
        fail "$what failed: $(tail -c +"$((start + 1))" "$SETUP_LOG" | reason) (see $SETUP_LOG)"
    fi
}

# The line of an output that says most about what went wrong.
reason() {
    local text
    text=$(cat)
    { printf '%s\n' "$text" | grep -i -E '^(E:|ERROR|error|fatal|.*Error:)' || printf '%s\n' "$text" | grep -v '^[[:space:]]*$'; } |
        tail -n 1 | cut -c 1-300
}

# hold LOCK / release LOCK: one at a time, with nothing but mkdir. A holder that died does not count.
hold() {
    local lock=$DATA/$1.lock.d holder waited=0
    make_data_directory
    while ! mkdir "$lock" 2>/dev/null; do
        holder=$(cat "$lock/pid" 2>/dev/null || true)
        if [ -z "$holder" ]; then
            sleep 1
            holder=$(cat "$lock/pid" 2>/dev/null || true)
        fi
        if [ -z "$holder" ] || ! kill -0 "$holder" 2>/dev/null; then
            rm -rf "$lock"
            continue
        fi
        if [ "$waited" -eq 2 ]; then say "Waiting for another set-up (process $holder) to finish"; fi
        waited=$((waited + 1))
        sleep 1
    done
    echo $$ >"$lock/pid"
}

release() { rm -rf "$DATA/$1.lock.d"; }
