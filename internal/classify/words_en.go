package classify

// phrasesEN: meaning, weight, pattern (see lexicon.add).
const phrasesEN = `
u 3 unsubscribe me/us/my/our/this/please/asap/immediately/now
u 3 unsubscribe ?me from your/this/these/all/the
u 3 please ?kindly ?just unsubscribe
u 3 want/wish/like/need/asking/asked/ask/trying/tried to ?be unsubscribe/unsubscribed
u 3 how do/can i/we unsubscribe
u 3 take/remove/delete/drop/scrub/strike/pull/get me/us/my/our/this/him/her ~ off/from/of/out ~ list/lists/database/mailing/mailings/distribution/records/contacts/campaign/campaigns/sequence/sequences/crm/newsletter/newsletters/emails/outreach
u 3 remove/delete/erase/purge ?all my/our/me/this email/emails/address/data/details/contact/name/information/info
u 3 be/been/get removed/deleted/taken ~ from/off
u 2.5 remove/delete me/us
u 3 take me/us off
u 3 off/from your/this/the/any/all ?email ?mailing ?distribution list/lists
u 3 stop/quit/cease/discontinue ?from sending/emailing/mailing/contacting/messaging/writing/spamming/bothering/harassing/pestering/calling
u 3 stop/discontinue/cease/end ?with ?all your/these/this/the/those ~ emails/mails/messages/emailing/spam/correspondence/communication/communications/outreach
u 2.5 if/when you stopped/stop sending/emailing/mailing/contacting/messaging/writing
u 2.5 get me/us off it/this/that/here
u 3 strike/scratch/cross me/us/my/our ~ from/off ~ list/lists
u 3 not want/receive/need ~ any more of this/it/these/those
u 3 not want/need ?to ?receive ~ more of this/these/those
u 2.5 quit/stop bugging/hounding me/us
u 2.5 unsubscribe link/button ~ not work*
u 3 appreciate/grateful not hearing from you
u 3 spare me/us ?any ?all ?your ?these ?further ?more mails/emails/messages/mail
u 3 leave me/us ?all in peace
u 3 it/me/us/address/data gone from your/the ?mailing system/database/list/lists/files
u 3 stop email/emails/mail/mails/messages/spam
u 3 please/just stop $
u 3 ^ i/we ?have ?already said stop/no
u 3 ^ no more ?of ?this please $
u 3 am/are/be/want/wish/like ?hereby ~ opting out
u 3 am/is/are ?now ?all removed/deleted/taken ~ from/off your/this/the/any/all ~ sequence/sequences/list/lists/database/mailing/mailings/records/contacts/crm/campaign/campaigns/cadence
u 3 followup/followups/follow up/ups ~ have/has/need/needs/must to ?come ?to ?an stop/end/cease
u 3 these/your/this emails/mails/messages/followups/reminders/mailings ~ have/has/need/needs/must ?to ?come ?to ?an stop/end/cease
u 3 stop it/this/now/immediately $
u 3 refrain from ~ contacting/emailing/sending/mailing
u 3 not/never ?ever ?again contact/email/mail/message/write/call/bother ?to me/us/again/anymore/this
u 3 not/never ?ever send/sending ?me ?us ?any ?more emails/email/mails/mail/messages/anything/more/these/this/further
u 3 no more/further emails/email/mails/mail/messages/contact/communication/communications/correspondence/spam
u 3 opt out
u 3 opt me/us out
u 3 leave me/us alone
u 3 not want/wish/like ~ to receive/be/get/hear ~ emails/email/mails/mail/messages/contacted/communications/from/anymore/solicitations
u 3 not want/wish ?any ?more ?of ?your ?these emails/mails/messages/spam/contact
u 3 lose my number/email/address
u 3 right to ?be erasure/forgotten
u 3 under gdpr/ccpa
u 2.5 this is spam/unsolicited/harassment
u 2.5 mark/marked/marking/report/reported/reporting/block/blocked/blocking ~ as spam/junk
u 2.5 stop spamming
u 3 cease and desist
u 3 desist from ~ contact*/email*/mail*/send*/writ*/call*/messag*
u 3 not ?ever write/email/mail/contact ?to ?me ?us any more $
u 3 not ?ever write/email/mail/contact ?to ?me ?us anymore/again $
u 3 not get/receive any more of these/this/them/those/your $
u 3 withdraw ?my consent
u 3 not ?give ?given consent
u 3 cease/stop/end/halt ?any ?all ?further communication/communications/contact/correspondence/emails/outreach
u 3 cancel/end/terminate my/this/our/the subscription/emails/sequence/mailings
u 3 remov*/delet*/eras*/take/taken/taking/drop*/exclud*/purg*/scrub*/withdraw* ~ me/us/my/our/company/address/email/name ~ list*/mailing*/database*/distribution*/record*/contacts/file*/system*/sequence*/newsletter*/communication*/campaign*/emails
u 3 not ?really ?any want/wish/like/care ?to ?any ?more ?further ?receive ?get ?your emails/mails/messages/communication*/newsletter*
u 3 no longer want/wish/like ~ email*/receiv*/contact*/message*/communication*/hear
u 3 not/never ?ever send/forward ?me/us ~ more/anymore/again/further
u 2.5 never ?ever subscrib*/signed/asked/opted/requested/agreed
u 2.5 not subscribe/sign/opt ~ to/up/in/for
u 3 no/not longer/anymore/be/want ?to ?be on/in/part/off ?of this/your/the/any ?mailing ?email ?contact list/lists/database/mailing
u 3 ensure/confirm/sure ~ removed/deleted/unsubscribed
u 2.5 too many emails/mails
w 3 wrong person/contact/address/email/guy/department/company/number/lady/party/team
w 3 not the right/correct/best/appropriate/proper/relevant person/contact/one/guy/department/point/individual/fit/addressee
w 3 no longer/not/never ?longer work/works/working/worked/employed ?here ?for ?at ?with
w 3 no longer with/at/here/there/part/responsible/involved/in/employed/on
w 3 no longer a member/part/employee
w 3 has/have/had/who since/recently/now left
w 3 left the/our/my/this company/organization/organisation/firm/business/university/role/position/school/team/job
w 2.5 has/have left
w 2.5 he/she/who/they has/have/is/are retired
w 2.5 is/are no longer
w 2.5 account/mailbox/address/email/inbox ~ no longer active/used/in/checked/monitored/valid/use/exists
w 2.5 this/that is not ~ email/address/mailbox
w 3 not responsible/accountable for
w 3 not in charge
w 2.5 not my area/responsibility/department/role/job/remit/call/decision
w 2.5 not ?personally handle/manage/oversee/own/run/cover/do ~ this/that/these/it/our/purchasing/procurement/budget/vendors/decisions
w 2.5 not deal with
w 2.5 outside/out of my remit/area/scope
w 2.5 not ?the ?a decision maker
w 3 best/right/correct/better/appropriate/proper person/contact ~ is/would/will/may/might/to
w 3 reach/contact/email/talk/speak/write/try/connect/direct/redirect/send/forward/address ~ instead
w 2.5 contact/email/reach/talk/speak/write/connect/direct/refer ?out ?directly ?to ?with my/our colleague/colleagues/manager/boss/assistant/team/head/director/department/procurement/ceo/cto/cfo/coo/cmo/vp/partner/office/it/hr
w 2.5 should/could/may/might/can/please talk/speak/reach ?out to/with
w 3 not ?really ?personally involved in/with
w 3 have/has/got/reached/emailed/contacted the wrong
w 3 wrong person/people
w 2.5 took/taken/taking/takes over ~ role/position/job/from/this/that/my
w 3 my/our/his/her successor/replacement
w 2.5 replaced/replacing me/by/him/her
w 3 not work/working here/there/for/with/in/at
w 2.5 not ?the ?a ?actually ?my ?our involved/employee/employed/person
w 2.5 direct/forward/send/refer/redirect/address ?all this/it/these/your/that/such/all ~ to our/the/my/their ~ department/team/office/manager/director/head/colleague/assistant/group
w 3 question/one/matter/topic/conversation/something for our/the/my/his/her
w 2.5 just/only an/a/the intern/student/assistant/receptionist/temp/contractor
w 2.5 i/have resigned
w 2.5 he/she/who/they ?now handles/handle/runs/run/owns/own/leads/lead/manages/manage/oversees/decides/looks this/that/it/these/our/the/all/after
w 2.5 speak/talk to/with our/my/the
w 2 loop in
w 2.5 passed/pass/passing/forwarded/forward/shared/share this/it/your ~ on/along/to/with ~ team/colleague/manager/director/head/department/our
w 2.5 not ?really ?part/within ?of my job/scope/purview/area/field/responsibilities/team
w 3 i left ~ in/last/a/for/this
w 2.5 colleague ~ is/will/handles/can ~ charge/responsible/help/touch/handle/this/that
w 2.5 ask the/our/my/him/her/them ~ team/department/office/manager/instead/about/this
w 2.5 moved on/away from/to
w 2.5 belongs/belong to ?somebody ?someone ?another ?a ?the else/different/colleague/person
w 2.5 get/be in touch/contact with ?my ?our ?the ?mr ?ms ?dr ~ head/director/manager/colleague/team/department/of/assistant/office
w 2.5 not ?the one/person who/that/to
w 2.5 he/she/they will/can/could ?be ?better ?able ?to help/assist/answer/decide
w 2.5 at/for/with another/different/new/other firm/company/employer/job/organization/organisation
w 2.5 topic/matter/question/decision/thing for finance/hr/it/legal/procurement/purchasing/marketing/operations/sales/management
w 2.5 not me
w 2.5 i only/just look/handle/deal/do/work/run after/with/in/the/on
w 2.5 is/are ?now ?handled ?managed ?run by/with mr/mrs/ms/dr/my/our/the
w 2.5 ask/try/contact my/our/the/mr/mrs/ms/dr ~
w 2.5 see my/our/mr/mrs/ms/dr ~
w 2 please contact/email
w 2.5 forwarded/forwarding/passed/passing/referred/sent ~ to/on/along ~ colleague/manager/team/boss/him/her/who/department/director/head
w 2.5 looping/copying/ccing/cc/copied/adding/connecting/introducing ~ colleague/manager/who/team/in/you
w 2.5 now at/with/working
w 2.5 moved/transferred/changed ~ company/companies/jobs/roles/role/position/organization/department
w 2.5 new/updated/current email/address ?address is/at
w 2 new job/role/position/company
n 3 not/never ?really ?particularly ?currently ?very ?at ?all interested
n 3 no longer interested/needed/relevant/looking/required
n 3 no/zero/little interest
n 3 not ~ of ?any ?much interest
n 3 uninterested
n 3 no thanks/thank/thx
n 3 thanks/thank/appreciate ~ but no
n 3 but no thanks/thank
n 2.5 not relevant/applicable/suitable/needed/necessary/required/appropriate
n 2.5 not a ?good ?great ?right fit/match/priority/need
n 2.5 not ?really for us/me
n 2.5 not something we/i/that
n 2.5 will/would/going/have/must/gonna ?to pass
n 2.5 pass on this/it/that/the
n 2.5 have/must/to ?respectfully ?politely decline
n 2.5 not ?really ?currently need/require
n 2.5 no need
n 3 winding/wind/closing/shutting/wound ~ business/company/firm/practice/shop ~ up/down
n 3 winding/closing/shutting up/down ?the ?our ?my business/company/firm/practice/shop
n 2.5 ceasing/ceased/cease trading
n 2.5 little/no/not ?much point
n 2.5 not ?really see a/any/the/how/why ~
n 2.5 handle/handled/manage/managed/do/built/build/done this/it/that/everything/all ?all in/internally/ourselves
n 2.5 in house
n 2.5 nope
n 2.5 not worth
n 2.5 not ?really ?our a priority
n 2.5 not for us/me
n 2.5 not ?currently ?actively looking/searching/seeking
n 2.5 not in the market
n 2.5 already/currently have/has/use/using/work/working/covered/set/got/partnered/under/contracted/with
n 2.5 happy/satisfied/content/pleased/fine/good with our/the/what/who/current/existing
n 2.5 are/am all/good/set/fine/covered/sorted ?set
n 2 no budget
n 2 can/could not afford
n 2 too expensive
n 2.5 i am/have retired
n 2 i am not ~ any
n 2.5 went/gone/going/go with ?a ?an ?another competitor/other/someone/somebody/your
n 2.5 will/would/must/shall/to ?have ?respectfully ?politely ?kindly decline
n 2.5 overkill/inapplicable/irrelevant
n 2.5 too small/big/large for
n 2.5 no ?real use/reason/value/benefit
n 2.5 not ?be ?able ?something ?what ?we ?us ?our ?need ?to proceed/pursue/looking/pursuing/proceeding/considering
n 2.5 have ?our ?an own/internal/in team/solution/tool/system/provider/vendor/supplier/agency/partner
n 2.5 have ?got a/an provider/vendor/supplier/solution/tool/system/partner/agency ~ already/place
n 2.5 not in a/any position
n 2.5 not ?really apply/relate/pertain to us/me/our
n 2.5 got/have/has this/it/that/everything/all ?all covered/handled/sorted
n 2.5 say/saying no
n 2.5 a no from/for
n 2.5 hard/respectful/easy/big pass/no
n 2.5 not ?really what we/i need/want/are/am/look/do
n 2.5 not ?a ?the ?really ?our use/useful/helpful
n 2.5 not see us/this/it/how/where/value
n 2.5 no plans/intention/desire/interest/appetite to/of/in/for
n 2.5 not ?really ?at ?all ?very ?that interesting/compelling/convinced/convincing/attractive
n 2.5 not like it/this/what/your
n 2.5 not for me/us
n 2.5 not plan/planning/intend/intending ~ to/on
n 2.5 not do/use/have/buy/sell/run ?any ?email ?cold marketing/advertising/outreach/software/such/these/that/any
n 2.5 not solve/address/help/fit/suit/match/convinced/persuaded/sold
n 2.5 leave it there/at
n 3 go away
n 3 get lost
n 3 fuck/piss off
n 2.5 not going to work/happen
n 2.5 not ~ moving/move forward
n 2.5 decided/chose/chosen/went/gone/going ~ with/another/different vendor/provider/solution/direction/supplier/company
n 2.5 decided not/against
`
