// Package queue runs jobs in the background, on both databases through one
// code path. It owns River (its tables, clients, workers, schedules) and hides
// it; it knows no job and nothing of sales.
//
// What always holds:
//
//   - A job that is inserted with InsertTx exists exactly when that transaction
//     commits.
//   - A job runs at least once: after a crash it runs again, within minutes. So
//     a job is idempotent, and is a unit such as "drain this mailbox" that
//     claims rows by itself, never one mail.
//   - Any number of processes may work on one PostgreSQL; one of them leads,
//     schedules and rescues, and another takes over when it is gone.
//   - On SQLite jobs share the one writer with everybody else. Inside a
//     transaction use InsertTx; Insert there would wait for oneself.
package queue

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"ninetyten/internal/db"
)

// Job is the arguments of a job: a struct that JSON carries. Kind names what
// is to be done; it is stored, so it never changes, and has two characters or
// more of letters, digits, "_" and "-".
type Job interface{ Kind() string }

// Options are the settings of a queue. The zero value is a good choice.
type Options struct {
	Workers       int           // jobs at a time in this process; 10
	FetchCooldown time.Duration // least time between two fetches; 5 ms. Workers/FetchCooldown bounds the jobs a second
	FetchPoll     time.Duration // looks for jobs at least so often; 250 ms, for River tells of the first of inserts within FetchCooldown only
	PollOnly      bool          // no notifications: less idle work, up to FetchPoll of latency
	JobTimeout    time.Duration // a job's context ends then; 2 minutes
	RescueAfter   time.Duration // a job that runs longer is taken for dead and runs again; 3 minutes, never less than JobTimeout
	Keep          time.Duration // how long a finished job stays, which bounds Opts.UniquePeriod; 1 hour
	Logger        *slog.Logger  // warnings and errors; slog.Default

	// Now is the clock of the machine when a test sets it by hand, with monotonic
	// readings; nil is the machine's, and that of PostgreSQL.
	Now func() time.Time
}

func (o Options) withDefaults() Options {
	def := func(d *time.Duration, v time.Duration) {
		if *d <= 0 {
			*d = v
		}
	}
	if o.Workers <= 0 {
		o.Workers = 10
	}
	def(&o.FetchCooldown, 5*time.Millisecond)
	def(&o.FetchPoll, 250*time.Millisecond)
	def(&o.JobTimeout, 2*time.Minute)
	def(&o.RescueAfter, 3*time.Minute)
	def(&o.Keep, time.Hour)
	o.FetchPoll = max(o.FetchPoll, o.FetchCooldown)
	o.RescueAfter = max(o.RescueAfter, o.JobTimeout)
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return o
}

// Opts are the settings of one job. The zero value runs it now.
type Opts struct {
	// At is when it may start at the earliest; it starts up to 5 s later, the
	// pace of River's scheduler. Zero is now.
	At time.Time
	// Unique leaves the job out when one of the same kind and arguments waits,
	// runs or will be retried.
	Unique bool
	// UniquePeriod leaves the job out when there was one of the same kind and
	// arguments in the same period of the clock (UTC), finished or not.
	UniquePeriod time.Duration
	// MaxAttempts is how often it is tried; 25 when 0, about five hours.
	MaxAttempts int
	// Priority is 1 (first) to 4 (last); 0 is 1.
	Priority int
}

// active are the states that Unique looks at: all but the finished ones.
func active() []rivertype.JobState {
	return []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
		rivertype.JobStateRetryable, rivertype.JobStateScheduled,
	}
}

func (o Opts) river() *river.InsertOpts {
	r := &river.InsertOpts{MaxAttempts: o.MaxAttempts, Priority: o.Priority, ScheduledAt: o.At}
	switch {
	case o.UniquePeriod > 0:
		r.UniqueOpts = river.UniqueOpts{ByArgs: true, ByPeriod: o.UniquePeriod}
	case o.Unique:
		r.UniqueOpts = river.UniqueOpts{ByArgs: true, ByState: active()}
	}
	return r
}

// Queue is an open queue. Its methods are safe for use at once, apart from the
// order Open, Migrate, Register and Periodic, Start, Stop.
type Queue struct {
	db      *db.DB
	opts    Options
	workers *river.Workers
	client  client
}

// Open makes a queue on d. It reads nothing yet.
func Open(_ context.Context, d *db.DB, opts Options) (*Queue, error) {
	q := &Queue{db: d, opts: opts.withDefaults(), workers: river.NewWorkers()}
	var err error
	if q.client, err = newClient(d, q.config()); err != nil {
		return nil, fmt.Errorf("queue: open: %w", err)
	}
	return q, nil
}

func (q *Queue) config() *river.Config {
	c := &river.Config{
		Queues:                      map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: q.opts.Workers}},
		Workers:                     q.workers,
		FetchCooldown:               q.opts.FetchCooldown,
		FetchPollInterval:           q.opts.FetchPoll,
		PollOnly:                    q.opts.PollOnly,
		JobTimeout:                  q.opts.JobTimeout,
		RescueStuckJobsAfter:        q.opts.RescueAfter,
		CompletedJobRetentionPeriod: q.opts.Keep,
		RetryPolicy:                 retryPolicy{},
		Logger:                      slog.New(atLeastWarn{q.opts.Logger.Handler()}),
	}
	if q.opts.Now != nil {
		c.Test.Time = setClock(q.opts.Now)
	}
	return c
}

// setClock is a clock that a test sets, as River wants it.
type setClock func() time.Time

// Now implements rivertype.TimeGenerator.
func (c setClock) Now() time.Time { return c() }

// NowOrNil implements rivertype.TimeGenerator.
func (c setClock) NowOrNil() *time.Time {
	now := c()
	return &now
}

// Insert adds a job in a transaction of its own. added is false when Unique or
// UniquePeriod left it out.
func (q *Queue) Insert(ctx context.Context, job Job, opts Opts) (added bool, err error) {
	added, err = q.client.insert(ctx, job, opts.river())
	if err != nil {
		err = fmt.Errorf("queue: insert %s: %w", job.Kind(), err)
	}
	return added, err
}

// InsertTx adds a job with tx: it exists when tx commits. Close the rows of tx
// before.
func (q *Queue) InsertTx(ctx context.Context, tx *db.Tx, job Job, opts Opts) (added bool, err error) {
	added, err = q.client.insertTx(ctx, tx, job, opts.river())
	if err != nil {
		err = fmt.Errorf("queue: insert %s: %w", job.Kind(), err)
	}
	return added, err
}

// Register says what runs jobs of type T. It returns an error for a kind that
// has a function already. An error that run returns has the job tried again
// later, but for Cancel and Again; so does a panic.
func Register[T Job](q *Queue, run func(ctx context.Context, job T) error) error {
	w := river.WorkFunc(func(ctx context.Context, j *river.Job[T]) error {
		return run(context.WithValue(ctx, attemptKey{}, Attempt{j.Attempt, j.MaxAttempts}), j.Args)
	})
	if err := river.AddWorkerSafely(q.workers, w); err != nil {
		return fmt.Errorf("queue: register: %w", err)
	}
	return nil
}

// Attempt is which try of a job this is, from 1, of how many.
type Attempt struct{ N, Max int }

// Last tells that no try follows.
func (a Attempt) Last() bool { return a.N >= a.Max }

type attemptKey struct{}

// AttemptOf gives the attempt of the job whose context ctx is.
func AttemptOf(ctx context.Context) Attempt {
	a, _ := ctx.Value(attemptKey{}).(Attempt)
	return a
}

// Cancel wraps the error of a job that is not to be tried again.
func Cancel(err error) error { return river.JobCancel(err) }

// Again is what a job returns to run again after d, without that counting as a
// failed attempt.
func Again(d time.Duration) error { return river.JobSnooze(d) }

// Periodic inserts the job that make gives when work starts and then every
// time every has passed, once for all processes, and not while the one before
// waits or runs. name is unique among periodic jobs.
func (q *Queue) Periodic(name string, every time.Duration, make func() Job) error {
	if name == "" || every <= 0 {
		return errors.New("queue: a periodic job needs a name and a period")
	}
	p := river.NewPeriodicJob(river.PeriodicInterval(every), func() (river.JobArgs, *river.InsertOpts) {
		return make(), Opts{Unique: true}.river()
	}, &river.PeriodicJobOpts{ID: name, RunOnStart: true})
	if err := q.client.periodic(p); err != nil {
		return fmt.Errorf("queue: periodic %s: %w", name, err)
	}
	return nil
}

// Start begins to work. It goes on until Stop, also when ctx ends.
func (q *Queue) Start(ctx context.Context) error {
	if err := q.client.start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("queue: start: %w", db.Explain(err))
	}
	return nil
}

// cancelLimit is how long jobs whose context was ended may take to return.
const cancelLimit = 10 * time.Second

// Stop takes no more jobs and waits for the running ones. When ctx ends first,
// their contexts end, and they will run again. The error tells that some did
// not return even so.
func (q *Queue) Stop(ctx context.Context) error {
	err := q.client.stop(ctx)
	if err == nil || ctx.Err() == nil {
		return err
	}
	hard, cancel := context.WithTimeout(context.WithoutCancel(ctx), cancelLimit)
	defer cancel()
	if err := q.client.stopAndCancel(hard); err != nil {
		return fmt.Errorf("queue: jobs still run after their contexts ended: %w", err)
	}
	return nil
}

// Migrate makes or updates the tables of the queue. Nodes that start together
// wait for each other.
func (q *Queue) Migrate(ctx context.Context) error {
	logger := slog.New(slog.NewTextHandler(io.Discard, nil))
	if err := q.client.migrate(ctx, logger); err != nil {
		return fmt.Errorf("queue: migrate: %w", db.Explain(err))
	}
	return nil
}
