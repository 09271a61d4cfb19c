//! The first questionnaire: what its answers lead to, and how that is taken over.

use crate::{
    catalog::questionnaire::{
        Framework, ProposedKpi, Question, QuestionKind, check, presumed, propose, questions, tidied,
    },
    domain::{CardLine, Fixed, Scorecard},
    workbook,
    worker::{
        protocol::{
            AnswerChoice, Answers, Failure, FirstCard, ProposedView, QuestionView,
            QuestionnaireView, ScorecardProblem,
        },
        session::book::Book,
    },
};

/// Id of the card that the answers lead to.
const FIRST_CARD: &str = "first";

/// What answers lead to; `None`: those that are taken over.
pub(super) fn view(book: &Book, answers: Option<&Answers>) -> QuestionnaireView {
    let answers = tidied(answers.unwrap_or(&book.fold().answers));
    let framework = framework(book, &answers);
    let reports = &framework.reports;
    QuestionnaireView {
        questions: questions().iter().map(question).collect(),
        presumed: presumed(&answers),
        card: first_card(book, &answers, &framework),
        kpis: framework.kpis.iter().filter_map(|it| proposed(book, it)).collect(),
        reports: book
            .with_views(|views| reports.iter().filter_map(|it| views.known_report(it)).collect()),
        hints: framework.hints,
        is_young: framework.is_young,
        answers,
    }
}

/// The answers with the card that they lead to, as an entry of the log. Of a card that is there the KPIs are
/// replaced, and what people said of it besides stays.
pub(super) fn adopted(
    book: &Book,
    answers: &Answers,
    name: &str,
) -> Result<workbook::Change, Failure> {
    if let Some(problem) = check(answers).first() {
        return Err(Failure::InvalidValue { value: problem.to_string() });
    }
    let name = name.trim().to_owned();
    if name.is_empty() {
        return Err(Failure::InvalidScorecard(ScorecardProblem::NameMissing));
    }
    let answers = tidied(answers);
    let lines = lines(&framework(book, &answers));
    let before = book.fold().scorecards.card(FIRST_CARD).map(|kept| kept.card.clone());
    let id = FIRST_CARD.to_owned();
    let card = Scorecard { id, name, lines, ..before.unwrap_or_default() };
    Ok(workbook::Change::AdoptFramework { answers, card: Box::new(card) })
}

fn framework(book: &Book, answers: &Answers) -> Framework {
    propose(answers, &|kpi| fed_by(book, kpi))
}

/// The reports that feed a KPI.
fn fed_by(book: &Book, kpi: &str) -> Vec<String> {
    let dictionary = book.dictionary();
    let reports = dictionary.get(kpi).map(|entry| dictionary.fed_by(entry, book.contracts()));
    reports.into_iter().flatten().map(str::to_owned).collect()
}

fn question(question: &Question) -> QuestionView {
    let choice = |of: &crate::catalog::questionnaire::QuestionChoice| {
        let others = question.choices.iter().filter(|other| question.excludes(of, other));
        let excludes = others.map(|other| other.id.clone()).collect();
        AnswerChoice { id: of.id.clone(), names: of.names.clone(), excludes }
    };
    QuestionView {
        id: question.id.clone(),
        names: question.names.clone(),
        is_multi: question.kind == QuestionKind::Multi,
        choices: question.choices.iter().map(choice).collect(),
    }
}

fn proposed(book: &Book, proposed: &ProposedKpi) -> Option<ProposedView> {
    let kpi = &book.dictionary().get(&proposed.kpi)?.kpi;
    Some(ProposedView {
        kpi: kpi.id.clone(),
        names: kpi.names.clone(),
        unit: kpi.unit.into(),
        perspective: kpi.perspective.id().to_owned(),
        reason: proposed.reason.clone(),
        owner: proposed.owner.clone(),
        weight: proposed.weight,
        needs_costs: proposed.needs_costs,
    })
}

fn first_card(book: &Book, answers: &Answers, framework: &Framework) -> FirstCard {
    let fold = book.fold();
    let Some(kept) = fold.scorecards.card(FIRST_CARD) else { return FirstCard::Missing };
    let name = kept.card.name.clone();
    if kept.card.lines == lines(framework) && fold.answers == *answers {
        FirstCard::Adopted { name }
    } else {
        FirstCard::Other { name }
    }
}

fn lines(framework: &Framework) -> Vec<CardLine> {
    let line = |it: &ProposedKpi| CardLine {
        kpi: it.kpi.clone(),
        weight: Fixed::from_whole(i64::from(it.weight)),
        is_gate: false,
    };
    framework.kpis.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{CardCycle, ScorecardChange},
        storage::Stored,
        workbook::Change,
    };

    #[test]
    fn other_answers_replace_the_kpis_of_a_card_and_nothing_else() {
        let (mut book, _) = Book::open("w", "W", false, &Stored::default(), 0).unwrap();
        let change = adopted(&book, &Answers::new(), "First").unwrap();
        book.change(change, 0);
        let mut card = book.fold().scorecards.card(FIRST_CARD).unwrap().card.clone();
        assert_eq!(card.lines.len(), 12);
        card.person = "Li".to_owned();
        card.cycle = CardCycle::Quarter;
        card.lines.truncate(1);
        let scorecards = ScorecardChange::Save { card: Box::new(card) };
        book.change(Change::ChangeScorecards { scorecards }, 0);
        // What people changed on it is not what was proposed any more.
        let seen = view(&book, None);
        assert_eq!(seen.card, FirstCard::Other { name: "First".to_owned() });

        let other = Answers::from([("channels".to_owned(), vec!["temu".to_owned()])]);
        let change = adopted(&book, &other, "First").unwrap();
        book.change(change, 0);
        let card = &book.fold().scorecards.card(FIRST_CARD).unwrap().card;
        assert_eq!((card.person.as_str(), card.cycle), ("Li", CardCycle::Quarter));
        assert_eq!(card.lines, lines(&framework(&book, &other)));
    }
}
