#!/usr/bin/env bash
# Keeps a reading list: carries out commands line by line, imports a vault beside it, and exports both.
# Needs kg in the PATH. Usage: reading-list.sh [FOLDER]
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=${1:-$(mktemp -d)}
mkdir -p "$folder"
export KG_STORE=$folder/store

# What is added brings its id, and each line an idempotency key: sent again, it is not carried out again.
list() {
  cat <<'LINES'
{"op":"node.add","id":"01990000-0000-7000-8000-000000000001","key":"notes","title":"Notes on the Analytical Engine","labels":["Text"],"idempotencyKey":"1"}
{"op":"node.add","id":"01990000-0000-7000-8000-000000000002","key":"ada","title":"Ada Lovelace","labels":["Person"],"properties":{"born":1815},"idempotencyKey":"2"}
{"op":"edge.add","id":"01990000-0000-7000-8000-000000000003","source":"ada","type":"WROTE","target":"notes","weight":0.9,"idempotencyKey":"3"}
{"op":"node.tag","node":"notes","tags":["to read"],"idempotencyKey":"4"}
LINES
}

kg graph create reading
list | kg --graph reading --quiet batch
list | kg --graph reading --quiet batch
kg --graph reading neighbors ada

kg graph create vault
kg --graph vault --quiet import "$here/../vaults/foam"

kg --graph reading --quiet export --to jsonl "$folder/reading.jsonl"
kg --graph vault --quiet export --to graphml "$folder/vault.graphml"
echo "exported to $folder"
