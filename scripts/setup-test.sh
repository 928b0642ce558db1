#!/usr/bin/env bash
# Installs what the tests need beside Go, on Debian and Ubuntu; elsewhere says what to install. Does nothing, at once, when
# nothing is missing. Exits 1 when something is still missing at the end.
set -euo pipefail

has_postgres() {
	local folder
	IFS=: read -ra folders <<<"$PATH"
	for folder in "${folders[@]}" /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin; do
		[ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && [ -x "$folder/postgres" ] && return 0
	done
	return 1
}
has_chromium() {
	local name
	for name in chromium chromium-browser google-chrome google-chrome-stable; do
		command -v "$name" >/dev/null && return 0
	done
	[ -d /Applications/Chromium.app ] || [ -d "/Applications/Google Chrome.app" ]
}
has_fonts() { [ "$(uname)" = Darwin ] || [ -n "$(find /usr/share/fonts /usr/local/share/fonts ~/.fonts ~/.local/share/fonts -name '*.[ot]tf' -print -quit 2>/dev/null)" ]; }
has_poppler() { command -v pdftotext >/dev/null && command -v pdftoppm >/dev/null; }
has_tesseract() { command -v tesseract >/dev/null && tesseract --list-langs 2>&1 | grep -qx fra; }
has_fuse() { [ "$(uname)" != Linux ] || command -v fusermount3 >/dev/null; }

parts=(postgres chromium poppler tesseract fuse fonts)
missing() {
	local part
	for part in "${parts[@]}"; do "has_$part" || printf '%s ' "$part"; done
}
package() { # the Debian package of a part
	case $1 in
	postgres) echo postgresql ;;
	chromium) echo chromium ;;
	poppler) echo poppler-utils ;;
	tesseract) echo tesseract-ocr tesseract-ocr-fra ;;
	fuse) echo fuse3 ;;
	fonts) echo fonts-liberation ;;
	esac
}

absent=$(missing)
[ -n "$absent" ] || exit 0

packages=$(for part in $absent; do package "$part"; done | tr '\n' ' ')
debian=false
if [ -r /etc/os-release ] && command -v apt-get >/dev/null; then
	case " $(. /etc/os-release && echo "${ID:-} ${ID_LIKE:-}") " in *" debian "* | *" ubuntu "*) debian=true ;; esac
fi

if $debian; then
	root=()
	if [ "$(id -u)" -ne 0 ]; then
		root=(sudo)
		[ -t 0 ] || root=(sudo -n) # nobody is there to type a password
	fi
	echo "Tests need: $absent- installing $packages"
	if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
		echo "sudo is missing: as root, run: apt-get install $packages"
		exit 1
	fi
	"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq || echo "apt-get update failed; trying with the lists already here"
	"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages ||
		echo "apt-get install failed; to do it by hand: sudo apt-get install $packages"
else
	echo "Tests need: $absent"
	echo "Install them, then run the tests again:"
	echo "  macOS        brew install postgresql@17 poppler tesseract tesseract-lang && brew install --cask chromium"
	echo "  Fedora       sudo dnf install postgresql-server chromium poppler-utils tesseract tesseract-langpack-fra fuse3 liberation-fonts"
	echo "  Arch         sudo pacman -S postgresql chromium poppler tesseract tesseract-data-fra fuse3 ttf-liberation"
	echo "  openSUSE     sudo zypper install postgresql-server chromium poppler-tools tesseract-ocr tesseract-ocr-traineddata-french fuse3 liberation-fonts"
	echo "  elsewhere    PostgreSQL 15 or later (initdb, pg_ctl, postgres), Chromium, pdftotext and pdftoppm, Tesseract with its French data, fusermount3"
fi

absent=$(missing)
[ -z "$absent" ] || { echo "Still missing: $absent"; exit 1; }
