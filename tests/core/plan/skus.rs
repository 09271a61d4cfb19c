//! SKUs beside one another over the demo company: what was planted is found, and the score is that of the KPI.

use linkstar_kpi::{
    domain::{Day, Dimension, Filters, Fixed, ScorecardChange, SkuDecision, SkuVerdict},
    worker::{
        protocol::{
            Change, Failure, Request, Response, ScorecardAnswer, ScorecardProblem,
            ScorecardRequest, Sealed, SkusView,
        },
        session::Session,
        views::{TableBy, TableRequest},
    },
};

use crate::workbook;

/// The loss maker that was planted.
const PLANTED: &str = "LS-HM-0070-WHT";

fn skus(session: &mut Session, weights: Option<[Fixed; 5]>) -> SkusView {
    let request = ScorecardRequest::Skus { filters: Filters::default(), day: None, weights };
    match session.handle(&Request::Scorecards(Sealed::of(&request)), 0).response {
        Response::Scorecards(answer) => match answer.open().unwrap() {
            ScorecardAnswer::Skus(view) => *view,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

fn change(session: &mut Session, change: &ScorecardChange) -> Response {
    let millis = i64::from(Day::parse("2026-11-25").unwrap().days_since_epoch()) * 86_400_000;
    session.handle(&Request::Change(Change::Scorecards(Sealed::of(change))), millis).response
}

fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

#[test]
fn the_planted_loss_maker_is_found_with_the_money_that_is_on_its_way() {
    let mut session = workbook::demo_company();
    let view = skus(&mut session, None);
    let found: Vec<&str> =
        view.restocked.iter().filter(|it| it.is_restocked).map(|it| it.sku.as_str()).collect();
    assert_eq!(found, [PLANTED]);
    let planted = &view.restocked[0];
    assert!(planted.n_losing >= 8 && planted.margins.len() == 12, "{planted:?}");
    assert!(number(&planted.inbound) > 0.0);
    // The KPI adds up the same money in another way.
    let period = view.period;
    let request =
        TableRequest { by: TableBy::Total, kpis: vec!["pl.restock_loss".to_owned()], period };
    let table = session.table(&request).unwrap();
    assert_eq!(planted.money_at_risk, table.rows[0].value.value);
}

#[test]
fn scores_are_those_of_the_kpi() {
    let mut session = workbook::demo_company();
    let view = skus(&mut session, None);
    assert!(view.is_usual);
    let kpis = vec!["inv.sku_score".to_owned()];
    let request =
        TableRequest { by: TableBy::Dimension(Dimension::Sku), kpis, period: view.period };
    let table = session.table(&request).unwrap();
    let mut n_compared = 0;
    for row in &view.rows {
        let of_kpi = table
            .rows
            .iter()
            .find(|it| it.scope.as_ref().is_some_and(|it| it.1 == row.sku))
            .unwrap();
        let (Some(own), Some(of_kpi)) = (&row.score, &of_kpi.value.value) else {
            assert_eq!(row.score.is_some(), of_kpi.value.value.is_some(), "{row:?}");
            continue;
        };
        assert!((number(own) - number(of_kpi)).abs() < 0.001, "{own} {of_kpi}: {row:?}");
        n_compared += 1;
    }
    assert!(n_compared > 5, "{n_compared}");
    assert!(view.lines.is_some());
}

#[test]
fn other_weights_make_other_scores_and_have_to_add_up() {
    let mut session = workbook::demo_company();
    let whole = |numbers: [i64; 5]| numbers.map(Fixed::from_whole);
    let tried = skus(&mut session, Some(whole([100, 0, 0, 0, 0])));
    // With nothing but the cover, its points are the score.
    let row = tried.rows.iter().find(|row| row.score.is_some()).unwrap();
    assert_eq!(row.score, row.points[0]);
    let off = ScorecardChange::WeighSkus { weights: whole([50, 0, 0, 0, 0]) };
    let refused = Response::Failed(Failure::InvalidScorecard(ScorecardProblem::Mend));
    assert_eq!(change(&mut session, &off), refused);
    let weights = whole([0, 0, 100, 0, 0]);
    change(&mut session, &ScorecardChange::WeighSkus { weights });
    let view = skus(&mut session, None);
    assert_eq!((view.weights, view.is_usual), (weights, false));
    session.handle(&Request::Undo, 0);
    assert!(skus(&mut session, None).is_usual);
}

#[test]
fn a_decision_is_kept_with_how_the_sku_stood() {
    let mut session = workbook::demo_company();
    let decide = |by: &str| {
        let verdict = SkuVerdict {
            sku: PLANTED.to_owned(),
            decision: SkuDecision::Stop,
            note: "no more orders".to_owned(),
            by: by.to_owned(),
            margin: None,
            inbound: Fixed::ZERO,
            as_of: None,
        };
        ScorecardChange::DecideOnSku { verdict: Box::new(verdict) }
    };
    let refused = Response::Failed(Failure::InvalidScorecard(ScorecardProblem::NameMissing));
    assert_eq!(change(&mut session, &decide(" ")), refused);
    change(&mut session, &decide("Li"));
    let view = skus(&mut session, None);
    let planted = view.restocked.iter().find(|it| it.sku == PLANTED).unwrap();
    let verdict = planted.verdict.as_ref().unwrap();
    assert_eq!((verdict.decision, verdict.by.as_str()), (SkuDecision::Stop, "Li"));
    assert_eq!(verdict.inbound_then, planted.inbound);
    // A loss of four weeks, told by the week; nothing is known of later days yet.
    assert!(number(verdict.before.as_ref().unwrap()) < 0.0);
    assert_eq!((verdict.n_days, &verdict.since), (0, &None));
    let forget = ScorecardChange::ForgetSku { sku: PLANTED.to_owned() };
    change(&mut session, &forget);
    assert!(skus(&mut session, None).restocked[0].verdict.is_none());
    let unknown = Response::Failed(Failure::InvalidScorecard(ScorecardProblem::Unknown));
    assert_eq!(change(&mut session, &forget), unknown);
}
