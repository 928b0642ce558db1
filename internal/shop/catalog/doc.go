// Package catalog is the register of what the company sells, by sales category (nature, rayon): one line of the shop’s own
// ticket Z each, in its order, with its VAT rate, its account and how it is reported. A category that was used is never deleted: it
// goes out of use. It posts nothing.
//
// Tables: sales_category.
// Law: CGI art. 278 to 281 quater and 296 to 297 (rates), art. 290 (categories of e-reporting).
package catalog
