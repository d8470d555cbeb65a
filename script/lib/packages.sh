# shellcheck shell=bash
# The system's packages: finds out what is missing, and asks Debian, Ubuntu or Homebrew for that
# alone. Where all is there already, nothing is asked and no rights are needed.

# The first Python that is new enough and can make a virtual environment.
find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

# The newest PostgreSQL that has PostGIS beside it: prints the directory of its programs.
find_postgres() {
    local best='' best_version=0 bin version share
    for bin in ${POSTGRES_BIN:-} /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin \
        /usr/local/opt/postgresql*/bin /usr/pgsql-*/bin "$(dirname "$(command -v postgres || echo /nowhere/postgres)")"; do
        [ -x "$bin/initdb" ] && [ -x "$bin/postgres" ] && [ -x "$bin/pg_ctl" ] || continue
        version=$("$bin/postgres" --version | sed -E 's/^[^0-9]*([0-9]+).*/\1/')
        share=$("$bin/pg_config" --sharedir 2>/dev/null || echo "/usr/share/postgresql/$version")
        [ -f "$share/extension/postgis.control" ] && [ -f "$share/extension/pg_trgm.control" ] || continue
        if [ "$version" -ge 15 ] && [ "$version" -gt "$best_version" ]; then
            best=$bin
            best_version=$version
        fi
    done
    [ -n "$best" ] && printf '%s\n' "$best"
}

# has_library NAME: can the dynamic linker find lib<NAME>?
has_library() {
    if [ "$(uname)" = Darwin ]; then
        ls /opt/homebrew/lib/lib"$1".dylib /usr/local/lib/lib"$1".dylib >/dev/null 2>&1
    else
        PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null | grep "lib$1\.so" >/dev/null
    fi
}

find_chromium() {
    local candidate
    for candidate in "${CHROMIUM:-}" "$(command -v chromium || true)" "$(command -v chromium-browser || true)" \
        "$(command -v google-chrome || true)" "/Applications/Chromium.app/Contents/MacOS/Chromium" \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
        "$(command -v chromium-headless-shell || true)"; do
        if [ -n "$candidate" ] && [ -x "$candidate" ]; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

# The same browser without windows, which opens a page in a third of the time: for tests, which open hundreds. Where
# the system's packages have it at hand; it is done without elsewhere.
find_light_chromium() { command -v chromium-headless-shell || find_chromium; }

want_light_chromium() {
    local stamp=$DATA/stamps/light-chromium
    if command -v chromium-headless-shell >/dev/null || [ -e "$stamp" ]; then return 0; fi
    touch "$stamp"
    command -v apt-cache >/dev/null && apt-cache show chromium-headless-shell >/dev/null 2>&1 || return 0
    say "Installing chromium-headless-shell"
    DEBIAN_FRONTEND=noninteractive SUDO_OPTIONS=-n apt -o DPkg::Lock::Timeout=60 -o Acquire::Retries=0 -o Acquire::http::Timeout=20 \
        install --yes --no-install-recommends chromium-headless-shell >>"$SETUP_LOG" 2>&1 </dev/null || true
}

has_fonts() { [ "$(uname)" = Darwin ] || ls /usr/share/fonts/truetype/noto/NotoSansArabic-* >/dev/null 2>&1; }

# missing: one word for each thing that is not there.
missing() {
    find_python >/dev/null || echo python
    if [ -z "${DATABASE_URL:-}" ]; then find_postgres >/dev/null || echo postgres; fi
    if [ -z "${REDIS_URL:-}" ]; then command -v redis-server >/dev/null || echo redis; fi
    has_library gdal && has_library geos_c || echo gdal
    command -v msgfmt >/dev/null || echo gettext
    [ -e /usr/share/zoneinfo/UTC ] || echo zones
    if [ "${WITH_TESTS:-}" = 1 ]; then
        find_chromium >/dev/null || echo chromium
        has_fonts || echo fonts
        command -v ogr2ogr >/dev/null || echo gdal-tools
    fi
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo ${SUDO_OPTIONS:-} env DEBIAN_FRONTEND=noninteractive "$@"; fi
}

apt() { as_root apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -qq "$@"; }

restore_policies() {
    local policy=/usr/sbin/policy-rc.d clusters=/etc/postgresql-common/createcluster.conf
    [ ! -e "$clusters.before-tracker" ] || as_root mv "$clusters.before-tracker" "$clusters"
    if grep -q 'made by the control tracker' "$policy" 2>/dev/null; then as_root rm -f "$policy"; fi
}

# Runs as one logged command. No service may start and no default cluster may be made: the project
# brings up its own, and what the machine's owner had decided about services stays as it was.
apt_install() {
    local policy=/usr/sbin/policy-rc.d clusters=/etc/postgresql-common/createcluster.conf status=0 fresh_redis=1
    export DEBIAN_FRONTEND=noninteractive
    apt update || return 1
    trap 'restore_policies' EXIT
    trap 'exit 143' TERM
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\n# made by the control tracker, for a moment\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
    fi
    # for the tests (find_light_chromium); one of the two is enough
    if apt-cache show chromium-headless-shell >/dev/null 2>&1; then set -- "${@/%chromium/chromium-headless-shell}"; fi
    command -v redis-server >/dev/null && fresh_redis=
    case " $* " in
    *" postgresql"*)
        # In two steps, so that the setting is there before the server's package is set up.
        if [ ! -e "$clusters" ]; then
            apt install --yes --no-install-recommends postgresql-common || status=1
            if [ -e "$clusters" ]; then
                as_root cp -p "$clusters" "$clusters.before-tracker"
                echo 'create_main_cluster = false' | as_root tee -a "$clusters" >/dev/null
            fi
        fi
        ;;
    esac
    [ $status -eq 0 ] && { apt install --yes --no-install-recommends "$@" || status=1; }
    restore_policies
    if [ -n "$fresh_redis" ] && [ -d /run/systemd/system ] && command -v redis-server >/dev/null; then
        as_root systemctl disable redis-server || true
    fi
    return $status
}

apt_names() {
    local thing version
    for thing in "$@"; do
        case $thing in
        python) echo python3 python3-venv ;;
        postgres)
            # PostGIS for the server that is there, else for the one the distribution names.
            version=$(find /usr/lib/postgresql -mindepth 1 -maxdepth 1 2>/dev/null | sed 's|.*/||' | sort -n | tail -n 1)
            if [ -n "$version" ] && [ "$version" -ge 15 ]; then
                echo "postgresql-$version-postgis-3"
            else
                echo postgresql postgresql-postgis
            fi
            ;;
        redis) echo redis-server ;;
        # PostGIS brings the libraries along; without it this package does.
        gdal) case " $* " in *" postgres "*) ;; *) echo gdal-bin ;; esac ;;
        gettext) echo gettext ;;
        zones) echo tzdata ;;
        chromium) echo chromium ;;
        gdal-tools) echo gdal-bin ;;
        fonts) echo fonts-noto-core fonts-dejavu-core ;;
        esac
    done
}

brew_names() {
    local thing
    for thing in "$@"; do
        case $thing in
        python) echo python@3.12 ;;
        postgres) echo postgresql@17 postgis ;;
        redis) echo redis ;;
        gdal) echo gdal geos ;;
        gdal-tools) echo gdal ;;
        gettext) echo gettext ;;
        chromium) echo --cask chromium ;;
        esac
    done
}

install_packages() {
    local things names
    things=$(missing | tr '\n' ' ')
    [ -n "$things" ] || return 0
    need_space / 600
    if [ "$(uname)" = Darwin ]; then
        # shellcheck disable=SC2086
        names=$(brew_names $things | tr '\n' ' ')
        command -v brew >/dev/null || fail "missing: $names- install Homebrew (https://brew.sh), or set DATABASE_URL and REDIS_URL"
        say "Installing $names"
        # shellcheck disable=SC2086
        logged "installing $names" brew install $names
    elif command -v apt-get >/dev/null; then
        # shellcheck disable=SC2086
        names=$(apt_names $things | tr '\n' ' ')
        if [ "$(id -u)" != 0 ]; then
            command -v sudo >/dev/null || fail "missing: $names- install them as root: apt-get install $names"
            if [ -t 0 ]; then sudo -v; else SUDO_OPTIONS=-n; fi
            # shellcheck disable=SC2086
            sudo ${SUDO_OPTIONS:-} true 2>/dev/null || fail "missing: $names- install them as root: apt-get install $names"
        fi
        say "Installing $names"
        # shellcheck disable=SC2086
        logged "installing $names" apt_install $names
    else
        fail "missing: $things- install them (PostgreSQL 15 or newer with PostGIS, Redis, GDAL, GEOS, Python 3.11 or newer with venv, gettext)"
    fi
    things=$(missing | tr '\n' ' ')
    [ -z "$things" ] || fail "still missing after installing: $things(see $SETUP_LOG)"
}
