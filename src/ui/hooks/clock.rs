//! The only place that reads the clock.

use crate::domain::Day;

/// The person's day.
pub(crate) fn today() -> Day {
    let now = js_sys::Date::new_0();
    let year = i32::try_from(now.get_full_year()).unwrap_or(1970);
    Day::from_ymd(year, now.get_month() + 1, now.get_date())
        .unwrap_or(Day::from_days_since_epoch(0))
}

/// The day of a moment in the person's zone, and its time of day as `09:41`.
pub(crate) fn day_and_time(millis: i64) -> (Day, String) {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds need 42 bits")]
    let moment = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(millis as f64));
    let year = i32::try_from(moment.get_full_year()).unwrap_or(1970);
    let day = Day::from_ymd(year, moment.get_month() + 1, moment.get_date())
        .unwrap_or(Day::from_days_since_epoch(0));
    (day, format!("{:02}:{:02}", moment.get_hours(), moment.get_minutes()))
}

/// The moment, in milliseconds since the epoch.
pub(crate) fn now_millis() -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "42 bits, after 1970"
    )]
    let millis = js_sys::Date::new_0().get_time() as u64;
    millis
}
