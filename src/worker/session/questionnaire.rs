//! The first questionnaire: what its answers lead to, and how that is taken over.

use crate::{
    catalog::questionnaire::{check, propose, questions},
    domain::{CardCycle, CardLine, Fixed, Scorecard, TargetScope},
    workbook,
    worker::{
        protocol::{Answers, Failure, QuestionnaireView},
        session::book::Book,
    },
};

/// Id of the card that the answers lead to.
const FIRST_CARD: &str = "first";

/// What the answers lead to.
pub(super) fn view(book: &Book, answers: &Answers) -> QuestionnaireView {
    let framework = propose(answers, &|kpi| fed_by(book, kpi));
    let _ = (questions(), &framework);
    QuestionnaireView {
        questions: Vec::new(),
        adopted: book.fold().answers.clone(),
        kpis: Vec::new(),
        reports: Vec::new(),
        hints: framework.hints,
        is_young: framework.is_young,
    }
}

/// The answers with the card that they lead to, as an entry of the log.
pub(super) fn adopted(
    book: &Book,
    answers: &Answers,
    name: &str,
) -> Result<workbook::Change, Failure> {
    if let Some(problem) = check(answers).first() {
        return Err(Failure::InvalidValue { value: problem.to_string() });
    }
    let framework = propose(answers, &|kpi| fed_by(book, kpi));
    let line = |it: &crate::catalog::questionnaire::ProposedKpi| CardLine {
        kpi: it.kpi.clone(),
        weight: Fixed::from_whole(i64::from(it.weight)),
        is_gate: false,
    };
    let card = Scorecard {
        id: FIRST_CARD.to_owned(),
        name: name.trim().to_owned(),
        person: String::new(),
        scope: TargetScope::default(),
        cycle: CardCycle::Month,
        lines: framework.kpis.iter().map(line).collect(),
    };
    Ok(workbook::Change::AdoptFramework { answers: answers.clone(), card: Box::new(card) })
}

/// The reports that feed a KPI.
fn fed_by(book: &Book, kpi: &str) -> Vec<String> {
    let _ = (book, kpi);
    Vec::new()
}
