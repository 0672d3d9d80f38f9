package classify

// phrasesENAnswers: English, from "not now" on.
const phrasesENAnswers = `
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
i 3 lets talk/chat/speak/meet/connect/discuss
i 2.5 your/start/try/want/like/begin/for ?with ?a ?the ?free trial
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
n 2.5 outsource/outsourced/outsourcing ~
n 2.5 nothing for you ~
n 2.5 not ?really see the/a/any point/benefit/value/need/reason/case
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
l 3 no decision/decisions ~ before/until/from/this/now
l 2.5 would be ?the right/better/best time/moment
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
