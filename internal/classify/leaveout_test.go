package classify

import "testing"

// What a language has to itself is not read without its lines; what it shares
// with another is.
func TestLeaveOut(t *testing.T) {
	examples := []Example{
		{Label: "question", Lang: "en", Text: "Zorble quandle fribbet?"}, {Label: "question", Lang: "en", Text: "Zorble quandle?"},
		{Label: "unclear", Lang: "en", Text: "Mimsy wabe."}, {Label: "unclear", Lang: "en", Text: "Mimsy borogove wabe."},
		{Label: "interested.meeting", Lang: "de", Text: "Gronkel plimsch tarrel."}, {Label: "interested.meeting", Lang: "de", Text: "Gronkel plimsch."},
	}
	fresh := []Example{{Label: "interested", Lang: "de", Text: "Plimsch gronkel."}, {Label: "unclear", Lang: "de", Text: "Mimsy wabe wabe."}, {Label: "question", Lang: "en", Text: "Zorble?"}}
	left := LeaveOut(examples, fresh, []string{"de", "xx"})
	if len(left) != 2 || left[0] != (Left{"de", 2, 1, 2}) || left[1] != (Left{Lang: "xx"}) {
		t.Errorf("%+v", left)
	}
}
