package exam

import (
	"path/filepath"
	"strings"

	"ninetyten/internal/sales"
)

// scoreSisimai: hard bounces missed and living addresses called hard matter
// most; a row is one recipient.
func scoreSisimai(dir string) (*result, error) {
	t, err := readTable(dir, "expected.tsv")
	if err != nil {
		return nil, err
	}
	r := &result{}
	byFile := map[string]judged{}
	var hard, hardMissed, living, livingHard, named, wrong, complaints, complaintsMissed, coarse, agree, bounces, bounceMissed int
	for _, row := range t.rows {
		file := t.get(row, "file")
		j, ok := byFile[file]
		if !ok {
			j = judge(filepath.Join(dir, "files", file))
			byFile[file] = j
			if j.err != nil {
				r.miss("%s: %v", file, j.err)
			}
		}
		want, addr := t.get(row, "coarse"), strings.ToLower(t.get(row, "rcpt_peer"))
		got, found := classOf(j.verdict, addr)
		if addr != "" && want != "autoreply" {
			named++
			if !found && !(want == "complaint" && strings.Contains(addr, "undisclosed")) {
				wrong++
				r.miss("%s: wrong recipient: want %s, got %+v", file, addr, addresses(j.verdict))
			}
		}
		switch want {
		case "complaint":
			complaints++
			if j.verdict.Kind != sales.KindComplaint {
				complaintsMissed++
				r.miss("%s: complaint missed: %s %q", file, j.verdict.Kind, j.verdict.Reasons)
			}
			continue
		case "autoreply":
			if j.verdict.Kind != sales.KindAutoReply {
				r.miss("%s: automatic reply missed: %s", file, j.verdict.Kind)
			}
			continue
		}
		bounces++
		if k := j.verdict.Kind; k != sales.KindBounce && k != sales.KindDelay && want != "delivered" {
			bounceMissed++
			r.miss("%s: bounce missed: %s %q", file, k, j.verdict.Reasons)
		}
		coarse++
		if coarseOf(got) == want {
			agree++
		} else {
			r.miss("%s: want %s (%s %s), got %s: %q", file, want, t.get(row, "reason"), t.get(row, "status"), got, j.verdict.Reasons)
		}
		if want == "hard" {
			hard++
			if got != sales.FailHard {
				hardMissed++
			}
		} else {
			living++
			if got == sales.FailHard {
				livingHard++
				r.miss("%s: LIVING ADDRESS CALLED HARD", file)
			}
		}
	}
	r.figure("bounces missed %s", percent(bounceMissed, bounces))
	r.figure("hard missed %s", percent(hardMissed, hard))
	r.figure("living marked hard %s", percent(livingHard, living))
	r.figure("wrong recipient %s", percent(wrong, named))
	r.figure("complaints missed %s", percent(complaintsMissed, complaints))
	r.figure("coarse class right %s", percent(agree, coarse))
	return r, nil
}

func addresses(v sales.Verdict) []string {
	out := make([]string, len(v.Recipients))
	for i, r := range v.Recipients {
		out[i] = r.Address
	}
	return out
}

// classOf is the class given to one address; with no or an unknown address it
// is that of the first recipient.
func classOf(v sales.Verdict, addr string) (sales.FailureClass, bool) {
	for _, r := range v.Recipients {
		if r.Address == addr {
			return r.Class, true
		}
	}
	if len(v.Recipients) > 0 {
		return v.Recipients[0].Class, false
	}
	return "", false
}

// coarseOf folds our classes into those of the set.
func coarseOf(c sales.FailureClass) string {
	switch c {
	case sales.FailHard, sales.FailBlock, sales.FailDelivered:
		return string(c)
	case "":
		return "none"
	}
	return "soft"
}

// scoreRubygem: is a mail a bounce, and is its status read.
func scoreRubygem(dir string) (*result, error) {
	t, err := readTable(dir, "expected.tsv")
	if err != nil {
		return nil, err
	}
	r := &result{}
	var bounces, missed, others, wrong, statuses, right int
	for _, row := range t.rows {
		file := t.get(row, "file")
		j := judge(filepath.Join(dir, "files", file))
		is := j.verdict.Kind == sales.KindBounce || j.verdict.Kind == sales.KindDelay || j.verdict.Kind == sales.KindOther && len(j.verdict.Recipients) > 0
		if t.get(row, "is_bounce") == "1" {
			bounces++
			if !is {
				missed++
				r.miss("%s: missed: %s %q %v", file, j.verdict.Kind, j.verdict.Reasons, j.err)
			}
		} else {
			others++
			if is {
				wrong++
				r.miss("%s: not a bounce: %q", file, j.verdict.Reasons)
			}
		}
		if want := t.get(row, "status"); strings.Count(want, ".") == 2 {
			statuses++
			got := ""
			if len(j.verdict.Recipients) > 0 {
				got = j.verdict.Recipients[0].Status
			}
			if got == want {
				right++
			} else {
				r.miss("%s: status want %s got %q", file, want, got)
			}
		}
	}
	r.figure("bounces missed %s", percent(missed, bounces))
	r.figure("others called bounce %s", percent(wrong, others))
	r.figure("status right %s", percent(right, statuses))
	return r, nil
}

// scoreAutoReply: precision and recall, the contested cases apart.
func scoreAutoReply(dir string) (*result, error) {
	t, err := readTable(dir, "expected.tsv")
	if err != nil {
		return nil, err
	}
	r := &result{}
	var hit, miss, wrong, clean, contested, contestedAuto, human int
	for _, row := range t.rows {
		file := t.get(row, "file")
		j := judge(filepath.Join(dir, "files", file))
		auto := j.verdict.Kind == sales.KindAutoReply
		switch {
		case t.get(row, "contested") == "1":
			contested++
			if auto {
				contestedAuto++
			}
			if j.verdict.Kind == sales.KindReply {
				human++
				r.miss("%s: contested, taken for a person: %s", file, t.get(row, "key"))
			}
		case t.get(row, "auto") == "1" && auto:
			hit++
		case t.get(row, "auto") == "1":
			miss++
			r.miss("%s: missed (%s): %s %q", file, t.get(row, "key"), j.verdict.Kind, j.verdict.Reasons)
		case auto:
			wrong++
			r.miss("%s: not automatic (%s): %q", file, t.get(row, "key"), j.verdict.Reasons)
		default:
			clean++
		}
	}
	r.figure("recall %s", percent(hit, hit+miss))
	r.figure("precision %s", percent(hit, hit+wrong))
	r.figure("false on others %s", percent(wrong, wrong+clean))
	r.figure("contested: auto %d, taken for a person %d, of %d", contestedAuto, human, contested)
	return r, nil
}
