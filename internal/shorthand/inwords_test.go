package shorthand

import "testing"

func TestInWords(t *testing.T) {
	for _, x := range []struct{ note, want string }{
		{"", ""},
		{"Call +351 22 555 0148 again", "Call +351 22 555 0148 again."},
		{"Trucks stand on Mondays\r\n! prices by Friday\n!they: send the list.\n? what does it cost?\n?we: who signs\n+ half a day is lost\n= four minutes, not half a day",
			"Trucks stand on Mondays. We promised: prices by Friday. They promised: send the list. They asked: what does it cost? We asked: who signs. It hurts: half a day is lost. four minutes, not half a day."},
		{"!!\n==", "!! ==."},
	} {
		if got := InWords(x.note); got != x.want {
			t.Errorf("%q: %q, want %q", x.note, got, x.want)
		}
	}
}
