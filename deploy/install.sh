#!/bin/sh
# Installs what is missing: Python's packages in .venv, exactly as requirements.lock has them. Called by make.
# "install.sh model-da" only tries the optional Danish spaCy model again; "install.sh uv" prints where uv is.
set -eu
umask 022
cd "$(dirname "$0")/.."

stamp=.venv/.erhverv-installeret   # written last: the hash of what was installed
underway=.venv/.erhverv-i-gang     # there while installing: found at the start, .venv is half made
model_tried=.venv/.erhverv-model-da  # there when it could not be had: the lock's checksum then
log=var/installation.log
DA_MODEL=da_core_news_sm-3.7.0

say() { printf '%s\n' "$*"; }
fail() { printf 'FEJL: %s\n' "$*" >&2; exit 1; }

# Runs a command with its output in the log, saying every 15 s that it is still at it. Its exit code.
quietly() {
    "$@" >>"$log" 2>&1 </dev/null &
    job=$!
    trap 'kill "$job" 2>/dev/null; exit 130' INT TERM HUP
    seconds=0
    while kill -0 "$job" 2>/dev/null; do
        sleep 1
        seconds=$((seconds + 1))
        [ $((seconds % 15)) -ne 0 ] || say "  … stadig i gang ($seconds s)"
    done
    code=0
    wait "$job" || code=$?
    trap - INT TERM HUP
    return "$code"
}

# One line for why the last command failed.
explain() {
    if grep -qi -e 'no space left on device' -e 'os error 28' "$log"; then
        fail "Disken er fuld. Der skal bruges omkring 5 GB første gang; slet noget, og kør kommandoen igen."
    elif grep -qi -e 'dns error' -e 'could not resolve' -e 'name resolution' -e 'name or service not known' -e 'connection refused' -e 'failed to connect' -e 'client error (connect)' \
        -e 'error sending request' -e 'network is unreachable' -e 'timed out' -e 'newconnectionerror' -e 'could not find a version that satisfies' "$log"; then
        fail "Pakkearkivet kan ikke nås. Tjek netforbindelsen (eller proxyen), og kør kommandoen igen; detaljer i $log."
    elif grep -qi -e 'hash mismatch' -e 'do not match the hashes' "$log"; then
        fail "En pakke svarer ikke til sin kontrolsum i requirements.lock og er ikke installeret; detaljer i $log."
    elif grep -qi -e 'permission denied' "$log"; then
        fail "Der mangler skriverettigheder i projektmappen eller uv's mellemlager; detaljer i $log."
    fi
    fail "$1; detaljer i $log."
}

find_python() {
    for candidate in ${PYTHON:-} python3.11 python3 python; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    fail "Python 3.11 findes ikke. Installér den (Debian/Ubuntu: apt install python3.11 python3.11-venv), eller angiv den: PYTHON=/sti/til/python3.11 make run"
}

# The machine's own uv if it works, else one of our own; never system-wide.
find_uv() {
    for candidate in uv var/uv/bin/uv; do
        if "$candidate" --version >/dev/null 2>&1; then
            UV=$candidate
            return
        fi
    done
    say "Henter installationsværktøjet uv …"
    rm -rf var/uv
    "$PY" -m venv var/uv >>"$log" 2>&1 ||
        { rm -rf var/uv; explain "Python mangler modulet venv (Debian/Ubuntu: apt install python3.11-venv)"; }
    quietly var/uv/bin/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r deploy/uv.txt ||
        { rm -rf var/uv; explain "uv kunne ikke installeres"; }
    UV=var/uv/bin/uv
}

# uv does not read pip's configuration: where pip has been told of another package index, uv is told too.
share_index() {
    [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ] || return 0
    index=${PIP_INDEX_URL:-$("$PY" -m pip config list 2>/dev/null | sed -n "s/^global\\.index.url='\\(.*\\)'$/\\1/p")}
    [ -z "$index" ] || export UV_DEFAULT_INDEX="$index"
}

# The makers of spaCy publish the model as a release file, in no package index. Without it the assistant uses its
# own stand-in (docs), so a failure is no error; it is remembered, and not tried again before the lock changes.
try_model() {
    rm -f "$model_tried"
    say "Prøver at hente den danske sprogmodel $DA_MODEL (valgfri) …"
    base=$(.venv/bin/python -c 'from spacy.about import __download_url__ as url; print(url)')
    if UV_HTTP_TIMEOUT=15 UV_HTTP_RETRIES=0 quietly timeout 60 \
        "$UV" pip install --python .venv/bin/python --no-deps "$base/$DA_MODEL/$DA_MODEL-py3-none-any.whl"; then
        say "Den danske sprogmodel er installeret."
    else
        say "Den kan ikke hentes her; assistenten bruger sin egen erstatning. Prøv igen en anden gang med: make model-da"
        cksum <requirements.lock >"$model_tried"
    fi
}

wanted() {
    { cat requirements.lock pyproject.toml && "$PY" -VV && pwd; } | cksum
}

mkdir -p var 2>/dev/null && : 2>/dev/null >"$log" ||
    fail "Der kan ikke skrives i $(pwd)/var: disken er fuld, eller rettighederne mangler."
# Two makes at once: the second waits for the first.
if command -v flock >/dev/null; then
    exec 9>var/installation.lock
    flock -n 9 || { say "Venter på en anden installation …"; flock 9; }
fi

PY=$(find_python) || exit 1
if [ "${1:-}" = model-da ]; then
    [ -e "$stamp" ] || fail "Installér først resten: make install"
    find_uv
    try_model
    exit 0
elif [ "${1:-}" = lock ]; then
    find_uv
    share_index
    exec "$UV" pip compile pyproject.toml --group dev --generate-hashes --python-version 3.11 \
        --python-platform x86_64-unknown-linux-gnu -o requirements.lock -q --no-header --no-annotate
fi

want=$(wanted)
if [ -e "$stamp" ] && [ ! -e "$underway" ] && [ "$(cat "$stamp")" = "$want" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

find_uv
share_index
if [ -e "$underway" ] || ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
    [ ! -d .venv ] || say "En tidligere installation blev ikke færdig; begynder forfra …"
    rm -rf .venv
    "$UV" venv --quiet --python "$PY" .venv >>"$log" 2>&1 || explain "Det virtuelle miljø .venv kunne ikke laves"
fi
: 2>/dev/null >"$underway" || fail "Der kan ikke skrives i $(pwd)/.venv: disken er fuld, eller rettighederne mangler."
rm -f "$stamp"
say "Installerer de låste pakker (knap 200; første gang hentes omkring 1 GB, det tager nogle minutter) …"
# Bytecode is made now: where PYTHONDONTWRITEBYTECODE is set, Rasa would compile 3,000 files at every start.
PYTHONDONTWRITEBYTECODE='' quietly "$UV" pip sync --python .venv/bin/python --require-hashes --compile-bytecode requirements.lock ||
    explain "Pakkerne kunne ikke installeres"
quietly "$UV" pip install --python .venv/bin/python --no-deps --no-build-isolation -e . || explain "Projektet selv kunne ikke installeres"
# The sync has removed a model that was there; one that could not be had is not asked for again with the same lock.
[ -n "${ERHVERV_UDEN_MODEL_DA:-}" ] || [ "$(cat "$model_tried" 2>/dev/null)" = "$(cksum <requirements.lock)" ] || try_model
printf '%s\n' "$want" >"$stamp" 2>/dev/null || fail "Disken er fuld. Slet noget, og kør kommandoen igen."
rm -f "$underway"
say "Alt er installeret."
