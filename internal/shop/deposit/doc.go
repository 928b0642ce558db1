// Package deposit is the room of what is taken to the bank (remises en banque): cheques one by one, cash by notes and coins, on a numbered slip
// (bordereau).
//
// A slip is a movement of its box (deposit), so that the drawer, the sheet of the day and the statement of the box know it at once; the slip adds
// what it is made of, and what becomes of it:
//
//	slip        transit/bank     ← box/…/method       the money is on its way
//	credited    bank/main (512)  ← transit/bank       the bank has it
//	returned    customer/… or unpaid/cheque, bankfee/main ← bank/main      a cheque comes back unpaid, with its fee
//
// A cheque is in hand from the moment it is written down until a slip that counts takes it; a slip that is undone gives it back. Cheques nobody
// wrote down go on a slip as one amount. Nothing is changed nor deleted.
//
// Tables: cheque, cheque_withdrawal, deposit_slip, deposit_slip_cheque, deposit_event.
package deposit
