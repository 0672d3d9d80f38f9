package calendar

import (
	"strings"
	"testing"
)

func TestZone(t *testing.T) {
	for name, want := range map[string]string{
		"Europe/Berlin": "Europe/Berlin", "W. Europe Standard Time": "Europe/Berlin", "w. europe standard time": "Europe/Berlin", " Romance Standard Time ": "Europe/Paris",
		"GMT Standard Time": "Europe/London", "Eastern Standard Time": "America/New_York", "Tokyo Standard Time": "Asia/Tokyo", "/example.org/20260101_1/America/New_York": "America/New_York",
		"UTC": "UTC", "": "", "/": "", "Local": "", "Customized Time Zone": "", "../../etc/passwd": "", strings.Repeat("a/", 400): "",
	} {
		got := ""
		if loc := Zone(name); loc != nil {
			got = loc.String()
		}
		if got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	for name, iana := range ianaNames() {
		if load(iana) == nil {
			t.Errorf("%s: %s is unknown", name, iana)
		}
	}
	if n := len(ianaNames()); n < 130 {
		t.Errorf("%d zones", n)
	}
}
