package siren

import "testing"

func TestASIRENHasNineDigitsAndARightKey(t *testing.T) {
	for text, want := range map[string]bool{
		"732829320": true, "356000000": true, "404833048": true, "552100554": true,
		"732829321": false, "73282932": false, "7328293200": false, "000000000": false, "73282932A": false, "": false,
	} {
		if got := Valid(text); got != want {
			t.Errorf("Valid(%q) = %t", text, got)
		}
	}
}

// LAW-ID-1
func TestASIRETFollowsItsSIRENExceptForLaPosteWhoseDigitsSumToAMultipleOfFive(t *testing.T) {
	for text, want := range map[string]bool{
		"73282932000074": true, "40483304800022": true, "73282932000075": false, "73282932100074": false, "7328293200007": false,
		"35600000000048": true,  // La Poste, head office: the usual key is right
		"35600000049837": true,  // La Poste, an office: digits sum to 45
		"35600000049838": false, // neither key nor sum
	} {
		if got := ValidSIRET(text); got != want {
			t.Errorf("ValidSIRET(%q) = %t", text, got)
		}
	}
}

func TestAVATNumberIsMadeFromTheSIREN(t *testing.T) {
	for siren, want := range map[string]string{"732829320": "FR44732829320", "404833048": "FR83404833048", "303265045": "FR40303265045", "": ""} {
		if got := VATNumber(siren); got != want {
			t.Errorf("VATNumber(%q) = %q, want %q", siren, got, want)
		}
	}
}

func TestAVATNumberIsCheckedForFranceAndForItsShapeElsewhere(t *testing.T) {
	for text, want := range map[string]bool{
		"FR44732829320": true, "FR45732829320": false, "FR4473282932": false, "FRK7732829320": true, "FRI7732829320": false,
		"BE0403170701": true, "DE123456789": true, "ESX1234567X": true, "44732829320": false, "B": false, "": false, "BE0403 170": false,
	} {
		if got := ValidVATNumber(text); got != want {
			t.Errorf("ValidVATNumber(%q) = %t", text, got)
		}
	}
}

func TestNumbersAreReadWithTheirSpacesAndWrittenInGroups(t *testing.T) {
	if got := Clean(" fr 44\u00a0732 829.320-"); got != "FR44732829320" {
		t.Errorf("Clean = %q", got)
	}
	if got := Format("73282932000074"); got != "732\u00a0829\u00a0320\u00a000074" {
		t.Errorf("Format = %q", got)
	}
	if got := Format("12"); got != "12" {
		t.Errorf("Format of what is no number = %q", got)
	}
}
