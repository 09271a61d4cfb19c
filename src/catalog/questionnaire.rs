//! The first questionnaire (需求诊断): eight questions, and the KPIs that their answers lead to.
//!
//! `questionnaire.toml` holds the questions, the rules and the reports; `framework` applies them.

mod framework;

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

pub use framework::{Framework, MAX_KPIS, ProposedKpi, presumed, propose};

use super::source::{self, built_in};
use crate::domain::{Names, map_of_few};

/// Question id → ids of the choices made. A question that is missing, or has no choice, is not answered.
/// Plain, because a workbook keeps it.
pub type Answers = BTreeMap<String, Vec<String>>;

/// One of the questions. `questionnaire.toml` says what each field is for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Stable: it stands in stored answers.
    pub id: String,
    pub kind: QuestionKind,
    pub names: Names,
    /// What counts until it is answered; empty: nothing is presumed.
    #[serde(default)]
    default: Vec<String>,
    /// In the order in which they are offered.
    pub choices: Vec<QuestionChoice>,
}

/// How many choices may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// One.
    Single,
    /// Any number, but for those that exclude one another.
    Multi,
}

/// One possible answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionChoice {
    /// Stable: it stands in stored answers.
    pub id: String,
    pub names: Names,
    /// Channels with which it counts until the question is answered.
    #[serde(default)]
    presumed_of: Vec<String>,
    /// Of the choices of one group only one can be made.
    #[serde(default)]
    pub group: Option<String>,
    /// No other can be made with it.
    #[serde(default)]
    pub is_alone: bool,
    /// Whoever chooses it has little history.
    #[serde(default)]
    is_young: bool,
    /// The role that owns every KPI then.
    #[serde(default)]
    owner: Option<String>,
    /// What to keep in mind then.
    #[serde(default)]
    hint: Option<Names>,
}

impl Question {
    fn choice(&self, id: &str) -> Option<&QuestionChoice> {
        self.choices.iter().find(|choice| choice.id == id)
    }

    /// Whether two of its choices exclude one another.
    pub fn excludes(&self, one: &QuestionChoice, other: &QuestionChoice) -> bool {
        let is_same_group = one.group.is_some() && one.group == other.group;
        let is_single = self.kind == QuestionKind::Single;
        one.id != other.id && (is_single || is_same_group || one.is_alone || other.is_alone)
    }
}

/// Of each question here one of the listed choices is made; empty: always.
type Condition = BTreeMap<String, Vec<String>>;

/// What proposes a KPI.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    kpi: String,
    #[serde(default)]
    when: Condition,
    /// The KPI is proposed even while there are no costs to work it out.
    #[serde(default)]
    is_kept_without_costs: bool,
    priority: u32,
    weight: u32,
    owner: String,
    reason: Names,
}

/// How the partner of a result is proposed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GuardRule {
    below: u32,
    weight: u32,
    reason: Names,
}

/// What cannot be worked out without costs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CostRule {
    missing: Condition,
    kpis: Vec<String>,
}

/// Who can own a KPI.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Owner {
    id: String,
    names: Names,
}

/// A report that can be asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReportRule {
    id: String,
    #[serde(default)]
    when: Condition,
    /// A report that tells the same of a KPI, if it is asked for.
    #[serde(default)]
    unless: Option<String>,
    /// It states the costs of SKUs.
    #[serde(default)]
    has_costs: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Questionnaire {
    costs: CostRule,
    guard: GuardRule,
    owner: Vec<Owner>,
    question: Vec<Question>,
    rule: Vec<Rule>,
    report: Vec<ReportRule>,
}

static QUESTIONNAIRE: LazyLock<Questionnaire> = LazyLock::new(|| {
    source::read(built_in!("questionnaire"))
        .expect("the built-in questionnaire is valid, as a test checks")
});

/// The questions, in the order in which they are asked.
pub fn questions() -> &'static [Question] {
    &QUESTIONNAIRE.question
}

/// What is wrong with answers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerProblem {
    #[error("there is no question {question:?}")]
    UnknownQuestion { question: String },
    #[error("the question {question:?} has no choice {choice:?}")]
    UnknownChoice { question: String, choice: String },
    #[error("of the question {question:?} not both {one:?} and {other:?} can be chosen")]
    NotTogether { question: String, one: String, other: String },
}

/// All that is wrong with answers; empty when nothing is, also when none is given.
pub fn check(answers: &Answers) -> Vec<AnswerProblem> {
    let problems = answers.iter().flat_map(|(id, chosen)| {
        match questions().iter().find(|question| question.id == *id) {
            Some(question) => check_choices(question, chosen),
            None => vec![AnswerProblem::UnknownQuestion { question: id.clone() }],
        }
    });
    problems.collect()
}

/// The same answers in the order of the catalogue, without what is unknown or repeated and without questions that
/// have no choice: what leads to the same is written the same.
pub fn tidied(answers: &Answers) -> Answers {
    let of = |question: &Question| {
        let made = answers.get(&question.id)?;
        let chosen = question.choices.iter().filter(|choice| made.contains(&choice.id));
        let chosen: Vec<String> = chosen.map(|choice| choice.id.clone()).collect();
        (!chosen.is_empty()).then(|| (question.id.clone(), chosen))
    };
    map_of_few(questions().iter().filter_map(of))
}

fn check_choices(question: &Question, chosen: &[String]) -> Vec<AnswerProblem> {
    let mut problems = Vec::new();
    let mut before: Vec<&QuestionChoice> = Vec::new();
    for id in chosen {
        let Some(choice) = question.choice(id) else {
            let (question, choice) = (question.id.clone(), id.clone());
            problems.push(AnswerProblem::UnknownChoice { question, choice });
            continue;
        };
        if let Some(one) = before.iter().find(|one| question.excludes(one, choice)) {
            let (one, other) = (one.id.clone(), id.clone());
            let question = question.id.clone();
            problems.push(AnswerProblem::NotTogether { question, one, other });
        }
        before.push(choice);
    }
    problems
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::catalog::{Catalog, channel::channel, kpi::kpis};

    /// `channels: amazon shopify; costs: unit`
    pub(super) fn answers(text: &str) -> Answers {
        let of = |part: &str| {
            let (question, choices) = part.split_once(": ").unwrap();
            (question.to_owned(), choices.split(' ').map(str::to_owned).collect())
        };
        text.split("; ").filter(|part| !part.is_empty()).map(of).collect()
    }

    #[test]
    fn eight_questions_have_choices_and_start_with_the_channels() {
        let ids: Vec<&str> = questions().iter().map(|question| question.id.as_str()).collect();
        assert_eq!(
            ids,
            ["channels", "sales", "fulfilment", "categories", "team", "ads", "costs", "decision"]
        );
        for question in questions() {
            let choices: BTreeSet<&str> =
                question.choices.iter().map(|it| it.id.as_str()).collect();
            assert_eq!(choices.len(), question.choices.len(), "{}", question.id);
            assert!(choices.len() >= 2, "{}", question.id);
            assert!(question.default.iter().all(|id| question.choice(id).is_some()));
            let mut presumed = question.choices.iter().flat_map(|it| &it.presumed_of);
            assert!(presumed.all(|id| questions()[0].choice(id).is_some()), "{}", question.id);
            // What is presumed does not contradict itself.
            assert!(check_choices(question, &question.default).is_empty(), "{}", question.id);
        }
        for choice in &questions()[0].choices {
            assert!(channel(&choice.id).is_some_and(|channel| channel.sells), "{}", choice.id);
        }
    }

    #[test]
    fn every_text_stands_in_both_languages() {
        let file = &*QUESTIONNAIRE;
        let choices = file.question.iter().flat_map(|question| &question.choices);
        let hints = choices.clone().filter_map(|choice| choice.hint.as_ref());
        let reasons = file.rule.iter().map(|rule| &rule.reason);
        for text in reasons.chain(hints).chain([&file.guard.reason]) {
            assert!(text.en.ends_with('.') && text.zh.ends_with('。'), "{text:?}");
        }
        let names = choices.map(|choice| &choice.names);
        let names = names.chain(file.question.iter().map(|question| &question.names));
        for names in names.chain(file.owner.iter().map(|owner| &owner.names)) {
            assert!(!names.en.is_empty() && !names.zh.is_empty(), "{names:?}");
        }
        assert!(file.guard.reason.en.contains("{kpi}") && file.guard.reason.zh.contains("{kpi}"));
    }

    #[test]
    fn rules_and_reports_name_what_there_is() {
        let file = &*QUESTIONNAIRE;
        let ids: BTreeSet<&str> = kpis().iter().map(|kpi| kpi.id.as_str()).collect();
        let roles: Vec<&str> = file.owner.iter().map(|owner| owner.id.as_str()).collect();
        for rule in &file.rule {
            assert!(ids.contains(rule.kpi.as_str()), "{}", rule.kpi);
            assert!(roles.contains(&rule.owner.as_str()), "{}", rule.kpi);
            assert!(rule.weight > 0, "{}", rule.kpi);
        }
        for choice in questions().iter().flat_map(|question| &question.choices) {
            assert!(choice.owner.as_ref().is_none_or(|role| roles.contains(&role.as_str())));
        }
        for (place, report) in file.report.iter().enumerate() {
            assert!(Catalog::built_in().recipe(&report.id).is_some(), "{}", report.id);
            assert!(file.report[..place].iter().all(|it| it.id != report.id), "{}", report.id);
            let is_listed = |other: &String| file.report.iter().any(|it| it.id == *other);
            assert!(report.unless.as_ref().is_none_or(is_listed), "{}", report.id);
        }
        let conditions = file.rule.iter().map(|rule| &rule.when);
        let conditions = conditions.chain(file.report.iter().map(|report| &report.when));
        for (question, any) in conditions.chain([&file.costs.missing]).flatten() {
            let question = questions().iter().find(|it| it.id == *question).unwrap();
            assert!(
                !any.is_empty() && any.iter().all(|id| question.choice(id).is_some()),
                "{any:?}"
            );
        }
    }

    #[test]
    fn answers_that_cannot_be_are_told() {
        let problems = check(&answers(
            "ads: none amazon; colour: red; costs: unit none; decision: ads; sales: much; \
             team: solo us_team to_5",
        ));
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                r#"of the question "ads" not both "none" and "amazon" can be chosen"#,
                r#"there is no question "colour""#,
                r#"of the question "costs" not both "unit" and "none" can be chosen"#,
                r#"the question "sales" has no choice "much""#,
                r#"of the question "team" not both "solo" and "to_5" can be chosen"#,
            ]
        );
        assert_eq!(check(&answers("team: to_5 us_team agency; ads: walmart amazon")), []);
    }

    #[test]
    fn answers_that_lead_to_the_same_are_written_the_same() {
        let mut typed = answers("ads: walmart radio amazon walmart; colour: red");
        typed.insert("costs".to_owned(), Vec::new());
        assert_eq!(tidied(&typed), answers("ads: amazon walmart"));
        assert_eq!(tidied(&Answers::new()), Answers::new());
    }
}
