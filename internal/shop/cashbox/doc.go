// Package cashbox is the room of the cash boxes (caisses): where money is kept and counted, and what moves it without a sale.
//
// A box belongs to a location, or to the whole company. A till (caisse de boutique) has day sheets; another box and a safe (coffre) have none.
// A box holds one account per payment method, box/<box>/<method>: the cash in the drawer, the cheques waiting for the bank, the card slips.
// A movement (opération de caisse) is posted at once, in its own entry:
//
//	income    (recette)         box/…/method      ← income/<box>/<role> (7xx)
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
// A payment may bear a fee (frais), an expense of its own tied to it. Virtual boxes are kept apart: what they post names them in its place and
// in all its accounts. What a box allows a person (accès) restricts what their role allows.
//
// Nothing is changed nor deleted: a movement is undone by the reversal of its entry, and restored by the reversal of that. Tables: cash_box,
// attachment, cash_movement, cash_movement_change, cash_fee, cash_item, cash_access, cash_order.
package cashbox
