package bench

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// say picks a line of a language.
func (l *letter) say(lang string, from func(string) []string) string {
	list := from(lang)
	return list[l.r.IntN(len(list))]
}

func (l *letter) subject() string {
	about := [...]string{"A question about your trucks", "Route planning", "Half an hour on Thursday?", "Figures of last year", "Who plans the tours", "Kühlkette und Planung", "Offre no 4", "Your note on fuel"}
	return fmt.Sprintf("%s (%d)", about[l.n%len(about)], l.n%977)
}

// prose is text of about size bytes in lines, each with a mark before it.
func (l *letter) prose(lang string, size int, mark string) string {
	var b strings.Builder
	width := 0
	b.WriteString(mark)
	for b.Len() < size {
		s := l.say(lang, sentences)
		if strings.Contains(s, "%d") {
			s = fmt.Sprintf(s, 2+l.r.IntN(97))
		}
		for i, word := range strings.Fields(s) {
			if n := utf8.RuneCountInString(word); width+n > 72 && i > 0 {
				b.WriteString("\n" + mark)
				width = 0
			} else if width > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(word)
			width += utf8.RuneCountInString(word) + 1
		}
		if l.r.IntN(5) == 0 { // a paragraph
			b.WriteString("\n" + strings.TrimRight(mark, " ") + "\n" + mark)
			width = 0
		}
	}
	return b.String() + "\n"
}

func greetings(lang string) []string {
	return map[string][]string{
		"en": {"Hi Bench,", "Hello,", "Dear Mr Seller,"}, "de": {"Hallo Herr Seller,", "Guten Tag,"}, "fr": {"Bonjour,", "Bonjour Monsieur,"},
		"zh": {"您好,"}, "pl": {"Dzień dobry,", "Cześć,"}, "ja": {"お世話になっております。"},
	}[lang]
}

// answersIn are first sentences of answers of every intent.
func answersIn(lang string) []string {
	return map[string][]string{
		"en": {
			"Yes, let us talk. Tuesday at ten would suit me.", "What does it cost for forty trucks?", "Thanks, but we are happy with what we have.", "Please get back to me after the summer, in September.",
			"I am not the right person, please write to Bo Hale, who plans the tours.", "Please take me off your list.", "Could you send me the details first?", "Not now, our budget is frozen until next year.",
		},
		"fr": {"Oui, volontiers, appelez-moi jeudi matin.", "Merci, mais nous avons déjà une solution.", "Combien cela coûte-t-il pour quarante camions ?", "Merci de ne plus m'écrire."},
		"zh": {"好的，我们下周二可以谈谈。", "谢谢，我们目前没有这个需求。", "请问价格是多少？"},
		"pl": {"Tak, chętnie porozmawiam we wtorek.", "Dziękuję, ale mamy już rozwiązanie.", "Ile to kosztuje?"},
	}[lang]
}

func absentSubjects(lang string) []string {
	return map[string][]string{"en": {"Automatic reply", "Out of office"}, "de": {"Abwesenheitsnotiz", "Automatische Antwort"}, "ja": {"自動応答", "不在のお知らせ"}}[lang]
}

// absences take the day of the return.
func absences(lang string) []string {
	return map[string][]string{
		"en": {"I am out of the office until %d March 2026. In urgent cases please turn to Bo Hale (bo.hale@buyer.example).", "Thank you for your mail. I am on leave and will be back on %d March."},
		"de": {"Ich bin bis einschließlich %d.03.2026 nicht im Büro. In dringenden Fällen wenden Sie sich bitte an Herrn Groß.", "Vielen Dank für Ihre Nachricht. Ab dem %d. März bin ich wieder für Sie da."},
		"ja": {"ただいま休暇をいただいております。3月%d日より出社いたします。", "不在にしております。3月%d日以降にご連絡いたします。"},
	}[lang]
}

// sentences are what the rest of a mail is made of.
func sentences(lang string) []string {
	return map[string][]string{
		"en": {
			"We run %d trucks out of two yards and plan them on a whiteboard.", "Who notices first when a plan breaks, and what happens then?", "Last year we looked at the numbers of each tour, and most of them were fine.",
			"The team in Leeds does this by hand every morning before six.", "It took us %d weeks to get the drivers to use the last tool.", "My colleague Ann keeps the list of customers who want a call before we come.",
			"There is a meeting about it on Thursday, and I will bring your note.", "Fuel is a third of what a tour costs us, so any detour hurts.", "I read your report on cold chains; the part about the doors was new to me.",
			"Nobody has asked for that since we changed the supplier in May.", "We have a contract with the other firm that runs for another %d months.", "If the plan holds until noon, the day is usually good.",
		},
		"de": {
			"Wir fahren mit %d Lastwagen von zwei Höfen und planen an einer Tafel.", "Wer merkt zuerst, wenn ein Plan nicht hält, und was geschieht dann?", "Voriges Jahr haben wir uns die Zahlen jeder Tour angesehen.",
			"Die Kollegen in Köln machen das jeden Morgen vor sechs von Hand.", "Für die Fahrer war die Umstellung schwierig, das hat %d Wochen gedauert.", "Am Donnerstag gibt es dazu eine Besprechung.",
		},
		"fr": {
			"Nous avons %d camions et deux dépôts, et tout est planifié au tableau.", "Qui remarque en premier qu'un plan ne tient pas, et que se passe-t-il alors ?", "L'année dernière nous avons regardé les chiffres de chaque tournée.",
			"Mes collègues à Lyon le font à la main chaque matin avant six heures.", "Il a fallu %d semaines pour que les chauffeurs s'y mettent.", "Une réunion à ce sujet est prévue jeudi.",
		},
		"zh": {"我们有%d辆卡车，两个停车场，都在白板上安排。", "计划出问题的时候，谁最先发现？", "去年我们看了每条路线的数字，大多数都不错。", "同事们每天早上六点以前手工完成。", "周四有一个会议讨论这件事。"},
		"pl": {
			"Mamy %d ciężarówek i dwie bazy, a wszystko planujemy na tablicy.", "Kto pierwszy zauważa, że plan się nie trzyma, i co wtedy?", "W zeszłym roku przejrzeliśmy liczby każdej trasy.",
			"Koledzy w Łodzi robią to ręcznie każdego ranka przed szóstą.", "W czwartek mamy o tym spotkanie.",
		},
		"ja": {"トラックは%d台あり、二か所の車庫から出ています。", "計画が崩れたとき、最初に気づくのは誰でしょうか。", "昨年は各ルートの数字を確認しました。", "担当者が毎朝六時前に手作業で行っています。", "木曜日に会議があります。"},
	}[lang]
}
