//! What would become of the demo company under other prices, rates and costs: the base is what the KPIs say, and a
//! proposal is last year’s months under the same levers.

use linkstar_kpi::{
    catalog::event::a_year_before,
    domain::{Currency, Day, Dimension, Filters, Fixed, Period, TargetBlock, TargetLevel},
    worker::{
        protocol::{
            Change, Lever, Levers, Node, PlanAnswer, PlanDrafts, PlanRequest, Request, Response,
            Sealed, WhatIfRequest, WhatIfView,
        },
        session::Session,
        views::{TableBy, TableRequest},
    },
};

use crate::workbook;

/// The nodes that are KPIs, too.
const KPIS: [(Node, &str); 13] = [
    (Node::Gmv, "sales.gmv"),
    (Node::Gross, "sales.gross"),
    (Node::Net, "sales.net"),
    (Node::Orders, "sales.orders"),
    (Node::Units, "sales.units"),
    (Node::Cm1, "pl.cm1"),
    (Node::Cm2, "pl.cm2"),
    (Node::Cm3, "pl.cm3"),
    (Node::AdSpend, "ads.spend"),
    (Node::Clicks, "ads.clicks"),
    (Node::Cpc, "ads.cpc"),
    (Node::Acos, "ads.acos"),
    (Node::Tacos, "ads.tacos"),
];

fn fixed(text: &str) -> Fixed {
    Fixed::parse(text).unwrap()
}

fn asked(filters: &Filters, moved: &[(Lever, &str)]) -> WhatIfRequest {
    let levers =
        moved.iter().fold(Levers::default(), |levers, (lever, to)| levers.with(*lever, fixed(to)));
    let today = Day::parse("2026-11-25").unwrap();
    WhatIfRequest { filters: filters.clone(), period: None, levers, today }
}

fn ask(session: &mut Session, request: &PlanRequest) -> PlanAnswer {
    match session.handle(&Request::Plan(Sealed::of(request)), 0).response {
        Response::Plan(answer) => answer.open().unwrap(),
        other => panic!("{other:?}"),
    }
}

fn view(session: &mut Session, asked: WhatIfRequest) -> WhatIfView {
    match ask(session, &PlanRequest::WhatIf(asked)) {
        PlanAnswer::WhatIf(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn proposed(session: &mut Session, asked: WhatIfRequest, year: i32) -> PlanDrafts {
    match ask(session, &PlanRequest::Propose { asked, year }) {
        PlanAnswer::Drafts(drafts) => drafts,
        other => panic!("{other:?}"),
    }
}

fn base(view: &WhatIfView, node: Node) -> Option<String> {
    view.nodes.iter().find(|it| it.node == node).unwrap().base.value.clone()
}

fn result(view: &WhatIfView, node: Node) -> Option<String> {
    view.nodes.iter().find(|it| it.node == node).unwrap().result.clone()
}

/// As the table of the page `Explore` has it.
fn kpi(
    session: &mut Session,
    kpi: &str,
    by: TableBy,
    member: &str,
    period: Period,
) -> Option<String> {
    let request = TableRequest { by, kpis: vec![kpi.to_owned()], period: Some(period) };
    let table = session.table(&request).unwrap();
    let is_it = |scope: &Option<(Dimension, String)>| {
        member.is_empty() || scope.as_ref().is_some_and(|it| it.1 == member)
    };
    table.rows.into_iter().find(|row| is_it(&row.scope)).unwrap().value.value
}

#[test]
fn the_base_is_what_the_kpis_say() {
    let mut session = workbook::demo_company();
    let one = |dimension: Dimension, member: &str| Filters::default().narrowed(dimension, member);
    let amazon = view(&mut session, asked(&one(Dimension::Channel, "amazon"), &[]));
    assert!(base(&amazon, Node::Conversion).is_some());
    for (filters, by, member) in [
        (Filters::default(), TableBy::Total, ""),
        (one(Dimension::Channel, "amazon"), TableBy::Dimension(Dimension::Channel), "amazon"),
        (one(Dimension::Channel, "tiktok"), TableBy::Dimension(Dimension::Channel), "tiktok"),
        (
            one(Dimension::Sku, "LS-HM-0070-WHT"),
            TableBy::Dimension(Dimension::Sku),
            "LS-HM-0070-WHT",
        ),
    ] {
        let view = view(&mut session, asked(&filters, &[]));
        let period = view.period.unwrap();
        // Ads of October have not settled on its last day.
        assert_eq!(period.to_string(), "2025-10-01..2026-09-30");
        for (node, id) in KPIS {
            let expected = kpi(&mut session, id, by, member, period);
            assert_eq!(base(&view, node), expected, "{id} {member}");
        }
        assert!(base(&view, Node::Net).is_some(), "{member}");
        // No fees of TikTok Shop are loaded.
        assert_eq!(base(&view, Node::Cm3).is_some(), member != "tiktok", "{member}");
        for node in &view.nodes {
            assert_eq!(node.result, node.base.value, "{:?} {member}", node.node);
            let is_told = node.base.value.is_some() != node.base.undefined.is_some();
            assert!(is_told, "{:?} {member}", node.node);
        }
    }
}

#[test]
fn a_price_moves_sales_and_the_page_says_what_is_presumed() {
    let mut session = workbook::demo_company();
    let view = view(&mut session, asked(&Filters::default(), &[(Lever::Price, "0.05")]));
    let amount =
        |of: fn(&WhatIfView, Node) -> Option<String>, node| fixed(&of(&view, node).unwrap());
    let more = fixed("1.05");
    for node in [Node::Gmv, Node::Gross, Node::Net, Node::Fees] {
        let gap = amount(result, node).minus(amount(base, node).times(more)).absolute();
        assert!(gap <= fixed("0.0005"), "{node:?} {gap}");
    }
    assert_eq!(result(&view, Node::Units), base(&view, Node::Units));
    let parts = [Node::Net, Node::Discounts, Node::Refunds].map(|node| amount(result, node));
    assert_eq!(parts.into_iter().sum::<Fixed>(), amount(result, Node::Gross));
    // Other channels than Amazon and the own shop state no sessions.
    let sessions = view.nodes.iter().find(|it| it.node == Node::Sessions).unwrap();
    assert!(sessions.base.undefined.as_ref().is_some_and(|it| !it.fed_by.is_empty()));
    // The cost sheet is in dollars and tells no duty.
    assert_eq!(view.presumed, ["yuan", "duty"]);
    assert_eq!(view.swings.len(), 7);
    assert_eq!(view.swings.first().unwrap().lever, Lever::Price);
}

#[test]
fn which_part_is_paid_in_yuan_follows_from_the_cost_sheets() {
    let mut session = workbook::demo_company();
    let rates = "Valid from,From currency,To currency,Rate\n2025-01-01,USD,CNY,7.1\n";
    workbook::take_in(&mut session, rates);
    let convert = Change::ChooseContract {
        contract: "currency".to_owned(),
        choice: "usd".to_owned(),
        reason: String::new(),
    };
    let cost = Change::EnterCost {
        sku: "LS-HM-0070-WHT".to_owned(),
        unit_cost: "71".to_owned(),
        currency: Currency::parse("CNY").unwrap(),
        valid_from: Day::parse("2026-06-01").unwrap(),
    };
    for change in [convert, cost] {
        let answer = session.handle(&Request::Change(change), 0).response;
        assert!(matches!(answer, Response::Changed(_)), "{answer:?}");
    }
    let dearer = [(Lever::ExchangeRate, "0.1")];
    let whole = view(&mut session, asked(&Filters::default(), &dearer));
    assert_eq!(whole.presumed, ["duty"]);
    let goods = |view: &WhatIfView| [base, result].map(|of| fixed(&of(view, Node::Goods).unwrap()));
    let [before, after] = goods(&whole);
    assert!(before < after && after < before.times(fixed("1.02")), "{before} {after}");
    let sku = Filters::default().narrowed(Dimension::Sku, "LS-HM-0070-WHT");
    let [before, after] = goods(&view(&mut session, asked(&sku, &dearer)));
    assert_eq!(after, before.times(fixed("1.1")));
}

#[test]
fn a_missing_cost_is_not_free() {
    let orders = "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tquantity\tcurrency\titem-price\n\
        111-0000001-0000001\t2026-01-10T20:00:00+00:00\tShipped\tAmazon.com\tMUG\t1\tUSD\t100.00\n";
    let mut session = workbook::session(&[orders]);
    let view = view(&mut session, asked(&Filters::default(), &[(Lever::Price, "0.1")]));
    // Less than a whole month is known: all of it.
    assert_eq!(view.period.unwrap().to_string(), "2026-01-10..2026-01-10");
    assert_eq!(base(&view, Node::Net).as_deref(), Some("100"));
    assert_eq!(result(&view, Node::Net).as_deref(), Some("110"));
    let node = |node| view.nodes.iter().find(|it| it.node == node).unwrap();
    let cm3 = node(Node::Cm3);
    assert_eq!((&cm3.base.value, &cm3.result), (&None, &None));
    assert!(cm3.base.undefined.as_ref().is_some_and(|it| !it.fed_by.is_empty()));
    assert_eq!(view.presumed, ["refunds"]);
    let price = view.swings.first().unwrap();
    assert_eq!((price.lever, &price.profit), (Lever::Price, &[None, None]));
    assert_eq!(price.net, [Some("-10".to_owned()), Some("10".to_owned())]);
}

#[test]
fn nothing_is_told_of_nothing() {
    let mut session = workbook::opened();
    let view = view(&mut session, asked(&Filters::default(), &[]));
    assert_eq!((view.period, view.nodes.len(), view.swings.len()), (None, 0, 0));
    let drafts = proposed(&mut session, asked(&Filters::default(), &[]), 2027);
    assert_eq!((drafts.blocks.len(), drafts.why.as_str()), (0, "no_past"));
}

fn numbers<'a>(drafts: &'a PlanDrafts, kpi: &str) -> Vec<&'a TargetBlock> {
    drafts.blocks.iter().filter(|block| block.keys.first().unwrap().kpi == kpi).collect()
}

#[test]
fn a_proposal_is_last_years_months_under_the_levers() {
    let mut session = workbook::demo_company();
    let amazon = Filters::default().narrowed(Dimension::Channel, "amazon");
    let still = proposed(&mut session, asked(&amazon, &[]), 2027);
    let moved = proposed(&mut session, asked(&amazon, &[(Lever::Price, "0.1")]), 2027);
    assert_eq!((still.n_without, moved.n_without), (0, 0));
    assert_eq!(moved.blocks.len(), 7 * 12);
    for block in &moved.blocks {
        assert_eq!(block.level, TargetLevel::Commit);
        assert_eq!(block.keys.first().unwrap().scope.channel, "amazon");
    }
    // August day by day, each beside its counterpart of the year before.
    let number = |block: &TargetBlock| block.numbers.first().unwrap().unwrap();
    let [still_gmv, moved_gmv] = [&still, &moved].map(|drafts| numbers(drafts, "sales.gmv"));
    let first = Day::parse("2027-08-01").unwrap();
    let august = still_gmv.iter().find(|it| it.periods.first().unwrap().from == first).unwrap();
    let by = TableBy::Dimension(Dimension::Channel);
    let days = (0..31).map(|nth| a_year_before(first.plus(nth)));
    let of_day = |day| kpi(&mut session, "sales.gmv", by, "amazon", Period::between(day, day));
    let expected: Fixed = days.map(of_day).map(|it| fixed(&it.unwrap())).sum();
    assert_eq!(number(august), expected);
    for (still, moved) in still_gmv.into_iter().zip(moved_gmv) {
        let gap = number(moved).minus(number(still).times(fixed("1.1"))).absolute();
        assert!(gap <= fixed("0.02"), "{:?} {gap}", still.periods);
    }
    // A rate is the same in all months.
    let rates: Vec<Fixed> = numbers(&moved, "ads.acos").into_iter().map(number).collect();
    assert!(rates.windows(2).all(|it| it[0] == it[1]) && rates.len() == 12);

    // Of this year only what is still to come.
    let rest = proposed(&mut session, asked(&amazon, &[]), 2026);
    assert_eq!(numbers(&rest, "sales.net").len(), 1);
    let several = Filters { brands: vec!["A".to_owned()], ..Filters::default() };
    let none = proposed(&mut session, asked(&several, &[]), 2027);
    assert_eq!((none.blocks.len(), none.why.as_str()), (0, "several_parts"));
}
