//! What the grid shows, as the URL says it.

use crate::{
    domain::{Day, TargetLevel, TargetScope},
    ui::{
        routes::{PLAN_KEYS, Page, Route, View},
        state::Location,
    },
    worker::protocol::{PlanBy, PlanChoice, PlanSpan},
};

/// What the page `Targets` shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlanUrl {
    /// KPIs by their ids, in order, each once.
    pub(crate) goals: Vec<String>,
    pub(crate) by: PlanBy,
    pub(crate) span: PlanSpan,
    /// A day of the year or month planned; `None`: today's.
    pub(crate) of: Option<Day>,
    pub(crate) level: TargetLevel,
    pub(crate) scope: TargetScope,
}

impl Default for PlanUrl {
    fn default() -> Self {
        Self {
            goals: ["sales.net", "pl.cm3", "ads.tacos"].map(str::to_owned).to_vec(),
            by: PlanBy::default(),
            span: PlanSpan::Months,
            of: None,
            level: TargetLevel::Commit,
            scope: TargetScope::default(),
        }
    }
}

pub(super) const SPANS: [PlanSpan; 4] =
    [PlanSpan::Months, PlanSpan::TwoYears, PlanSpan::Weeks, PlanSpan::Days];

pub(super) const fn span_id(span: PlanSpan) -> &'static str {
    match span {
        PlanSpan::Months => "months",
        PlanSpan::TwoYears => "years",
        PlanSpan::Weeks => "weeks",
        PlanSpan::Days => "days",
    }
}

impl PlanUrl {
    /// What `view` says; nonsense is left out.
    pub(super) fn of(view: &View) -> Self {
        let mut plan = Self::default();
        let mut goals = None::<Vec<String>>;
        for (key, value) in view.own_of(&PLAN_KEYS) {
            match *key {
                // Empty: none at all.
                "goal" => {
                    let goals = goals.get_or_insert_default();
                    if !value.is_empty() && !goals.contains(value) {
                        goals.push(value.clone());
                    }
                }
                "parts" => {
                    let by = PlanBy::ALL.into_iter().find(|it| it.id() == value);
                    plan.by = by.unwrap_or(plan.by);
                }
                "span" => {
                    let span = SPANS.into_iter().find(|it| span_id(*it) == value);
                    plan.span = span.unwrap_or(plan.span);
                }
                "of" => plan.of = Day::parse(value),
                "level" => {
                    let level = TargetLevel::ALL.into_iter().find(|it| it.id() == value);
                    plan.level = level.unwrap_or(plan.level);
                }
                _ => narrow(&mut plan.scope, value),
            }
        }
        plan.goals = goals.unwrap_or(plan.goals);
        plan
    }

    /// What `of` reads: only what is not usual.
    pub(crate) fn pairs(&self) -> Vec<(&'static str, String)> {
        let usual = Self::default();
        let mut pairs = Vec::new();
        if self.goals.is_empty() {
            pairs.push(("goal", String::new()));
        } else if self.goals != usual.goals {
            pairs.extend(self.goals.iter().map(|goal| ("goal", goal.clone())));
        }
        if self.by != usual.by {
            pairs.push(("parts", self.by.id().to_owned()));
        }
        if self.span != usual.span {
            pairs.push(("span", span_id(self.span).to_owned()));
        }
        pairs.extend(self.of.map(|day| ("of", day.to_string())));
        if self.level != usual.level {
            pairs.push(("level", self.level.id().to_owned()));
        }
        pairs.extend(scope_parts(&self.scope).map(|(key, value)| ("in", format!("{key}:{value}"))));
        pairs
    }

    /// Link to the grid as it says, seen as `view` says else.
    pub(crate) fn hash(&self, mut view: View) -> String {
        view.set_own(&Page::Targets, self.pairs());
        Route { page: Page::Targets, view }.to_hash()
    }

    /// Changes what is shown; the page stays, and back undoes it.
    pub(super) fn change(location: Location, change: impl FnOnce(&mut Self)) {
        location.change(|view| {
            let mut plan = Self::of(view);
            change(&mut plan);
            view.set_own(&Page::Targets, plan.pairs());
        });
    }

    /// The engine's question.
    pub(super) fn choice(self, today: Day) -> PlanChoice {
        let Self { goals, by, span, of, level, scope } = self;
        PlanChoice { kpis: goals, scope, by, span, day: of, level, today }
    }
}

/// What a scope names, with the keys of the URL and of `data-scope`.
pub(super) fn scope_parts(scope: &TargetScope) -> impl Iterator<Item = (&'static str, &String)> {
    let TargetScope { channel, shop, category, owner, sku } = scope;
    let parts = [
        ("channel", channel),
        ("shop", shop),
        ("category", category),
        ("owner", owner),
        ("sku", sku),
    ];
    parts.into_iter().filter(|(_, value)| !value.is_empty())
}

/// Compact text for `data-scope`.
pub(super) fn scope_text(scope: &TargetScope) -> String {
    let parts: Vec<String> =
        scope_parts(scope).map(|(key, value)| format!("{key}={value}")).collect();
    if parts.is_empty() { "all".to_owned() } else { parts.join(";") }
}

fn narrow(scope: &mut TargetScope, text: &str) {
    let Some((key, value)) = text.split_once(':') else { return };
    let place = match key {
        "channel" => &mut scope.channel,
        "shop" => &mut scope.shop,
        "category" => &mut scope.category,
        "owner" => &mut scope.owner,
        "sku" => &mut scope.sku,
        _ => return,
    };
    value.clone_into(place);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_read_and_written_alike() {
        for hash in [
            "#/targets",
            "#/targets?goal=sales.net&parts=sku&span=weeks&of=2026-03-01&level=stretch&in=channel%3Aamazon&in=sku%3AA%3AB",
            "#/targets?goal=",
        ] {
            let mut route = Route::parse(hash);
            let pairs = PlanUrl::of(&route.view).pairs();
            route.view.set_own(&Page::Targets, pairs);
            assert_eq!(route.to_hash(), hash);
        }
    }

    #[test]
    fn nonsense_is_left_out() {
        let view = Route::parse("#/targets?parts=star&span=hours&of=x&level=none&in=a&in=b:c").view;
        assert_eq!(PlanUrl::of(&view), PlanUrl::default());
    }
}
