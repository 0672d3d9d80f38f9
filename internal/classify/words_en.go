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
u 3 stop email/emails/mail/mails/messages/spam
u 3 please/just stop $
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
w 2.5 ask/try/see/contact my/our/the/mr/mrs/ms/dr ~
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
l 2.5 not ?really ?quite a/the ?very good/right/best/great/ideal time/moment
l 2.5 bad/terrible/poor/wrong time/timing
l 2.5 timing is/was not
l 2.5 timing is off/bad/wrong/poor
l 2.5 not right now/yet
l 2.5 not now/yet
l 2.5 not at this time/point/stage/moment
l 2.5 not at the moment
l 2.5 not/until this/next year/quarter/month/semester/term/week/season
l 3 contact/reach/check/circle/follow/ping/email/try/touch/write ?out ?me ?us ?up ?base ?back ?again ?in ?with ?me ?us ?to ?about ?this ?sometime ?early ?late next/later/after/january/february/march/april/may/june/july/august/september/october/november/december/q1/q2/q3/q4/spring/summer/autumn/fall/winter/2025/2026/2027/2028
l 3 contact/reach/check/circle/follow/ping/email/try/touch/write ?out ?me ?us ?up ?base ?back ?again ?with ?me ?us ?to in ?about a/the/one/two/three/four/five/six/few/couple/1/2/3/4/5/6/12/early/late/january/february/march/april/may/june/july/august/september/october/november/december/q1/q2/q3/q4/2025/2026/2027/2028
l 3 get/come back to me/us ~ in/next/after/later
l 3 call/ask me/us again ~ in/next/after/later
l 2.5 circle/check/follow/touch/come back/up/base later/again
l 2.5 try/contact/reach/ask me/us/out again
l 2 will/i get/be/come back/in to/touch ?you
l 2.5 revisit/reconsider/reassess/re
l 2 down the road/line
l 2 in the future
l 2 maybe/perhaps later/another
l 2.5 will/would/must/has/have/need/needs ?to ?have wait until/till/for
l 3 check/touch/reach/follow ?back ?base ?out ?in ?up ?with ?me ?us ?again once/when
l 3 reconnect/reengage ~
l 2.5 new year
l 2.5 too early/soon
l 2.5 contract ~ until/through/expires/ends/renews/renewal/runs/till
l 2.5 locked in/into/until
l 3 not ?really ?currently ?our ?on a/the priority/roadmap/agenda/plan ?list ?for right/at/now/this/currently/for
l 2.5 heads down
l 2 on the road
l 2 crazy/hectic/busy week/month/time/period/season
l 2 in the middle/midst of
l 2.5 give/need me/us/some ?a ~ time/weeks/months
l 2.5 park/table/shelve/defer/delay/postpone/pause this/it/that/the
l 2.5 until/in/for ?the ?our ?next ?new fiscal/financial/school/academic/calendar year
l 2.5 pick ?this ?it ?that up/back ?this ?again in/after/next/later
l 3 could/can/let ?us we/us pick/talk/speak/revisit/do ~ in/after/later january/february/march/april/may/june/july/august/september/october/november/december/summer/spring/fall/autumn/winter
l 2.5 not on our/my/the radar/roadmap/list/agenda/horizon ~
l 2.5 wait until/till/for
l 2.5 not ?really take/taking ?this ?that ?anything ?it ?on ?more on now/currently/more
l 3 come/get/report back to us/me ?at ?in ?by ?after ?next ?the end/start/beginning/next/in/after
l 2.5 at/by/towards/before/after the end/start/beginning of
l 2.5 just went/gone/started/launched/kicked/moved/migrated/implemented
l 2.5 nothing/not/no ?new ?further ?changes before/until/till
l 3 talk/speak/connect/meet/chat again once/after/when/in/next
l 2.5 on my/our plate
l 2.5 once/after/when ~ over/done/finished/complete/completed/settled/behind
l 2.5 this quarter/semester ~
l 2 another time
l 2 on hold
l 2 put ~ on hold/ice
l 2 keep ~ in mind/on/touch
l 2 hiring/budget/spending freeze
l 2 too/very/super/really/extremely/so/bit/little busy
l 2 busy right/at/with/now/until
l 2 swamped/slammed/overwhelmed/underwater
l 2 tied up
l 2 no/not ?have ?the time/bandwidth/capacity
l 2 next/following year/quarter
l 2 after the ?new summer/holidays/year/break/merger/season
l 2 later this/in year/month/quarter/spring/summer/fall/the
l 2 early next
l 1.5 in a few/couple weeks/months/of
l 2 no budget ~ until/this/year/quarter
l 2 budget ~ next/renewed/opens/resets
l 2 budget/budgets ~ frozen/locked/spent/exhausted/gone/allocated
l 2 frozen/closed until
l 2 under contract until/through/till
i 3 am/are/be/is/would/very/definitely/really/quite/also/still interested
i 2.5 interested
i 2.5 interests me/us
i 2.5 of interest
i 2.5 sounds/looks/seems ?very ?really ?pretty ?like ?a ?something good/great/interesting/intriguing/promising/perfect/plan/fun/cool/awesome/useful/helpful/relevant/wonderful
i 2.5 intrigued/curious
i 3 tell me/us more
i 3 learn/hear/know/find/see/discuss ?out ?a ?little ?bit more
i 2.5 more information/info/details/detail/about
i 3 send/share/email/forward/provide ?me ?us ?over ?through ?across ~ information/info/details/detail/deck/brochure/pricing/prices/proposal/quote/materials/material/examples/example/options/times/availability/calendar/link/invite/invitation/case/overview/catalog/catalogue/documentation/one/samples/slots/dates/presentation/contract
i 3 let us ?please ?all ?just talk/meet/chat/connect/schedule/set/discuss/speak/do/call/book/arrange/find/jump/hop/have/catch/explore/go/proceed/move/try
i 3 can/could/shall/should/when/may ?can we/you/i ?please ?maybe ?possibly meet/talk/schedule/set/chat/call/speak/demo/zoom/discuss/arrange/book/connect/hop/jump
i 3 set/setup/schedule/book/arrange/organize/organise/plan ?up a/some/the/another ~ time/call/meeting/demo/chat/slot/appointment/zoom/discussion/conversation
i 3 happy/glad/love/keen/open/willing/delighted/eager/like/up ?to ?for talk/chat/meet/discuss/learn/hear/connect/explore/see/know/speak/schedule/set/a ~
i 2.5 call me/my
i 2.5 give me/us a call/ring/buzz
i 2.5 my ?cell ?phone ?mobile ?direct number is
i 2.5 i/we am/are ?also available/free ?on ?at ?this ?next ?tomorrow
i 2.5 are you free/available
i 2.5 what/when ~ your availability
i 2.5 works for me/us
i 2.5 would/will/does/that/this/monday/tuesday/wednesday/thursday/friday/afternoon/morning work/works
p 2.5 price/prices/pricing/cost/costs/fee/fees
i 2.5 quote/quotation/estimate
p 2.5 how much/expensive
i 2.5 demo/pilot/poc/walkthrough
i 2.5 a/free/your/start/try ?a ?the ?free trial
i 2.5 sign me/us up
i 2.5 count me/us in
i 2.5 yes please
i 2 sure/absolutely/definitely/certainly/gladly
i 2 ^ yes
i 2 yes i/we/let/that/it/sounds/go
i 2 of course
i 2 why not
i 2 go ahead
i 2 let me know when/what/how/if
i 2.5 when can/could/are/would we/you
i 2.5 what time/times/day/days
i 2.5 next step/steps
i 2.5 get/getting started
i 2.5 move/moving forward/ahead
i 2 plan/planning/intend to/on
i 2 looking/look forward to
i 2 great/good/perfect timing
i 2.5 talk/speak/meet/chat ?with ?you ?on ?this ?next ?tomorrow monday/tuesday/wednesday/thursday/friday/tomorrow/week
i 2.5 how/what about monday/tuesday/wednesday/thursday/friday/tomorrow/next/this/the
i 2.5 can/could/do/does/would/are you/we/i/that ~ monday/tuesday/wednesday/thursday/friday/saturday/tomorrow
i 2.5 grab/book/pick/find/choose/put ~ time/slot/minutes/calendar/calendly
i 2.5 my/our calendar/calendly/assistant ?is ~
i 2.5 would/could/might be ?very ?really ?quite helpful/useful/great/good/nice/interesting/valuable/perfect/awesome
i 2.5 could/might/would ?be ?able ?to use/benefit ?from this/it/that/something
i 2.5 right up our/my
i 2.5 exactly what
i 2.5 want/need to ?see ?hear ?talk ?know ?learn ?discuss ?try this/it/that/more/about/you
i 2.5 send it/them/one over/along/through
i 2.5 walk me/us through
i 2.5 looking for ~ like/this/such/solution/something/help/way
i 2.5 give me/us a shout/call/ring/bell
i 2.5 add me/us to
i 2.5 like/love/want/keen/ready to ?give ?it try/test/start/begin/buy/order/purchase/sign/join/attend/proceed/move
i 2.5 how do/can/would/should we/i start/begin/proceed/sign/get/order/buy/join/register
p 2.5 your rates/fees/prices/plans/pricing/rate/packages
i 2.5 can/could/shall we/you ~ zoom/teams/call/meeting/webinar/presentation/demo
i 2.5 present/demo/show/pitch ?this ?it to ?our ?my us/team/me/board/management
i 2.5 evaluating/comparing/reviewing/assessing/researching ?a ?some ?new ?different ?several vendors/options/solutions/tools/providers/suppliers/platforms
i 2.5 good/great/perfect/excellent timing
i 2.5 i am/would in/game/keen/down/on
i 2.5 we/i could/can/would/do use/need ?some ?your ?a help/this/it/something
i 2.5 right/perfect/good moment/time
i 2.5 presentation/sample/samples/brochure/walkthrough/overview
i 2.5 my availability
i 2.5 welcome a/an/the ~ conversation/chat/call/discussion/meeting/opportunity
i 2.5 when/where do/can/shall we ~ talk/meet/start/speak/begin
i 2.5 ready to/for
i 2.5 ring/phone me/us
i 2.5 mind/possible sending/sharing/send/share
i 2.5 first step/steps
i 2.5 assistant/calendar/secretary to schedule/book/arrange/find/set
i 1.5 please/kindly send
i 2.5 send ~ again
i 2.5 please send/resend ?it ?them ?the ?me ?us it/them/deck/again/over/along
i 2.5 resend
q 2.5 who are/do/is you/this/your
q 2.5 what is this/your/the/it
q 2.5 how/where did you get/find/obtain/come
q 2 have/had a ?few ?couple ?quick question/questions
q 2 can/could/would you ?please explain/clarify/elaborate/tell
q 2 does/do/is/are/will/can your/you/it/this/there
q 2 how does/do/is/are/many/long
q 1.5 wondering
q 1.5 what/which/why/where/who
o 3 out of ?the ?my office
o 3 ooo
o 3 away from ?the ?my office/desk/email/work/computer
o 3 on ?my ?annual ?a ?extended ?paid ?an vacation/holiday/holidays/leave/sabbatical/pto/furlough
o 3 on ?extended ?long ?short maternity/paternity/parental/sick/annual/medical/sabbatical/bereavement/family/study/unpaid leave
o 3 taking ~ leave/vacation/pto
o 3 limited/no/intermittent/restricted/sporadic ~ access to ~ email/emails/mail/messages/internet/inbox
o 2.5 i will return/be ?back ?returning on/to/in/by ~
o 2.5 will/am return/returning/back ~ office
o 2.5 back in/at ?the ?my office/work/desk
o 2.5 returning ?to ?the ?office on/to
o 2.5 am/are currently/presently away/out/travelling/traveling/unavailable/on/absent
o 2.5 i am ?currently away/travelling/traveling/absent
o 2.5 am/be out until/till/from/on/through/this/next/today/tomorrow
o 2.5 upon/on/after my return
o 2.5 when/once/until i return/am/get ?back
o 2 for ?any urgent/immediate matters/assistance/matter/enquiries/inquiries/issues
o 3 this is an automated/automatic/auto
o 3 automated/automatic/auto reply/response/message/email/answer
o 3 office/offices is/are/will closed/be
o 3 am/are out/off sick/ill/today/this/all/of
o 3 will ?get ?be ?reply ?respond ?answer ?back ?to ?you when/once/after/upon i/my am/return/get/are/back
o 3 at a/an/the ~ fair/conference/offsite/retreat/training/exhibition/show ~ week/until/today/back
o 3 on a/an business/work trip
o 2.5 office ~ closed
r 3 received your email/message/request/inquiry/enquiry/ticket/query/submission ~ will/shortly/soon/hours/ticket/reference
r 3 ticket/case/request/reference ?number ~ created/opened/assigned/logged
r 3 do not reply/respond to this
r 3 this mailbox/inbox/address/account is not/no monitored/longer
r 2.5 thank you for contacting/reaching/your ~ team/will/shortly/soon/hours/business
r 2.5 respond/reply/get ~ within ~ hours/days
u 3 request/demand/require ~ removal/erasure
u 3 end/stop/halt this/these/the/your/all ~ sequence/campaign/mails/mailings/series/emails
u 3 object/objecting to ~ use/processing/storage ~ data/address/information
u 3 no more of this/these/it
u 3 make it/this/them/these ~ stop
u 3 no more $
u 3 take me/us/our ~ off $
n 2.5 not ?really sound/seem/look ?like ?a match/fit/relevant/right
n 3 the answer is ?still ?a no
n 3 answer ~ is no $
n 3 it is ?still a no
n 3 but no $
n 3 settled/signed/went/gone/go ~ with ?a ?an ?one ?of ?your ?another ?different ?other competitor/competitors/rival/vendor/supplier/provider/firm/company/else
n 3 decided/opted/chose/chosen/picked/selected/settled for/on ?a ?an ?another ?different ?one ?of ?your ?somebody ?someone competitor/competitors/rival/vendor/supplier/provider/else/other
n 3 chosen/chose/picked/selected/hired ?a ?an ?another ?different ?other someone/somebody/vendor/supplier/provider/partner/else/competitor
n 2.5 this/it/matter/topic/subject/issue ~ is/was/been settled/closed/decided/done
n 2.5 closed ~ topic/subject/matter
n 3 will/would/are/am/be not ?be take/taking/pursue/pursuing/moving/going/move/go ~ further/forward/ahead/it/this
n 2.5 not/never a/an/any ?real problem/issue/challenge/pain ?that ?which ?point we/for/i/of
n 2.5 not have this/that/such/the ?a problem/issue/problems/need
n 2.5 no fit/use/match/demand/room/interest for/to/in/on/at $
n 2.5 no fit/use/match/demand $
n 2.5 turn this/it/that/you ~ down
n 2.5 going to leave it/this
n 2.5 stay/staying/stick/sticking with ~ present/current/existing/what/our/tool/system/solution
n 2.5 do/handle/build/make/run this/that/it/everything ~ ourselves/internally/myself
n 2.5 takes/take care of that/this/it ~ happy
n 2.5 have an/a/our ~ agency/partner/provider/team that/who/for
n 2.5 not buy ~ from
n 2.5 wasting/waste your/my/our time
n 3 renewed/extended/resigned ~ with ~ existing/current/present/our/vendor/supplier/provider/incumbent
n 2.5 concluded ~ not
n 2.5 said no
n 2.5 no priority
n 2.5 not going ahead
n 2.5 nothing for us/me
w 3 retired/resigned/departed/passed ?away in/last/at/two/a/this
w 2.5 has/have ?now moved/transferred/switched to ?a ?an another/different/other/new team/department/division/role/position
w 2.5 work/am/sit in ?a ?an different/another ?part division/department/team/country/field
w 3 confused/confusing me/us with
w 3 no one/body/person by/of/with this/that name
w 3 nobody by/of/with this/that/the name
w 2.5 nothing to do with ~
w 2.5 in charge of this/that/these/it
w 2.5 never in charge/responsible
w 2.5 talking/speaking/talk/speak/write/turn to ~ procurement/purchasing/accounting/finance/it/hr/legal/facilities/marketing/sales/logistics/controlling
w 2.5 cfo/ceo/cto/coo/director/manager/head/controller/boss/office/headquarters/hq/department/team/procurement/purchasing ?office takes/decides/handles/does/looks/runs/owns ~ care/on/this/that/such/after/these/it
w 2.5 this/that/it goes to the/our
w 2.5 just/only the webmaster/receptionist/assistant/secretary/intern
w 2.5 ask mr/ms/mrs/dr ~
w 2.5 is the one/person to ask/talk/contact/speak
w 2.5 decision is/lies/rests with
w 2.5 decided/handled/managed/done/run/dealt ~ by/with/at/in our/the head/parent/central/group/corporate/purchasing/headquarters
i 3 ask/asked/bring/invite/invited/have ~ to join/attend/come/be ?there
i 3 will/can/would/wants ?to ?also join/attend ?us ?the ?you ?call ?meeting
i 3 see/speak/talk/meet ?to ?with ?you you/then on/then/there/tomorrow/monday/tuesday/wednesday/thursday/friday/next/at
i 3 talk to you on/then/tomorrow/monday/tuesday/wednesday/thursday/friday/next
i 2.5 fine/ok/okay/good/great/perfect by/with/for me/us
i 2.5 fine by/with
i 3 in ?the/my/our diary/calendar/agenda
i 3 put/have/noted/got/added/accepted ~ diary/calendar/invite/invitation
i 3 send ?me ?us ?the ?an ?a ?over ?your ?calendar invite/invitation
i 3 accept/accepted ?the ?your invite/invitation/meeting
i 3 show/demo ?to me/us ~
i 2.5 want/like/love/need/curious/keen/would ?like ?love to see ~
i 2.5 ring/call/phone me ~ tomorrow/today/morning/afternoon/any/when/before/after/on/at
i 2.5 reach me on/at/by/under
i 2.5 drop by
i 2.5 let us see ~
i 2.5 timely
i 2.5 good idea
i 3 take you up on
i 2.5 been/were/are looking for ?just ?something ?a ?such exactly/something/such/this/that
i 2.5 want to go/move forward/ahead
i 2.5 do send it/them
i 2.5 count on/me/us
i 2.5 time/times/slot/date works/suits/fits/is/are ?me ?fine ?good me/us/fine/good/ok/okay/perfect
l 2.5 no room for
l 2.5 until/till after our/the/this
l 2.5 wrong time
l 2.5 other priorities
l 2.5 snowed under
l 2.5 need/have to finish/complete/close ~ first
l 2.5 would/is be better later
l 2.5 after easter/christmas/ramadan/that/this/the
l 2.5 look at this/it when/once/after
l 2.5 at present/currently/presently ~ no/not
l 2.5 not at present
l 2.5 put/have me/us on your list for
o 3 away/travelling/traveling on business
o 2.5 reply/respond/answer ~ from/after/on
o 2.5 not ?longer check this/my ~ daily/regularly/often
o 2.5 no longer check
o 2.5 am/be back ~ on/from
o 3 be/am out from/until/till/between/on
o 3 am/i off ?work this/today/until/for/on/and
o 3 will be/am back ?in ?at ?the ?office ?on
o 2.5 not ?be forwarded
o 3 closed today/until/till/for/from/between
q 2.5 who owns/has/does/is/will/can
q 2.5 what happens/is/are/do/does/about/if/kind
q 2 just/quick/one/another/a/small question
`
