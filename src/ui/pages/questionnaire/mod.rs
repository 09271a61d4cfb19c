//! The first questionnaire: eight questions, and the KPIs that their answers lead to.

mod adopt;
mod answers;
mod page;
mod proposal;
mod questions;

pub(crate) use page::QuestionnairePage;
