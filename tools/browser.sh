#!/bin/sh
# A browser and Chinese fonts for the tests, from the system's own packages, where it may install them.
# Without a browser the tests that need one say so and are skipped; under CI=true they fail.

has_browser() { command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }
has_fonts() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh 2>/dev/null | head -1)" ]; }

has_browser && has_fonts && exit 0

if [ "$(id -u)" = 0 ]; then as_root=""
elif sudo -n true 2>/dev/null; then as_root="sudo -n"
else as_root="none"; fi

if [ "$as_root" != none ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing a browser and Chinese fonts for the tests (once) …"
    export DEBIAN_FRONTEND=noninteractive
    { $as_root apt-get update -q && $as_root apt-get install -q -y --no-install-recommends chromium fonts-noto-cjk; } \
        >/dev/null || true
fi

if ! has_browser; then
    echo "NO BROWSER: the tests that need one will be skipped. On Debian: apt-get install chromium fonts-noto-cjk" >&2
    [ "${CI:-}" = true ] && exit 1
fi
exit 0
