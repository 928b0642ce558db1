#!/usr/bin/env bash
# Generates again in a copy of the tree and compares: what is committed must be what the sources give.
set -euo pipefail
cd "$(dirname "$0")/.."
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
	[ ! -e "$file" ] || printf '%s\0' "$file"
done | tar --null -T - -cf - | tar -xf - -C "$copy"

before=$(find "$copy" -name '*_templ.go' | sort | xargs -r sha256sum)
find "$copy" -name '*_templ.go' -delete
(cd "$copy" && make -s generate)
after=$(find "$copy" -name '*_templ.go' | sort | xargs -r sha256sum)
if [ "$before" != "$after" ]; then
	echo "Generated files are not up to date; run make generate, from the root. They differ:"
	diff <(echo "$before") <(echo "$after") | sed -n "s|^[<>].*$copy/|  |p" | sort -u
	exit 1
fi
