// Package demo builds a demonstration company from a seed: an épicerie with two shops and three tills, and the days it lived up to
// yesterday. The same seed on the same day gives the same figures; identifiers and keys are new each time.
//
// Every figure is drawn from the seed, the till and the date alone (dice.go), so that an act can be tried again and gives the same
// result. How much is sold follows the weekday, the season, the feasts and the growth of each shop (season.go); a day then splits into
// categories, payments, credit and gift vouchers (plan.go). The life of the shop (life.go and the files after it) goes through the
// doors the pages use, with the clock turned to the hour of each act: deposits in the morning, expenses at noon, closings in the
// evening, mistakes and their corrections the next day, days that lock by themselves.
package demo
