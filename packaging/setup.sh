# shellcheck shell=bash
# Set-up shared by packaging/run and packaging/test: system packages, then a virtual environment in the
# XDG cache. What was set up is remembered in a small file, so that a later start checks only that file.
#
# Sourced with `set -euo pipefail` and $ROOT, the checkout. Entry point: ensure_ready KIND (run or test).
# It sets $PYTHON, the environment's interpreter. Everything it says goes to stderr.

ASSUME_YES=${ASSUME_YES:-no}
NEED_LOCAL=${NEED_LOCAL:-no}
# Where the system keeps its own Python and build tools; the tests point it elsewhere.
SYSTEM_BIN=${SYSTEM_BIN:-/usr/bin}
SYSTEM_PYTHON=$SYSTEM_BIN/python3
SETUP_LOG=

say() { printf 'vmgui: %s\n' "$*" >&2; }
die() {
    say "$@"
    exit 1
}

ensure_ready() {
    local kind=$1 base=${XDG_CACHE_HOME:-}
    [[ $base == /* ]] || base=~/.cache
    CACHE=$base/vmgui
    SETUP_LOG=$CACHE/setup-$kind.log
    local key
    key=$(dependency_key "$kind")
    READY=$CACHE/ready-$kind-$key
    if ! is_ready; then
        mkdir -p -- "$CACHE" || die "cannot write to $CACHE: set XDG_CACHE_HOME to a folder of yours."
        # One set-up at a time; a second one waits and finds everything there.
        exec 9>"$CACHE/setup.lock"
        if have flock && ! flock --nonblock 9; then
            say "waiting for another set-up to end..."
            flock 9
        fi
        is_ready || set_up "$kind" "$key"
        exec 9>&-
    fi
    # In use: prune_environments goes by this file's time.
    : >"${PYTHON%/bin/python}/last-used" 2>/dev/null || true
    compile_translations
}

# Changes with whatever the environment is made from: the dependencies and this folder's two files.
dependency_key() {
    local sum
    sum=$({
        printf '%s\n' "$1"
        awk -v kind="$1" '
            /^\[tool/ {exit}
            /^(requires-python|dependencies) *=/ || (kind == "test" && /^dev *=/) {on = 1}
            on {print}
            /^\]|^requires-python/ {on = 0}' "$ROOT/pyproject.toml"
        cat "$ROOT/packaging/system-packages.txt" "$ROOT/packaging/setup.sh"
    } | sha256sum)
    printf '%s' "${sum:0:12}"
}

is_ready() {
    local has_local
    [[ -r $READY ]] || return 1
    { read -r PYTHON && read -r has_local; } <"$READY" || return 1
    [[ -x $PYTHON ]] || return 1
    # A person who declined the hypervisor is asked again only for what cannot do without.
    [[ $NEED_LOCAL != yes || $has_local == yes ]]
}

set_up() {
    local kind=$1 key=$2 has_local=yes started=$SECONDS
    : >"$SETUP_LOG"
    MANAGER=$(package_manager)
    find_python
    install_system_packages "$kind" || has_local=no
    [[ -n $BASE_PYTHON ]] || find_python
    [[ -n $BASE_PYTHON ]] || die "needs Python 3.11 or newer with its venv module; none was found."
    if [[ $PYTHON_COMPLETE != yes ]]; then
        find_python
        [[ $PYTHON_COMPLETE == yes ]] ||
            die "$BASE_PYTHON lacks its headers or its venv module: install them (python3-dev, python3-venv)."
    fi
    # Another python distribution's pkg-config and compiler, first on PATH, know nothing of the system's libvirt.
    local PATH=$SYSTEM_BIN:$PATH
    pkg-config --exists libvirt 2>/dev/null ||
        die "libvirt's headers are missing: install libvirt-dev (or libvirt-devel) and pkg-config."
    make_environment "$kind" "$key"
    [[ $kind != test ]] || provide_guest_kernel
    prune_environments
    printf '%s\n' "$PYTHON" "$has_local" >"$READY.new"
    mv -f -- "$READY.new" "$READY"
    say "set-up took $((SECONDS - started)) s; the next start needs none."
}

# --- Python -------------------------------------------------------------------------------------------

# Sets BASE_PYTHON, PYTHON_VERSION and PYTHON_COMPLETE (headers and venv there). Prefers the system's own,
# whose headers a package brings, and any complete one to one that still lacks something.
find_python() {
    local candidate found version path complete
    BASE_PYTHON='' PYTHON_VERSION='' PYTHON_COMPLETE=no
    for candidate in "$SYSTEM_PYTHON" python3 python3.14 python3.13 python3.12 python3.11; do
        have "$candidate" || continue
        # A shim of a version manager may exist and yet not run.
        found=$("$candidate" -I -c "$PROBE" 2>/dev/null) || continue
        read -r version complete path <<<"$found"
        [[ -n $path ]] || continue
        if [[ -z $BASE_PYTHON || $complete == yes ]]; then
            BASE_PYTHON=$path PYTHON_VERSION=$version PYTHON_COMPLETE=$complete
        fi
        [[ $complete != yes ]] || return 0
    done
}

# The interpreter itself, not a link or a virtual environment's: the environment must break visibly when the
# system moves to another version, not import half of the old one.
PROBE='
import importlib.util, os, sys, sysconfig
if sys.version_info < (3, 11):
    sys.exit(1)
version = "%d.%d" % sys.version_info[:2]
headers = os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h"))
venv = importlib.util.find_spec("ensurepip") is not None
path = os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)
print(version, "yes" if headers and venv else "no", path)
'

# The packages that make Python complete, one per line.
python_packages() {
    [[ $PYTHON_COMPLETE != yes ]] || return 0
    local version=$PYTHON_VERSION
    if [[ -z $BASE_PYTHON ]]; then
        # None new enough: the system's own where there is none at all, else a newer one beside it.
        case $MANAGER in
            apt) if have "$SYSTEM_PYTHON"; then
                printf '%s\n' python3.13/python3.12/python3.11 \
                    python3.13-venv/python3.12-venv/python3.11-venv python3.13-dev/python3.12-dev/python3.11-dev
            else printf '%s\n' python3 python3-venv python3-dev; fi ;;
            dnf) if have "$SYSTEM_PYTHON"; then
                printf '%s\n' python3.12 python3.12-devel
            else printf '%s\n' python3 python3-devel; fi ;;
            zypper) printf '%s\n' python313/python312/python311 \
                python313-devel/python312-devel/python311-devel ;;
            pacman) printf '%s\n' python ;;
        esac
    elif [[ $BASE_PYTHON == "$SYSTEM_BIN"/* ]]; then
        case $MANAGER in
            apt) printf '%s\n' "python$version-venv" "python$version-dev" ;;
            dnf) printf '%s\n' "pkgconfig(python-$version)" ;;
            zypper) printf '%s\n' "python${version/./}-devel" ;;
            pacman) printf '%s\n' python ;;
        esac
    fi
}

make_environment() {
    local kind=$1 key=$2 folder
    folder=$CACHE/env-$kind-$PYTHON_VERSION-$key
    PYTHON=$folder/bin/python
    say "preparing Python $PYTHON_VERSION packages in $folder ..."
    rm -rf -- "$folder"
    logged "$BASE_PYTHON" -I -m venv "$folder" || failed "the virtual environment could not be made"
    : >"$folder/last-used"
    local extra=
    [[ $kind != test ]] || extra=dev
    # Only what the program is made of; the program itself runs from the checkout.
    "$PYTHON" -I - "$ROOT/pyproject.toml" $extra >"$folder/requirements.txt" <<'PY'
import sys, tomllib
with open(sys.argv[1], "rb") as file:
    project = tomllib.load(file)["project"]
print(*project["dependencies"], sep="\n")
for extra in sys.argv[2:]:
    print(*project["optional-dependencies"][extra], sep="\n")
PY
    logged "$PYTHON" -I -m pip install --disable-pip-version-check --no-input -r "$folder/requirements.txt" ||
        failed "Python packages could not be installed (is the network up?)"
}

# An environment has 300 MB or more: those of earlier versions go after two months without use.
prune_environments() {
    local stamp
    while IFS= read -r -d '' stamp; do
        rm -rf -- "${stamp%/last-used}"
    done < <(find "$CACHE" -mindepth 2 -maxdepth 2 -path '*/env-*/last-used' -mtime +60 -print0)
}

# --- System packages ----------------------------------------------------------------------------------

package_manager() {
    local manager
    for manager in apt dnf zypper pacman; do
        case $manager in
            apt) have apt-get && have dpkg-query ;;
            *) have "$manager" ;;
        esac || continue
        printf %s "$manager"
        return
    done
}

# Asks once for everything that is missing. Fails if the hypervisor was declined.
install_system_packages() {
    local kind=$1 needed=() here=() answer='' wanted
    if [[ -z $MANAGER ]]; then
        say "no package manager known here (apt, dnf, zypper, pacman): going on with what is installed."
        return 0
    fi
    mapfile -t needed < <(python_packages | missing; listed run | missing; [[ $kind != test ]] || listed test | missing)
    mapfile -t here < <(listed local | missing)
    if [[ $kind == test || $NEED_LOCAL == yes ]]; then
        needed+=("${here[@]}")
        here=()
    fi
    wanted=$((${#needed[@]} + ${#here[@]}))
    ((wanted > 0)) || return 0

    ((${#needed[@]} == 0)) || say "needs these system packages: $(first_choices "${needed[@]}")"
    ((${#here[@]} == 0)) || say "to run virtual machines on this very computer: $(first_choices "${here[@]}")"
    if is_booted && [[ " ${needed[*]} " == *' openssh-server '* ]]; then
        say "note: openssh-server starts an ssh service; \`systemctl disable --now ssh\` stops it, the tests use their own."
    fi
    find_root_command "${needed[@]}" "${here[@]}"
    if [[ $ASSUME_YES == yes ]]; then
        answer=y
    elif [[ -t 0 ]]; then
        answer=$(ask "${#needed[@]}" "${#here[@]}")
    elif ((${#needed[@]} > 0)); then
        die "nobody to ask here: run it again with -y, or install them with: $(install_command "${needed[@]}")"
    fi
    case $answer in
        y) install_packages "${needed[@]}" "${here[@]}" ;;
        o)
            ((${#needed[@]} == 0)) || install_packages "${needed[@]}"
            return 1
            ;;
        *)
            ((${#needed[@]} == 0)) || die "not installed; it cannot start without them."
            return 1
            ;;
    esac
}

# One letter: y everything, o only what the program itself needs, n nothing.
ask() {
    local choice='[Y]es or [n]o' answer
    (($1 == 0 || $2 == 0)) || choice='[Y]es, [o]nly what vmgui itself needs, or [n]o'
    while true; do
        read -r -p "vmgui: install them with ${ROOT_COMMAND[*]} $MANAGER? $choice: " answer || answer=n
        case ${answer,,} in
            '' | y | yes) printf y && return ;;
            o | only) printf o && return ;;
            n | no) printf n && return ;;
        esac
    done
}

# The table's requirements of one group for this package manager, one per line.
listed() {
    awk -F '|' -v group="$1" -v manager="$MANAGER" '
        BEGIN { column["apt"] = 3; column["dnf"] = 4; column["zypper"] = 5; column["pacman"] = 6 }
        /^#/ || NF < 6 { next }
        { name = $1; gsub(/ /, "", name) }
        name == group {
            count = split($column[manager], words, " ")
            for (i = 1; i <= count; i++) if (words[i] != "-") print words[i]
        }' "$ROOT/packaging/system-packages.txt"
}

# Requirements as a person is shown them: of alternatives the first.
first_choices() {
    local requirement alternatives shown=()
    for requirement in "$@"; do
        split_alternatives
        shown+=("${alternatives[0]}")
    done
    printf '%s' "${shown[*]}"
}

# From requirements on stdin those not fulfilled.
missing() {
    local requirement alternative alternatives
    while IFS= read -r requirement; do
        split_alternatives
        for alternative in "${alternatives[@]}"; do
            ! is_installed "$alternative" || continue 2
        done
        printf '%s\n' "$requirement"
    done
}

# rpm's file names (/usr/bin/x) have slashes too, but in front.
split_alternatives() {
    alternatives=("$requirement")
    [[ $requirement == /* ]] || IFS=/ read -r -a alternatives <<<"$requirement"
}

is_installed() {
    case $MANAGER in
        apt) [[ " $(dpkg-query -W -f '${db:Status-Status} ' -- "$1" 2>/dev/null)" == *' installed '* ]] ;;
        dnf | zypper) rpm -q --whatprovides -- "$1" >/dev/null 2>&1 ;;
        pacman) pacman -T "$1" >/dev/null 2>&1 ;;
    esac
}

is_available() {
    case $MANAGER in
        apt) [[ $(apt-cache policy -- "$1" 2>/dev/null) == *Candidate:\ [0-9]* ]] ;;
        dnf) [[ -n $(dnf -q repoquery --whatprovides "$1" 2>/dev/null) ]] ;;
        zypper) zypper --non-interactive --quiet search --match-exact --provides -- "$1" >/dev/null 2>&1 ;;
        pacman) pacman -Sp -- "$1" >/dev/null 2>&1 ;;
    esac
}

# Sets ROOT_COMMAND, what to put before a command that installs the packages given.
find_root_command() {
    ROOT_COMMAND=()
    ((EUID != 0)) || return 0
    local command
    for command in sudo doas; do
        if have "$command"; then
            ROOT_COMMAND=("$command")
            return
        fi
    done
    die "installing them needs root, and there is no sudo here. As root: $(install_command "$@")"
}

install_command() {
    case $MANAGER in
        apt) printf '%s ' apt-get install -y --no-install-recommends ;;
        dnf) printf '%s ' dnf install -y --setopt=install_weak_deps=False ;;
        zypper) printf '%s ' zypper --non-interactive install --no-recommends ;;
        pacman) printf '%s ' pacman -S --needed --noconfirm ;;
    esac
    first_choices "$@"
}

as_root() {
    logged "${ROOT_COMMAND[@]}" env DEBIAN_FRONTEND=noninteractive "$@"
}

install_now() {
    case $MANAGER in
        apt) as_root apt-get -o DPkg::Lock::Timeout=900 install -y -q --no-install-recommends "$@" ;;
        dnf) as_root dnf install -y --setopt=install_weak_deps=False "$@" ;;
        zypper) as_root zypper --non-interactive install --no-recommends "$@" ;;
        pacman) as_root pacman -S --needed --noconfirm "$@" ;;
    esac
}

refresh_lists() {
    say "fetching the lists of packages ..."
    case $MANAGER in
        apt) as_root apt-get -o DPkg::Lock::Timeout=900 update -q ;;
        dnf) as_root dnf -q makecache ;;
        zypper) as_root zypper --non-interactive refresh ;;
        pacman) as_root pacman -Sy ;;
    esac || say "the lists could not be fetched; going on with those that are there."
}

# Sets CHOSEN to one available package for each requirement, UNAVAILABLE to what there is none for.
choose_packages() {
    local requirement alternative alternatives
    CHOSEN=() UNAVAILABLE=()
    for requirement in "$@"; do
        split_alternatives
        for alternative in "${alternatives[@]}"; do
            if is_available "$alternative"; then
                CHOSEN+=("$alternative")
                continue 2
            fi
        done
        UNAVAILABLE+=("$requirement")
    done
}

install_packages() {
    local package
    choose_packages "$@"
    if ((${#UNAVAILABLE[@]} > 0)); then
        refresh_lists
        choose_packages "$@"
    fi
    ((${#UNAVAILABLE[@]} == 0)) || say "not in this system's repositories, going on without: ${UNAVAILABLE[*]}"
    ((${#CHOSEN[@]} > 0)) || return 0
    say "installing ${#CHOSEN[@]} system packages; this can take some minutes ..."
    ! install_now "${CHOSEN[@]}" || return 0
    # Old lists name files that are gone; and one package that does not fit must not keep all others away.
    refresh_lists
    ! install_now "${CHOSEN[@]}" || return 0
    for package in "${CHOSEN[@]}"; do
        install_now "$package" || say "could not be installed: $package (see $SETUP_LOG)"
    done
}

# The lab's smallest guest runs a cloud kernel. A machine that boots by itself gets only its files, in the cache:
# installed, the kernel would enter the boot menu. A container has no such menu, and may have it whole.
provide_guest_kernel() {
    local package name=linux-image-cloud-amd64
    # The lab is not for who cannot become root.
    ((EUID == 0)) || have sudo || have doas || return 0
    [[ $MANAGER == apt ]] && is_available $name || return 0
    ! is_installed $name || return 0
    if ! is_booted; then
        find_root_command $name
        install_now $name || say "could not be installed: $name (see $SETUP_LOG)"
        return
    fi
    package=$(apt-cache depends $name | awk '$1 == "Depends:" && /linux-image-/ {print $2; exit}')
    rm -rf -- "$CACHE/guest-kernel"
    mkdir -p -- "$CACHE/guest-kernel"
    if ! (
        cd -- "$CACHE/guest-kernel"
        logged apt-get download "$package"
        logged dpkg-deb -x ./*.deb .
        rm -- ./*.deb
        # Made at installation, not part of the package.
        logged "$(PATH=$PATH:/usr/sbin:/sbin command -v depmod)" -b "$CACHE/guest-kernel" "${package#linux-image-}"
    ); then
        rm -rf -- "$CACHE/guest-kernel"
        say "the guest kernel could not be fetched (see $SETUP_LOG); the lab will not run."
    fi
}

# --- Translations -------------------------------------------------------------------------------------

# The compiled form of resources/i18n/*.ts is not in the repository.
compile_translations() {
    local source stale=()
    for source in "$ROOT"/resources/i18n/*.ts; do
        [[ ! -e $source || ${source%.ts}.qm -nt $source ]] || stale+=("$source")
    done
    ((${#stale[@]} == 0)) || [[ ! -w $ROOT/resources/i18n ]] || "$PYTHON" -I "$ROOT/packaging/translations.py" release ||
        say "translations could not be compiled; the program speaks English."
}

# --- Small things -------------------------------------------------------------------------------------

# Whether this machine runs its own services and boots its own kernel; a container does not.
is_booted() { [[ -d /run/systemd/system ]]; }

have() { command -v -- "$1" >/dev/null 2>&1; }

# A person watching sees the work; otherwise it goes to the log, shown if it fails.
logged() {
    if [[ -t 2 ]]; then
        "$@" >&2
    else
        "$@" >>"$SETUP_LOG" 2>&1 </dev/null
    fi
}

failed() {
    [[ -t 2 ]] || tail -n 20 -- "$SETUP_LOG" >&2
    die "$1. Everything said meanwhile: $SETUP_LOG"
}
