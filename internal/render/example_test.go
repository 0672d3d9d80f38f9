package render_test

import (
	"fmt"

	"ninetyten/internal/render"
	"ninetyten/internal/sales"
)

func ExampleMail() {
	step := sales.Step{Kind: sales.StepAutoMail, Subject: "A question", Body: "Hi {{ first_name | default: \"there\" }},\n\nhow does {{ company }} do it?"}
	ada := render.Values(sales.Person{FirstName: "Ada"}, sales.Account{Name: "Engines"}, sales.User{}, sales.Mailbox{})
	m, _ := render.Mail(step, ada, render.Options{})
	fmt.Print(m.Text)
	_, err := render.Mail(step, render.Values(sales.Person{}, sales.Account{}, sales.User{}, sales.Mailbox{}), render.Options{})
	fmt.Println(err)
	// Output:
	// Hi Ada,
	//
	// how does Engines do it?
	// No value for company. Fill it in for this person, or add a fallback such as {{ company | default: "…" }}.
}
