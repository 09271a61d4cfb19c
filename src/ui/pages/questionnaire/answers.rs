//! Answers, as the URL says them and as clicks change them.

use crate::{
    ui::{
        pages::targets::PlanUrl,
        routes::{ANSWER_KEY, Page, View},
        state::Location,
    },
    worker::protocol::{AnswerChoice, Answers, PlanBy, QuestionView},
};

fn own(view: &View) -> impl Iterator<Item = &str> {
    view.own_of(Page::Questionnaire.keys()).map(|(_, text)| text.as_str())
}

/// The answers that a URL says; `None`: none, so that those taken over are shown.
pub(super) fn answers_in(view: &View) -> Option<Answers> {
    let mut answers = Answers::new();
    for (question, choice) in own(view).filter_map(|it| it.split_once(':')) {
        answers.entry(question.to_owned()).or_default().push(choice.to_owned());
    }
    own(view).next().is_some().then_some(answers)
}

/// What `answers_in` reads; that nothing is answered is said, too, since something may have been taken over.
fn pairs(answers: &Answers) -> Vec<(&'static str, String)> {
    let of = |(question, choices): (&String, &Vec<String>)| {
        let pair = |choice: &String| (ANSWER_KEY, format!("{question}:{choice}"));
        choices.iter().map(pair).collect::<Vec<_>>()
    };
    let mut pairs: Vec<_> = answers.iter().flat_map(of).collect();
    if pairs.is_empty() {
        pairs.push((ANSWER_KEY, String::new()));
    }
    pairs
}

/// Answers anew; back undoes it.
pub(super) fn answer(location: Location, answers: &Answers) {
    location.change(|view| view.set_own(&Page::Questionnaire, pairs(answers)));
}

/// The answers with other choices of one question; none: it is not answered.
pub(super) fn with(mut answers: Answers, question: &str, choices: Vec<String>) -> Answers {
    if choices.is_empty() {
        answers.remove(question);
    } else {
        answers.insert(question.to_owned(), choices);
    }
    answers
}

/// What is chosen after a click on a choice, in the order in which choices are offered: it is made, and what cannot be
/// made with it is not any more; or it was made, and is taken back.
pub(super) fn after_click(
    question: &QuestionView,
    chosen: &[String],
    clicked: &AnswerChoice,
) -> Vec<String> {
    let is_taken_back = chosen.contains(&clicked.id);
    let stays = |choice: &&AnswerChoice| {
        if choice.id == clicked.id {
            return !is_taken_back;
        }
        chosen.contains(&choice.id) && (is_taken_back || !clicked.excludes.contains(&choice.id))
    };
    question.choices.iter().filter(stays).map(|choice| choice.id.clone()).collect()
}

/// Those of the choices that are named, as far as they are known.
pub(super) fn named<'a>(question: &'a QuestionView, ids: &[String]) -> Vec<&'a AnswerChoice> {
    question.choices.iter().filter(|choice| ids.contains(&choice.id)).collect()
}

/// Link to the grid of targets with these KPIs: of the whole business first, or there would be no end of rows.
pub(super) fn targets_hash(view: &View, kpis: &[String]) -> String {
    let by = PlanBy::Whole;
    PlanUrl { goals: kpis.to_vec(), by, ..PlanUrl::default() }.hash(view.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::Names, ui::routes::Route};

    /// Of a question whose last choice stands alone.
    fn question() -> QuestionView {
        let choice = |(id, excludes): (&str, &[&str])| AnswerChoice {
            id: id.to_owned(),
            names: Names::default(),
            excludes: excludes.iter().copied().map(str::to_owned).collect(),
        };
        let choices: [(&str, &[&str]); 3] =
            [("amazon", &["none"]), ("google", &["none"]), ("none", &["amazon", "google"])];
        QuestionView {
            id: "ads".to_owned(),
            names: Names::default(),
            is_multi: true,
            choices: choices.map(choice).to_vec(),
        }
    }

    #[track_caller]
    fn check(chosen: &[&str], clicked: &str, expected: &[&str]) {
        let question = question();
        let clicked = question.choices.iter().find(|it| it.id == clicked).unwrap();
        let chosen: Vec<String> = chosen.iter().copied().map(str::to_owned).collect();
        assert_eq!(after_click(&question, &chosen, clicked), expected);
    }

    #[test]
    fn a_click_chooses_and_takes_back() {
        check(&[], "google", &["google"]);
        check(&["google"], "amazon", &["amazon", "google"]);
        check(&["amazon", "google"], "amazon", &["google"]);
        check(&["google"], "google", &[]);
        check(&["amazon", "google"], "none", &["none"]);
        check(&["none"], "google", &["google"]);
    }

    #[test]
    fn answers_are_read_and_written_alike() {
        for hash in [
            "#/questionnaire",
            "#/questionnaire?answer=",
            "#/questionnaire?answer=ads%3Aamazon&answer=ads%3Agoogle&answer=costs%3Aunit",
        ] {
            let mut route = Route::parse(hash);
            let answers = answers_in(&route.view);
            if let Some(answers) = answers {
                route.view.set_own(&Page::Questionnaire, pairs(&answers));
            }
            assert_eq!(route.to_hash(), hash);
        }
        assert_eq!(
            answers_in(&Route::parse("#/questionnaire?answer=ads").view),
            Some(Answers::new())
        );
    }

    #[test]
    fn a_question_without_a_choice_is_not_answered() {
        let answers = with(Answers::new(), "ads", vec!["none".to_owned()]);
        assert_eq!(answers["ads"], ["none"]);
        assert_eq!(with(answers, "ads", Vec::new()), Answers::new());
    }

    #[test]
    fn targets_are_set_for_the_proposed_kpis() {
        let view = Route::parse("#/questionnaire?answer=ads%3Anone&channel=amazon").view;
        let kpis = ["sales.net", "pl.cm3"].map(str::to_owned);
        let hash = targets_hash(&view, &kpis);
        assert_eq!(hash, "#/targets?goal=sales.net&goal=pl.cm3&parts=whole&channel=amazon");
    }
}
