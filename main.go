// Encaisse keeps everything that happens to a merchant’s money between the customer’s hand and the accountant’s books.
package main

import (
	"os"

	"encaisse/internal/app"
)

func main() { os.Exit(app.Main(os.Args[1:], os.Stdout, os.Stderr)) }
