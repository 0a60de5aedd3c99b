#!/usr/bin/env bash
# What the action runs: annotations on the lines, a SARIF file for code scanning, and the outcome for the steps after it.
# Settings come by the environment and are never pasted into a command: a path may hold anything.
set -euo pipefail
read -ra paths <<<"${CLEANTEXT_PATHS:-.}"
read -ra options <<<"${CLEANTEXT_ARGS:-}"
sarif="${RUNNER_TEMP:?}/cleantext.sarif"

code=0
cleantext check --format github "${options[@]}" -- "${paths[@]}" || code=$?
if ((code > 2)); then exit "$code"; fi
# The first run says what is wrong; this one only writes it down again.
cleantext check --format sarif --exit-zero --output "$sarif" "${options[@]}" -- "${paths[@]}" 2>/dev/null || true
{
  echo "exit-code=$code"
  if [ -s "$sarif" ]; then echo "sarif-file=$sarif"; fi
} >>"${GITHUB_OUTPUT:?}"
