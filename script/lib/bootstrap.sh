# shellcheck shell=bash
# bootstrap: the machine's packages and the virtual environment, whatever of them is missing.

. "$(dirname "${BASH_SOURCE[0]}")/packages.sh"
. "$(dirname "${BASH_SOURCE[0]}")/python.sh"

# All is there when no package is missing and both stamps fit. Else one at a time.
bootstrap() {
    make_data_directory
    hold bootstrap
    trap 'release bootstrap' EXIT
    install_packages
    virtual_environment
    release bootstrap
    trap - EXIT
    POSTGRES_BIN=$(find_postgres || true)
    PATH=$VENV/bin:$PATH
    export POSTGRES_BIN PATH
}
