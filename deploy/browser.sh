#!/bin/sh
# Prints the path of a Chromium for the browser tests; installs Debian's where that is possible. Exit 1: none.
set -eu
find_browser() {
    for candidate in "${ERHVERV_CHROMIUM:-}" chromium chromium-browser google-chrome; do
        [ -n "$candidate" ] && command -v "$candidate" && return 0
    done
    return 1
}
find_browser && exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installerer browseren Chromium til testene …" >&2
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium fonts-dejavu-core; } >&2 ||
        echo "Chromium kunne ikke installeres med apt." >&2
fi
find_browser
