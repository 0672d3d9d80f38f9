package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Run is the suite: it proves a store on the databases that open gives, a fresh
// one each time.
func Run(t *testing.T, open func(testing.TB) *store.Store) {
	for name, test := range map[string]func(*testing.T, *store.Store){
		"isolation":    testIsolation,
		"strangers":    testStrangersWrite,
		"viewer":       testViewer,
		"round trips":  testRoundTrips,
		"conflicts":    testConflicts,
		"apply":        testApply,
		"effects":      testEffects,
		"before":       testBefore,
		"suppress":     testSuppressPerson,
		"mailings":     testMailings,
		"revive":       testRevive,
		"attempts":     testAttempts,
		"return":       testReturn,
		"queues":       testQueues,
		"enrollments":  testEnrollments,
		"positions":    testPositions,
		"holds":        testHolds,
		"messages":     testMessages,
		"matching":     testMatching,
		"inbox":        testInbox,
		"find far":     testFindFar,
		"assigned":     testAssigned,
		"hostile":      testHostile,
		"cursor":       testCursor,
		"people":       testPeople,
		"search":       testSearch,
		"touch":        testTouch,
		"accounts":     testAccounts,
		"mailboxes":    testMailboxes,
		"lease race":   testLeaseRace,
		"renew leases": testRenewLeases,
		"nodes":        testNodes,
		"share race":   testShareRace,
		"due":          testDue,
		"person lease": testPersonLease,
		"person race":  testPersonRace,
		"queue race":   testQueueRace,
		"lock mails":   testLockMailings,
		"lock people":  testLockEnrollments,
		"lock active":  testLockActive,
		"stranded":     testStranded,
		"gathered":     testGathered,
		"ahead":        testAhead,
		"unforeseen":   testUnforeseen,
		"many":         testMany,
		"taken":        testTaken,
		"apply race":   testApplyRace,
		"enroll race":  testEnrollRace,
		"suppressions": testSuppressions,
		"no":           testNo,
		"counters":     testCounters,
		"move sums":    testMoveSums,
		"page time":    testPageTime,
		"rebuild race": testRebuildRace,
		"steps":        testSteps,
		"stats":        testStats,
		"sessions":     testSessions,
		"tasks":        testTasks,
		"next queue":   testQueue,
		"letters":      testLetters,
		"own files":    testPrivateFiles,
		"dialed":       testDialed,
		"users":        testUsers,
		"ids":          testIDs,
		"rulesets":     testRulesets,
		"schedules":    testSchedules,
		"days off":     testDaysOff,
		"snippets":     testSnippets,
		"step texts":   testStepTexts,
		"files":        testFiles,
		"versions":     testVersions,
		"caps":         testCaps,
		"cap race":     testCapRace,
		"box counts":   testBoxCounts,
		"ask again":    testAskAgain,
		"outside":      testOutside,
		"seen":         testSeen,
		"matches":      testMatches,
		"addresses":    testAddresses,
		"candidates":   testCandidates,
		"past":         testPast,
		"absences":     testAbsences,
		"hands":        testHands,
		"give away":    testGiveAway,
		"loose":        testLoose,
		"bulk":         testBulk,
		"trials":       testTrials,
		"loads":        testLoads,
		"sent times":   testSentTimes,
		"counted ids":  testCountedIDs,
		"count people": testCountPeople,
		"model":        testModel,
		"asks":         testAsks,
		"research":     testResearch,
		"news":         testNews,
		"briefs":       testBriefs,
		"lessons":      testLessons,
		"lesson pages": testLessonPages,
		"lesson race":  testLessonRace,
		"points":       testPoints,
		"signals":      testSignals,
		"cards":        testCards,
		"phones":       testPhones,
		"connections":  testConnections,
		"deals":        testDeals,
		"parts":        testParts,
		"chases":       testChases,
		"account list": testAccountList,
		"recounts":     testRecounts,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// must runs fn in a transaction that may not fail.
func must(t testing.TB, s *store.Store, fn func(ctx context.Context, tx *store.Tx) error) {
	t.Helper()
	if err := try(t, s, fn); err != nil {
		t.Fatal(err)
	}
}

func try(t testing.TB, s *store.Store, fn func(ctx context.Context, tx *store.Tx) error) error {
	t.Helper()
	ctx := t.Context()
	return s.InTx(ctx, func(tx *store.Tx) error { return fn(ctx, tx) })
}

// ok gives v of a reading that may not fail.
func ok[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func wantCode(t testing.TB, err error, code sales.Code) {
	t.Helper()
	if sales.CodeOf(err) != code {
		t.Errorf("want %q, have %v", code, err)
	}
	var e *sales.Error
	if code != "" && code != sales.Internal && (!errors.As(err, &e) || e.Msg == "") {
		t.Errorf("nobody can read %v", err)
	}
}

// dump gives every row of a workspace in every table, as text.
func dump(t testing.TB, s *store.Store, ws sales.ID) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, table := range store.Tables() {
		rows, err := s.DB.Query(t.Context(), "SELECT * FROM "+table+" WHERE workspace_id = ?", ws)
		if err != nil {
			t.Fatal(err)
		}
		cols, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			row := make([]any, len(cols))
			dest := make([]any, len(cols))
			for i := range row {
				dest[i] = &row[i]
			}
			if err := rows.Scan(dest...); err != nil {
				t.Fatal(err)
			}
			line := ""
			for i, v := range row {
				line += fmt.Sprintf("%s=%v|", cols[i], v)
			}
			out[table] = append(out[table], line)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
		slices.Sort(out[table])
	}
	return out
}

// diff names the first row that differs.
func diff(t testing.TB, what string, a, b map[string][]string) {
	t.Helper()
	for table, rows := range a {
		if len(rows) != len(b[table]) {
			t.Errorf("%s: %s had %d rows and has %d", what, table, len(rows), len(b[table]))
			continue
		}
		for i, row := range rows {
			if row != b[table][i] {
				t.Errorf("%s: %s\nwas %s\nis  %s", what, table, row, b[table][i])
				break
			}
		}
	}
}

// wait is a moment of the fixtures, in hours after Now.
func wait(hours float64) time.Time { return Now.Add(time.Duration(hours * float64(time.Hour))) }

// value reads one number, for what no method gives.
func value(t testing.TB, s *store.Store, query string, args ...any) int64 {
	t.Helper()
	return ok[int64](t)(db.One(t.Context(), s.DB, db.Value[int64], query, args...))
}
