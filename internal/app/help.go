package app

// What --help says of a command beyond its first line: when to use it, and lines to copy.

// Help implements kong.HelpProvider.
func (Serve) Help() string {
	return `On the first start it makes the database and its master key in the data folder and prints a one-time link: open it to set up. Nothing else is needed in a shop with one computer.

	encaisse serve --data /var/lib/encaisse

Behind a reverse proxy with a certificate, say the address people use and the proxy's network:

	encaisse serve --public-url https://caisse.exemple.fr --proxies 127.0.0.1/32

With PostgreSQL, several instances may serve the same database with the same master key:

	ENCAISSE_POSTGRES='host=db dbname=encaisse user=encaisse' encaisse serve --key-file /etc/encaisse/master.key

/healthz answers while the program lives, /readyz while the database answers. SIGTERM or Ctrl-C finishes what is under way, then stops; a second one stops at once. A kill loses nothing that was shown as done.`
}

// Help implements kong.HelpProvider.
func (Demo) Help() string {
	return `It prints the sign-ins of the people of the demonstration, and prints them again when it is run again.

	encaisse demo --data ./demo
	encaisse serve --data ./demo`
}

// Help implements kong.HelpProvider.
func (Verify) Help() string {
	return `It reads entries and balances, day sheets, movements and attached files, series of numbers, signatures and chains, and the heads kept apart, and prints what it counted. It exits with 0 when everything holds, and with 1 at the first fault, which it names. It changes nothing, and the program may serve meanwhile.

	encaisse verify --data /var/lib/encaisse

Run it each night after the backup, and after any incident. When it finds a fault, keep the database, the heads and the log as they are, and compare with the last copy that verifies.`
}

// Help implements kong.HelpProvider.
func (ExportFEC) Help() string {
	return `The file is named by the SIREN of the company and the last day of the year, and holds each entry of the ledger in the order it was posted, after the opening balances. It is written as it is read: its size does not matter. Nothing is changed, and the program may serve meanwhile.

	encaisse export fec --data /var/lib/encaisse --year 2026 --to /tmp
	encaisse check fec /tmp/123456782FEC20261231.txt`
}

// Help implements kong.HelpProvider.
func (CheckFEC) Help() string {
	return `Each fault is printed with its line and how far it goes: « bloquant » (the file cannot be read), « non conforme » (data that must be there are absent), « anomalie » (noted). It exits with 0 when there is none, and with 1 otherwise. The file may be separated by tabulations or vertical bars, in ASCII, ISO 8859-15 or UTF-8.

	encaisse check fec 123456782FEC20261231.txt`
}

// Help implements kong.HelpProvider.
func (Backup) Help() string {
	return `The file holds the database, the master key and the heads kept apart, each with its digest. It has its name only once it is whole.

	encaisse backup --data /var/lib/encaisse /backup/encaisse-2026-11-20.tar.gz

Encrypt it when it leaves the machine, and try a restore once a year.`
}

// Help implements kong.HelpProvider.
func (Restore) Help() string {
	return `It wants a folder without data and, with --postgres, a database without companies. A copy made on PostgreSQL restores into either database, a copy of the embedded one into a file. The copy is checked, brought up to date and put in place whole, or not at all; each company keeps a sealed event that says so.

	encaisse restore --data /var/lib/encaisse-new /backup/encaisse-2026-11-20.tar.gz
	encaisse verify  --data /var/lib/encaisse-new`
}

// Help implements kong.HelpProvider.
func (Update) Help() string {
	return `The release is a folder or an address that holds release.json, its signature (minisign) and the programs. In order: the signature, the version and the system are checked; a backup is made and read again; the new program restores it aside, brings it up to date, walks every invariant and serves it; then it takes the place of this one, which is kept beside as encaisse-previous, brings the data up to date and serves them for a moment. When that fails, the program and the data of before are put back.

	encaisse update https://exemple.fr/encaisse/1.4.0 --data /var/lib/encaisse --service encaisse
	encaisse update /media/usb/encaisse-1.4.0 --check

It refuses data that are being served, unless --service names what serves them. Cut at any moment, a program that works stays; the next update says what to do.`
}

// Help implements kong.HelpProvider.
func (Migrate) Help() string {
	return `The program does so at each start; this is for doing it before, once, when several instances share a PostgreSQL database. Each step is one transaction: cut at any point, the database is as before it or as after it.

	encaisse migrate --check || encaisse migrate`
}

// Help implements kong.HelpProvider.
func (User) Help() string {
	return `A person is named by the e-mail address with which they sign in. Links are valid for an hour and are to be opened after the address of the program.

	encaisse user list
	encaisse user create marie@exemple.fr "Marie Martin"
	encaisse user password marie@exemple.fr
	encaisse user drop-second-factor marie@exemple.fr`
}

// Help implements kong.HelpProvider.
func (Pages) Help() string {
	return `Nothing is stored and nobody signs in: it is for looking at the screens while working on them.

	encaisse pages`
}

// Help implements kong.HelpProvider.
func (Bench) Help() string {
	return `Each line is one number of clients on one database: sealed entries a second through HTTP with the time they take, then the bare database writing the same rows with the same grouping, and the ratio of the two. --postgres names an empty database to measure it too.

	encaisse bench --clients 1,16,64 --for 10s
	encaisse bench --pages ./demo
	encaisse bench --books`
}

// Help implements kong.HelpProvider.
func (Version) Help() string {
	return `The first two numbers are those of the documents it prints.`
}
