#!/usr/bin/env bash
# Shows what kg prints: imports a vault, asks, searches, changes and looks back. Needs kg in the PATH.
# The picture in the README is `bin/terminal-picture docs/kg.svg examples/scripts/tour.sh`.
set -euo pipefail

vault=$(cd "$(dirname "${BASH_SOURCE[0]}")/../vaults/foam" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export KG_STORE=$folder/store
cd "$vault/.."

run() {
  local word line='$ kg'
  for word in "$@"; do
    case $word in *' '*) line+=" \"$word\"" ;; *) line+=" $word" ;; esac
  done
  printf '\033[1m%s\033[0m\n' "$line"
  kg "$@" || true
  echo
}

run import "${vault##*/}"
run search "turn notes into a website" --limit 3
run neighbors "Graph Visualization" --limit 3
run path "Graph Visualization" "Publish to Netlify with Eleventy"
run node tag "Graph Visualization" favourite
run node list --tag favourite
run node list --tag favourite --at 5 --format csv
run search "publsh" --limit 1
run neighbors "Graph Visualisation"
