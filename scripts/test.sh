#!/usr/bin/env bash
# Sets the machine up and runs the whole suite, or the packages and flags given, with one PostgreSQL server for all of it.
# The last lines name what could not run here. With CI=true nothing may be left out, and no result is taken from the cache.
set -euo pipefail
cd "$(dirname "$0")/.."

flags=(-timeout 25m)
if [ "${CI:-}" = true ]; then
	scripts/setup-test.sh
	flags+=(-count=1)
else
	scripts/setup-test.sh || true
fi
[ $# -gt 0 ] || set -- ./...

ENCAISSE_SKIPPED=$(mktemp)
export ENCAISSE_SKIPPED
trap 'rm -f "$ENCAISSE_SKIPPED"' EXIT

status=0
go run ./internal/test/dbtest/cluster go test "${flags[@]}" "$@" || status=$?

if [ -s "$ENCAISSE_SKIPPED" ]; then
	echo
	echo "NOT RUN on this machine, for want of:"
	sort -u "$ENCAISSE_SKIPPED" | awk -F'\t' '
		{ n[$1]++; split($2, test, " "); if (!(($1, test[1]) in seen)) { seen[$1, test[1]] = 1; where[$1] = where[$1] " " test[1] } }
		END { for (what in n) printf "  %s: %d tests, in%s\n", what, n[what], where[what] }' | sort
elif [ "$status" -eq 0 ]; then
	echo
	echo "Every part of the suite ran."
fi
exit "$status"
