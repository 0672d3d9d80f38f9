package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"ninetyten/internal/sales"
)

// people is a store of people in memory, with both ways to look them up.
type people struct {
	mu      sync.Mutex
	byKey   map[string]sales.Person
	commits int
	largest int
}

func newPeople(list ...sales.Person) *people {
	p := &people{byKey: make(map[string]sales.Person)}
	for i, one := range list {
		one.ID, one.AccountID = sales.ID(i+1), 1
		p.byKey[Row{Person: one}.key()] = one
	}
	return p
}

func (p *people) ByEmails(_ context.Context, emails []string) (map[string]sales.Person, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	found := make(map[string]sales.Person)
	for _, e := range emails {
		if one, ok := p.byKey[e]; ok {
			found[e] = one
		}
	}
	return found, nil
}

func (p *people) ByReach(_ context.Context, phones, linkedins []string) ([]sales.Person, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	want := make(map[string]bool)
	for _, s := range append(phones, linkedins...) {
		want[reachKey(s)] = true
	}
	var found []sales.Person
	for one := range maps.Values(p.byKey) {
		if one.Email == "" && (want[reachKey(one.Phone)] || want[reachKey(one.LinkedIn)]) {
			found = append(found, one)
		}
	}
	return found, nil
}

func (p *people) commit(_ context.Context, batch []Planned) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.commits++
	p.largest = max(p.largest, len(batch))
	for _, b := range batch {
		if b.Action != Create && b.Action != Update {
			return fmt.Errorf("line %d: asked to commit %q", b.Line, b.Action)
		}
		if b.HasAccount() {
			b.Person.AccountID = 1
		}
		p.byKey[b.key()] = b.Person
	}
	return nil
}

func mapping() Mapping {
	return Mapping{Fields: []Field{Email, FirstName, LastName, Phone, Custom("city")}}
}

func run(t *testing.T, data string, store *people) Result {
	t.Helper()
	res, err := Run(context.Background(), strings.NewReader(data), mapping(), store, store.commit, nil)
	if err != nil {
		t.Fatal(err)
	}
	if res.Rows != res.Created+res.Updated+res.Same+res.Refused {
		t.Errorf("the numbers do not add up: %+v", res)
	}
	return res
}

const sample = `Email,First Name,Last Name,Phone,City
ada@north.example,Ada,Lovelace,+49 30 901820,Berlin
max@north.example,Max,,,
bad,Bad,Address,,
ADA@north.example,Other,Name,,Potsdam
,Only,Phone,+49 30 901821,
new@north.example,New,Person,,"Köln"
new@north.example,New,Person,+49 221 2210,
`

func TestRun(t *testing.T) {
	store := newPeople(
		sales.Person{Email: "ada@north.example", FirstName: "Ada", LastName: "King", Custom: map[string]string{"city": "London"}},
		sales.Person{Email: "max@north.example", FirstName: "Max", LastName: "Toro"},
	)
	res := run(t, sample, store)
	res.Bytes = 0
	want := Result{Rows: 7, Created: 2, Updated: 1, Same: 3, Duplicates: 2, Refused: 1, Problems: []Problem{
		{Line: 4, Text: "A person needs a mail address, a phone number or a LinkedIn address, so that somebody can reach them.", Refused: true},
		{Line: 4, Text: "“bad” is not a mail address, so it was left out."},
		{Line: 5, Text: "Same person as line 2."},
		{Line: 8, Text: "Same person as line 7."},
	}}
	if diff := cmp.Diff(want, res); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	ada := store.byKey["ada@north.example"]
	if ada.LastName != "King" || ada.Phone != "+4930901820" || ada.Custom["city"] != "London" || ada.ID != 1 {
		t.Errorf("a value was replaced or not filled: %+v", ada)
	}
	if p := store.byKey["new@north.example"]; p.Phone != "+492212210" || p.Custom["city"] != "Köln" {
		t.Errorf("the second row of the same person was not taken: %+v", p)
	}
	again := run(t, sample, store)
	if again.Created != 0 || again.Updated != 0 || again.Same != 6 || again.Refused != 1 {
		t.Errorf("the second import: %+v", again)
	}
}

func TestPlanDryRunAndOptionalLookup(t *testing.T) {
	res, err := Run(context.Background(), strings.NewReader(sample), mapping(), emailsOnly{newPeople()}, nil, nil)
	if err != nil || res.Created != 4 || res.Duplicates != 2 {
		t.Errorf("%v %+v", err, res)
	}
}

// emailsOnly hides ByReach.
type emailsOnly struct{ p *people }

func (e emailsOnly) ByEmails(ctx context.Context, emails []string) (map[string]sales.Person, error) {
	return e.p.ByEmails(ctx, emails)
}

func TestPlanDoesNotMixNames(t *testing.T) {
	was := sales.Person{ID: 7, Email: "a@x.example", FirstName: "Anna", Custom: map[string]string{"k": "v"}}
	row := Row{Line: 2, Person: sales.Person{Email: "a@x.example", FirstName: "Peter", LastName: "Schmidt", Title: "CTO", Custom: map[string]string{"k": "w", "m": "n"}}, Account: sales.Account{Domain: "x.example"}}
	got := Plan([]Row{row}, map[string]sales.Person{"a@x.example": was})[0]
	if got.Action != Update || got.Person.LastName != "" || got.Person.Title != "CTO" || !cmp.Equal(got.Changed, []string{"account", "title", "custom.m"}) && !cmp.Equal(got.Changed, []string{"title", "custom.m", "account"}) {
		t.Errorf("%+v", got)
	}
	if len(was.Custom) != 1 || was.Custom["k"] != "v" {
		t.Error("the map of the existing person was changed")
	}
}

func TestRunStopsOnErrors(t *testing.T) {
	var b strings.Builder
	b.WriteString("Email,First Name,Last Name,Phone,City\n")
	for i := range 3500 {
		fmt.Fprintf(&b, "p%d@x.example,P,%d,,\n", i, i)
	}
	boom := errors.New("disk full")
	store := newPeople()
	res, err := Run(context.Background(), strings.NewReader(b.String()), mapping(), store, func(ctx context.Context, batch []Planned) error {
		if store.commits == 2 {
			return boom
		}
		return store.commit(ctx, batch)
	}, nil)
	if !errors.Is(err, boom) || res.Created != 2000 || store.largest != chunkRows {
		t.Errorf("%v %+v, largest commit %d", err, res, store.largest)
	}
	if res := run(t, b.String(), store); res.Same != 2000 || res.Created != 1500 {
		t.Errorf("going on after an error: %+v", res)
	}
	cut := io.MultiReader(strings.NewReader(b.String()[:50_000]), iotest.ErrReader(errors.New("cable")))
	if _, err := Run(context.Background(), cut, mapping(), newPeople(), nil, nil); sales.CodeOf(err) != sales.Unavailable {
		t.Errorf("a reader that fails: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	res, err = Run(ctx, strings.NewReader(b.String()), mapping(), newPeople(), nil, func(Progress) { cancel() })
	if !errors.Is(err, context.Canceled) || res.Rows != 1000 {
		t.Errorf("canceled: %v after %d rows", err, res.Rows)
	}
}

func TestRunAtOnce(t *testing.T) {
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			store := newPeople()
			res, err := Run(context.Background(), strings.NewReader(sample), mapping(), store, store.commit, nil)
			if err != nil || res.Created != 4 {
				t.Errorf("%v %+v", err, res)
			}
		})
	}
	wg.Wait()
}

func TestResultListsAThousandProblems(t *testing.T) {
	res := run(t, "Email,First Name,Last Name,Phone,City\n"+strings.Repeat("bad,B,B,,\n", 5000), newPeople())
	if res.Refused != 5000 || len(res.Problems) != maxProblems || res.MoreProblems != 9000 {
		t.Errorf("%d refused, %d listed, %d more", res.Refused, len(res.Problems), res.MoreProblems)
	}
}

// endless writes rows of people until n bytes are out.
type endless struct {
	n, row int
	rest   []byte
}

func (e *endless) Read(p []byte) (int, error) {
	if len(e.rest) == 0 {
		if e.n <= 0 {
			return 0, io.EOF
		}
		if e.row == 0 {
			e.rest = []byte("Email,First Name,Last Name,Phone,City,Notes\n")
		}
		for range 100 {
			e.row++
			e.rest = fmt.Appendf(e.rest, "p%d@big.example,Ada %d,Lovelace,,Berlin,\"%s\nand a second line\"\n", e.row%20_000, e.row, strings.Repeat("text, ", 80))
		}
		e.n -= len(e.rest)
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

// Memory does not grow with the file: 200 MB are read with less than 40 MB.
func TestRunFlatMemory(t *testing.T) {
	const size = 200 << 20
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var peak uint64
	res, err := Run(context.Background(), &endless{n: size}, mapping(), newPeople(), nil, func(p Progress) {
		if p.Rows%20_000 == 0 {
			runtime.ReadMemStats(&now)
			peak = max(peak, now.HeapAlloc)
		}
	})
	if err != nil || res.Bytes < size || res.Rows < 350_000 || res.Created != 20_000 || res.Same != res.Rows-20_000 {
		t.Fatalf("%v %d bytes, %d rows, %d created", err, res.Bytes, res.Rows, res.Created)
	}
	if peak > before.HeapAlloc && peak-before.HeapAlloc > 40<<20 {
		t.Errorf("the heap grew by %d MB", (peak-before.HeapAlloc)>>20)
	}
	t.Logf("%d rows, %d MB, heap at most %d MB above the start", res.Rows, res.Bytes>>20, (max(peak, before.HeapAlloc)-before.HeapAlloc)>>20)
}
