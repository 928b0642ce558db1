package ui

import "github.com/a-h/templ"

func themeAttributes(theme Theme) templ.Attributes {
	if theme == SystemTheme {
		return nil
	}
	return templ.Attributes{"data-theme": string(theme)}
}

func currentPage(current bool) templ.Attributes {
	if !current {
		return nil
	}
	return templ.Attributes{"aria-current": "page"}
}

func pressed(yes bool) string {
	if yes {
		return "true"
	}
	return "false"
}
