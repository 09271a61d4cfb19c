//! Starts the engine in a web worker.

fn main() {
    linkstar_kpi::worker::host::start();
}
