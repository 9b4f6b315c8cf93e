#!/usr/bin/env bash
# Builds the wheel, installs it into an environment of its own, and asks it for the demo town, a page, a style sheet and English.
set -euo pipefail
cd "$(dirname "$0")/.."
here=$PWD
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

rm -rf build/wheel
.venv/bin/python -m pip -q wheel --no-deps --no-build-isolation --no-index -w build/wheel .
python3 -m venv "$place/venv"
"$place/venv/bin/python" -m pip -q --disable-pip-version-check install --require-hashes -r requirements/run.txt
"$place/venv/bin/python" -m pip -q --disable-pip-version-check install --no-deps --no-index build/wheel/*.whl

cd "$place"
export MASHANGYI_DATA=$place/data PATH="$place/venv/bin:$PATH"
mashangyi prepare
mashangyi doctor
MASHANGYI_DATA=$place/demo mashangyi prepare --demo --address http://127.0.0.1 | grep clerk
python "$here/tools/try_wheel.py"
