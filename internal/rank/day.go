package rank

import "ninetyten/internal/sales"

// Minutes is about how long it takes to do a task well, with the reading before
// it: six minutes for an answer or a referral, eight for a call, two for a mail to
// approve or a sender to confirm, four for the rest.
func Minutes(t sales.Task) int {
	switch t.Kind {
	case sales.TaskAnswer, sales.TaskReferral:
		return 6
	case sales.TaskCall:
		return 8
	case sales.TaskApprove, sales.TaskConfirm:
		return 2
	}
	return 4
}

// Turn is one place of a day's list.
type Turn struct {
	Task   sales.Task // the one that leads
	Pinned bool
}

// Day says how many of a list can be done well in so many minutes, and how many
// minutes those take. What somebody waits for is done today whatever the time:
// answers, promises and promised calls at the head of the list. At least one fits.
func Day(list []Turn, minutes int) (n, takes int) {
	for i, x := range list {
		m := Minutes(x.Task)
		owed := x.Task.Kind == sales.TaskAnswer || x.Task.Kind == sales.TaskPromise || promised(x.Task) || x.Pinned
		if i > 0 && !owed && takes+m > minutes {
			break
		}
		n, takes = n+1, takes+m
	}
	return n, takes
}
