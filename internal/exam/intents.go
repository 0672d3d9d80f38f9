package exam

import (
	"fmt"
	"slices"
	"strings"

	"ninetyten/internal/sales"
)

// scoreIntent: what people want, strict cases apart from those on which
// readers differ; and the demands to stop on their own.
func scoreIntent(dir string) (*result, error) {
	t, err := readTable(dir, "expected.tsv")
	if err != nil {
		return nil, err
	}
	r := &result{}
	var strict, strictRight, loose, looseRight, stops, heard, others, false_, sure, sureRight int
	pairs := map[[2]string]int{}
	for _, row := range t.rows {
		j := judgeText(t.get(row, "subject"), t.get(row, "text"), "")
		want, got := t.get(row, "label"), labelOf(j.verdict)
		pairs[[2]string{want, got}]++
		if t.get(row, "strict") == "1" {
			strict++
			if want == got {
				strictRight++
			}
		} else {
			loose++
			if want == got {
				looseRight++
			}
		}
		if j.verdict.Confidence >= 0.9 {
			sure++
			if want == got {
				sureRight++
			}
		}
		if want == "unsubscribe" {
			stops++
			if got == want {
				heard++
			}
		} else {
			others++
			if got == "unsubscribe" {
				false_++
			}
		}
		if want != got {
			r.miss("%s: want %s got %s (%.2f, %q): %.160q", t.get(row, "id"), want, got, j.verdict.Confidence, j.verdict.Reasons, t.get(row, "text"))
		}
	}
	f1, extra := confusion(pairs)
	r.figure("strict right %s", percent(strictRight, strict))
	r.figure("others right %s", percent(looseRight, loose))
	r.figure("macro F1 %.3f", f1)
	r.figure("said 0.9 or more, right %s", percent(sureRight, sure))
	r.figure("unsubscribe heard %s, false %s", percent(heard, stops), percent(false_, others))
	r.extra = extra
	return r, nil
}

// labelOf gives the label of the set that a verdict stands for.
func labelOf(v sales.Verdict) string {
	switch v.Kind {
	case sales.KindAutoReply:
		return "ooo"
	case sales.KindBounce, sales.KindDelay:
		return "bounce"
	case sales.KindUnsubscribe:
		return "unsubscribe"
	case sales.KindReply:
		return string(v.Intent)
	}
	return string(v.Kind)
}

// confusion gives the macro F1 over the labels that occur as truth, and the
// table: rows are the truth, columns what we said.
func confusion(pairs map[[2]string]int) (float64, string) {
	var truth, said []string
	for p := range pairs {
		if !slices.Contains(truth, p[0]) {
			truth = append(truth, p[0])
		}
		if !slices.Contains(said, p[1]) {
			said = append(said, p[1])
		}
	}
	slices.Sort(truth)
	slices.Sort(said)
	var b strings.Builder
	fmt.Fprintf(&b, "  %-16s", "truth \\ said")
	for _, s := range said {
		fmt.Fprintf(&b, " %14s", s)
	}
	b.WriteByte('\n')
	sum := 0.0
	for _, t := range truth {
		fmt.Fprintf(&b, "  %-16s", t)
		row, column := 0, 0
		for _, s := range said {
			fmt.Fprintf(&b, " %14d", pairs[[2]string{t, s}])
			row += pairs[[2]string{t, s}]
		}
		for _, other := range truth {
			column += pairs[[2]string{other, t}]
		}
		if row+column > 0 {
			sum += 2 * float64(pairs[[2]string{t, t}]) / float64(row+column)
		}
		b.WriteByte('\n')
	}
	if len(truth) == 0 {
		return 0, ""
	}
	return sum / float64(len(truth)), b.String()
}
