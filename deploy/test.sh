#!/bin/sh
# The whole test suite, after "make install": every step runs, also after one that failed; exit 1 if any did.
set -u
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
export PATH
began=$(date +%s)
failed=""

step() {
    name=$1
    shift
    printf '\n== %s\n' "$name"
    "$@" || failed="$failed $name,"
}

browser() {
    if ERHVERV_CHROMIUM=$(sh deploy/browser.sh); then
        export ERHVERV_CHROMIUM
        echo "$ERHVERV_CHROMIUM"
        return 0
    fi
    unset ERHVERV_CHROMIUM
    echo "Ingen Chromium: browsertestene springes over. Installér den (Debian: apt install chromium), eller sæt ERHVERV_CHROMIUM."
    [ "${CI:-}" != true ]  # in CI a skip of this kind is a failure
}

step browser browser
step sprogmodel erhverv train
step "ruff check" ruff check .
step "ruff format" ruff format --check .
step mypy mypy
step "erhverv check" erhverv check
# One file's tests stay in one worker: several share a server or a loaded model.
step pytest python -m pytest -n 2 --dist loadfile --ignore=tests/stack
# The whole stack by itself: it takes both cores.
step "pytest tests/stack" python -m pytest tests/stack

took=$(($(date +%s) - began))
if [ -n "$failed" ]; then
    printf '\nmake test: FEJL i%s efter %d min %d s\n' "${failed%,}" $((took / 60)) $((took % 60))
    exit 1
fi
printf '\nmake test: alt bestået på %d min %d s\n' $((took / 60)) $((took % 60))
