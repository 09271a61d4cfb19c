//! How answers become a framework. It works before there is any data, and without any answer.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Answers, Condition, QUESTIONNAIRE, Question, QuestionChoice, ReportRule, Rule, questions,
};
use crate::{
    catalog::kpi::{Kpi, LeadOrLag, Perspective, kpis},
    domain::{Names, map_of_few, set_of_few, sort_few_by},
};

/// A scorecard with more than this is read by nobody.
pub const MAX_KPIS: usize = 12;

/// Every weight is a multiple of this many percent, as people write them.
const WEIGHT_STEP: u32 = 5;

/// How many steps are 100 %.
const N_STEPS: u32 = 100 / WEIGHT_STEP;

/// Of them one perspective has at most half: a card of results alone says nothing of how they are reached.
const MAX_STEPS_OF_A_PERSPECTIVE: u32 = N_STEPS / 2;

/// All four sides of a balanced scorecard.
const PERSPECTIVES: [Perspective; 4] =
    [Perspective::Finance, Perspective::Customer, Perspective::Process, Perspective::Learning];

/// What the answers lead to: a starting point that people change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Framework {
    /// The most urgent first; at most [`MAX_KPIS`], of every perspective one at least. No perspective has more
    /// than half of the weight, and all weights make 100.
    pub kpis: Vec<ProposedKpi>,
    /// Ids of the reports to get, in the order in which they are of use. Empty for a channel whose files no
    /// recipe reads.
    pub reports: Vec<String>,
    /// What to keep in mind about single answers, in the order of the questions.
    pub hints: Vec<Names>,
    /// There is little history: ranges have to be wider.
    pub is_young: bool,
}

/// A KPI with what speaks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedKpi {
    /// Id in the dictionary.
    pub kpi: String,
    /// One sentence.
    pub reason: Names,
    /// The role that answers for it.
    pub owner: Names,
    /// Percent of the scorecard.
    pub weight: u32,
    /// It has no value before costs are there, and they are not.
    pub needs_costs: bool,
}

/// The framework that answers lead to. What is unknown in them is passed over; until a question is answered,
/// what is usual on the channels counts. `fed_by` tells which reports feed a KPI, as `kpis::Dictionary` does.
pub fn propose(answers: &Answers, fed_by: &dyn Fn(&str) -> Vec<String>) -> Framework {
    let chosen = Chosen::new(answers);
    let possible = chosen.reports();
    let kpis = selected(chosen.with_guards(chosen.candidates(), &possible, fed_by));
    let fed: Vec<(&Kpi, Vec<String>)> =
        kpis.iter().map(|it| (it.kpi, fed_by(&it.kpi.id))).collect();
    let is_asked = |report: &&&ReportRule| {
        fed.iter().any(|(kpi, fed_by)| serves(report, kpi, fed_by, &possible))
    };
    let reports = possible.iter().filter(is_asked).map(|report| report.id.clone()).collect();
    let steps = steps_of(&kpis);
    let proposed = kpis.into_iter().zip(steps).map(|(it, n_steps)| ProposedKpi {
        kpi: it.kpi.id.clone(),
        reason: it.reason,
        owner: chosen.owner(it.owner),
        weight: n_steps * WEIGHT_STEP,
        needs_costs: chosen.lacks_costs_for(it.kpi),
    });
    let hints = chosen.choices().filter_map(|choice| choice.hint.clone());
    Framework {
        kpis: proposed.collect(),
        reports,
        hints: hints.collect(),
        is_young: chosen.choices().any(|choice| choice.is_young),
    }
}

/// What counts of each question while it is not answered, given these answers to the others: what is usual on the
/// channels. A question of which nothing is presumed is left out.
pub fn presumed(answers: &Answers) -> Answers {
    let chosen = Chosen::new(answers);
    let of = |question: &'static Question| {
        let usual: Vec<String> = chosen.presumed(question).into_iter().map(str::to_owned).collect();
        (!usual.is_empty()).then(|| (question.id.clone(), usual))
    };
    map_of_few(questions().iter().filter_map(of))
}

/// A KPI that may be proposed.
#[derive(Debug, Clone)]
struct Candidate {
    kpi: &'static Kpi,
    reason: Names,
    owner: &'static str,
    priority: u32,
    weight: u32,
}

/// The choices that count, by their questions: those made and those presumed.
struct Chosen(BTreeMap<&'static str, BTreeSet<&'static str>>);

impl Chosen {
    fn new(answers: &Answers) -> Self {
        let mut chosen = Self(BTreeMap::new());
        for question in questions() {
            let made = answers.get(&question.id).into_iter().flatten();
            let made = set_of_few(made.filter_map(|id| Some(question.choice(id)?.id.as_str())));
            let counted = if made.is_empty() { chosen.presumed(question) } else { made };
            chosen.0.insert(&question.id, counted);
        }
        chosen
    }

    /// What counts of a question without an answer; the channels are asked first.
    fn presumed(&self, question: &'static Question) -> BTreeSet<&'static str> {
        let usual = question.choices.iter().filter(|choice| {
            let is_default = question.default.contains(&choice.id);
            is_default || choice.presumed_of.iter().any(|channel| self.has("channels", channel))
        });
        set_of_few(usual.map(|choice| choice.id.as_str()))
    }

    fn has(&self, question: &str, choice: &str) -> bool {
        self.0.get(question).is_some_and(|chosen| chosen.contains(choice))
    }

    fn fits(&self, condition: &Condition) -> bool {
        condition.iter().all(|(question, any)| any.iter().any(|choice| self.has(question, choice)))
    }

    /// In the order of the questions.
    fn choices(&self) -> impl Iterator<Item = &'static QuestionChoice> {
        let of =
            |question: &'static Question| question.choices.iter().map(move |it| (question, it));
        let chosen = questions().iter().flat_map(of);
        chosen.filter(|(question, it)| self.has(&question.id, &it.id)).map(|(_, it)| it)
    }

    /// The role that answers for a KPI: in a team of one always the same.
    fn owner(&self, role: &str) -> Names {
        let role = self.choices().find_map(|choice| choice.owner.as_deref()).unwrap_or(role);
        let owner = QUESTIONNAIRE.owner.iter().find(|owner| owner.id == role);
        owner.map(|owner| owner.names.clone()).unwrap_or_default()
    }

    /// Whether the KPI has no value because there are no costs.
    fn lacks_costs_for(&self, kpi: &Kpi) -> bool {
        self.fits(&QUESTIONNAIRE.costs.missing) && QUESTIONNAIRE.costs.kpis.contains(&kpi.id)
    }

    /// What the rules propose, each KPI once, the most urgent first.
    fn candidates(&self) -> Vec<Candidate> {
        let apply = QUESTIONNAIRE.rule.iter().filter(|rule| self.fits(&rule.when));
        let mut found: Vec<Candidate> = apply
            .filter_map(|rule| Some((rule, candidate_of(rule)?)))
            .filter(|(rule, it)| rule.is_kept_without_costs || !self.lacks_costs_for(it.kpi))
            .map(|(_, candidate)| candidate)
            .collect();
        sort_by_priority(&mut found);
        let mut seen = BTreeSet::new();
        found.retain(|candidate| seen.insert(&candidate.kpi.id));
        found
    }

    /// These and the partners of results among them. A partner that no possible report feeds would stay empty,
    /// and is left out.
    fn with_guards(
        &self,
        mut candidates: Vec<Candidate>,
        possible: &[&ReportRule],
        fed_by: &dyn Fn(&str) -> Vec<String>,
    ) -> Vec<Candidate> {
        let mut guards: Vec<Candidate> = candidates.iter().filter_map(guard_of).collect();
        sort_by_priority(&mut guards);
        for guard in guards {
            let same = candidates.iter_mut().find(|it| it.kpi.id == guard.kpi.id);
            if let Some(same) = same {
                same.priority = same.priority.max(guard.priority);
            } else if !self.lacks_costs_for(guard.kpi) {
                let fed_by = fed_by(&guard.kpi.id);
                if possible.iter().any(|report| fed_by.contains(&report.id)) {
                    candidates.push(guard);
                }
            }
        }
        sort_by_priority(&mut candidates);
        candidates
    }

    /// The reports that fit the answers, in the order in which they are of use.
    fn reports(&self) -> Vec<&'static ReportRule> {
        QUESTIONNAIRE.report.iter().filter(|report| self.fits(&report.when)).collect()
    }
}

/// Whether a report is needed for a KPI that is fed by these. What feeds a KPI need not name the costs by
/// which it is known how much of it is covered.
fn serves(report: &ReportRule, kpi: &Kpi, fed_by: &[String], possible: &[&ReportRule]) -> bool {
    if report.has_costs && QUESTIONNAIRE.costs.kpis.contains(&kpi.id) {
        return true;
    }
    let is_replaced = report.unless.as_ref().is_some_and(|other| {
        fed_by.contains(other) && possible.iter().any(|report| report.id == *other)
    });
    fed_by.contains(&report.id) && !is_replaced
}

fn kpi_of(id: &str) -> Option<&'static Kpi> {
    kpis().iter().find(|kpi| kpi.id == id)
}

fn candidate_of(rule: &'static Rule) -> Option<Candidate> {
    Some(Candidate {
        kpi: kpi_of(&rule.kpi)?,
        reason: rule.reason.clone(),
        owner: &rule.owner,
        priority: rule.priority,
        weight: rule.weight,
    })
}

/// The KPI to be read beside a result; `None` for what is no result, or has no partner.
fn guard_of(result: &Candidate) -> Option<Candidate> {
    let rule = &QUESTIONNAIRE.guard;
    let guard = result.kpi.guard.as_deref().filter(|_| result.kpi.lead_or_lag == LeadOrLag::Lag)?;
    let names = &result.kpi.names;
    Some(Candidate {
        kpi: kpi_of(guard)?,
        reason: Names {
            en: rule.reason.en.replace("{kpi}", &names.en),
            zh: rule.reason.zh.replace("{kpi}", &names.zh),
        },
        owner: result.owner,
        priority: result.priority.saturating_sub(rule.below),
        weight: rule.weight,
    })
}

/// The most urgent first; equal ones stay as they were.
fn sort_by_priority(candidates: &mut Vec<Candidate>) {
    sort_few_by(candidates, |one, other| other.priority.cmp(&one.priority));
}

/// The first ones, as many as a card bears, with room kept for the foremost of each perspective.
fn selected(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let first_of = |perspective: Perspective| {
        candidates.iter().position(|it| it.kpi.perspective == perspective)
    };
    let firsts: BTreeSet<usize> = set_of_few(PERSPECTIVES.into_iter().filter_map(first_of));
    let mut n_reserved = firsts.len();
    let mut selected = Vec::new();
    for (place, candidate) in candidates.into_iter().enumerate() {
        if firsts.contains(&place) {
            n_reserved -= 1;
            selected.push(candidate);
        } else if selected.len() + n_reserved < MAX_KPIS {
            selected.push(candidate);
        }
    }
    selected
}

/// How many steps of weight each gets: one, and then as `next_step` says until all are given.
fn steps_of(selected: &[Candidate]) -> Vec<u32> {
    let mut steps: Vec<u32> = vec![1; selected.len()];
    while steps.iter().sum::<u32>() < N_STEPS {
        let Some(n_steps) = next_step(selected, &steps).and_then(|place| steps.get_mut(place))
        else {
            break;
        };
        *n_steps += 1;
    }
    steps
}

/// Who gets the next step: whoever has the fewest for its weight (D'Hondt's highest quotient), the first of
/// equal ones. `None` when every perspective has as many as it may.
fn next_step(selected: &[Candidate], steps: &[u32]) -> Option<usize> {
    let has_room = |perspective: Perspective| {
        let its = selected.iter().zip(steps).filter(|(it, _)| it.kpi.perspective == perspective);
        its.map(|(_, n_steps)| n_steps).sum::<u32>() < MAX_STEPS_OF_A_PERSPECTIVE
    };
    let mut best: Option<(usize, u32, u32)> = None;
    for (place, (candidate, n_steps)) in selected.iter().zip(steps).enumerate() {
        // weight / (steps + 1) against that of the best so far, without division.
        let is_better = best.is_none_or(|(_, weight, best_steps)| {
            candidate.weight * (best_steps + 1) > weight * (n_steps + 1)
        });
        if is_better && has_room(candidate.kpi.perspective) {
            best = Some((place, candidate.weight, *n_steps));
        }
    }
    best.map(|(place, ..)| place)
}

#[cfg(test)]
mod tests {
    use std::{fmt::Write as _, sync::LazyLock};

    use proptest::{prelude::*, sample::subsequence};

    use super::{super::tests::answers, *};
    use crate::{
        catalog::{kpi::measure_entry, questionnaire::check},
        domain::Measure,
    };

    /// Measures that only costs of SKUs give a value to.
    const OF_COSTS: [Measure; 14] = [
        Measure::CostedNetSales,
        Measure::Cogs,
        Measure::CostedUnits,
        Measure::FeeNetSales,
        Measure::FeeCogs,
        Measure::CogsLast365Days,
        Measure::NetSalesLast365Days,
        Measure::AverageStockValue,
        Measure::JudgedSkus,
        Measure::LosingSkus,
        Measure::LossMakerInbound,
        Measure::ResaleValue,
        Measure::DutiedCogs,
        Measure::CohortMargin,
    ];

    /// The measures in a KPI's formula and in those it names; what is marked as optional is left out, if wanted.
    fn measures(id: &str, with_optional: bool) -> BTreeSet<Measure> {
        let formula = &kpi_of(id).unwrap().formula;
        let is_of_word = |letter: char| letter.is_ascii_alphanumeric() || "._?".contains(letter);
        let words = formula.split(|letter| !is_of_word(letter));
        let mut found = BTreeSet::new();
        for word in words.filter(|word| with_optional || !word.ends_with('?')) {
            let word = word.trim_end_matches('?');
            if kpi_of(word).is_some() {
                found.append(&mut measures(word, with_optional));
            }
            found.extend(Measure::ALL.iter().filter(|measure| measure.id() == word));
        }
        found
    }

    static FED_BY: LazyLock<BTreeMap<&str, Vec<String>>> = LazyLock::new(|| {
        let of = |kpi: &'static Kpi| {
            let measures = measures(&kpi.id, true).into_iter();
            let reports = measures.flat_map(|measure| measure_entry(measure).fed_by.clone());
            let stated = kpi.stated.iter().flat_map(|stated| stated.reports.clone());
            (kpi.id.as_str(), stated.chain(reports).collect())
        };
        kpis().iter().map(of).collect()
    });

    fn framework(answers: &Answers) -> Framework {
        propose(answers, &|kpi| FED_BY[kpi].clone())
    }

    /// Each KPI with its weight; `*` where costs are needed and missing.
    fn card(framework: &Framework) -> String {
        let mut text = String::new();
        for it in &framework.kpis {
            let mark = if it.needs_costs { "*" } else { "" };
            write!(text, "{}{mark} {}, ", it.kpi, it.weight).unwrap();
        }
        text.trim_end_matches(", ").to_owned()
    }

    fn kpi_ids() -> BTreeSet<&'static str> {
        kpis().iter().map(|kpi| kpi.id.as_str()).collect()
    }

    #[test]
    fn every_rule_speaks_unless_a_stronger_one_does() {
        for rule in &QUESTIONNAIRE.rule {
            let mut answers = rule.when.clone();
            answers.entry("costs".to_owned()).or_insert_with(|| vec!["unit".to_owned()]);
            let chosen = Chosen::new(&answers);
            let found = chosen.candidates();
            let found = found.iter().find(|it| it.kpi.id == rule.kpi).unwrap();
            let others = QUESTIONNAIRE.rule.iter().filter(|it| it.kpi == rule.kpi);
            let others = others.filter(|it| it.reason != rule.reason && chosen.fits(&it.when));
            // Two of one strength would leave it to their places which reason is given.
            assert!(others.clone().all(|it| it.priority != rule.priority), "{}", rule.kpi);
            let is_outdone = others.clone().any(|it| it.priority > rule.priority);
            assert_eq!(found.reason != rule.reason, is_outdone, "{}: {:?}", rule.kpi, rule.when);
        }
    }

    #[test]
    fn the_kpis_that_need_costs_are_those_whose_formulas_do() {
        let ruled = QUESTIONNAIRE.rule.iter().filter_map(candidate_of);
        let ruled: Vec<Candidate> = ruled.collect();
        let guards: Vec<Candidate> = ruled.iter().filter_map(guard_of).collect();
        let of_costs = BTreeSet::from(OF_COSTS);
        let needing = ruled.iter().chain(&guards).map(|it| it.kpi.id.as_str());
        let needing = needing.filter(|id| !measures(id, false).is_disjoint(&of_costs));
        let listed: BTreeSet<&str> = QUESTIONNAIRE.costs.kpis.iter().map(String::as_str).collect();
        assert_eq!(needing.collect::<BTreeSet<&str>>(), listed);
    }

    #[track_caller]
    fn check_card(given: &str, expected: &str, reports: &[&str]) -> Framework {
        let answers = answers(given);
        assert_eq!(check(&answers), []);
        let framework = framework(&answers);
        assert_eq!(card(&framework), expected);
        assert_eq!(framework.reports, reports);
        framework
    }

    #[test]
    fn a_young_shop_on_amazon_without_costs_gets_what_works_without_them() {
        let framework = check_card(
            "channels: amazon; sales: new; fulfilment: fba; categories: home; team: solo; \
             ads: amazon; costs: none; decision: cut",
            "pl.cm3* 20, sales.moving_rate 5, pl.fulfil_rate 10, sales.net 15, dq.cogs_cover 5, \
             svc.odr 10, sales.orders 10, inv.instock 5, svc.return_rate 5, ads.tacos 5, \
             trf.unit_session 5, team.action_close 5",
            &[
                "amazon.all_orders",
                "amazon.date_range",
                "user.costs",
                "amazon.sp_advertised_product",
                "amazon.fba_manage_inventory",
                "amazon.fba_returns",
                "amazon.account_health",
                "amazon.business_report_by_date",
            ],
        );
        assert!(framework.is_young);
        // Of the young shop, the category and the missing costs.
        assert_eq!(framework.hints.len(), 3);
        assert!(framework.kpis.iter().all(|it| it.owner.zh == "负责人"));
        assert!(framework.kpis[0].reason.en.starts_with("To cut losing SKUs"));
    }

    #[test]
    fn a_team_on_four_channels_that_decides_on_ads_gets_ads_held_against_profit() {
        let framework = check_card(
            "channels: amazon shopify tiktok walmart; sales: above_1m; fulfilment: fba own; \
             categories: apparel home; team: to_20 us_team; \
             ads: amazon amazon_brands google_ads meta_ads tiktok_ads walmart; costs: batches; \
             decision: ads",
            "ads.tacos 15, ads.poas 5, ads.acos 5, ads.waste 5, cus.cac 5, sales.organic_share 5, \
             sales.net 10, pl.cm3 15, svc.odr 15, cus.repeat 5, inv.instock 10, team.agree 5",
            &[
                "amazon.all_orders",
                "shopify.orders",
                "tiktok.orders",
                "walmart.orders",
                "amazon.date_range",
                "tiktok.statement",
                "walmart.payments_v1",
                "shopify.payment_transactions",
                "user.cost_batches",
                "amazon.sp_advertised_product",
                "amazon.sb_campaign",
                "amazon.sd_advertised_product",
                "google_ads.campaign",
                "meta_ads.performance",
                "tiktok_ads.performance",
                "walmart.connect_ads",
                "amazon.sp_search_term",
                "amazon.fba_manage_inventory",
                "shopify.inventory",
                "amazon.account_health",
            ],
        );
        assert!(!framework.is_young);
        assert_eq!(framework.kpis[0].owner.en, "Advertising");
        assert_eq!(framework.kpis[11].owner.en, "US team");
    }

    #[test]
    fn an_agency_gets_the_plan_and_what_its_client_agreed_to() {
        let framework = check_card(
            "channels: amazon walmart; team: to_20 agency; costs: unit; decision: account",
            "svc.ahr 10, svc.odr 10, svc.policy_violations 5, svc.otd 10, svc.vtr 5, svc.lsr 5, \
             svc.cancel_rate 5, sales.net 15, pl.cm3 20, sales.pace 5, team.agree 5, inv.instock 5",
            &[
                "amazon.all_orders",
                "walmart.orders",
                "amazon.date_range",
                "walmart.payments_v1",
                "user.costs",
                "amazon.sp_advertised_product",
                "amazon.fba_manage_inventory",
                "amazon.account_health",
                "user.targets",
            ],
        );
        let of_client = framework.kpis.iter().filter(|it| it.owner.zh == "客户经理");
        let of_client: Vec<&str> = of_client.map(|it| it.kpi.as_str()).collect();
        assert_eq!(of_client, ["sales.pace", "team.agree"]);
    }

    #[test]
    fn without_any_answer_there_is_a_card_of_a_usual_seller_on_amazon() {
        let framework = check_card(
            "",
            "sales.net 15, pl.cm3* 20, dq.cogs_cover 5, svc.odr 10, inv.instock 10, ads.tacos 10, \
             svc.return_rate 5, inv.dos 5, team.action_close 5, sales.organic_share 5, \
             trf.unit_session 5, sales.units 5",
            &[
                "amazon.all_orders",
                "amazon.date_range",
                "user.costs",
                "amazon.sp_advertised_product",
                "amazon.fba_manage_inventory",
                "amazon.fba_returns",
                "amazon.account_health",
                "amazon.business_report_by_date",
            ],
        );
        // The partner of the return rate says whose partner it is.
        assert!(framework.kpis[11].reason.en.contains("“Return rate”"));
        assert!(framework.kpis[11].reason.zh.contains("「退货率」"));
    }

    #[test]
    fn a_question_without_a_choice_is_not_answered() {
        let empty = BTreeMap::from([("ads".to_owned(), Vec::new())]);
        assert_eq!(framework(&empty), framework(&Answers::new()));
    }

    #[test]
    fn what_is_usual_on_a_channel_counts_until_it_is_answered() {
        let chosen = |text: &str| {
            let chosen = Chosen::new(&answers(text));
            ["fulfilment", "ads"]
                .map(|id| chosen.0[id].iter().copied().collect::<Vec<_>>().join(" "))
        };
        assert_eq!(chosen("channels: shopify"), ["own", "meta_ads"]);
        assert_eq!(chosen("channels: amazon temu"), ["direct fba", "amazon"]);
        assert_eq!(chosen("channels: shopify; ads: none"), ["own", "none"]);
        // What is unknown was not answered.
        assert_eq!(chosen("channels: amazon; ads: radio"), ["fba", "amazon"]);
    }

    #[test]
    fn what_is_presumed_of_a_question_stays_when_it_is_answered() {
        let of = |text: &str| presumed(&answers(text));
        let none = answers(
            "ads: amazon; channels: amazon; costs: none; fulfilment: fba; sales: to_1m; team: to_5",
        );
        assert_eq!(of(""), none);
        assert_eq!(of("ads: none; costs: unit; decision: cut"), none);
        assert_eq!(of("channels: temu")["fulfilment"], ["direct"]);
        assert!(!of("channels: temu").contains_key("ads"));
    }

    /// A KPI of some perspective, with a weight.
    fn weighted(perspective: Perspective, weight: u32) -> Candidate {
        let kpi = kpis().iter().find(|kpi| kpi.perspective == perspective).unwrap();
        Candidate { kpi, reason: Names::default(), owner: "", priority: 0, weight }
    }

    #[test]
    fn steps_go_by_weight_until_a_perspective_has_half() {
        use Perspective::{Customer, Finance, Process};
        // 20 steps in the ratio 3 : 1 : 1 are 12, 4 and 4; finance stops at 10, the others share its two.
        let of = |list: &[(Perspective, u32)]| {
            steps_of(&list.iter().map(|(it, weight)| weighted(*it, *weight)).collect::<Vec<_>>())
        };
        assert_eq!(of(&[(Finance, 30), (Customer, 10), (Process, 10)]), [10, 5, 5]);
        // 2 : 1 : 1 is 10, 5 and 5 by itself.
        assert_eq!(of(&[(Finance, 20), (Customer, 10), (Process, 10)]), [10, 5, 5]);
        // 4 : 3 : 3 is 8, 6 and 6.
        assert_eq!(of(&[(Finance, 20), (Customer, 15), (Process, 15)]), [8, 6, 6]);
        // Nobody is left with nothing.
        assert_eq!(of(&[(Finance, 1), (Customer, 100), (Process, 100)]), [1, 10, 9]);
        // Two perspectives cannot but have half each.
        assert_eq!(of(&[(Finance, 90), (Customer, 10)]), [10, 10]);
    }

    #[test]
    fn the_foremost_of_each_perspective_has_a_place() {
        let learning = weighted(Perspective::Learning, 5);
        let mut many = vec![weighted(Perspective::Finance, 5); 20];
        many.push(learning);
        let selected = selected(many);
        assert_eq!(selected.len(), MAX_KPIS);
        let n_learning = selected.iter().filter(|it| it.kpi.perspective == Perspective::Learning);
        assert_eq!(n_learning.count(), 1);
    }

    /// What every framework has to be, whatever was answered.
    #[track_caller]
    fn check_framework(answers: &Answers) {
        let framework = framework(answers);
        let ids: BTreeSet<&str> = framework.kpis.iter().map(|it| it.kpi.as_str()).collect();
        assert_eq!(ids.len(), framework.kpis.len(), "{answers:?}");
        assert!(ids.is_subset(&kpi_ids()) && ids.len() <= MAX_KPIS, "{answers:?}");
        assert_eq!(framework.kpis.iter().map(|it| it.weight).sum::<u32>(), 100, "{answers:?}");
        assert!(framework.kpis.iter().all(|it| it.weight >= WEIGHT_STEP), "{answers:?}");
        for perspective in PERSPECTIVES {
            let is_its = |it: &&ProposedKpi| kpi_of(&it.kpi).unwrap().perspective == perspective;
            let its = framework.kpis.iter().filter(is_its).map(|it| it.weight).sum::<u32>();
            assert!(its > 0 && its <= 50, "{answers:?}: {perspective:?} has {its}");
        }
        let chosen = Chosen::new(answers);
        for it in &framework.kpis {
            check_proposed(it, &framework, &chosen);
        }
    }

    /// That one of them stands for a rule or beside its partner, and can be worked out from the reports.
    #[track_caller]
    fn check_proposed(it: &ProposedKpi, framework: &Framework, chosen: &Chosen) {
        assert!(!it.owner.en.is_empty(), "{}", it.kpi);
        let has_rule = QUESTIONNAIRE.rule.iter().any(|rule| rule.reason == it.reason);
        let mut results = framework.kpis.iter().filter_map(|other| kpi_of(&other.kpi));
        let is_guard = results.any(|result| result.guard.as_ref() == Some(&it.kpi));
        assert!(has_rule || is_guard, "{} without its partner: {:?}", it.kpi, chosen.0);
        // Without recipes for a channel people map its files themselves, and totals to reconcile are typed.
        let is_typed = kpi_of(&it.kpi).unwrap().stated.is_some() || it.kpi == "fin.recon";
        if !is_typed && !chosen.has("channels", "other") {
            let is_fed = FED_BY[it.kpi.as_str()].iter().any(|id| framework.reports.contains(id));
            assert!(is_fed, "{} has no report: {:?}", it.kpi, chosen.0);
        }
        let wants_costs = QUESTIONNAIRE.costs.kpis.contains(&it.kpi);
        assert_eq!(it.needs_costs, wants_costs && chosen.has("costs", "none"), "{}", it.kpi);
        let costs = framework.reports.iter().any(|id| id.starts_with("user.cost"));
        assert!(costs || !wants_costs, "{}", it.kpi);
    }

    #[test]
    fn every_two_answers_make_a_sound_framework() {
        let each = || questions().iter().flat_map(|it| it.choices.iter().map(move |of| (it, of)));
        let pairs = each().flat_map(|a| each().map(move |b| (a, b)));
        // The same question twice: its second choice alone.
        for ((first, one), (second, other)) in pairs.filter(|((a, _), (b, _))| a.id <= b.id) {
            let made = [(first, one), (second, other)];
            let made =
                made.map(|(question, choice)| (question.id.clone(), vec![choice.id.clone()]));
            check_framework(&BTreeMap::from(made));
        }
    }

    /// Any choices of each question, none among them.
    fn any_answers() -> impl Strategy<Value = Answers> {
        let of = |question: &'static Question| {
            let choices: Vec<String> = question.choices.iter().map(|it| it.id.clone()).collect();
            let n = choices.len();
            subsequence(choices, 0..=n).prop_map(|chosen| (question.id.clone(), chosen))
        };
        questions().iter().map(of).collect::<Vec<_>>().prop_map(|all| all.into_iter().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

        #[test]
        fn any_answers_at_all_make_a_sound_framework(answers in any_answers()) {
            check_framework(&answers);
        }
    }
}
