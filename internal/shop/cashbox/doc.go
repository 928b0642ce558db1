// Package cashbox is the room of the cash boxes (caisses): where money is kept and counted, and what moves it without a sale.
//
// A box belongs to a location. It holds one account per payment method, box/<box>/<method>: the cash in the drawer, the cheques
// waiting for the bank, the card slips. A movement (opération de caisse) is posted at once, in its own entry:
//
//	paid-in   (apport)              box/…/method      ← owner (108)
//	paid-out  (prélèvement)         owner (108)       ← box/…/method
//	expense   (dépense)             6xx + 44566       ← box/…/method
//	deposit   (remise en banque)    58                ← box/…/method
//	transfer  (transfert)           other box/method  ← box/…/method
//
// What there was before the first day (soldes de départ) is posted the same way: box/…/method, customer/…, voucher/gift ← opening (890);
// a second save posts the difference. A sheet already closed on the day of a movement, or later, follows through a hook that the house
// plugs in, because the sheets know this room and not the other way round.
//
// Nothing is changed nor deleted: a movement is undone by the reversal of its entry. Tables: cash_box, attachment,
// cash_movement, cash_movement_change.
package cashbox
