package sales

import (
	"strings"
	"time"
)

// Meaning is what a stage of deals means, whatever it is called.
type Meaning string

// The meanings of a stage.
const (
	DealOpen Meaning = "open"
	DealWon  Meaning = "won"
	DealLost Meaning = "lost"
)

// DealStage is one stage of the pipeline of a workspace.
type DealStage struct {
	ID      string  `json:"id"` // stays when the name changes
	Name    string  `json:"name"`
	Meaning Meaning `json:"meaning"`
}

// DefaultDealStages is the pipeline of a workspace that has changed nothing. The
// stages say what the buyer has done, not what we did.
func DefaultDealStages() []DealStage {
	return []DealStage{
		{"talking", "Talking", DealOpen}, {"problem", "Problem agreed", DealOpen}, {"proof", "Trying it out", DealOpen}, {"terms", "Agreeing terms", DealOpen},
		{"won", "Won", DealWon}, {"lost", "Lost", DealLost},
	}
}

// DefaultDealReasons are the reasons for which deals are won or lost.
func DefaultDealReasons() []string {
	return []string{"No decision was made", "Another vendor", "Price", "Wrong time", "Something is missing", "They went silent", "Not the right fit"}
}

// Pipeline is the stages of deals in their order.
func (s Settings) Pipeline() []DealStage {
	if len(s.DealStages) == 0 {
		return DefaultDealStages()
	}
	return s.DealStages
}

// Reasons is the list of reasons why a deal ended.
func (s Settings) Reasons() []string {
	if len(s.DealReasons) == 0 {
		return DefaultDealReasons()
	}
	return s.DealReasons
}

// DealStageOf gives the stage with an ID; false when there is none.
func (s Settings) DealStageOf(id string) (DealStage, bool) {
	for _, x := range s.Pipeline() {
		if x.ID == id {
			return x, true
		}
	}
	return DealStage{}, false
}

// Deal is an opportunity with an account.
type Deal struct {
	WorkspaceID ID
	ID          ID
	AccountID   ID
	OwnerID     ID
	Name        string
	Stage       string    // DealStage.ID
	Meaning     Meaning   // of the stage
	Amount      int64     // in the smallest unit of the currency
	Currency    string    // ISO 4217; empty when no amount is known
	CloseOn     time.Time // the day, at midnight UTC; zero is none
	NextStep    string
	NextOn      time.Time // the day, at midnight UTC; zero is none
	TaskID      ID        // that the next step made; 0 is none
	Reason      string    // why it was won or lost
	ReasonText  string
	Custom      map[string]string
	Was         DealBefore // what the last change of stage replaced
	Version     int64      // for the check of Tx.SaveDeal
	StageAt     time.Time  // since when it is in the stage
	CreatedAt   time.Time
	UpdatedAt   time.Time
	ClosedAt    time.Time // zero while it is open
}

// DealBefore is what a change of stage replaced, for taking it back.
type DealBefore struct {
	Stage      string    `json:"stage,omitempty"`
	Meaning    Meaning   `json:"meaning,omitempty"`
	Reason     string    `json:"reason,omitempty"`
	ReasonText string    `json:"reason_text,omitempty"`
	StageAt    time.Time `json:"stage_at,omitzero"`
	ClosedAt   time.Time `json:"closed_at,omitzero"`
}

// Validate checks what must hold before a deal is stored.
func (d Deal) Validate() error {
	switch {
	case strings.TrimSpace(d.Name) == "":
		return Errorf(Invalid, "A deal needs a name: what would they buy?")
	case len(d.Name) > 300:
		return Errorf(Invalid, "The name of the deal is longer than 300 characters. Shorten it.")
	case d.AccountID == 0:
		return Errorf(Invalid, "A deal is with an account. Choose one.")
	case d.Amount < 0:
		return Errorf(Invalid, "The amount is below zero. Write what the deal is worth, or leave it empty.")
	case d.Amount != 0 && !ValidCurrency(d.Currency):
		return Errorf(Invalid, "%q is no currency. Write its three letters, as EUR.", d.Currency)
	case len(d.NextStep) > 500:
		return Errorf(Invalid, "The next step is longer than 500 characters. One sentence is enough.")
	case len(d.ReasonText) > 5000:
		return Errorf(Invalid, "The reason is longer than 5,000 characters. Shorten it.")
	}
	return nil
}

// BuyerRole is what somebody does in a purchase.
type BuyerRole string

// The roles of a purchase. The empty one takes part, and more is not known.
const (
	RoleDecides   BuyerRole = "decides"
	RoleChampions BuyerRole = "champions"
	RoleBlocks    BuyerRole = "blocks"
	RoleUses      BuyerRole = "uses"
)

// BuyerRoles are the roles in the order of a page.
func BuyerRoles() []BuyerRole { return []BuyerRole{RoleDecides, RoleChampions, RoleUses, RoleBlocks} }

// Valid tells whether r is a role, or none.
func (r BuyerRole) Valid() bool {
	switch r {
	case "", RoleDecides, RoleChampions, RoleBlocks, RoleUses:
		return true
	}
	return false
}

// Part is what a person does at an account, or in one of its deals.
type Part struct {
	WorkspaceID ID
	AccountID   ID
	DealID      ID // 0: at the account as such
	PersonID    ID
	Role        BuyerRole
	NamedBy     ID // the person who named them; 0 is nobody that we know of
	At          time.Time
}

// Chase is a mail or a call to somebody although it was their move.
type Chase struct {
	WorkspaceID ID
	ID          ID
	PersonID    ID
	UserID      ID
	At          time.Time
	Channel     string // ChaseMail, ChaseCall or ChaseDoor
	Reason      string // the seller's own words
	MailingID   ID
	RestUntil   time.Time // ChaseDoor: they rest until then once the mail is sent
}

// The channels of a chase.
const (
	ChaseMail = "mail"
	ChaseCall = "call"
	ChaseDoor = "door" // the one mail that says the door is open; then they rest
)
