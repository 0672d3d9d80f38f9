package bench

import (
	"bytes"
	"context"
	"fmt"

	"ninetyten/internal/sales"
)

// bigMail is the size of the mail that must not show in the memory, in bytes.
const bigMail = 30 << 20

// memoryOf measures the peak while a mailbox is read: with few and with many
// mails, with one very big mail and with several.
func memoryOf(ctx context.Context, o Options, d *database, imap *dovecot) (Result, error) {
	res := Result{Case: "memory, " + d.name, N: 5 * o.N, Figures: map[string]float64{}, Checks: map[string]int{}}
	for _, x := range []struct {
		name   string
		n, big int
	}{
		{fmt.Sprintf("peak MB, %d mails", max(o.N/2, 1)), max(o.N/2, 1), 0},
		{fmt.Sprintf("peak MB, %d mails", 5*o.N), 5 * o.N, 0},
		{"peak MB, one mail of 30 MB", 20, 1},
		{"peak MB, six mails of 30 MB", 20, 6},
	} {
		y := o
		y.N = x.n
		s, peak, err := memoryOnce(ctx, y, x.big, d, imap)
		if err != nil {
			return res, fmt.Errorf("%s: %w", x.name, err)
		}
		res.Figures[x.name] = peak
		res.PeakMB = max(res.PeakMB, peak)
		if x.n == res.N {
			samples{s}.into(&res)
		}
	}
	return res, nil
}

// memoryOnce reads a mailbox with o.N mails, some of them big.
func memoryOnce(ctx context.Context, o Options, big int, d *database, imap *dovecot) (sample, float64, error) {
	w, err := d.newWorld(ctx)
	if err != nil {
		return sample{}, 0, err
	}
	defer w.close()
	people := o
	people.N = min(o.N, 2000)
	who, err := w.correspondents(ctx, people)
	if err != nil {
		return sample{}, 0, err
	}
	if err := imap.empty(); err != nil {
		return sample{}, 0, err
	}
	err = imap.deliver(o.N, benchNow(), func(i int) []byte {
		if i < big {
			return writeBig(i, who[i%len(who)])
		}
		return writeLetter(1, i, o.Size, who[i%len(who)])
	})
	if err != nil {
		return sample{}, 0, err
	}
	s, peak, err := w.readBox(ctx, o, imap)
	if err != nil {
		return s, peak, err
	}
	kept, err := w.kept(ctx)
	if err == nil && kept != o.N {
		err = sales.Errorf(sales.Internal, "%d mails of %d are stored", kept, o.N)
	}
	return s, peak, err
}

// writeBig writes a mail of nearly bigMail bytes: a short answer and a file.
func writeBig(n int, who correspondent) []byte {
	head := writeLetter(2, 3, 10<<10, who) // "answer with a file"
	at := bytes.LastIndex(head, []byte("\r\n--mixed3--"))
	line := bytes.Repeat([]byte("QUJD"), 19)
	line = append(line, '\r', '\n')
	out := make([]byte, 0, bigMail)
	out = append(out, bytes.Replace(head[:at+2], []byte(".3@"), fmt.Appendf(nil, ".big%d@", n), 1)...)
	for len(out) < bigMail-200 {
		out = append(out, line...)
	}
	return append(out, head[at+2:]...)
}

func memoryAims(r Result, n int) []Aim {
	few, many := r.Figures[fmt.Sprintf("peak MB, %d mails", max(n/2, 1))], r.Figures[fmt.Sprintf("peak MB, %d mails", 5*n)]
	one, six := r.Figures["peak MB, one mail of 30 MB"], r.Figures["peak MB, six mails of 30 MB"]
	return []Aim{
		{What: "peak of ten times as many mails, over the peak of few", Want: "at most 1.25", Is: many / few, Holds: many <= 1.25*few},
		{What: "peak of six mails of 30 MB, over that of one", Want: "at most 1.25", Is: six / one, Holds: six <= 1.25*one},
	}
}
