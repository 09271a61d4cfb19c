//! Starts the page.

fn main() {
    linkstar_kpi::ui::start();
}
