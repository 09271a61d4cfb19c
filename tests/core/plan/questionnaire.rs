//! The first questionnaire from no answer at all to a card that is taken over, and back, against what was worked out
//! by hand.

use linkstar_kpi::{
    domain::{Day, Period},
    storage::MemoryStore,
    worker::{
        protocol::{
            Answers, Change, Failure, FirstCard, HomeRequest, ProposedView, QuestionView,
            QuestionnaireView, Request, Response, ScorecardProblem, Sealed, UnitView,
        },
        session::{Outcome, Session},
    },
};

use crate::workbook::{asked_of, opened, session};

const ORDERS: &str = "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tquantity\tcurrency\titem-price\n\
    111-0000001-0000001\t2026-01-10T20:00:00+00:00\tShipped\tAmazon.com\tMUG\t1\tUSD\t10.00\n";

const OF_AN_AGENCY: &str =
    "channels: amazon walmart; team: to_20 agency; costs: unit; decision: account";

/// `channels: amazon shopify; costs: unit`
fn answers(text: &str) -> Answers {
    let of = |part: &str| {
        let (question, choices) = part.split_once(": ").unwrap();
        (question.to_owned(), choices.split(' ').map(str::to_owned).collect())
    };
    text.split("; ").filter(|part| !part.is_empty()).map(of).collect()
}

fn ask(session: &mut Session, answers: Option<Answers>) -> QuestionnaireView {
    match session.handle(&Request::Questionnaire(Sealed::of(&answers)), 0).response {
        Response::Questionnaire(view) => view.open().unwrap(),
        other => panic!("{other:?}"),
    }
}

/// `svc.odr 10, pl.cm3* 20`: a star marks what has no value before costs are there.
fn card(view: &QuestionnaireView) -> String {
    let text = |it: &ProposedView| {
        format!("{}{} {}", it.kpi, if it.needs_costs { "*" } else { "" }, it.weight)
    };
    view.kpis.iter().map(text).collect::<Vec<_>>().join(", ")
}

fn adopt(session: &mut Session, answers: Answers, name: &str) -> Outcome {
    let change = Change::AdoptFramework { answers, name: name.to_owned() };
    session.handle(&Request::Change(change), 0)
}

#[track_caller]
fn adopt_well(session: &mut Session, text: &str, name: &str) {
    let answer = adopt(session, answers(text), name).response;
    assert!(matches!(answer, Response::Changed(_)), "{answer:?}");
}

/// Ids of the KPIs on home, in their order.
fn on_home(session: &mut Session) -> Vec<String> {
    let today = Day::parse("2026-01-11").unwrap();
    let home = HomeRequest { period: None, ..asked_of(Period { from: today, to: today }) };
    match session.handle(&Request::Home(home), 0).response {
        Response::Home(view) => view.cards.into_iter().map(|card| card.figure.kpi).collect(),
        other => panic!("{other:?}"),
    }
}

fn question<'a>(view: &'a QuestionnaireView, id: &str) -> &'a QuestionView {
    view.questions.iter().find(|question| question.id == id).unwrap()
}

fn excludes(view: &QuestionnaireView, of: &str, id: &str) -> String {
    let choices = &question(view, of).choices;
    choices.iter().find(|choice| choice.id == id).unwrap().excludes.join(" ")
}

#[test]
fn without_an_answer_and_without_data_there_is_a_usual_sellers_card() {
    let view = ask(&mut opened(), None);
    assert_eq!(view.questions.len(), 8);
    assert_eq!(view.answers, Answers::new());
    assert_eq!(
        view.presumed,
        answers(
            "ads: amazon; channels: amazon; costs: none; fulfilment: fba; sales: to_1m; team: to_5"
        )
    );
    assert_eq!(view.card, FirstCard::Missing);
    assert_eq!(
        card(&view),
        "sales.net 15, pl.cm3* 20, dq.cogs_cover 5, svc.odr 10, inv.instock 10, ads.tacos 10, \
         svc.return_rate 5, inv.dos 5, team.action_close 5, sales.organic_share 5, \
         trf.unit_session 5, sales.units 5"
    );
    let [net, ..] = view.kpis.as_slice() else { panic!("no KPI") };
    assert_eq!((net.names.zh.as_str(), net.unit), ("净销售额", UnitView::Money));
    assert_eq!(
        (net.perspective.as_str(), net.owner.en.as_str()),
        ("finance", "Head of operations")
    );
    let reports: Vec<&str> = view.reports.iter().map(|it| it.report.as_str()).collect();
    assert_eq!(
        reports,
        [
            "amazon.all_orders",
            "amazon.date_range",
            "user.costs",
            "amazon.sp_advertised_product",
            "amazon.fba_manage_inventory",
            "amazon.fba_returns",
            "amazon.account_health",
            "amazon.business_report_by_date",
        ]
    );
    for report in &view.reports {
        assert!(!report.names.en.is_empty() && !report.is_loaded, "{}", report.report);
        assert!(!report.how_to_get.en.is_empty(), "{}", report.report);
        assert!(!report.how_to_get.zh.is_empty(), "{}", report.report);
    }
    // No costs are presumed, which has its own hint; who sells that much is not young.
    assert_eq!(view.hints.len(), 1);
    assert!(!view.is_young);
}

#[test]
fn answers_change_what_is_proposed() {
    let mut session = opened();
    let view = ask(&mut session, Some(answers(OF_AN_AGENCY)));
    assert_eq!(
        card(&view),
        "svc.ahr 10, svc.odr 10, svc.policy_violations 5, svc.otd 10, svc.vtr 5, svc.lsr 5, \
         svc.cancel_rate 5, sales.net 15, pl.cm3 20, sales.pace 5, team.agree 5, inv.instock 5"
    );
    assert!(view.reports.iter().any(|it| it.report == "walmart.orders"));
    // What the channels presume of other questions follows them, and only them.
    assert_eq!(view.presumed["fulfilment"], ["fba", "own"]);
    let young = ask(&mut session, Some(answers("sales: new")));
    assert!(young.is_young);
    // Nothing is kept by asking.
    assert_eq!(ask(&mut session, None).answers, Answers::new());
}

#[test]
fn choices_say_what_cannot_be_made_with_them() {
    let view = ask(&mut opened(), None);
    assert!(question(&view, "channels").is_multi && !question(&view, "sales").is_multi);
    assert_eq!(excludes(&view, "channels", "amazon"), "");
    assert_eq!(excludes(&view, "costs", "unit"), "batches none");
    assert_eq!(excludes(&view, "team", "solo"), "to_5 to_20 above_20");
    assert_eq!(excludes(&view, "team", "agency"), "");
    assert_eq!(excludes(&view, "ads", "google_ads"), "none");
    assert_eq!(
        excludes(&view, "ads", "none"),
        "amazon amazon_brands google_ads meta_ads tiktok_ads walmart microsoft_ads"
    );
}

#[test]
fn a_report_that_is_loaded_is_told() {
    let view = ask(&mut session(&[ORDERS]), None);
    let loaded = view.reports.iter().filter(|it| it.is_loaded).map(|it| it.report.as_str());
    assert_eq!(loaded.collect::<Vec<_>>(), ["amazon.all_orders"]);
}

#[test]
fn what_is_taken_over_is_one_step_that_can_be_taken_back() {
    let mut session = session(&[ORDERS]);
    let before = on_home(&mut session);
    assert!(!before.contains(&"team.agree".to_owned()));
    adopt_well(&mut session, OF_AN_AGENCY, " 首张计分卡 ");
    let view = ask(&mut session, None);
    assert_eq!(view.answers, answers(OF_AN_AGENCY));
    assert_eq!(view.card, FirstCard::Adopted { name: "首张计分卡".to_owned() });
    let after = on_home(&mut session);
    assert!(view.kpis.iter().all(|it| after.contains(&it.kpi)), "{after:?}");
    let undo = session.state().unwrap().undo.unwrap();
    assert_eq!(undo.kind, "adopt_framework");

    // Other answers would replace it; the same in another order would not.
    let other = ask(&mut session, Some(answers("channels: temu")));
    assert_eq!(other.card, FirstCard::Other { name: "首张计分卡".to_owned() });
    let same = "channels: walmart amazon; costs: unit; decision: account; team: agency to_20";
    let same = ask(&mut session, Some(answers(same)));
    assert_eq!(same.card, FirstCard::Adopted { name: "首张计分卡".to_owned() });

    session.handle(&Request::Undo, 0);
    let view = ask(&mut session, None);
    assert_eq!((view.answers, view.card), (Answers::new(), FirstCard::Missing));
    assert_eq!(on_home(&mut session), before);
}

#[test]
fn no_answer_at_all_can_be_taken_over_too() {
    let mut session = opened();
    adopt_well(&mut session, "", "First");
    assert_eq!(ask(&mut session, None).card, FirstCard::Adopted { name: "First".to_owned() });
}

#[test]
fn it_is_kept() {
    let mut fresh = opened();
    let outcome = adopt(&mut fresh, answers(OF_AN_AGENCY), "First");
    let mut store = MemoryStore::default();
    store.commit(&outcome.unstored.writes);
    let mut again = Session::new();
    again.open("w", "W", false, &store.stored(), 0).unwrap();
    let view = ask(&mut again, None);
    assert_eq!(view.answers, answers(OF_AN_AGENCY));
    assert_eq!(view.card, FirstCard::Adopted { name: "First".to_owned() });
}

#[track_caller]
fn check_refused(text: &str, name: &str) -> Failure {
    let mut session = opened();
    let outcome = adopt(&mut session, answers(text), name);
    assert!(outcome.unstored.writes.is_empty());
    let view = ask(&mut session, None);
    assert_eq!((view.answers, view.card), (Answers::new(), FirstCard::Missing));
    match outcome.response {
        Response::Failed(failure) => failure,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_card_has_a_name() {
    let missing = Failure::InvalidScorecard(ScorecardProblem::NameMissing);
    assert_eq!(check_refused(OF_AN_AGENCY, " \t"), missing);
}

#[test]
fn answers_that_contradict_one_another_change_nothing() {
    let why = r#"of the question "ads" not both "none" and "amazon" can be chosen"#;
    let failure = check_refused("ads: none amazon", "First");
    assert_eq!(failure, Failure::InvalidValue { value: why.to_owned() });
    let failure = check_refused("colour: red", "First");
    let why = r#"there is no question "colour""#;
    assert_eq!(failure, Failure::InvalidValue { value: why.to_owned() });
}
