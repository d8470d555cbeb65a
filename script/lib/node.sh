# shellcheck shell=bash
# Development tools for the JavaScript and the styles. The product itself needs none of them.

node_packages() {
    [ -f package-lock.json ] || return 0
    local stamp=node_modules/.installed sum
    sum=$(checksum package.json package-lock.json)
    [ "$(cat "$stamp" 2>/dev/null || true)" != "$sum" ] || return 0
    need_space "$ROOT" 200
    say "Installing JavaScript tools (package-lock.json)"
    logged "installing JavaScript tools" npm ci --no-audit --no-fund --loglevel error
    printf '%s\n' "$sum" >"$stamp"
}
