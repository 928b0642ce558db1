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

func described(f Field) templ.Attributes {
	if by := f.describedBy(); by != "" {
		return templ.Attributes{"aria-describedby": by}
	}
	return nil
}

func currentStep(current bool) templ.Attributes {
	if !current {
		return nil
	}
	return templ.Attributes{"aria-current": "step"}
}

// identified names a card by its title, and gives it the id links lead to.
func identified(h Head) templ.OrderedAttributes {
	if h.ID == "" {
		return nil
	}
	return templ.OrderedAttributes{{Key: "id", Value: h.ID}, {Key: "aria-labelledby", Value: h.ID + "-titre"}}
}

func headingID(h Head) templ.Attributes {
	if h.ID == "" {
		return nil
	}
	return templ.Attributes{"id": h.ID + "-titre"}
}

// place tells of a link of the navigation whether it is the present page and whether it stands at the foot.
func place(item NavItem) templ.OrderedAttributes {
	var list templ.OrderedAttributes
	if item.Foot {
		list = append(list, templ.KeyValue[string, any]{Key: "class", Value: "bas"})
	}
	if item.Current {
		list = append(list, templ.KeyValue[string, any]{Key: "aria-current", Value: "page"})
	}
	return list
}
