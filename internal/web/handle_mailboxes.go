package web

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
)

// getMailboxes lists the mailboxes: one's own, to administrators all.
func (s *Server) getMailboxes(w http.ResponseWriter, r *http.Request, v visit) error {
	sh, err := s.shell(r, v, "Settings", "settings")
	if err != nil {
		return err
	}
	ctx := withShell(r.Context(), sh)
	boxes, users, err := s.boxesOf(ctx, v)
	if err != nil {
		return err
	}
	ws, err := s.Store.Workspace(ctx, v.WorkspaceID)
	if err != nil {
		return err
	}
	p := MailboxesPage{Shell: sh}
	for _, m := range boxes {
		row := MailboxRow{ID: m.ID, Address: m.Address, Owner: users[m.UserID].Name, State: m.State, Why: m.StateWhy}
		if m.State == sales.MailboxOK {
			row.Why = ""
		}
		if row.Today, row.Ramp, err = s.paceWords(ctx, m, users[m.UserID], ws.Settings); err != nil {
			return err
		}
		h, err := s.Desk.BoxHealth(ctx, v.Viewer, m)
		if err != nil {
			return err
		}
		row.Sent, row.Guard, row.Tripped = sentWords(m, h), guardWords(h, ws.Settings), tripped(m)
		row.Read = "not read yet"
		if !m.ReadAt.IsZero() {
			row.Read = "read up to " + when(ctx, m.ReadAt)
		}
		p.Rows = append(p.Rows, row)
	}
	return Render(w, r, sh, MailboxesView(p))
}

// boxesOf gives the mailboxes that the viewer may change, and the users by ID.
func (s *Server) boxesOf(ctx context.Context, v visit) ([]sales.Mailbox, map[sales.ID]sales.User, error) {
	all, err := s.Store.Mailboxes(ctx, v.WorkspaceID)
	if err != nil {
		return nil, nil, err
	}
	list, err := s.Store.Users(ctx, v.WorkspaceID)
	if err != nil {
		return nil, nil, err
	}
	users := make(map[sales.ID]sales.User, len(list))
	for _, u := range list {
		users[u.ID] = u
	}
	var out []sales.Mailbox
	for _, m := range all {
		if m.UserID == v.UserID || v.Role.AtLeast(sales.RoleAdmin) {
			out = append(out, m)
		}
	}
	return out, users, nil
}

// paceWords says how much a mailbox sent today, and how it grows.
func (s *Server) paceWords(ctx context.Context, m sales.Mailbox, u sales.User, set sales.Settings) (today, ramp string, err error) {
	now := s.Clock.Now()
	place := calendar.Resolve("", "", "", "", u.Zone, set.Zone)
	sent, err := s.Store.SentSince(ctx, m.WorkspaceID, m.ID, calendar.DayStart(now, place.Loc))
	if err != nil {
		return "", "", err
	}
	most := calendar.RampCap(m.Limits, m.RampFrom, now, place, calendar.For(set))
	today = fmt.Sprintf("%s of %s today", number(sent), number(most))
	if m.NextSendAt.After(now) && sent < most {
		today += ", next at " + local(ctx, m.NextSendAt).Format("15:04")
	}
	if most < m.Limits.PerDay {
		ramp = fmt.Sprintf("grows by %d a working day, up to %d", m.Limits.RampStep, m.Limits.PerDay)
	}
	return today, ramp, nil
}

// getNewMailbox asks for a mailbox.
func (s *Server) getNewMailbox(w http.ResponseWriter, r *http.Request, v visit) error {
	p := MailboxPage{Limits: sales.DefaultLimits(), Values: map[string]string{
		"name": v.User.Name, "address": v.User.Email, "username": v.User.Email, "user": v.UserID.String(),
		"smtp_port": "465", "smtp_security": string(sales.SecurityTLS), "imap_port": "993", "imap_security": string(sales.SecurityTLS),
	}}
	return s.mailboxPage(w, r, v, p, nil)
}

// getMailbox shows one to change, with its last test.
func (s *Server) getMailbox(w http.ResponseWriter, r *http.Request, v visit) error {
	m, err := s.ownBox(r, v)
	if err != nil {
		return err
	}
	p := MailboxPage{ID: m.ID, Limits: m.Limits, State: m.State, StateWhy: m.StateWhy, Check: s.checks.view(m.ID), Values: map[string]string{
		"address": m.Address, "name": m.Name, "username": m.SMTP.Username, "signature": m.Signature, "user": m.UserID.String(),
	}}
	for kind, x := range map[string]sales.Server{"smtp": m.SMTP, "imap": m.IMAP} {
		p.Values[kind+"_host"], p.Values[kind+"_port"], p.Values[kind+"_security"] = x.Host, strconv.Itoa(x.Port), string(x.Security)
	}
	if m.State == sales.MailboxOK {
		p.StateWhy = ""
	}
	h, err := s.Desk.BoxHealth(r.Context(), v.Viewer, m)
	if err != nil {
		return err
	}
	ws, err := s.Store.Workspace(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	p.Health, p.Tripped = healthFacts(m, h, ws.Settings), tripped(m)
	return s.mailboxPage(w, r, v, p, nil)
}

// ownBox gives the mailbox of the path, when the viewer may change it.
func (s *Server) ownBox(r *http.Request, v visit) (sales.Mailbox, error) {
	id, err := sales.ParseID(r.PathValue("id"))
	if err != nil {
		return sales.Mailbox{}, err
	}
	m, err := s.Store.Mailbox(r.Context(), v.WorkspaceID, id)
	if err == nil && m.UserID != v.UserID && !v.Role.AtLeast(sales.RoleAdmin) {
		return sales.Mailbox{}, sales.Errorf(sales.Forbidden, "This mailbox belongs to somebody else. Only they and an administrator may see it.")
	}
	return m, err
}

func (s *Server) mailboxPage(w http.ResponseWriter, r *http.Request, v visit, p MailboxPage, problem error) error {
	sh, err := s.shell(r, v, pick(p.ID > 0, p.Values["address"], "Connect a mailbox"), "settings")
	if err != nil {
		return err
	}
	p.Shell, p.Providers = sh, providers()
	if p.Check != nil {
		p.Check.GoOn = sh.StepsLeft > 0
	}
	if p.Errors == nil {
		p.Errors = map[string]string{}
	}
	if v.Role.AtLeast(sales.RoleAdmin) {
		users, err := s.Store.Users(r.Context(), v.WorkspaceID)
		if err != nil {
			return err
		}
		for _, u := range users {
			if !u.Disabled {
				p.Users = append(p.Users, Option{Value: u.ID.String(), Label: u.Name})
			}
		}
	}
	status := http.StatusOK
	if problem != nil || len(p.Errors) > 0 {
		status = http.StatusUnprocessableEntity
	}
	if problem != nil {
		p.Problem, status = sales.Explain(problem), formStatus(problem)
	}
	return RenderStatus(w, r, status, sh, MailboxView(p))
}

// postMailbox connects a mailbox, or changes one, and tests it.
func (s *Server) postMailbox(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	var m sales.Mailbox
	if r.PathValue("id") != "" {
		var err error
		if m, err = s.ownBox(r, v); err != nil {
			return err
		}
	}
	p := MailboxPage{ID: m.ID, State: m.State, StateWhy: m.StateWhy}
	p.read(r, &m)
	if m.UserID != 0 {
		if _, err := s.Store.User(r.Context(), v.WorkspaceID, m.UserID); err != nil {
			p.Errors["user"] = "Choose somebody of your team."
		}
	}
	if len(p.Errors) > 0 {
		return s.mailboxPage(w, r, v, p, nil)
	}
	m, err := s.Desk.SaveMailbox(r.Context(), v.Viewer, m)
	if inForm(err) {
		return s.mailboxPage(w, r, v, p, err)
	}
	if err != nil {
		return err
	}
	return s.startCheck(w, r, v, m.ID)
}

// read fills m from the form and keeps what was typed, but for the password.
func (p *MailboxPage) read(r *http.Request, m *sales.Mailbox) {
	p.Values = values(r, "address", "name", "username", "signature", "user", "smtp_host", "smtp_port", "smtp_security", "imap_host", "imap_port", "imap_security")
	p.Errors = map[string]string{}
	password := r.PostForm.Get("password")
	if m.ID == 0 {
		if a, err := sales.NormalAddress(p.Values["address"]); err != nil {
			p.Errors["address"] = sales.Explain(err)
		} else {
			m.Address = a
		}
		if password == "" {
			p.Errors["password"] = "A mailbox needs its password, or an app password."
		}
	}
	p.Values["address"] = pick(m.ID != 0, m.Address, p.Values["address"])
	m.Name, m.Signature = p.Values["name"], strings.ReplaceAll(p.Values["signature"], "\r\n", "\n")
	if len(m.Name) > 200 || strings.ContainsAny(m.Name, "\r\n") {
		p.Errors["name"] = "At most 200 characters, in one line."
	}
	if len(m.Signature) > 5000 {
		p.Errors["signature"] = "At most 5,000 characters."
	}
	if id, err := sales.ParseID(p.Values["user"]); err == nil {
		m.UserID = id
	}
	user := pick(p.Values["username"] != "", p.Values["username"], m.Address)
	m.SMTP = p.server(r, "smtp", user, password)
	m.IMAP = p.server(r, "imap", user, password)
	m.Limits = p.limits(r, m.Limits)
	p.Limits = m.Limits
}

func (p *MailboxPage) server(_ *http.Request, kind, user, password string) sales.Server {
	port, _ := strconv.Atoi(p.Values[kind+"_port"])
	x := sales.Server{Host: strings.ToLower(p.Values[kind+"_host"]), Port: port, Security: sales.Security(p.Values[kind+"_security"]), Username: user, Password: password}
	if x.Host == "" || len(x.Host) > 253 || strings.ContainsAny(x.Host, " /:@") {
		p.Errors[kind+"_host"] = "Write the name of the server alone, as mail.company.com."
	}
	if port < 1 || port > 65535 {
		p.Errors[kind+"_port"] = "A number from 1 to 65535."
	}
	switch x.Security {
	case sales.SecurityTLS, sales.SecurityStartTLS:
	case sales.SecurityNone:
		if x.Host != "localhost" && x.Host != "127.0.0.1" && x.Host != "::1" {
			p.Errors[kind+"_security"] = "Without protection the password could be read on its way. Choose TLS or STARTTLS."
		}
	default:
		p.Errors[kind+"_security"] = "Choose TLS or STARTTLS."
	}
	return x
}

// limits reads how much the mailbox may send; a form without them keeps was.
func (p *MailboxPage) limits(r *http.Request, was sales.Limits) sales.Limits {
	if was == (sales.Limits{}) {
		was = sales.DefaultLimits()
	}
	seconds := func(d time.Duration) int { return int(d / time.Second) }
	for _, f := range []struct {
		name string
		most int
		was  int
		set  func(n int)
	}{
		{"per_day", 2000, was.PerDay, func(n int) { was.PerDay = n }}, {"per_week", 10_000, was.PerWeek, func(n int) { was.PerWeek = n }},
		{"per_hour", 2000, was.PerHour, func(n int) { was.PerHour = n }},
		{"ramp_start", 2000, was.RampStart, func(n int) { was.RampStart = n }}, {"ramp_step", 2000, was.RampStep, func(n int) { was.RampStep = n }},
		{"gap_min", 86_400, seconds(was.GapMin), func(n int) { was.GapMin = time.Duration(n) * time.Second }},
		{"gap_max", 86_400, seconds(was.GapMax), func(n int) { was.GapMax = time.Duration(n) * time.Second }},
	} {
		text := strings.TrimSpace(r.PostForm.Get(f.name))
		if text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > f.most {
			p.Errors[f.name] = "A number from 0 to " + number(f.most) + "."
			continue
		}
		if n != f.was {
			f.set(n)
		}
	}
	if was.GapMax < was.GapMin {
		p.Errors["gap_max"] = "The longest pause must not be shorter than the shortest."
	}
	return was
}

// postPauseMailbox stops a mailbox from sending; it is read all the same.
func (s *Server) postPauseMailbox(w http.ResponseWriter, r *http.Request, v visit) error {
	m, err := s.ownBox(r, v)
	if err != nil {
		return err
	}
	if err := s.Desk.PauseMailbox(r.Context(), v.Viewer, m.ID); err != nil {
		return err
	}
	return s.toastTo(w, r, "/settings/mailboxes", Toast{Text: m.Address + " sends nothing now. Answers are still read."})
}

// postResumeMailbox lets a mailbox send again.
func (s *Server) postResumeMailbox(w http.ResponseWriter, r *http.Request, v visit) error {
	m, err := s.ownBox(r, v)
	if err != nil {
		return err
	}
	if err := s.Desk.ResumeMailbox(r.Context(), v.Viewer, m.ID); err != nil {
		return err
	}
	return s.toastTo(w, r, "/settings/mailboxes", Toast{Text: m.Address + " sends again. What the guard counts begins anew."})
}
