package web

// setupRoutes are the pages that set up: logins, settings, mailboxes, team,
// sequences, imports. They belong to the table of routes.
func (s *Server) setupRoutes() []route {
	return nil
}
