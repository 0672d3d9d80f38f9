package desk

import "ninetyten/internal/sales"

// StarterCards are the discovery questions that a playbook can begin with. They
// are open questions, in plain English, one to three for each stage, and are the
// workspace's to change.
func StarterCards() []sales.Card {
	ask := func(key string, stage sales.PathStage, title, body string) sales.Card {
		return sales.Card{Key: "starter/" + key, Kind: sales.CardQuestion, Stage: stage, Title: title, Body: body}
	}
	return []sales.Card{
		ask("came", sales.StageRapport, "What made you answer me?", "Listen for the word that they use first: it is the one to come back to."),
		ask("day", sales.StageRapport, "What does a good day look like in your work?", "It is about them, and not about us. Do not turn it into a pitch."),
		ask("last", sales.StageEmpathy, "Can you tell me about the last time that it went wrong?", "A story of one day tells more than a description. Ask what happened then."),
		ask("now", sales.StageEmpathy, "How do you do it today, step by step?", "Where do they hesitate, or laugh? That is where it hurts."),
		ask("who", sales.StageEmpathy, "Who else feels it when that happens?", "It names the people who will decide with them."),
		ask("tried", sales.StageEmpathy, "What have you tried already, and why did it not stay?", "Never offer again what failed, unless you can say what is different."),
		ask("doubt", sales.StageTrust, "What would have to be true for you to believe this?", "Their doubts are the list of what we must show."),
		ask("burnt", sales.StageTrust, "What did the last vendor promise you that did not come?", "Promise less, and keep it."),
		ask("talk", sales.StageTrust, "With whom of our customers would you like to speak?", "Let them choose, and then be out of the way."),
		ask("monday", sales.StageHope, "If it were solved, what would you do differently on Monday?", "Hope is theirs when they describe it, not when we do."),
		ask("worth", sales.StageHope, "What would that be worth to you and your team?", "In their words: hours, calm, money, sleep."),
		ask("wait", sales.StageUrgency, "What happens if nothing changes this year?", "Only when the earlier stages are known. Then be silent."),
		ask("date", sales.StageUrgency, "Is there a date by which it has to work, and why that one?", "A date of theirs. Never make one up for them."),
	}
}
