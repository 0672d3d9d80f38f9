package web

import "ninetyten/internal/sales"

// setupRoutes are the pages that set up: logins, settings, mailboxes, team,
// sequences, imports. They belong to the table of routes.
func (s *Server) setupRoutes() []route {
	any, manager, admin, owner := sales.RoleSeller, sales.RoleManager, sales.RoleAdmin, sales.RoleOwner
	return []route{
		// who comes in; none of these needs a login
		{"GET /setup", s.getSetup},
		{"POST /setup", s.postSetup},
		{"GET /login", s.getLogin},
		{"POST /login", s.postLogin},
		{"POST /logout", s.postLogout},
		{"GET /enter", s.getEnter}, // the practice world alone
		{"GET /invite/{token}", s.getInvite},
		{"POST /invite/{token}", s.postInvite},
		{"GET /u/{token}", s.getUnsubscribe}, // buyers; the POST comes from mail programs too (RFC 8058)
		{"POST /u/{token}", s.postUnsubscribe},

		// the first run
		{"GET /start", s.in(any, s.getStart)},

		// one's own settings
		{"GET /settings/profile", s.in(any, s.getProfile)},
		{"POST /settings/profile", s.in(any, s.postProfile)},
		{"POST /settings/password", s.in(any, s.postPassword)},
		{"POST /settings/sessions/others", s.in(any, s.postEndOthers)},
		{"POST /settings/sessions/{id}/end", s.in(any, s.postEndSession)},

		// mailboxes: one's own, to administrators all
		{"GET /settings/mailboxes", s.in(any, s.getMailboxes)},
		{"POST /settings/mailboxes", s.in(any, s.postMailbox)},
		{"GET /settings/mailboxes/new", s.in(any, s.getNewMailbox)},
		{"GET /settings/mailboxes/{id}", s.in(any, s.getMailbox)},
		{"POST /settings/mailboxes/{id}", s.in(any, s.postMailbox)},
		{"GET /settings/mailboxes/{id}/check", s.in(any, s.getCheck)},
		{"POST /settings/mailboxes/{id}/test", s.in(any, s.postTestMailbox)},
		{"POST /settings/mailboxes/{id}/pause", s.in(any, s.postPauseMailbox)},
		{"POST /settings/mailboxes/{id}/resume", s.in(any, s.postResumeMailbox)},

		// the team
		{"GET /settings/team", s.in(admin, s.getTeam)},
		{"POST /settings/team", s.in(admin, s.postTeam)},
		{"POST /settings/team/{id}/link", s.in(admin, s.postTeamLink)},
		{"POST /settings/team/{id}/role", s.in(admin, s.postTeamRole)},
		{"POST /settings/team/{id}/disable", s.in(admin, s.postTeamDisable)},
		{"POST /settings/team/{id}/enable", s.in(admin, s.postTeamEnable)},
		{"POST /settings/team/{id}/logout", s.in(admin, s.postTeamLogout)},

		// the workspace
		{"GET /settings/schedule", s.in(admin, s.getSchedule)},
		{"POST /settings/schedule", s.in(admin, s.postSchedule)},

		// how calls are made, and the phone systems that log them
		{"GET /settings/calls", s.in(admin, s.getCalls)},
		{"POST /settings/calls", s.in(admin, s.postCalls)},
		{"POST /settings/calls/phones", s.in(admin, s.postPhone)},
		{"POST /settings/calls/phones/{id}/revoke", s.in(admin, s.postRevokePhone)},
		{"POST /hooks/phone", s.phoneHook}, // phone systems, by their token

		// the language model, and what leaves for it
		{"GET /settings/model", s.in(owner, s.getModel)},
		{"GET /settings/model/rows", s.in(owner, s.getModelRows)},
		{"POST /settings/model", s.in(owner, s.postModel)},
		{"POST /settings/model/test", s.in(owner, s.postTestModel)},
		{"POST /settings/model/forget", s.in(owner, s.postForgetModel)},

		// the order of Next; sellers read it, managers weigh it
		{"GET /settings/next", s.in(any, s.getOrder)},
		{"POST /settings/next", s.in(manager, s.postOrder)},

		// what is read of accounts and the news
		{"GET /settings/research", s.in(any, s.getResearch)},
		{"POST /settings/research", s.in(admin, s.postResearch)},
		{"POST /settings/research/feeds", s.in(manager, s.postFeed)},
		{"POST /settings/research/feeds/{id}/delete", s.in(manager, s.postDropFeed)},

		// what sequences share; sellers read it, managers change it
		{"GET /settings/rulesets", s.in(any, s.getRulesets)},
		{"POST /settings/rulesets", s.in(manager, s.postRuleset)},
		{"GET /settings/rulesets/new", s.in(manager, s.getNewRuleset)},
		{"GET /settings/rulesets/{id}", s.in(any, s.getRuleset)},
		{"POST /settings/rulesets/{id}", s.in(manager, s.postRuleset)},
		{"POST /settings/rulesets/{id}/delete", s.in(manager, s.postDeleteRuleset)},
		{"GET /settings/schedules", s.in(any, s.getSchedules)},
		{"POST /settings/schedules", s.in(manager, s.postHours)},
		{"GET /settings/schedules/new", s.in(manager, s.getNewSchedule)},
		{"GET /settings/schedules/{id}", s.in(any, s.getHours)},
		{"POST /settings/schedules/{id}", s.in(manager, s.postHours)},
		{"POST /settings/schedules/{id}/delete", s.in(manager, s.postDeleteHours)},
		{"GET /settings/days-off", s.in(any, s.getDaysOff)},
		{"POST /settings/days-off", s.in(manager, s.postDayOff)},
		{"POST /settings/days-off/import", s.in(manager, s.postCalendar)},
		{"POST /settings/days-off/import/yes", s.in(manager, s.postImportCalendar)},
		{"POST /settings/days-off/calendar/delete", s.in(manager, s.postDeleteCalendar)},
		{"POST /settings/days-off/{id}/delete", s.in(manager, s.postDeleteDayOff)},
		{"POST /undo/day-off/{token}", s.in(manager, s.undoDayOff)},
		{"GET /settings/snippets", s.in(any, s.getSnippets)},
		{"POST /settings/snippets", s.in(manager, s.postSnippet)},
		{"GET /settings/snippets/new", s.in(manager, s.getNewSnippet)},
		{"GET /settings/snippets/{id}", s.in(any, s.getSnippet)},
		{"POST /settings/snippets/{id}", s.in(manager, s.postSnippet)},
		{"POST /settings/snippets/{id}/delete", s.in(manager, s.postDeleteSnippet)},
		{"GET /settings/files", s.in(any, s.getFiles)},
		{"POST /settings/files", s.in(any, s.postFiles)},
		{"GET /settings/files/{id}", s.in(any, s.getFile)},
		{"POST /settings/files/{id}/delete", s.in(any, s.postDeleteFile)},

		// who is away when: one's own, to managers all
		{"GET /settings/absences", s.in(any, s.getAbsences)},
		{"POST /settings/absences", s.in(any, s.postAbsence)},
		{"GET /settings/absences/{id}", s.in(any, s.getAbsence)},
		{"POST /settings/absences/{id}", s.in(any, s.postAbsence)},
		{"POST /settings/absences/{id}/delete", s.in(any, s.postDeleteAbsence)},
		{"POST /settings/absences/{id}/take", s.in(any, s.postTakeOver)},
		{"POST /settings/absences/{id}/give-back/{person}", s.in(any, s.postGiveBack)},
		{"POST /undo/absence/{token}", s.in(any, s.undoAbsence)},
		{"POST /undo/taken/{id}/{person}", s.in(any, s.postGiveBack)},

		// what corrections taught: of one's own people, to managers all
		{"GET /settings/lessons", s.in(any, s.getLessons)},
		{"GET /settings/lessons/rows", s.in(any, s.getLessonRows)},
		{"POST /settings/lessons/{id}/back", s.in(any, s.postLessonBack)},
		{"POST /settings/lessons/{id}/again", s.in(any, s.postLessonAgain)},

		// what deals and balances are made by; sellers read it, managers change it
		{"GET /settings/pipeline", s.in(any, s.getPipeline)},
		{"POST /settings/pipeline", s.in(manager, s.postPipeline)},
		{"GET /settings/weights", s.in(any, s.getWeights)},
		{"POST /settings/weights", s.in(manager, s.postWeights)},

		{"GET /settings/suppressions", s.in(any, s.getSuppressions)},
		{"GET /settings/suppressions/rows", s.in(any, s.getSuppressionRows)},
		{"POST /settings/suppressions", s.in(manager, s.postSuppression)},
		{"POST /settings/suppressions/{id}/remove", s.in(admin, s.postUnsuppress)},

		// sequences
		{"GET /sequences", s.in(any, s.getSequences)},
		{"POST /sequences", s.in(any, s.postSequences)},
		{"GET /sequences/new", s.in(any, s.getNewSequence)},
		{"GET /sequences/{id}", s.in(any, s.getSequence)},
		{"GET /sequences/{id}/people", s.in(any, s.getInside)},
		{"GET /sequences/{id}/people/rows", s.in(any, s.getInsideRows)},
		{"POST /sequences/{id}/people", s.in(any, s.postBulk)},
		{"GET /sequences/{id}/ahead", s.in(any, s.getAhead)},
		{"GET /sequences/{id}/edit", s.in(any, s.getBuilder)},
		{"POST /sequences/{id}/name", s.in(any, s.postName)},
		{"POST /sequences/{id}/rules", s.in(any, s.postRules)},
		{"POST /sequences/{id}/steps", s.in(any, s.postStep)},
		{"POST /sequences/{id}/steps/{step}", s.in(any, s.postStep)},
		{"POST /sequences/{id}/steps/{step}/{what}", s.in(any, s.postMoveStep)},
		{"POST /sequences/{id}/settings", s.in(any, s.postSequenceSettings)},
		{"GET /sequences/{id}/versions", s.in(any, s.getVersions)},
		{"POST /sequences/{id}/versions/{version}", s.in(any, s.postUseVersion)},
		{"GET /sequences/{id}/preview", s.in(any, s.getPreview)},
		{"POST /sequences/{id}/start", s.in(any, s.postStart)},
		{"POST /sequences/{id}/pause", s.in(any, s.postPauseSequence)},
		{"POST /sequences/{id}/resume", s.in(any, s.postResumeSequence)},
		{"POST /sequences/{id}/archive", s.in(any, s.postArchiveSequence)},

		// imports: files are the uploader's alone
		{"GET /import", s.in(any, s.getImport)},
		{"POST /import", s.in(any, s.postImport)},
		{"GET /import/{id}", s.in(any, s.getImportFile)},
		{"POST /import/{id}/mapping", s.in(any, s.postMapping)},
		{"GET /import/{id}/preview", s.in(any, s.getImportPreview)},
		{"POST /import/{id}/run", s.in(any, s.postRunImport)},
		{"GET /import/{id}/progress", s.in(any, s.getImportProgress)},
		{"GET /import/{id}/problems.csv", s.in(any, s.getImportProblems)},
	}
}
