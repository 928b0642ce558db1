package ui

import "encaisse/internal/web/static"

func iconURL(name string) string { return static.URL("icones.svg") + "#i-" + name }
