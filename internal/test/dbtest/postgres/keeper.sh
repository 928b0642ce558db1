# keeper PROGRAMS FOLDER: makes a PostgreSQL server in FOLDER, says "ready" when it answers, and keeps it until its own
# standard input closes, which happens when the process that started it ends, even by SIGKILL. Then all is removed.
programs=$1
folder=$2
umask 077

finish() {
	"$programs/pg_ctl" -D "$folder/data" -m immediate -s stop >/dev/null 2>&1
	cd / && rm -rf "$folder"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

"$programs/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C --no-sync --wal-segsize=1 >"$folder/log" 2>&1 ||
	{ cat "$folder/log"; exit 1; }

cat >>"$folder/data/postgresql.conf" <<SETTINGS
listen_addresses = ''
unix_socket_directories = '$folder'
max_connections = 300
shared_buffers = 32MB
min_wal_size = 4MB
max_wal_size = 256MB
fsync = on
full_page_writes = on
synchronous_commit = on
autovacuum = off
SETTINGS

"$programs/pg_ctl" -D "$folder/data" -l "$folder/log" -w -s start </dev/null >/dev/null 2>&1 ||
	{ cat "$folder/log"; exit 1; }

echo ready
exec >/dev/null 2>&1
read -r _
exit 0
