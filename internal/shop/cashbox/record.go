package cashbox

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/vat"
	"encaisse/internal/books/act"
	"encaisse/internal/books/chart"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
)

// Receipt is the photo or PDF sent with a movement, as it came. The zero Receipt is none.
type Receipt struct {
	Name    string
	Content []byte
}

// Record posts a movement at once. The same movement sent twice counts once. today is the present business day of the box: an
// earlier date is back-dated, a later one refused. Faults: Invalid with the fields to correct, Locked for a locked day.
func Record(tx *db.Tx, m Movement, today day.Day, by string) error {
	return RecordWith(tx, m, Receipt{}, today, by)
}

// RecordWith is Record with the photo or PDF of the receipt.
func RecordWith(tx *db.Tx, m Movement, r Receipt, today day.Day, by string) error {
	if m.ID == "" {
		m.ID = id.New()
	}
	m = m.normalise()
	if err := m.check(); err != nil {
		return err
	}
	return act.Once(tx, m.ID, "movement", stated{m, r.digest()}, func() error {
		if m.On > today { // asked the first time only: sent again, it stays recorded whatever the clock says since
			return refuse("on", "Une opération ne s’enregistre pas à une date à venir.")
		}
		if r.Content != nil {
			var err error
			if m.Attachment, err = Attach(tx, r.Name, r.Content, by); err != nil {
				return err
			}
		}
		if err := post(tx, m, today, by); err != nil {
			return err
		}
		return takeFee(tx, m, today, by)
	})
}

// stated is what makes two sendings of a movement the same: its figures and the bytes of its receipt.
type stated struct {
	Movement
	Receipt string
}

// evidenceKind is what the evidence of movements is of.
const evidenceKind = "movement"

// evidence is what is sealed of a movement with its entry: its own words, and the digest of the bytes of its receipt.
func (m Movement) evidence(q db.Querier) (stated, error) {
	if m.Attachment == "" {
		return stated{Movement: m}, nil
	}
	digest, err := fileDigest(q, m.Attachment)
	return stated{m, hex.EncodeToString(digest)}, err
}

func (r Receipt) digest() string {
	if r.Content == nil {
		return ""
	}
	sum := sha256.Sum256(r.Content)
	return hex.EncodeToString(sum[:])
}

func post(tx *db.Tx, m Movement, today day.Day, by string) error {
	p, err := newPosting(tx, m)
	if err != nil {
		return err
	}
	if err := p.check(tx); err != nil {
		return err
	}
	said, err := m.evidence(tx)
	if err != nil {
		return err
	}
	lines, accounts := p.lines()
	posted, err := ledger.Post(tx, ledger.Entry{On: m.On, Kind: string(m.Kind), Source: "movement:" + m.ID, Place: m.Box, By: by, Item: m.Item, Memo: p.memo(), Today: today, Accounts: accounts, Lines: lines,
		KeepAboveZero: p.keep(), Evidence: ledger.Evidence(evidenceKind, said)})
	if err != nil {
		return err
	}
	return insertMovement(tx, Recorded{Movement: m, EntryID: posted.ID, By: by, At: tx.Now(), BackDated: posted.BackDated})
}

// posting is a movement with the registers its entry needs.
type posting struct {
	m        Movement
	box      Box
	to       Box
	method   tender.Method
	toward   tender.Method
	chart    chart.Chart
	settings company.Settings
}

func newPosting(tx *db.Tx, m Movement) (p posting, err error) {
	p.m = m
	if p.box, err = ByID(tx, m.Box); err != nil {
		return p, err
	}
	if p.method, err = tender.Get(tx, m.Method); err != nil {
		return p, err
	}
	if m.Kind == Transfer {
		if p.to, err = ByID(tx, m.ToBox); err != nil {
			return p, err
		}
		if p.toward, err = tender.Get(tx, m.ToMethod); err != nil {
			return p, err
		}
	}
	if p.settings, err = company.Load(tx); err != nil {
		return p, err
	}
	p.chart, err = chart.Load(tx)
	return p, err
}

// check refuses what the registers do not allow.
func (p posting) check(tx *db.Tx) error {
	m := p.m
	f := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	switch {
	case !p.box.Active:
		return fault.New(fault.Conflict, "Cette caisse est hors service. Remettez-la en service dans les réglages pour y enregistrer une opération.")
	case !p.box.Keeps(p.method):
		f.Field("method", "Ce mode de règlement ne garde pas d’argent en caisse.")
	case m.On < p.box.FirstDay:
		f.Field("on", "Cette caisse est suivie à partir du "+locale.Date(p.box.FirstDay)+".")
	}
	if m.Kind == Deposit && p.box.Virtual {
		f.Field("kind", "L’argent d’une caisse virtuelle ne va pas à la banque de la société.")
	}
	if m.Kind == Transfer {
		switch {
		case p.box.Virtual != p.to.Virtual:
			f.Field("to", "Une caisse virtuelle est tenue à part\u00a0: elle n’échange d’argent qu’avec une autre caisse virtuelle. Enregistrez un prélèvement ici, puis un apport là-bas.")
		case !p.to.Active || !p.toward.Active || !p.to.Keeps(p.toward):
			f.Field("to", "L’argent ne peut pas aller là\u00a0: choisissez une caisse et un mode de règlement en service.")
		case m.On < p.to.FirstDay:
			f.Field("on", "La caisse «\u00a0"+p.to.Name+"\u00a0» est suivie à partir du "+locale.Date(p.to.FirstDay)+".")
		}
	}
	if m.hasNature() {
		if err := p.checkNature(tx, f); err != nil {
			return err
		}
	}
	if len(f.Fields) > 0 {
		return f
	}
	return m.checkOtherBox(tx)
}

// checkNature refuses a role of the other side, VAT where none is deducted, and an item or a supplier that is not there.
func (p posting) checkNature(tx *db.Tx, f *fault.Fault) error {
	begins, field, what := "expense.", "role", "dépense"
	if p.m.Kind == Income {
		begins, field, what = "income.", "role_in", "recette"
	}
	if !p.chart.Has(p.m.Role) || !strings.HasPrefix(p.m.Role, begins) {
		f.Field(field, "Choisissez la nature de la "+what+".")
	}
	if p.m.Rate != 0 && p.settings.VATRegime == company.Franchise {
		f.Field("rate", "En franchise, la TVA ne se déduit pas\u00a0: choisissez «\u00a0sans TVA\u00a0».")
	}
	if p.m.Rate != 0 && p.box.Virtual {
		f.Field("rate", "Une caisse virtuelle est tenue hors de la comptabilité\u00a0: choisissez «\u00a0sans TVA\u00a0».")
	}
	if p.m.Item != "" {
		if there, err := itemExists(tx, p.m.Item); err != nil {
			return err
		} else if !there {
			f.Field("item", "Choisissez une rubrique de la liste.")
		}
	}
	if p.m.Party == "" {
		return nil
	}
	supplier, err := party.Get(tx, p.m.Party)
	if fault.Is(err, fault.NotFound) || err == nil && supplier.Kind != party.Supplier {
		f.Field("party", "Choisissez un fournisseur de la liste, ou «\u00a0Autre\u00a0».")
		return nil
	}
	return err
}

// checkOtherBox refuses a transfer whose other box is locked on that day: the ledger looks at the box of the movement only.
func (m Movement) checkOtherBox(tx *db.Tx) error {
	if m.Kind != Transfer || m.ToBox == m.Box {
		return nil
	}
	return period.Check(tx, m.ToBox, m.On)
}

// lines gives the lines of the entry and the accounts they need.
func (p posting) lines() (lines []ledger.Line, accounts []ledger.Account) {
	m, own := p.m, Account(p.box, p.method, p.chart)
	accounts = append(accounts, own)
	add := func(a ledger.Account, line ledger.Line) {
		line.Account = a.Key
		accounts, lines = append(accounts, a), append(lines, line)
	}
	switch m.Kind {
	case Income:
		add(p.account("income/"+m.Box+"/"+m.Role, m.Role, ledger.Credit), ledger.Line{Amount: -m.Amount, Party: m.Party})
	case Expense, Fee:
		net, tax := vat.FromGross(m.Amount, m.Rate)
		add(p.account("expense/"+m.Box+"/"+m.Role, m.Role, ledger.Debit), ledger.Line{Amount: net, Party: m.Party})
		if tax != 0 {
			a := p.account(fmt.Sprintf("inputvat/%s/%d", m.Box, m.Rate), "vat.deductible", ledger.Debit)
			add(a, ledger.Line{Amount: tax, Memo: "TVA " + locale.Percent(int64(m.Rate))})
		}
	case Transfer:
		add(Account(p.to, p.toward, p.chart), ledger.Line{Amount: m.Amount})
	case Deposit:
		add(p.account("transit/bank", "transit", ledger.Debit), ledger.Line{Amount: m.Amount})
	case PaidOut:
		add(p.account("owner/"+m.Box, "owner", ledger.Credit), ledger.Line{Amount: m.Amount})
	case PaidIn:
		add(p.account("owner/"+m.Box, "owner", ledger.Credit), ledger.Line{Amount: -m.Amount})
	}
	return append(lines, ledger.Line{Account: own.Key, Amount: m.drawer(), Party: m.Party}), accounts
}

// keep names the accounts the movement must not empty below zero: cash that is counted in no day sheet. A till is looked at by whoever closes
// its day, because what was sold is often written after what was spent.
func (p posting) keep() []string {
	if p.box.IsTill() || p.method.Kind != tender.Cash || p.m.Kind.comesIn() {
		return nil
	}
	return []string{AccountKey(p.box.ID, p.method.ID)}
}

// drawer is what the movement does to its own box and method: + in, − out.
func (m Movement) drawer() money.Amount {
	if m.Kind.comesIn() {
		return m.Amount
	}
	return -m.Amount
}

func (p posting) account(key, role string, sense ledger.Sense) ledger.Account {
	code, label := p.chart.Account(role)
	return ledger.Account{Key: key, Code: code, Label: label, Sense: sense}
}

// memo is what the journal shows.
func (p posting) memo() string {
	text := p.m.Kind.Label()
	if p.m.Kind == Transfer {
		text += " " + p.method.Label + " → " + p.toward.Label
		if p.to.ID != p.box.ID {
			text += ", " + p.to.Name
		}
	}
	if p.m.Memo != "" {
		text += "\u00a0: " + p.m.Memo
	}
	return text
}

func refuse(field, message string) error {
	return fault.New(fault.Invalid, "Corrigez les champs signalés.").Field(field, message)
}
