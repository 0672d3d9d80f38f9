package web

import (
	"ninetyten/internal/sales"
)

// routes is every page and every command of the product, in one table. A GET
// changes nothing; every POST is guarded against other sites (httpx.SameOrigin).
func (s *Server) routes() []route {
	any := sales.RoleSeller
	return append([]route{
		{"GET /{$}", s.in(any, s.home)},

		// Next: the person to deal with now
		{"GET /next", s.in(any, s.next)},
		{"GET /next/after", s.in(any, s.nextAfter)},
		{"POST /next/release", s.in(any, s.nextRelease)},
		{"POST /next/skip", s.in(any, s.skipNext)},
		{"POST /next/pin", s.in(any, s.pinNext)},
		{"POST /next/unpin", s.in(any, s.unpinNext)},
		{"POST /next/dialed", s.in(any, s.dialed)},

		// the inbox and its threads
		{"GET /inbox", s.in(any, s.inbox)},
		{"GET /inbox/rows", s.in(any, s.inboxRows)},
		{"GET /inbox/{id}", s.in(any, s.thread)},
		{"POST /inbox/{id}/assign", s.in(any, s.assignThread)},
		{"GET /inbox/team", s.in(sales.RoleManager, s.teamInbox)},
		{"GET /inbox/team/rows", s.in(sales.RoleManager, s.teamInboxRows)},
		{"GET /messages/{id}", s.in(any, s.messageThread)},
		{"GET /messages/{id}/html", s.in(any, s.messageHTML)},

		// people
		{"GET /people", s.in(any, s.people)},
		{"GET /people/rows", s.in(any, s.peopleRows)},
		{"GET /people/new", s.in(any, s.newPerson)},
		{"POST /people", s.in(any, s.addPerson)},
		{"POST /people/enrol/preview", s.in(any, s.previewEnrol)},
		{"GET /people/enrol", s.in(any, s.previewFiltered)},
		{"POST /people/enrol", s.in(any, s.enrol)},
		{"GET /people/{id}", s.in(any, s.person)},
		{"GET /people/{id}/story", s.in(any, s.personStory)},
		{"GET /people/{id}/research", s.in(any, s.personResearch)},
		{"POST /people/{id}/research", s.in(any, s.askResearch)},
		{"GET /people/{id}/edit", s.in(any, s.editPerson)},
		{"POST /people/{id}/edit", s.in(any, s.savePerson)},

		// accounts and deals
		{"GET /accounts", s.in(any, s.accounts)},
		{"GET /accounts/rows", s.in(any, s.accountRows)},
		{"GET /accounts/new", s.in(any, s.newAccount)},
		{"POST /accounts", s.in(any, s.addAccount)},
		{"GET /accounts/{id}", s.in(any, s.account)},
		{"POST /accounts/{id}", s.in(any, s.saveAccount)},
		{"POST /accounts/{id}/people", s.in(any, s.accountPerson)},
		{"POST /accounts/{id}/archive", s.in(any, s.archiveAccount)},
		{"GET /deals", s.in(any, s.deals)},
		{"GET /deals/new", s.in(any, s.newDeal)},
		{"POST /deals", s.in(any, s.addDeal)},
		{"GET /deals/{id}", s.in(any, s.deal)},
		{"POST /deals/{id}", s.in(any, s.saveDeal)},
		{"POST /deals/{id}/stage", s.in(any, s.moveDeal)},
		{"POST /deals/{id}/people", s.in(any, s.dealPerson)},
		{"POST /deals/{id}/task", s.in(any, s.dealTask)},

		// what is done about a person
		{"POST /people/{id}/mail", s.in(any, s.writeMail)},
		{"POST /people/{id}/draft", s.in(any, s.saveDraft)},
		{"POST /write/files/{id}", s.in(any, s.mailFiles)},
		{"POST /write/mails/{id}", s.in(any, s.waitingMail)},
		{"POST /people/{id}/call", s.in(any, s.logCall)},
		{"POST /people/{id}/meeting", s.in(any, s.bookMeeting)},
		{"POST /people/{id}/note", s.in(any, s.keepNote)},
		{"POST /people/{id}/snooze", s.in(any, s.snooze)},
		{"POST /people/{id}/wait", s.in(any, s.wait)},
		{"POST /people/{id}/not-now", s.in(any, s.notNow)},
		{"POST /people/{id}/suppress", s.in(any, s.suppress)},
		{"POST /people/{id}/dial", s.in(any, s.dial)},
		{"POST /people/{id}/mail/check", s.in(any, s.checkMail)},
		{"POST /people/{id}/points", s.in(any, s.addPoint)},
		{"POST /people/{id}/connections", s.in(any, s.addConnection)},
		{"POST /points/{id}/end", s.in(any, s.endPoint)},
		{"POST /connections/{id}/drop", s.in(any, s.dropConnection)},
		{"POST /notes/read", s.in(any, s.readNote)},

		// the playbook: everybody reads it, managers write it
		{"GET /playbook", s.in(any, s.getPlaybook)},
		{"POST /playbook", s.in(sales.RoleManager, s.postCard)},
		{"POST /playbook/starter", s.in(sales.RoleManager, s.postStarter)},
		{"GET /playbook/new", s.in(sales.RoleManager, s.getNewCard)},
		{"GET /playbook/{id}", s.in(any, s.getCard)},
		{"POST /playbook/{id}", s.in(sales.RoleManager, s.postCard)},
		{"POST /playbook/{id}/archive", s.in(sales.RoleManager, s.postArchiveCard)},
		{"POST /messages/{id}/verdict", s.in(any, s.correct)},
		{"POST /undo/{token...}", s.in(any, s.undo)},

		// tasks, drafts and enrollments
		{"POST /tasks/{id}/done", s.in(any, s.taskDone)},
		{"POST /tasks/{id}/missed", s.in(any, s.taskMissed)},
		{"POST /tasks/{id}/fix", s.in(any, s.taskFix)},
		{"POST /tasks/{id}/referral", s.in(any, s.taskReferral)},
		{"POST /tasks/{id}/confirm", s.in(any, s.taskConfirm)},
		{"POST /tasks/{id}/decide", s.in(any, s.taskDecide)},
		{"POST /tasks/{id}/approve", s.in(any, s.approve)},
		{"POST /tasks/{id}/reject", s.in(any, s.reject)},
		{"POST /enrollments/{id}/{what}", s.in(any, s.enrollment)},

		// who carries how much of the work
		{"GET /ninety", s.in(any, s.getNinety)},
		{"GET /ninety.csv", s.in(any, s.getNinetyCSV)},
		{"POST /ninety/time", s.in(any, s.postTime)},
		{"POST /ninety/time/mine", s.in(any, s.postMyTime)},
		{"POST /ninety/time/forget", s.in(any, s.postForgetTime)},
		{"POST /ninety/time/all", s.in(sales.RoleAdmin, s.postAllTime)},

		// finding, and what arrives
		{"GET /go", s.in(any, s.find)},
		{"GET /live", s.in(any, s.live)},
	}, s.setupRoutes()...)
}
