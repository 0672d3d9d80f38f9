package exam

import (
	"fmt"
	"path/filepath"
	"strings"

	"ninetyten/internal/sales"
)

// sisimaiTally counts the rows of the set of bounces, one a recipient.
type sisimaiTally struct {
	r                                          *result
	hard, hardMissed, living, livingHard, told int
	named, wrong, complaints, complaintsMissed int
	coarse, agree, bounces, bounceMissed       int
}

// scoreSisimai: hard bounces missed and living addresses called hard matter
// most; a row is one recipient.
func scoreSisimai(dir string) (*result, error) {
	t, err := readTable(dir, "expected.tsv")
	if err != nil {
		return nil, err
	}
	c := &sisimaiTally{r: &result{}}
	byFile := map[string]judged{}
	for _, row := range t.rows {
		file := t.get(row, "file")
		j, ok := byFile[file]
		if !ok {
			j = judge(filepath.Join(dir, "files", file))
			byFile[file] = j
			if j.err != nil {
				c.r.miss("%s: %v", file, j.err)
			}
		}
		want := t.get(row, "coarse")
		if t.get(row, "feedback_type") == "opt-out" && j.verdict.Kind == sales.KindUnsubscribe {
			continue // a demand to stop by mailto: it suppresses as a complaint does
		}
		c.row(file, want, t.get(row, "reason")+" "+t.get(row, "status"), strings.ToLower(t.get(row, "rcpt_peer")), j)
	}
	c.r.figure("bounces missed %s", percent(c.bounceMissed, c.bounces))
	c.r.figure("hard missed %s", percent(c.hardMissed, c.hard))
	c.r.figure("living marked hard %s", percent(c.livingHard, c.living)+c.byTheServer())
	c.r.figure("wrong recipient %s", percent(c.wrong, c.named))
	c.r.figure("complaints missed %s", percent(c.complaintsMissed, c.complaints))
	c.r.figure("coarse class right %s", percent(c.agree, c.coarse))
	return c.r, nil
}

// byTheServer says of how many living addresses the server itself wrote that
// there is no such address: there the set and the server contradict each other.
func (c *sisimaiTally) byTheServer() string {
	if c.livingHard == 0 {
		return ""
	}
	return fmt.Sprintf(", of which the server wrote %d times that there is no such address", c.told)
}

// deniesAddress tells whether the words of a server, and not a number, made an
// address dead.
func deniesAddress(v sales.Verdict) bool {
	for _, r := range v.Reasons {
		if _, why, ok := strings.Cut(r, ": hard, by "); ok && !strings.HasPrefix(why, "status ") && !strings.HasPrefix(why, "the address was refused") {
			return true
		}
	}
	return false
}

// row counts one recipient.
func (c *sisimaiTally) row(file, want, about, addr string, j judged) {
	got, found := classOf(j.verdict, addr)
	if addr != "" && want != "autoreply" {
		c.named++
		if !found && !(want == "complaint" && strings.Contains(addr, "undisclosed")) {
			c.wrong++
			c.r.miss("%s: wrong recipient: want %s, got %+v", file, addr, addresses(j.verdict))
		}
	}
	kind := j.verdict.Kind
	switch want {
	case "complaint":
		c.complaints++
		if kind != sales.KindComplaint {
			c.complaintsMissed++
			c.r.miss("%s: complaint missed: %s %q", file, kind, j.verdict.Reasons)
		}
	case "autoreply":
		if kind != sales.KindAutoReply {
			c.r.miss("%s: automatic reply missed: %s", file, kind)
		}
	default:
		c.bounces++
		if kind != sales.KindBounce && kind != sales.KindDelay && want != "delivered" {
			c.bounceMissed++
			c.r.miss("%s: bounce missed: %s %q", file, kind, j.verdict.Reasons)
		}
		c.class(file, want, about, got, j)
	}
}

// class counts the class given to a recipient of a bounce.
func (c *sisimaiTally) class(file, want, about string, got sales.FailureClass, j judged) {
	c.coarse++
	if coarseOf(got) == want {
		c.agree++
	} else {
		c.r.miss("%s: want %s (%s), got %s: %q", file, want, about, got, j.verdict.Reasons)
	}
	if want == "hard" {
		c.hard++
		if got != sales.FailHard {
			c.hardMissed++
		}
		return
	}
	c.living++
	if got == sales.FailHard {
		c.livingHard++
		if deniesAddress(j.verdict) {
			c.told++
		}
		c.r.miss("%s: LIVING ADDRESS CALLED HARD", file)
	}
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
	if wrong+clean > 0 {
		r.figure("false on others %s", percent(wrong, wrong+clean))
	}
	r.figure("contested: auto %d, taken for a person %d, of %d", contestedAuto, human, contested)
	return r, nil
}
