package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"encaisse/internal/base/day"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
)

// Amount is an amount of money as programs write it: a whole number of cents, 12050, or a text in euros, "120.50". A number with a decimal
// point is refused: it would pass through binary fractions on its way.
type Amount money.Amount

// deepest and longestList bound what is read.
const deepest, longestList = 6, 500

// object is a JSON object with its members in their order.
type object struct {
	names  []string
	values map[string]any
}

// decode reads JSON into a value, strictly: a member that does not exist, twice or of another type is refused. The fault names each of
// them by its JSON Pointer.
func decode(body []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	s := strict{fault: fault.New(fault.Invalid, "Corrigez les champs signalés\u00a0: rien n’a été enregistré.")}
	tree, err := s.read(d, "", 0)
	if err == nil {
		if _, err = d.Token(); err == io.EOF {
			err = nil
		} else if err == nil {
			err = errors.New("more than one value")
		}
	}
	if err != nil {
		return fault.Wrap(fault.Invalid, "L’envoi n’est pas du JSON lisible.", err).Field("", "Envoyez un seul objet JSON, en UTF-8.")
	}
	s.fill(reflect.ValueOf(into).Elem(), tree, "", "")
	if len(s.fault.Fields) > 0 {
		return s.fault
	}
	return nil
}

type strict struct{ fault *fault.Fault }

func (s strict) refuse(path, message string) { s.fault.Field(path, message) }

// read reads the next value.
func (s strict) read(d *json.Decoder, path string, depth int) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	open, isDelim := token.(json.Delim)
	if !isDelim {
		return token, nil
	}
	if depth == deepest {
		return nil, errors.New("too deep")
	}
	if open == '[' {
		list := []any{}
		for d.More() {
			item, err := s.read(d, path+"/"+strconv.Itoa(len(list)), depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, item)
		}
		_, err = d.Token()
		return list, err
	}
	o := object{values: map[string]any{}}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, err
		}
		key := name.(string) // the decoder gives nothing else here
		at := path + "/" + escaped(key)
		if _, twice := o.values[key]; twice {
			s.refuse(at, "Ce champ est donné deux fois.")
		} else {
			o.names = append(o.names, key)
		}
		if o.values[key], err = s.read(d, at, depth+1); err != nil {
			return nil, err
		}
	}
	_, err = d.Token()
	return o, err
}

func escaped(name string) string {
	return strings.ReplaceAll(strings.ReplaceAll(name, "~", "~0"), "/", "~1")
}

var (
	amountType = reflect.TypeFor[Amount]()
	dayType    = reflect.TypeFor[day.Day]()
)

// fill puts a value read in its place. A null counts as absent.
func (s strict) fill(to reflect.Value, from any, path string, tag reflect.StructTag) {
	if from == nil {
		return
	}
	switch {
	case to.Kind() == reflect.Pointer:
		to.Set(reflect.New(to.Type().Elem()))
		s.fill(to.Elem(), from, path, tag)
	case to.Type() == amountType:
		s.amount(to, from, path)
	case to.Type() == dayType:
		text, _ := from.(string)
		on, err := day.Parse(text)
		if err != nil {
			s.refuse(path, "Donnez une date AAAA-MM-JJ qui existe, par exemple \"2026-11-20\".")
		}
		to.SetString(string(on))
	case to.Kind() == reflect.Struct:
		s.fillObject(to, from, path)
	case to.Kind() == reflect.Slice:
		s.fillList(to, from, path)
	case to.Kind() == reflect.Bool:
		yes, is := from.(bool)
		if !is {
			s.refuse(path, "Donnez true ou false.")
		}
		to.SetBool(yes)
	case to.Kind() == reflect.Int:
		n, is := from.(json.Number)
		count, err := strconv.ParseInt(string(n), 10, 32)
		if !is || err != nil || count < 0 || count > 999_999 {
			s.refuse(path, "Donnez un nombre entier, de 0 à 999\u00a0999.")
		}
		to.SetInt(count)
	default:
		s.text(to, from, path, tag)
	}
}

func (s strict) text(to reflect.Value, from any, path string, tag reflect.StructTag) {
	text, is := from.(string)
	limit, _ := strconv.Atoi(tag.Get("max")) // every text of the API has its limit: a test looks
	switch choices := tag.Get("enum"); {
	case !is:
		s.refuse(path, "Donnez un texte.")
	case utf8.RuneCountInString(text) > limit:
		s.refuse(path, "Ce texte s’arrête à "+strconv.Itoa(limit)+" caractères.")
	case choices != "" && !strings.Contains(","+choices+",", ","+text+","):
		s.refuse(path, "Donnez une de ces valeurs\u00a0: "+strings.ReplaceAll(choices, ",", ", ")+".")
	}
	to.SetString(text)
}

func (s strict) amount(to reflect.Value, from any, path string) {
	const what = "Donnez un nombre entier de centimes (12050) ou un texte en euros (\"120.50\"), jamais un nombre à virgule."
	switch given := from.(type) {
	case json.Number:
		cents, err := strconv.ParseInt(string(given), 10, 64)
		if err != nil || !money.Amount(cents).InRange() {
			s.refuse(path, what)
			return
		}
		to.SetInt(cents)
	case string:
		if !decimal(given) {
			s.refuse(path, what)
			return
		}
		cents, _, err := locale.ParseAmount(given)
		if err != nil {
			s.refuse(path, err.Error())
		}
		to.SetInt(int64(cents))
	default:
		s.refuse(path, what)
	}
}

// decimal tells whether a text is an amount in euros as amountPattern says.
func decimal(text string) bool {
	whole, cents, pointed := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return digits(whole) && len(whole) <= 11 && (!pointed || digits(cents) && len(cents) <= 2)
}

const amountPattern = `^-?[0-9]{1,11}(\.[0-9]{1,2})?$`

func (s strict) fillList(to reflect.Value, from any, path string) {
	list, is := from.([]any)
	if !is || len(list) > longestList {
		s.refuse(path, "Donnez une liste d’au plus "+strconv.Itoa(longestList)+" éléments.")
		return
	}
	to.Set(reflect.MakeSlice(to.Type(), len(list), len(list)))
	for i, item := range list {
		at := path + "/" + strconv.Itoa(i)
		if item == nil {
			s.refuse(at, "Cet élément est vide.")
			continue
		}
		s.fill(to.Index(i), item, at, "")
	}
}

func (s strict) fillObject(to reflect.Value, from any, path string) {
	o, is := from.(object)
	if !is {
		s.refuse(path, "Donnez un objet.")
		return
	}
	known := map[string]int{}
	for i := range to.NumField() {
		known[nameOf(to.Type().Field(i))] = i
	}
	for _, name := range o.names {
		at := path + "/" + escaped(name)
		i, exists := known[name]
		if !exists {
			s.refuse(at, "Ce champ n’existe pas. Vérifiez son nom dans la documentation.")
			continue
		}
		s.fill(to.Field(i), o.values[name], at, to.Type().Field(i).Tag)
	}
	for i := range to.NumField() {
		field := to.Type().Field(i)
		if field.Tag.Get("need") == "true" && o.values[nameOf(field)] == nil {
			s.refuse(path+"/"+nameOf(field), "Ce champ manque.")
		}
	}
}

// nameOf is the name of a member in JSON.
func nameOf(field reflect.StructField) string {
	name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	return name
}
