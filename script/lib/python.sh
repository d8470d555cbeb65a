# shellcheck shell=bash
# The virtual environment: exactly what the lock files say, and nothing done when they are unchanged.

# install_lock FILE: quick when the stamp says that this very lock is installed.
install_lock() {
    local lock=$1 stamp sum
    stamp=$VENV/.installed-$(basename "$lock" .txt)
    sum=$(checksum "$lock")
    [ "$(cat "$stamp" 2>/dev/null || true)" != "$sum" ] || return 0
    need_space "$VENV" 500
    say "Installing Python packages ($(basename "$lock"))"
    logged "installing Python packages" "$VENV/bin/python" -m pip install --disable-pip-version-check \
        --no-input --require-hashes --only-binary :all: -r "$lock"
    printf '%s\n' "$sum" >"$stamp"
}

virtual_environment() {
    local python
    # A checkout that was moved, or a Python that was upgraded away, leaves a broken one behind.
    if [ -d "$VENV" ] && { ! "$VENV/bin/python" -c '' 2>/dev/null ||
        [ "$(cat "$VENV/.made-at" 2>/dev/null || true)" != "$VENV" ]; }; then
        rm -rf "$VENV"
    fi
    if [ ! -d "$VENV" ]; then
        need_space "$VENV" 500
        python=$(find_python) || fail "no Python 3.11 or newer was found"
        logged "making the virtual environment" "$python" -m venv "$VENV"
        printf '%s\n' "$VENV" >"$VENV/.made-at"
    fi
    install_lock requirements.txt
    [ "${WITH_TESTS:-}" != 1 ] || install_lock requirements-dev.txt
}
