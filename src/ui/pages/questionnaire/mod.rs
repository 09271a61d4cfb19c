//! The first questionnaire: eight questions, and the KPIs that their answers lead to.

mod page;

pub(crate) use page::QuestionnairePage;
